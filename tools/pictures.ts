/** `npm run pictures`: takes the README's pictures of the real thing, from a build in dist/. */
import { existsSync, mkdirSync } from "node:fs";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";

const root = fileURLToPath(new URL("..", import.meta.url));
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PORT = 4399;
const URL_OF_LAB = `http://127.0.0.1:${PORT}/`;

interface Lab {
  readonly orrery: { ask(name: string, input: unknown): Promise<unknown> };
}

const ask = (page: Page, name: string, input: unknown): Promise<unknown> => page.evaluate(([command, value]) => (globalThis as unknown as Lab).orrery.ask(command as string, value), [name, input] as const);

/** A rollout half done, with a lost node. */
async function rollout(page: Page): Promise<void> {
  await page.goto(URL_OF_LAB);
  await page.locator("[data-thing='node/node-1']").waitFor();
  await page.getByRole("button", { name: /^Apply/ }).click();
  await ask(page, "set-pace", { mode: "live", speed: 20 });
  await ask(page, "run-for", { ms: 20_000 });
  await ask(page, "fault", { fault: { kind: "crash-node", target: "node-3" } });
  await ask(page, "run-for", { ms: 55_000 });
  await ask(page, "set-image", { ref: { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "web" }, container: "", image: "shop/web:2" });
  await ask(page, "set-pace", { mode: "follow", speed: 2 });
  for (let hop = 0; hop < 26; hop++) await ask(page, "step", { unit: "hop" });
  await page.waitForFunction(() => document.querySelectorAll("[data-thing]").length > 12);
  // Let the dots of the hops land, then take one more, so that the picture shows one moment.
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 1500); }));
  await ask(page, "step", { unit: "hop" });
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 250); }));
}

async function picture(browser: Browser, file: string, size: { readonly width: number; readonly height: number }, colorScheme: "light" | "dark"): Promise<void> {
  const page = await browser.newPage({ viewport: size, colorScheme });
  await rollout(page);
  await page.screenshot({ path: `${root}docs/${file}`, animations: "allow" });
  await page.close();
  console.log(`docs/${file}`);
}

mkdirSync(`${root}docs`, { recursive: true });
const server = spawn(process.execPath, [`${root}node_modules/vite/bin/vite.js`, "preview", "--host", "127.0.0.1", "--port", String(PORT), "--strictPort", "--outDir", process.env["ORRERY_DIST"] ?? "dist"], { cwd: root, stdio: "ignore" });
const executablePath = process.env["CHROMIUM_PATH"] ?? (existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : undefined);
const browser = await chromium.launch({ args: ARGS, ...(executablePath === undefined ? {} : { executablePath }) });
for (let tries = 0; tries < 50; tries++) if (await fetch(URL_OF_LAB).then(() => true, () => false)) break;
await picture(browser, "lab-light.png", { width: 1440, height: 900 }, "light");
await picture(browser, "lab-dark.png", { width: 1920, height: 1080 }, "dark");
await picture(browser, "lab-phone.png", { width: 390, height: 844 }, "light");
await browser.close();
server.kill();
