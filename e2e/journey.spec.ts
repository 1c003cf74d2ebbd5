import { expect, type Page, test } from "@playwright/test";

/** The whole journey of a newcomer, in one world, with the mouse where a mouse is natural and the keyboard elsewhere. */
async function openLab(page: Page): Promise<void> {
  await page.goto("./");
  await expect(page.getByRole("button", { name: /^Node node-3, Ready/ })).toBeVisible();
}

/** Simulated time runs as fast as it can: a journey is about what happens, not about how long it looks. */
async function hurry(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as Lab).orrery.ask("set-pace", { mode: "live", speed: 40 }));
}

interface Lab {
  readonly orrery: { ask(name: string, input: unknown): Promise<unknown> };
}

const applyButton = (page: Page) => page.getByRole("button", { name: /^Apply/ });
const readyPods = (page: Page) => page.getByRole("button", { name: /^Pod web-.*\bready/ });

/** Replaces the editor's text through its own input, as pasting does. */
async function writeManifest(page: Page, change: (text: string) => string): Promise<void> {
  const before = await page.evaluate(async () => {
    const { yaml } = (await (globalThis as unknown as Lab).orrery.ask("export-objects", { namespace: "" })) as { readonly yaml: string };
    return yaml;
  });
  expect(before).toContain("kind: Deployment");
  const editor = page.getByRole("textbox", { name: /web\.yaml/ });
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.evaluate((text) => navigator.clipboard.writeText(text), change(manifest(3, "shop/web:1"))).catch(() => undefined);
  await page.keyboard.insertText(change(manifest(3, "shop/web:1")));
}

function manifest(replicas: number, image: string, cpu = "250m"): string {
  return JSON.stringify({
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" },
    spec: { replicas, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image, ports: [{ containerPort: 80 }], resources: { requests: { cpu, memory: "128Mi" } }, readinessProbe: { httpGet: { path: "/ready", port: 80 }, periodSeconds: 2 } }] } } },
  });
}

test("apply the sample, scale, roll out, break and undo, lose a node, fill the cluster", async ({ page }) => {
  test.setTimeout(180_000);
  await openLab(page);

  await test.step("apply the sample", async () => {
    await applyButton(page).click();
    await hurry(page);
    await expect(readyPods(page)).toHaveCount(3);
  });

  await test.step("scale", async () => {
    await writeManifest(page, () => manifest(5, "shop/web:1"));
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(readyPods(page)).toHaveCount(5);
  });

  await test.step("change the image and watch the rollout", async () => {
    await writeManifest(page, () => manifest(5, "shop/web:2"));
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(page.getByRole("status").or(page.getByText(/rollout of web is complete/)).first()).toBeAttached();
    await expect.poll(() => page.evaluate(async () => {
      const { objects } = (await (globalThis as unknown as Lab).orrery.ask("facts", { kinds: ["Pod"], notes: [], since: 0 })) as { readonly objects: readonly { readonly spec: { readonly containers: readonly { readonly image: string }[] } }[] };
      return objects.map((pod) => pod.spec.containers[0]?.image).join(" ");
    })).toBe(Array.from({ length: 5 }, () => "shop/web:2").join(" "));
  });

  await test.step("break the image and roll back", async () => {
    await writeManifest(page, () => manifest(5, "shop/web:nope"));
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(page.getByText(/ImagePullBackOff|ErrImagePull/).first()).toBeAttached();
    await page.evaluate(() => (globalThis as unknown as Lab).orrery.ask("undo-rollout", { ref: { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "web" } }));
    await expect(readyPods(page)).toHaveCount(5);
  });

  await test.step("crash a node and watch the pods come back", async () => {
    await page.getByRole("button", { name: /^Node node-1, Ready/ }).click({ button: "right" });
    await page.getByRole("menuitem", { name: /power|crash/i }).click();
    await expect(page.getByRole("button", { name: /^Node node-1, (NotReady|Unknown|no power|not ready)/i })).toBeVisible({ timeout: 30_000 });
    await page.evaluate(() => (globalThis as unknown as Lab).orrery.ask("run-for", { ms: 400_000 }));
    await expect.poll(() => page.evaluate(async () => {
      const { objects } = (await (globalThis as unknown as Lab).orrery.ask("facts", { kinds: ["Deployment"], notes: [], since: 0 })) as { readonly objects: readonly { readonly status: { readonly readyReplicas?: number } }[] };
      return objects[0]?.status.readyReplicas;
    }), { timeout: 30_000 }).toBe(5);
  });

  await test.step("fill the cluster and read why a pod is pending", async () => {
    await writeManifest(page, () => manifest(12, "shop/web:1", "1500m"));
    await page.keyboard.press("ControlOrMeta+Enter");
    const pending = page.getByRole("button", { name: /^Pod web-.*pending/ }).first();
    await expect(pending).toBeVisible();
    await pending.click();
    await page.getByRole("tab", { name: "Inspector" }).click();
    await expect(page.getByText(/Insufficient cpu/).first()).toBeVisible();
  });
});
