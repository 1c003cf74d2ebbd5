/** The same Deployment in @ngrok/webernetes (a browser port of Kubernetes) and here, each in a process of its own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { Benchmark } from "./benchmark.ts";

const PODS = "300";

interface Figure {
  readonly cpuMs: number;
  readonly peakMb: number;
}

let figures: { readonly ours: Figure; readonly theirs: Figure } | undefined;

function measure(): { readonly ours: Figure; readonly theirs: Figure } {
  figures ??= { theirs: run("webernetes-deployment.mjs"), ours: run("orrery-deployment.ts") };
  return figures;
}

/** Bundled before it runs, both alike: what is measured is the work, not the loading of sources. */
function run(file: string): Figure {
  const bundle = join(mkdtempSync(join(tmpdir(), "orrery-bench-")), "peer.mjs");
  buildSync({ entryPoints: [fileURLToPath(new URL(`peers/${file}`, import.meta.url))], outfile: bundle, bundle: true, platform: "neutral", mainFields: ["browser", "module", "main"], external: ["node:*"], format: "esm", logLevel: "error" });
  return JSON.parse(execFileSync(process.execPath, [bundle, PODS], { encoding: "utf8", timeout: 300_000, stdio: ["ignore", "pipe", "inherit"] })) as Figure;
}

/** Ratios, ours to theirs. */
export const webernetesBenchmarks: readonly Benchmark[] = [
  { name: "webernetes-300-pods-cpu", unit: "of its CPU", goal: 1 / 50, better: "lower", kind: "speed", run: () => measure().ours.cpuMs / measure().theirs.cpuMs },
  { name: "webernetes-300-pods-memory", unit: "of its memory", goal: 1 / 3, better: "lower", kind: "speed", run: () => measure().ours.peakMb / measure().theirs.peakMb },
];
