import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

/** Opens the lab and waits until the editor holds the starter text. */
async function openDesk(page: Page): Promise<void> {
  await page.goto("./");
  await expect(page.locator(".thing[data-thing='node/node-1']")).toBeVisible();
  await expect(page.locator(".editor-code .view-line").first()).toBeVisible();
  await expect(page.locator(".editor-status")).not.toContainText("checking");
}

/** Pastes a text in place of the whole file, as a person would. */
async function replaceText(page: Page, text: string): Promise<void> {
  await page.locator(".editor-code .view-line").first().click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function dropFiles(page: Page, files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
  await page.evaluate((all) => {
    const data = new DataTransfer();
    for (const { name, text } of all) data.items.add(new File([text], name));
    for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files);
}

async function deskViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(".desk").analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

const POD = (name: string, cpu: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: main\n      image: shop/web:1\n      resources:\n        requests:\n          cpu: "${cpu}"\n`;

test("a wrong field is marked at its place, and typed text survives a reload", async ({ page }) => {
  await openDesk(page);
  await replaceText(page, POD("typed", "1").replace("spec:", "spec:\n  replcas: 3"));
  await expect(page.getByRole("button", { name: "1 problem" })).toBeVisible();
  await expect(page.locator(".squiggly-error")).toHaveCount(1);
  await page.getByRole("button", { name: "1 problem" }).click();
  await expect(page.locator(".monaco-hover").first()).toContainText("unknown field \"spec.replcas\"");
  await expect.poll(() => page.evaluate(() => new Promise<boolean>((resolve) => {
    const opening = indexedDB.open("orrery");
    opening.onsuccess = () => {
      const reading = opening.result.transaction("sessions").objectStore("sessions").get("last");
      reading.onsuccess = () => { opening.result.close(); resolve(JSON.stringify((reading.result as { files?: unknown } | undefined)?.files ?? "").includes("replcas")); };
    };
  }))).toBe(true);
  await page.reload();
  await expect(page.locator(".editor-code")).toContainText("replcas");
});

test("applying, changing an image, comparing and going back", async ({ page }) => {
  await openDesk(page);
  await page.locator(".editor-apply").click();
  await expect(page.locator(".results li[data-outcome='created']").first()).toBeVisible();
  await expect(page.locator(".editor-differ")).toHaveText("as applied");
  await page.locator(".editor-code .view-line", { hasText: "image:" }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("2");
  await expect(page.locator(".editor-differ")).toHaveText("1 line differs");
  await expect(page.locator(".lines-old")).toBeVisible();
  await page.getByRole("button", { name: "Diff", exact: true }).click();
  await expect(page.locator(".diff-view .line-insert").first()).toBeVisible();
  await page.getByRole("button", { name: "Back to the text" }).click();
  await page.locator(".editor-apply").click();
  await expect(page.locator(".results li[data-outcome='configured']").first()).toBeVisible();
  await page.locator(".editor-code .view-line", { hasText: "image:" }).first().click();
  await page.getByRole("button", { name: "Undo rollout" }).click();
  await expect(page.locator(".toast", { hasText: "rolled back" })).toBeVisible();
});

test("a pod that fits nowhere opens with why it is pending", async ({ page }) => {
  await openDesk(page);
  await replaceText(page, POD("greedy", "64"));
  await page.locator(".editor-apply").click();
  await page.locator(".results li[data-outcome='created'] button").click();
  await page.getByRole("tab", { name: "Inspector" }).click();
  await expect(page.getByRole("tab", { name: "Scheduling" })).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".attempt tr[data-refused]").first()).toContainText("Insufficient cpu");
  expect(await deskViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Open its line" }).click();
  await expect(page.locator(".line-chosen").first()).toBeVisible();
});

test("dropped files become files of the desk, and what can't be opened is refused in words", async ({ page }) => {
  await openDesk(page);
  await dropFiles(page, [{ name: "b.yaml", text: POD("b", "1") }, { name: "a.yml", text: POD("a", "1") }, { name: "photo.yaml", text: "a\u0000b" }, { name: "notes.txt", text: "hello" }]);
  await expect(page.getByRole("tab", { name: "a.yml" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tab", { name: "b.yaml", exact: true })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "photo.yaml is not a text file" })).toContainText("notes.txt is neither YAML nor JSON");
  await dropFiles(page, [{ name: "s.json", text: JSON.stringify({ format: "orrery/session", version: 99, seed: 1, world: {}, inputs: [] }) }]);
  await expect(page.getByRole("dialog")).toContainText("newer version");
});

test("a very long paste is asked about and can be left", async ({ page }) => {
  await openDesk(page);
  await replaceText(page, "x".repeat(79).concat("\n").repeat(16_000));
  await expect(page.locator(".strip", { hasText: "What you paste is" })).toBeVisible();
  await page.locator(".strip").getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator(".editor-code")).toContainText("apiVersion");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the desk bars nobody's way, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openDesk(page);
    await page.locator(".editor-apply").click();
    await expect(page.locator(".results li").first()).toBeVisible();
    expect(await deskViolations(page)).toEqual([]);
    await page.locator(".thing.pod").first().click();
    await page.getByRole("tab", { name: "Inspector" }).click();
    for (const tab of ["Summary", "Logs", "Scheduling"]) {
      await page.getByRole("tab", { name: tab }).click();
      expect(await deskViolations(page)).toEqual([]);
    }
  });
}
