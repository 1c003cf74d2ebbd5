import { createStore } from "zustand/vanilla";
import type { WorldSummary } from "../../protocol/index.ts";

/** How the engine host is doing. */
export interface HostState {
  readonly phase: "opening" | "running" | "crashed" | "failed";
  /** What it said when it died or could not start. */
  readonly message: string;
  readonly worlds: readonly WorldSummary[];
  /** False once the browser refused to keep the session: it is lost on reload. */
  readonly keeps: boolean;
}

export const createHostStore = () => createStore<HostState>(() => ({ phase: "opening", message: "", worlds: [], keeps: true }));
