/** Which files of a folder belong together, and which are Kubernetes manifests at all. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Files that are applied into one cluster, in order. Paths are relative to the folder. */
export interface CorpusUnit {
  readonly name: string;
  readonly files: readonly string[];
}

/** Flags whose files are not manifests to apply as they are. */
const LEFT_OUT: ReadonlySet<string> = new Set(["template", "fragment", "kustomize", "reference", "expected-output", "derived"]);

/** The units below a folder: from its INDEX.tsv if it has one, else every YAML or JSON file that looks like a manifest, alone. */
export function corpusUnits(dir: string): CorpusUnit[] {
  const found = indexAbove(dir);
  return found === undefined ? looseFiles(dir) : indexed(dir, found);
}

function indexAbove(dir: string): string | undefined {
  for (const candidate of [dir, dirname(dir), dirname(dirname(dir)), dirname(dirname(dirname(dir)))]) if (existsSync(join(candidate, "INDEX.tsv"))) return join(candidate, "INDEX.tsv");
  return undefined;
}

function indexed(dir: string, index: string): CorpusUnit[] {
  const units = new Map<string, string[]>();
  for (const line of readFileSync(index, "utf8").split("\n").slice(1)) {
    const [path = "", , system, , documents, , flags = "", unit = ""] = line.split("\t");
    if (system !== "kubernetes" || documents === "0" || flags.split(",").some((flag) => LEFT_OUT.has(flag.trim()))) continue;
    const below = relative(dir, join(dirname(index), path));
    if (below.startsWith("..") || !existsSync(join(dir, below)) || !/\.(ya?ml|json)$/.test(path)) continue;
    const name = unitName(path, unit);
    units.set(name, [...(units.get(name) ?? []), below]);
  }
  return [...units].map(([name, files]) => ({ name, files: files.sort(byKind(dir)) }));
}

/** A number n means the first n components of the path; a text is the unit's name; nothing means the file stands alone. */
function unitName(path: string, unit: string): string {
  const trimmed = unit.trim();
  if (trimmed === "") return path;
  return /^\d+$/.test(trimmed) ? path.split("/").slice(0, Number(trimmed)).join("/") : `${path.split("/")[0] ?? ""}:${trimmed}`;
}

function byKind(_dir: string): (a: string, b: string) => number {
  return (a, b) => (a < b ? -1 : Number(a > b));
}

function looseFiles(dir: string): CorpusUnit[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name))).sort()
    .filter((path) => /^\s*"?apiVersion"?\s*:/m.test(readFileSync(join(dir, path), "utf8")))
    .map((path) => ({ name: path, files: [path] }));
}
