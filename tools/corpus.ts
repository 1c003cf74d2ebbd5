/**
 * Applies real manifests: `npm run corpus -- DIR [--json FILE] [--crds] [--only TEXT]`.
 *
 * Each unit (files that belong together, or a file alone) gets a fresh three-node cluster. Its namespaces, and with
 * `--crds` its custom resource definitions, are created first; then its documents are applied in order; 120 simulated
 * seconds pass; invariants are checked throughout. One line a file: `ok | rejected | failed`, path, reason.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusUnits, type CorpusUnit } from "./corpus/units.ts";
import { type FileResult, runUnit } from "./corpus/run-unit.ts";

function main(): void {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" }, crds: { type: "boolean" }, only: { type: "string" }, quiet: { type: "boolean" } } });
  const dir = positionals[0];
  if (dir === undefined) {
    console.error("usage: npm run corpus -- DIR [--json FILE] [--crds] [--only TEXT]");
    process.exit(2);
  }
  const units = corpusUnits(dir).filter((unit) => values.only === undefined || unit.files.some((file) => file.includes(values.only as string)));
  const results = units.flatMap((unit) => playUnit(dir, unit, values.crds === true, values.quiet === true));
  summarise(results);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);
  process.exitCode = results.some((result) => result.outcome === "failed") ? 1 : 0;
}

function playUnit(dir: string, unit: CorpusUnit, crds: boolean, quiet: boolean): FileResult[] {
  const texts = unit.files.map((path) => ({ path, text: readFileSync(join(dir, path), "utf8") }));
  const results = runUnit(texts, { crds });
  for (const result of results) if (!quiet || result.outcome !== "ok") console.log(`${result.outcome.padEnd(8)} ${result.path}${result.reason === "" ? "" : `: ${result.reason.replace(/\n/g, " ⏎ ")}`}`);
  return results;
}

function summarise(results: readonly FileResult[]): void {
  const reasons = new Map<string, number>();
  for (const { outcome, category } of results) if (outcome !== "ok") reasons.set(`${outcome}: ${category}`, (reasons.get(`${outcome}: ${category}`) ?? 0) + 1);
  console.log("");
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)}  ${reason}`);
  const count = (outcome: FileResult["outcome"]): number => results.filter((result) => result.outcome === outcome).length;
  console.log(`${count("ok")} ok, ${count("rejected")} rejected, ${count("failed")} failed`);
}

main();
