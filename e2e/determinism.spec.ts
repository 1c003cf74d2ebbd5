import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";

const SEEDS = 24;
const UNTIL_MS = 240_000;

interface Console {
  readonly orrery: { ask(name: string, input: unknown): Promise<{ readonly hash: string; readonly handled: number }> };
}

/** A rollout, a scale, a bad image, a lost node and a cut link: enough to go wrong if anything depended on the engine. */
function sessionOf(seed: number): object {
  const manifest = (image: string, replicas: number): string => JSON.stringify({
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" },
    spec: { replicas, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image, readinessProbe: { httpGet: { path: "/ready", port: 80 } } }] } } },
  });
  const apply = (at: number, ticket: number, image: string, replicas: number): object => ({ at, input: { kind: "apply", ticket, manifest: manifest(image, replicas) } });
  return {
    format: "orrery/session", version: 1, seed, world: { nodes: 3 },
    inputs: [
      apply(2_000, 1, "shop/web:1", 4), apply(20_000, 2, "shop/web:2", 4), apply(40_000, 3, "shop/web:nope", 6),
      { at: 50_000, input: { kind: "fault", fault: { kind: "crash-node", target: "node-2" } } },
      { at: 90_000, input: { kind: "fault", fault: { kind: "cut-link", target: "node-3", other: "control-plane" } } },
      apply(100_000, 4, "shop/web:1", 5),
      { at: 150_000, input: { kind: "fault", fault: { kind: "heal-link", target: "node-3", other: "control-plane" } } },
    ],
  };
}

test(`the same session gives the same log hash in Node and in Chromium, on ${SEEDS} seeds`, async ({ page }) => {
  const documents = Array.from({ length: SEEDS }, (_unused, index) => sessionOf(index * 7919 + 1));
  const here = execFileSync(process.execPath, ["--import", "tsx", "tools/hashes.ts", String(UNTIL_MS)], { input: JSON.stringify(documents), encoding: "utf8" }).trim().split("\n");
  await page.goto("./");
  await expect(page.getByRole("button", { name: /^Node node-1, Ready/ })).toBeVisible();
  const there: string[] = [];
  for (const session of documents) {
    const { hash } = await page.evaluate(([document, untilMs]) => (globalThis as unknown as Console).orrery.ask("scenario", { session: document, untilMs }), [session, UNTIL_MS] as const);
    there.push(hash);
  }
  expect(there).toEqual(here);
  expect(new Set(there).size).toBe(SEEDS);
});
