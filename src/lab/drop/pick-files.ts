import type { Catalogue } from "../i18n/index.ts";
import type { Lab } from "../stores/index.ts";
import { openFound } from "./open-found.ts";
import { sorted } from "./read-dropped.ts";

/** Asks the person for files, or for a folder, and opens them in the editor. */
export function pickFiles(lab: Lab, text: Catalogue, folder: boolean): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  if (folder) input.webkitdirectory = true;
  else input.accept = ".yaml,.yml,.json";
  input.addEventListener("change", () => {
    const found = [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath, file }));
    if (found.length > 0) void openFound(lab, text, sorted(found), false);
  });
  input.click();
}
