/** A session is a seed, a world and a list of inputs: all it takes to make everything happen again. */
export { type RecordedInput, type SessionDocument, type SessionKind, SESSION_FORMAT, SESSION_VERSION, Session, readSession } from "./session.ts";
