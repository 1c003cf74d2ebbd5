import { createStore } from "zustand/vanilla";
import type { ObjectRef } from "../../protocol/index.ts";

/** The one chosen thing. `entityId` is "" when the object isn't on the stage; `ref` is null when it is no API object. */
export interface Selection {
  readonly ref: ObjectRef | null;
  readonly entityId: string;
}

export const NOTHING: Selection = { ref: null, entityId: "" };

export const createSelectionStore = () => createStore<Selection>(() => NOTHING);
