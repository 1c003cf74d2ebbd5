import { createStore } from "zustand/vanilla";

/** A short notice that goes away by itself; failures stay until dismissed. */
export interface Toast {
  readonly id: number;
  readonly tone: "plain" | "failed";
  readonly text: string;
}

export interface ToastState {
  readonly toasts: readonly Toast[];
  readonly nextId: number;
}

export const createToastStore = () => createStore<ToastState>(() => ({ toasts: [], nextId: 1 }));

/** State with one more toast; at most four are kept. */
export function withToast(state: ToastState, text: string, tone: Toast["tone"]): ToastState {
  const toast: Toast = { id: state.nextId, tone, text };
  return { toasts: [...state.toasts, toast].slice(-4), nextId: state.nextId + 1 };
}
