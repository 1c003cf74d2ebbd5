// House rules on sizes: files at most 800 lines, 95 % of them at most 400; prints the spread (STYLE.md's bar).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

const MOST = 800;
const MOST_95 = 400;
const files = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !path.includes("/generated/"));
const sizes = files.map((path) => ({ path: path.slice(root.length), lines: readFileSync(path, "utf8").split("\n").length - 1 }));
const product = sizes.filter(({ path }) => !/\.(test|fake)\.tsx?$/.test(path)).sort((a, b) => a.lines - b.lines);
const at = (share) => product[Math.min(product.length - 1, Math.floor(product.length * share))]?.lines ?? 0;
const tooLong = sizes.filter(({ lines }) => lines > MOST);
console.log(`files ${product.length}: median ${at(0.5)}, 95th percentile ${at(0.95)}, largest ${at(1)} lines`);
const model = (wanted) => sizes.filter(({ path }) => /^src\/(engine|systems)\//.test(path) && /\.(test|fake)\.ts$/.test(path) === wanted).reduce((sum, { lines }) => sum + lines, 0);
console.log(`engine and systems: ${model(false)} lines of source, ${model(true)} lines of tests`);
for (const { path, lines } of tooLong) console.error(`${path}: ${lines} lines, at most ${MOST}`);
if (at(0.95) > MOST_95) console.error(`95th percentile is ${at(0.95)} lines, at most ${MOST_95}`);
process.exit(tooLong.length > 0 || at(0.95) > MOST_95 ? 1 : 0);
