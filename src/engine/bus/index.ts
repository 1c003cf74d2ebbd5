/** Components, messages between them, and everything that can go wrong on the way. */
export type { Behaviour, ClosedReason, Context, FailureReason, Message } from "./behaviour.ts";
export type { Cell, CellStatus, ComponentSpec, Envelope, HostState, WorldObserver } from "./cell.ts";
export type { LinkRule } from "./links.ts";
export type { RunResult, WorldOptions } from "./world.ts";
export { World } from "./world.ts";
export type { WorldImage } from "./image.ts";
