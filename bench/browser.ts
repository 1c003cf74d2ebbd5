/**
 * `npm run bench:browser [-- NAME] [--json]`: figures that need a page, in Chromium against a build (made here first).
 * Speed depends on the machine; nothing here gates CI but the size of the scripts (npm run budget).
 */
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "@playwright/test";
import type { BenchmarkResult } from "./benchmark.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".ttf": "font/ttf" };
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

interface Console {
  readonly orrery: { ask(name: string, input: unknown): Promise<unknown> };
  longest: number;
  slowest: number[];
}

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly goal: number;
  run(page: Page, url: string): Promise<number>;
}

const FIGURES: readonly Figure[] = [
  { name: "entry-script", unit: "KB gzip", goal: 250, run: async () => entryKilobytes() },
  { name: "first-pod-at-4x-throttle", unit: "s", goal: 2.5, run: firstPod },
  { name: "key-to-paint-p95-during-300-pod-rollout", unit: "ms", goal: 50, run: typing },
  { name: "click-to-paint-p95-during-300-pod-rollout", unit: "ms", goal: 200, run: clicking },
  { name: "longest-task-after-load-during-300-pod-rollout", unit: "ms", goal: 50, run: longestTask },
  { name: "apply-to-first-change-live", unit: "ms", goal: 100, run: applyToChange },
];

function entryKilobytes(): number {
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? "");
  return scripts.reduce((sum, script) => sum + gzipSync(readFileSync(join(dist, script))).length, 0) / 1000;
}

/** From navigation to the first pod that has a node: the first world's own greeting. */
async function firstPod(page: Page, url: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const started = performance.now();
  await page.goto(url);
  await page.locator("[data-thing]").and(page.getByRole("button", { name: /^Pod .* on node-/ })).first().waitFor();
  return (performance.now() - started) / 1000;
}

/** A world of 50 nodes with 300 pods that are being replaced. */
async function rollout(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("[data-thing]").first().waitFor();
  const manifest = (image: string): string => JSON.stringify({
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "wide" },
    spec: { replicas: 300, selector: { matchLabels: { app: "wide" } }, template: { metadata: { labels: { app: "wide" } }, spec: { containers: [{ name: "main", image }] } } },
  });
  const ask = (name: string, input: unknown): Promise<unknown> => page.evaluate(([command, value]) => (globalThis as unknown as Console).orrery.ask(command as string, value), [name, input] as const);
  await ask("open-world", { name: "fifty-nodes" });
  await ask("set-pace", { mode: "live", speed: 20 });
  await ask("play", { playing: true });
  await ask("apply", { files: [{ name: "wide.yaml", text: manifest("shop/web:1") }], dryRun: false, force: false });
  await ask("run-for", { ms: 60_000 });
  await page.getByRole("textbox", { name: /^Text of/ }).waitFor({ state: "attached" });
  await page.evaluate(watchPage);
  await ask("set-pace", { mode: "live", speed: 2 });
  await ask("apply", { files: [{ name: "wide.yaml", text: manifest("shop/web:2") }], dryRun: false, force: false });
}

/** Runs in the page: keeps the longest task and the durations of interactions. */
function watchPage(): void {
  const state = globalThis as unknown as Console;
  state.longest = 0;
  state.slowest = [];
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) state.longest = Math.max(state.longest, entry.duration); }).observe({ type: "longtask" });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if ((entry as PerformanceEventTiming).interactionId > 0) state.slowest.push(entry.duration); }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

const percentile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

async function interactions(page: Page, wanted: number): Promise<number> {
  const durations = await page.evaluate(() => (globalThis as unknown as Console).slowest);
  // Interactions faster than the observer's 16 ms threshold are not reported: they count as 8 ms.
  return percentile([...durations, ...Array.from({ length: Math.max(0, wanted - durations.length) }, () => 8)], 0.95);
}

async function typing(page: Page, url: string): Promise<number> {
  await rollout(page, url);
  await page.getByRole("textbox", { name: /^Text of/ }).focus();
  const text = "# a comment typed while pods come and go";
  for (const letter of text) await page.keyboard.type(letter, { delay: 60 });
  return interactions(page, text.length);
}

async function clicking(page: Page, url: string): Promise<number> {
  await rollout(page, url);
  const views = ["Ownership", "Traffic", "Machines"];
  for (let round = 0; round < 12; round++) await page.getByRole("button", { name: views[round % 3] ?? "", exact: true }).click();
  return interactions(page, 12);
}

async function longestTask(page: Page, url: string): Promise<number> {
  await rollout(page, url);
  await page.getByText(/and \d+ more/).first().waitFor({ timeout: 5_000 }).catch(() => undefined);
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 6_000); }));
  return page.evaluate(() => (globalThis as unknown as Console).longest);
}

async function applyToChange(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.locator("[data-thing]").first().waitFor();
  await page.evaluate(() => (globalThis as unknown as Console).orrery.ask("set-pace", { mode: "live", speed: 1 }));
  return page.evaluate(async () => {
    const apply = [...document.querySelectorAll("button")].find((button) => button.textContent.startsWith("Apply"));
    const before = document.querySelectorAll("[data-thing]").length;
    const started = performance.now();
    apply?.click();
    while (document.querySelectorAll("[data-thing]").length === before && performance.now() - started < 5_000) await new Promise((resolve) => { requestAnimationFrame(resolve); });
    return performance.now() - started;
  });
}

function serve(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const path = join(dist, decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    const file = path.endsWith("/") ? join(path, "index.html") : path;
    if (!file.startsWith(dist) || !existsSync(file) || !statSync(file).isFile()) response.writeHead(404).end();
    else createReadStream(file).pipe(response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    resolve({ server, url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/` });
  }));
}

async function measure(browser: Browser, figure: Figure, url: string): Promise<BenchmarkResult> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const value = await figure.run(page, url);
    return { name: figure.name, value, unit: figure.unit, goal: figure.goal, holds: value <= figure.goal };
  } finally {
    await page.close();
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean" } } });
  const built = spawnSync(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "error"], { cwd: root, stdio: "inherit" });
  if (built.status !== 0) process.exit(1);
  const { server, url } = await serve();
  const executablePath = process.env["CHROMIUM_PATH"] ?? (existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : undefined);
  const browser = await chromium.launch({ args: ARGS, ...(executablePath === undefined ? {} : { executablePath }) });
  const results: BenchmarkResult[] = [];
  for (const figure of FIGURES.filter((one) => positionals[0] === undefined || one.name.startsWith(positionals[0]))) {
    const result = await measure(browser, figure, url);
    results.push(result);
    if (values.json !== true) console.log(`${result.holds ? "holds " : "misses"}  ${result.name.padEnd(50)} ${result.value.toFixed(1).padStart(9)} ${result.unit.padEnd(8)} goal ≤ ${result.goal}`);
  }
  if (values.json === true) console.log(JSON.stringify(results, null, 1));
  await browser.close();
  server.close();
}

await main();
