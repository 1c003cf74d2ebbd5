import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { deepEqual } from "../json/index.ts";
import { formatYaml, readYaml, writeYaml } from "./index.ts";

const shared = process.env["ORRERY_SHARED"] ?? fileURLToPath(new URL("../../../../shared", import.meta.url));
const corpus = join(shared, "corpus");

interface Entry {
  readonly path: string;
  readonly documents: number;
  readonly flags: readonly string[];
}

function entries(): Entry[] {
  const rows = ["INDEX.tsv", "INDEX-openstack.tsv"].flatMap((name) => readFileSync(join(corpus, name), "utf8").split("\n").slice(1));
  return rows.filter((row) => row !== "").map((row) => {
    const [path = "", , , , documents = "0", , flags = ""] = row.split("\t");
    return { path, documents: Number(documents), flags: flags.split(",") };
  }).filter((entry) => /\.(ya?ml|json)$/.test(entry.path) && existsSync(join(corpus, entry.path)));
}

describe.skipIf(!existsSync(corpus))("every YAML file of the corpus (skipped without it)", () => {
  it("is read without a crash, and as the index says", { timeout: 120_000 }, () => {
    const wrong: string[] = [];
    let count = 0;
    let units = 0;
    let spentMs = 0;
    for (const entry of entries()) {
      const text = readFileSync(join(corpus, entry.path), "utf8");
      const before = performance.now();
      const file = readYaml(text);
      spentMs += performance.now() - before;
      count++;
      units += text.length;
      if (entry.documents === 0 || entry.flags.includes("template")) continue;
      if (entry.flags.includes("yaml-error") === file.ok) wrong.push(`${entry.path}: ${file.ok ? "read" : (file.problems[0]?.message ?? "")}`);
      if (entry.flags.includes("dup-keys") && !file.documents.some((document) => document.duplicates.length > 0)) wrong.push(`${entry.path}: no duplicate key found`);
    }
    console.info(`corpus: ${String(count)} files, ${String(Math.round(units / 1024))} KiB in ${String(Math.round(spentMs))} ms`);
    expect(wrong).toEqual([]);
  });

  it("is written and read back, and formatted, without a change of meaning", { timeout: 300_000 }, () => {
    const wrong: string[] = [];
    let formatted = 0;
    let refused = 0;
    for (const [i, entry] of entries().entries()) {
      const text = readFileSync(join(corpus, entry.path), "utf8");
      const file = readYaml(text);
      for (const document of file.documents) {
        if (!document.ok || document.isEmpty) continue;
        const [again] = readYaml(`---\n${writeYaml(document.data)}`).documents;
        if (!deepEqual(again?.data, document.data)) wrong.push(entry.path);
      }
      if (i % 5 !== 0 || !file.ok || text.length > 100_000) continue;
      if (formatYaml(text).ok) formatted++;
      else refused++;
    }
    console.info(`corpus: ${String(formatted)} formatted, ${String(refused)} left alone`);
    expect(wrong).toEqual([]);
    expect(refused).toBeLessThan(formatted / 20);
  });
});
