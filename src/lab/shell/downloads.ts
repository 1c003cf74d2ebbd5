import type { Lab } from "../stores/index.ts";

/** Hands the session, seed and inputs, to the person as a file. */
export async function downloadSession(lab: Lab): Promise<void> {
  await save(lab, async () => ["orrery-session.json", "application/json", `${JSON.stringify(await lab.ask("save-session", {}), null, 2)}\n`]);
}

/** Hands all objects of the chosen namespace, or of all, to the person as YAML. */
export async function downloadObjects(lab: Lab): Promise<void> {
  const { namespace } = lab.stores.view.getState();
  await save(lab, async () => ["orrery-objects.yaml", "application/yaml", (await lab.ask("export-objects", { namespace })).yaml]);
}

async function save(lab: Lab, make: () => Promise<readonly [name: string, type: string, text: string]>): Promise<void> {
  try {
    const [name, type, text] = await make();
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
  } catch (error) {
    lab.toast(error instanceof Error ? error.message : String(error), "failed");
  }
}
