import type { Lab } from "../stores/index.ts";

/** Asks the person for files or a folder and opens them in the editor. */
export function pickFiles(_lab: Lab, _folder: boolean): void {
  // Replaced below.
}
