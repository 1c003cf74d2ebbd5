/** The causal graph: every event, its cause, and the notes components leave for people. */
export { type Note, type NoteData, type TraceEvent, Trace, EventKind } from "./trace.ts";
export { type LogHash, createHash, mixNumber, mixText, hashText } from "./log-hash.ts";
