import { createStore } from "zustand/vanilla";

/** What the stage alone keeps: where the keyboard is, the open menu, how near one looks. */
export interface StageState {
  /** The one thing that is in the tab order. */
  readonly focusId: string;
  readonly menu: { readonly id: string; readonly x: number; readonly y: number } | null;
  readonly nearness: "far" | "middle" | "near";
  /** False once the person moved the picture: it no longer fits itself to the window. */
  readonly autoFit: boolean;
}

export const stageStore = createStore<StageState>(() => ({ focusId: "kube-apiserver", menu: null, nearness: "middle", autoFit: true }));
