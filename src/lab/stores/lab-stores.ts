import { createCaptionStore } from "./caption-store.ts";
import { createClockStore } from "./clock-store.ts";
import { createFaultStore } from "./fault-store.ts";
import { createHostStore } from "./host-store.ts";
import { createProblemStore } from "./problem-store.ts";
import { createSelectionStore } from "./selection-store.ts";
import { createToastStore } from "./toast-store.ts";
import { createViewStore } from "./view-store.ts";
import { createWorkspaceStore } from "./workspace-store.ts";

/** Makes the small stores of one lab. */
export function createLabStores(storage: Pick<Storage, "getItem" | "setItem"> | null) {
  return {
    clock: createClockStore(), captions: createCaptionStore(), selection: createSelectionStore(), view: createViewStore(storage),
    problems: createProblemStore(), toasts: createToastStore(), workspace: createWorkspaceStore(), faults: createFaultStore(), host: createHostStore(),
  };
}

/** The zustand stores of a lab. */
export type LabStores = ReturnType<typeof createLabStores>;
