import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

interface Lab {
  readonly orrery: { ask(name: string, input: unknown): Promise<unknown> };
}

const guide = (page: Page) => page.getByRole("region", { name: "Guide" });
const next = (page: Page) => guide(page).getByRole("button", { name: "Next" });
const things = (page: Page, name: RegExp) => page.locator("[data-thing]").and(page.getByRole("button", { name }));
const hurry = (page: Page) => page.evaluate(() => (globalThis as unknown as Lab).orrery.ask("set-pace", { mode: "live", speed: 40 }));

/** Chooses an answer and decides, with the keyboard. */
async function decide(page: Page, answer: string): Promise<void> {
  await guide(page).getByRole("radio", { name: answer }).focus();
  await page.keyboard.press("Space");
  await guide(page).getByRole("button", { name: "Decide" }).focus();
  await page.keyboard.press("Enter");
}

async function goOn(page: Page): Promise<void> {
  await expect(next(page)).toBeEnabled();
  await next(page).focus();
  await page.keyboard.press("Enter");
}

/** Opens a thing's menu with the keyboard and chooses from it. */
async function choose(page: Page, thing: RegExp, item: RegExp): Promise<void> {
  await things(page, thing).first().focus();
  await page.keyboard.press("Shift+F10");
  const wanted = page.getByRole("menuitem", { name: item });
  await wanted.focus();
  await page.keyboard.press("Enter");
}

test("A Deployment keeps its promise, from start to finish with the keyboard alone", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("./");
  await expect(things(page, /^Node node-1, Ready/)).toBeVisible();
  await guide(page).getByRole("button", { name: /^Start: A Deployment keeps its promise/ }).focus();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "Ask for three" })).toBeFocused();
  await expect(next(page)).toBeDisabled();
  await page.getByRole("button", { name: /^Apply/ }).focus();
  await page.keyboard.press("Enter");
  await hurry(page);
  await expect(guide(page).getByText("Three pods are ready.")).toBeVisible();
  await goOn(page);

  await decide(page, "Start the same pod again");
  await expect(guide(page).getByText(/A deleted pod is gone for good/)).toBeVisible();
  expect((await new AxeBuilder({ page }).include(".guide").analyze()).violations).toEqual([]);
  await goOn(page);

  await page.keyboard.press("1");
  await choose(page, /^Pod web-\S+, ready/, /delete/i);
  await hurry(page);
  await expect(guide(page).getByText(/A pod was deleted, its ReplicaSet created another/)).toBeVisible();
  await goOn(page);

  await decide(page, "The ReplicaSet controller");
  await goOn(page);
  await decide(page, "When it has been silent for a while");
  await goOn(page);

  const lost = await things(page, /^Pod web-\S+, ready, on node-/).first().getAttribute("aria-label");
  const node = /on (node-\d)/.exec(lost ?? "")?.[1] ?? "";
  await choose(page, new RegExp(`^Node ${node}`), /power|crash/i);
  await page.evaluate(() => (globalThis as unknown as Lab).orrery.ask("run-for", { ms: 480_000 }));
  await expect(guide(page).getByText("Three pods are ready on the nodes that are left.")).toBeVisible();
  await goOn(page);

  await decide(page, "It compares what is with what is wanted");
  await expect(guide(page).getByText("Done.")).toBeVisible();
});
