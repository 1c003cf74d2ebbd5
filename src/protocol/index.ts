/**
 * What crosses the boundary between the lab (main thread) and the engine's host (a Web Worker, or a gateway): commands
 * one way, answers and batches of small changes the other way. Types and pure functions only.
 */
export type * from "./commands.ts";
export type * from "./views.ts";
export type * from "./batch.ts";
