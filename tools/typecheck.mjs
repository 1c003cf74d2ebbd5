// Type-checks the three programs (core without the DOM, app with it, Node for tools and tests) with the native compiler.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = fileURLToPath(new URL("../node_modules/typescript-7/bin/tsc", import.meta.url));
const wanted = process.argv.slice(2);
const programs = wanted.length > 0 ? wanted : ["core", "app", "node"];
let failed = false;
for (const program of programs) {
  const run = spawnSync(process.execPath, [compiler, "-p", `tsconfig.${program}.json`], { cwd: root, stdio: "inherit" });
  failed ||= run.status !== 0;
}
process.exit(failed ? 1 : 0);
