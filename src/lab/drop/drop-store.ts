import { createStore } from "zustand/vanilla";

/** A question that must be answered before files are opened. */
export type DropQuestion =
  | { readonly kind: "session"; readonly name: string; readonly value: unknown }
  | { readonly kind: "big"; readonly files: readonly { readonly name: string; readonly text: string }[] };

interface DropState {
  /** Whether something is being dragged over the page. */
  readonly over: boolean;
  readonly question: DropQuestion | null;
}

/** What the page shows while files are on their way in; one page, one drop at a time. */
export const dropStore = createStore<DropState>(() => ({ over: false, question: null }));
