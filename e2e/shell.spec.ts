import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Locator, type Page } from "@playwright/test";

/** A thing of the stage by its id. */
const thing = (page: Page, id: string): Locator => page.locator(`.thing[data-thing="${id}"]`);

/** Opens the lab and waits until the first world lives. */
async function openLab(page: Page): Promise<void> {
  await page.goto("./");
  await expect(thing(page, "node/node-1")).toBeVisible();
}

async function violations(page: Page, within = "body"): Promise<string[]> {
  // A caption that fades in or out has no settled contrast: let it stand still first.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.waitForFunction(() => document.querySelector(".caption-text")?.getAnimations({ subtree: true }).every((one) => one.playState !== "running") ?? true);
  const { violations: found } = await new AxeBuilder({ page }).include(within).analyze();
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

test("a first visit finds a living cluster and one thing to do", async ({ page }) => {
  const outside: string[] = [];
  page.on("request", (request) => { if (!request.url().startsWith("http://127.0.0.1") && !request.url().startsWith("data:") && !request.url().startsWith("blob:")) outside.push(request.url()); });
  const errors: string[] = [];
  page.on("pageerror", (error) => { errors.push(error.message); });
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  await openLab(page);
  await expect(page.getByRole("button", { name: /^API server, runs/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Time" })).toBeVisible();
  expect(outside).toEqual([]);
  expect(errors).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing bars the way of assistive technology, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" }); // a fading caption has no settled contrast
    await openLab(page);
    for (const key of ["1", "2", "3"]) {
      await page.keyboard.press(key);
      expect(await violations(page)).toEqual([]);
    }
    for (const [key, title] of [["b", "Break something"], ["l", "Everything that was said"], ["?", "Keys"], ["w", "Starting worlds"]] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole("dialog", { name: title })).toBeVisible();
      await page.waitForFunction(() => document.querySelector("[role='dialog']")?.getAnimations({ subtree: true }).every((animation) => animation.playState === "finished") === true);
      expect(await violations(page, "[role='dialog']")).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
  });
}

test("the keyboard alone reaches things, time and every command", async ({ page }) => {
  await openLab(page);
  await page.getByRole("button", { name: /^API server/ }).focus();
  await page.keyboard.press("ArrowDown");
  const focused = page.locator("[data-thing]:focus");
  await expect(focused).not.toHaveAttribute("data-thing", "kube-apiserver");
  await page.keyboard.press("Enter");
  await expect(focused).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Find a command, a pod, a node…").fill("ownership");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Ownership" })).toHaveAttribute("aria-pressed", "true");
});

test("a world from the gallery replaces the present one", async ({ page }) => {
  await openLab(page);
  await page.keyboard.press("w");
  const worlds = page.getByRole("dialog", { name: "Starting worlds" }).getByRole("listitem");
  await expect(worlds.nth(2)).toBeVisible();
  await worlds.filter({ hasText: "10 nodes" }).first().getByRole("button").click();
  await expect(thing(page, "node/node-10")).toBeVisible();
});

test("a fault is injected, shown, and mended", async ({ page }) => {
  await openLab(page);
  await page.keyboard.press("b");
  await page.getByRole("radio", { name: "Stop a part" }).check();
  await page.getByRole("combobox", { name: "What" }).selectOption("kube-scheduler");
  await page.getByRole("button", { name: "Do it" }).click();
  const chips = page.getByRole("list", { name: "At work now" });
  await expect(chips).toContainText("kube-scheduler stopped");
  await expect(page.getByRole("button", { name: /^scheduler, down/ }).first()).toBeVisible();
  await chips.getByRole("button").click();
  await expect(page.getByRole("button", { name: /^scheduler, runs/ })).toBeVisible();
});

test("reloading stands where one stood", async ({ page }) => {
  await openLab(page);
  await page.keyboard.press("w");
  await page.getByRole("dialog").getByRole("listitem").filter({ hasText: "1 node" }).first().getByRole("button").click();
  await expect(thing(page, "node/node-2")).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => new Promise<number>((resolve) => {
    const opening = indexedDB.open("orrery");
    opening.onsuccess = () => {
      const reading = opening.result.transaction("sessions").objectStore("sessions").get("last");
      reading.onsuccess = () => { opening.result.close(); resolve((reading.result as { readonly session?: { readonly world: { readonly nodes?: unknown } } } | undefined)?.session?.world.nodes === 1 ? 1 : 0); };
    };
  }))).toBe(1);
  await page.reload();
  await expect(thing(page, "node/node-1")).toBeVisible();
  await expect(thing(page, "node/node-2")).toHaveCount(0);
});

test("Present leaves stage and caption only, and Escape returns", async ({ page }) => {
  await openLab(page);
  await page.getByRole("tab", { name: "Inspector" }).click();
  await page.keyboard.press("p");
  await expect(page.getByRole("banner")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Time" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("banner")).toBeVisible();
});

for (const [width, height] of [[390, 844], [320, 700], [720, 450], [1920, 1080]] as const) {
  test(`everything is on the page at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openLab(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
    await expect(page.getByRole("tab", { name: "YAML", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "One hop" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
