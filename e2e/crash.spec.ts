import { expect, type Page, test } from "@playwright/test";

interface Lab {
  readonly orrery: { ask(name: string, input: unknown): Promise<unknown> };
}

/** Names of the pods of the default namespace, as the engine has them. */
function podNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { objects } = (await (globalThis as unknown as Lab).orrery.ask("facts", { kinds: ["Pod"], notes: [], since: 0 })) as { readonly objects: readonly { readonly metadata: { readonly name: string; readonly namespace?: string } }[] };
    return objects.filter((pod) => pod.metadata.namespace === "default").map((pod) => pod.metadata.name).sort();
  });
}

/** How many inputs the session kept in the browser has. */
function keptInputs(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    const opening = indexedDB.open("orrery");
    opening.onsuccess = () => {
      const reading = opening.result.transaction("sessions").objectStore("sessions").get("last");
      reading.onsuccess = () => {
        opening.result.close();
        resolve((reading.result as { readonly session?: { readonly inputs: readonly unknown[] } } | undefined)?.session?.inputs.length ?? 0);
      };
    };
  }));
}

test("when the engine dies, one plain sentence says so, and a press brings back the same pods and the typed text", async ({ page }) => {
  await page.goto("./");
  await expect(page.getByRole("button", { name: /^Node node-1, Ready/ })).toBeVisible();
  await expect(page.locator(".editor-code .view-line").first()).toBeVisible();
  const before = await keptInputs(page);
  await page.getByRole("button", { name: /^Apply/ }).click();
  await expect(page.getByRole("button", { name: /^Pod web-\S+, .* on node-/ }).first()).toBeVisible();
  await expect.poll(() => keptInputs(page)).toBeGreaterThan(before);
  await expect.poll(async () => (await podNames(page)).filter((name) => name.startsWith("web-")).length).toBe(3);
  const pods = await podNames(page);
  await page.getByRole("textbox", { name: /^Text of web\.yaml/ }).focus();
  await page.keyboard.insertText("# not applied yet\n");

  const engine = page.workers().find((worker) => !worker.url().includes("editor"));
  await engine?.evaluate(() => { setTimeout(() => { throw new RangeError("Array buffer allocation failed"); }, 0); });
  const banner = page.getByRole("alert").filter({ hasText: "The engine stopped" });
  await expect(banner).toBeVisible();
  await expect(banner.getByText("Array buffer allocation failed")).toBeHidden();
  await banner.getByText("What it said").click();
  await expect(banner.getByText(/Array buffer allocation failed/)).toBeVisible();
  await banner.getByRole("button", { name: "Restart from the last saved session" }).click();

  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Pod web-\S+, .* on node-/ })).toHaveCount(3);
  await expect.poll(() => podNames(page)).toEqual(pods);
  await expect(page.locator(".editor-code")).toContainText("# not applied yet");
  expect(page.workers().filter((worker) => !worker.url().includes("editor"))).toHaveLength(1);
});

test("on a phone the editor stays as it was while another pane is looked at", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("./");
  const line = page.locator(".editor-code .view-line").first();
  await expect(line).toBeVisible();
  const editor = await page.locator(".editor-code").elementHandle();
  await page.getByRole("tab", { name: "Inspector" }).click();
  await expect(line).toBeHidden();
  await page.getByRole("tab", { name: "YAML", exact: true }).click();
  await expect(line).toBeVisible();
  expect(await editor?.evaluate((element) => element.isConnected)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
