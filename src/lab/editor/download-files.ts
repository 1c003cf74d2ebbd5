import { strToU8, zipSync } from "fflate";
import type { WorkFile } from "../stores/index.ts";

/** Hands files to the person: one as it is, several as an archive. */
export function downloadFiles(files: readonly WorkFile[]): void {
  const [only] = files;
  if (only === undefined) return;
  if (files.length === 1) save(only.name, new Blob([only.text], { type: "application/yaml" }));
  else save("manifests.zip", new Blob([archiveOf(files)], { type: "application/zip" }));
}

/** The files as a zip archive, folders kept. */
export function archiveOf(files: readonly WorkFile[]): Uint8Array<ArrayBuffer> {
  return zipSync(Object.fromEntries(files.map((file) => [file.name, strToU8(file.text)])));
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.split("/").at(-1) ?? name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
