import { createContext, use, useCallback, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { EntityView } from "../../protocol/index.ts";
import type { CaptionState } from "./caption-store.ts";
import type { ClockState } from "./clock-store.ts";
import type { Topic } from "./entity-store.ts";
import type { FaultState } from "./fault-store.ts";
import type { HostState } from "./host-store.ts";
import type { Lab } from "./lab.ts";
import type { Selection } from "./selection-store.ts";
import type { ViewState } from "./view-store.ts";
import type { WorkspaceState } from "./workspace-store.ts";

/** The lab all components below read. */
export const LabContext = createContext<Lab | null>(null);

/** The lab of this page. */
export function useLab(): Lab {
  const lab = use(LabContext);
  if (lab === null) throw new Error("LabContext is missing");
  return lab;
}

/** One thing of a type by id; the component renders anew only when this thing changes. */
export function useEntity<T extends EntityView["type"]>(type: T, id: string): Extract<EntityView, { type: T }> | undefined {
  const { entities } = useLab();
  const subscribe = useCallback((listener: () => void) => entities.subscribe(id, listener), [entities, id]);
  return useSyncExternalStore(subscribe, () => entities.as(type, id));
}

/** A value read from the entity store, read anew when the topic wakes. `read` must return the same value while nothing changed. */
export function useTopic<V>(topic: Topic, read: (entities: Lab["entities"]) => V): V {
  const { entities } = useLab();
  const subscribe = useCallback((listener: () => void) => entities.subscribe(topic, listener), [entities, topic]);
  return useSyncExternalStore(subscribe, () => read(entities));
}

export const useClock = <V>(read: (state: ClockState) => V): V => useStore(useLab().stores.clock, read);
export const useCaptions = <V>(read: (state: CaptionState) => V): V => useStore(useLab().stores.captions, read);
export const useSelection = <V>(read: (state: Selection) => V): V => useStore(useLab().stores.selection, read);
export const useView = <V>(read: (state: ViewState) => V): V => useStore(useLab().stores.view, read);
export const useWorkspace = <V>(read: (state: WorkspaceState) => V): V => useStore(useLab().stores.workspace, read);
export const useFaults = <V>(read: (state: FaultState) => V): V => useStore(useLab().stores.faults, read);
export const useHost = <V>(read: (state: HostState) => V): V => useStore(useLab().stores.host, read);
