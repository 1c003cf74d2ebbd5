/** State of the lab: what the host said, what the person chose, and the commands that change either. */
export { createLab, type Lab, type LabParts } from "./lab.ts";
export type { LabStores } from "./lab-stores.ts";
export type { HostPort, OpenHost } from "./host-port.ts";
export { HostError } from "./host-client.ts";
export { LabContext, useCaptions, useClock, useEntity, useFaults, useHost, useLab, useSelection, useTopic, useView, useWorkspace } from "./hooks.ts";
export { nextCaption, type CaptionState } from "./caption-store.ts";
export type { ClockState } from "./clock-store.ts";
export { EntityStore, type Topic } from "./entity-store.ts";
export { cureOf, type ActiveFault } from "./fault-store.ts";
export type { FlightChannel } from "./flight-channel.ts";
export { isSystemNamespace, refKey, refOfEntity } from "./object-ref.ts";
export type { Hue } from "./revision-hues.ts";
export type { Selection } from "./selection-store.ts";
export { createIndexedKeeper, type KeptSession, type SessionKeeper } from "./session-keeper.ts";
export type { Toast } from "./toast-store.ts";
export type { DeskTab, OpenDialog, StageView, ThemeChoice, ViewState } from "./view-store.ts";
export { type WorkFile, type WorkspaceState } from "./workspace-store.ts";
