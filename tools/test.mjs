// npm test: installs what is missing, then runs every check and every test.
import { findChromium, installPackages, requireNode, run } from "./install.mjs";

requireNode();
installPackages();
const chromium = findChromium();
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const steps = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["typecheck", "unit", "build", "e2e"];
for (const step of steps) {
  console.log(`\n── ${step}`);
  run(npm, ["run", "--silent", step], { env: chromium === "" ? {} : { CHROMIUM_PATH: chromium } });
}
console.log("\nEvery check passed.");
