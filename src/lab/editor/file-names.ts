import type { WorkFile, WorkspaceState } from "../stores/index.ts";

/** A name that no file has yet: "web.yaml", "web-2.yaml", … */
export function freeName(files: readonly WorkFile[], wanted: string): string {
  const taken = new Set(files.map((file) => file.name));
  if (!taken.has(wanted)) return wanted;
  const dot = wanted.lastIndexOf(".");
  const [stem, tail] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ""];
  for (let n = 2; ; n += 1) {
    const name = `${stem}-${n}${tail}`;
    if (!taken.has(name)) return name;
  }
}

/** The workspace with a file added under a free name and put in front. */
export function withNewFile(state: WorkspaceState, wanted: string, text: string): WorkspaceState {
  const name = freeName(state.files, wanted);
  return { ...state, files: [...state.files, { name, text }], current: name, revealLine: 0 };
}

/** The workspace without a file; its neighbour comes to the front. */
export function withoutFile(state: WorkspaceState, name: string): WorkspaceState {
  const at = state.files.findIndex((file) => file.name === name);
  const files = state.files.filter((file) => file.name !== name);
  const neighbour = files[Math.min(at, files.length - 1)]?.name ?? "";
  return { ...state, files, current: state.current === name ? neighbour : state.current };
}

/** The workspace with a file renamed. */
export function withRenamed(state: WorkspaceState, from: string, to: string): WorkspaceState {
  const files = state.files.map((file) => (file.name === from ? { ...file, name: to } : file));
  return { ...state, files, current: state.current === from ? to : state.current };
}

/** What is wrong with a new name, or "". */
export function nameProblem(files: readonly WorkFile[], from: string, to: string): "" | "empty" | "taken" {
  if (to === "") return "empty";
  return to !== from && files.some((file) => file.name === to) ? "taken" : "";
}
