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
const things = (page: Page, name: RegExp) => page.locator("[data-thing]").and(page.getByRole("button", { name }));
const readyPods = (page: Page) => things(page, /^Pod web-\S+, ready/);

/** Replaces the editor's text as typing or pasting does, and applies it with the keyboard. */
async function applyText(page: Page, text: string): Promise<void> {
  await page.getByRole("tab", { name: "YAML", exact: true }).click();
  await page.getByRole("textbox", { name: /^Text of web\.yaml/ }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
  await page.keyboard.press("ControlOrMeta+Enter");
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
    await applyText(page, manifest(5, "shop/web:1"));
    await expect(readyPods(page)).toHaveCount(5);
  });

  await test.step("change the image and watch the rollout", async () => {
    await applyText(page, manifest(5, "shop/web:2"));
    await expect.poll(() => page.evaluate(async () => {
      const { objects } = (await (globalThis as unknown as Lab).orrery.ask("facts", { kinds: ["Pod"], notes: [], since: 0 })) as { readonly objects: readonly { readonly metadata: { readonly name: string }; readonly spec: { readonly containers: readonly { readonly image: string }[] } }[] };
      return objects.filter((pod) => pod.metadata.name.startsWith("web-")).map((pod) => pod.spec.containers[0]?.image).join(" ");
    })).toBe(Array.from({ length: 5 }, () => "shop/web:2").join(" "));
  });

  await test.step("break the image and roll back", async () => {
    await applyText(page, manifest(5, "shop/web:nope"));
    await expect(things(page, /^Pod web-\S+, failed|ImagePullBackOff|ErrImagePull/).first()).toBeVisible();
    await page.evaluate(() => (globalThis as unknown as Lab).orrery.ask("undo-rollout", { ref: { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "web" } }));
    await expect(readyPods(page)).toHaveCount(5);
  });

  await test.step("crash a node and watch the pods come back", async () => {
    await things(page, /^Node node-1, Ready/).click({ button: "right" });
    await page.getByRole("menuitem", { name: /power|crash/i }).click();
    await expect(things(page, /^Node node-1, (?!Ready)/)).toBeVisible();
    await page.evaluate(() => (globalThis as unknown as Lab).orrery.ask("run-for", { ms: 400_000 }));
    await expect.poll(() => page.evaluate(async () => {
      const { objects } = (await (globalThis as unknown as Lab).orrery.ask("facts", { kinds: ["Deployment"], notes: [], since: 0 })) as { readonly objects: readonly { readonly metadata: { readonly name: string }; readonly status: { readonly readyReplicas?: number } }[] };
      return objects.find((deployment) => deployment.metadata.name === "web")?.status.readyReplicas;
    }), { timeout: 30_000 }).toBe(5);
  });

  await test.step("fill the cluster and read why a pod is pending", async () => {
    await applyText(page, manifest(12, "shop/web:1", "1500m"));
    // The undo set the image, so it belongs to another field manager: the server says so, and the lab offers the way on.
    await page.getByRole("button", { name: "Take over and apply" }).click();
    const pending = things(page, /^Pod web-\S+, pending/).first();
    await expect(pending).toBeVisible();
    await pending.click();
    await page.getByRole("tab", { name: "Inspector" }).click();
    await expect(page.getByText(/Insufficient cpu/).first()).toBeVisible();
  });
});
