/** Recording Events: what components say about objects, with client-go's counting, aggregation and spam filter. */
export { createRecorder, type EventApi, type EventDraft, type RecorderState } from "./recorder-state.ts";
export { eventFailure, eventReply, eventTimer, recordEvent } from "./recorder.ts";
export { referenceTo } from "./reference.ts";
