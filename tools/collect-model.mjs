// Collects the rows of every MODEL.md into one module, so that the lab tells learners what the files tell engineers.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

const target = join(root, "src/systems/kubernetes/honesty/generated/rows.ts");

/** The module's text as the MODEL.md files would have it now. */
export function collect() {
  const files = readdirSync(join(root, "src/systems"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === "MODEL.md").map((entry) => join(entry.parentPath, entry.name)).sort();
  const rows = files.flatMap((path) => rowsOf(readFileSync(path, "utf8"), path.slice(join(root, "src/systems/").length, -"/MODEL.md".length)));
  const lines = rows.map((row) => `  ${JSON.stringify(row)},`);
  return `/** Made by tools/collect-model.mjs from the MODEL.md files: part, behaviour, standing, note. */\nexport const MODEL_ROWS: readonly (readonly [string, string, string, string])[] = [\n${lines.join("\n")}\n];\n`;
}

function rowsOf(text, part) {
  const rows = [];
  for (const line of text.split("\n")) {
    const cells = line.split("|").slice(1, -1).map((cell) => cell.trim());
    const standing = cells.findIndex((cell) => /^\**(modelled|simplified|absent)\**$/i.test(cell));
    if (cells.length < 2 || standing < 1) continue;
    rows.push([part, plain(cells[standing - 1]), plain(cells[standing]).toLowerCase(), plain(cells[standing + 1] ?? "")]);
  }
  return rows;
}

function plain(text) {
  return text.replace(/[`*]/g, "");
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].replaceAll("\\", "/").split("/").pop())) writeFileSync(target, collect());
