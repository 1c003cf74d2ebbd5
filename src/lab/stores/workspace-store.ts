import { createStore } from "zustand/vanilla";

/** An open text. */
export interface WorkFile {
  readonly name: string;
  readonly text: string;
}

/** The texts on the desk and the world they are for. */
export interface WorkspaceState {
  readonly files: readonly WorkFile[];
  /** Name of the file in front, or "". */
  readonly current: string;
  readonly worldTitle: string;
  /** Line to bring into view in the current file, counting from 1; 0 = none. The editor resets it. */
  readonly revealLine: number;
  /** True after the first apply in this world: the hint to press Apply goes away. */
  readonly applied: boolean;
  /** Text of each file when it was last applied in this world, by name: what the editor counts differences from. */
  readonly appliedTexts: Readonly<Record<string, string>>;
}

const EMPTY: WorkspaceState = { files: [], current: "", worldTitle: "", revealLine: 0, applied: false, appliedTexts: {} };

export const createWorkspaceStore = () => createStore<WorkspaceState>(() => EMPTY);

/** Workspace of a freshly opened world. */
export function freshWorkspace(worldTitle: string, starter: string): WorkspaceState {
  return { ...EMPTY, worldTitle, files: [{ name: STARTER_FILE, text: starter }], current: STARTER_FILE };
}

export const STARTER_FILE = "web.yaml";
