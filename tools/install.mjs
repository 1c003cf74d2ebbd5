// What every entry command needs: a fitting Node, the packages, and (for tests) a Chromium.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const LEAST = [20, 19, 0];
const STAMP = `${root}node_modules/.orrery-installed`;

/** Ends the process with a plain sentence. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Ends with a plain sentence when Node is too old. */
export function requireNode() {
  const have = process.versions.node.split(".").map(Number);
  for (let part = 0; part < 3; part++) {
    if (have[part] > LEAST[part]) return;
    if (have[part] < LEAST[part]) fail(`Orrery needs Node ${LEAST.join(".")} or newer; this is Node ${process.versions.node}. Install Node 20 or newer and try again.`);
  }
}

/** Runs a command, showing its output; ends the process if it fails and `must` is set. */
export function run(command, args, { must = true, env = {} } = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (must && result.status !== 0) process.exit(result.status ?? 1);
  return result.status === 0;
}

/** Installs packages when node_modules doesn't match the lock file; says what to do when that is impossible. */
export function installPackages() {
  const wanted = createHash("sha256").update(readFileSync(`${root}package-lock.json`)).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  console.log("Installing packages (npm ci) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  if (!run(npm, ["ci", "--no-audit", "--no-fund"], { must: false })) {
    fail("Installing the packages failed. The first run needs the network (or a filled npm cache); after that Orrery works offline.");
  }
  writeFileSync(STAMP, wanted);
}

const CHROMIUMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** Path of a Chromium: CHROMIUM_PATH, one of the system's, apt on Debian as root, else Playwright's own download; or "". */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") return existsSync(named) ? named : fail(`CHROMIUM_PATH names ${named}, which does not exist.`);
  const present = CHROMIUMS.find((path) => existsSync(path));
  if (present !== undefined) return present;
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    console.log("Installing Chromium (apt-get) …");
    run("apt-get", ["update", "-qq"], { must: false });
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"], { must: false, env: { DEBIAN_FRONTEND: "noninteractive" } });
    if (existsSync(CHROMIUMS[0])) return CHROMIUMS[0];
  }
  console.log("No Chromium found; asking Playwright for its own …");
  return run("npx", ["playwright", "install", "chromium"], { must: false }) ? "" : fail("No Chromium could be found or installed. Set CHROMIUM_PATH to a Chromium or Chrome and try again.");
}
