/**
 * What a component is made of. A behaviour is code without state; the state is plain data that the engine owns, hands
 * in and can copy at any moment. A behaviour changes its own state in place (copying it for every event would cost
 * more than the event) and asks for effects through the context; effects are data in the event queue, never closures.
 */
import type { RandomStream } from "../random/index.ts";
import type { NoteData } from "../trace/index.ts";

/** A message is immutable plain data with a type; products define their own unions. */
export interface Message {
  readonly type: string;
}

/** Why a request failed without an answer: nobody listening, connection broken, or no answer in time. */
export type FailureReason = "refused" | "reset" | "timeout";
/** Why a stream ended: the peer closed it, the peer went down, or the connection was silent too long. */
export type ClosedReason = "closed" | "reset" | "timeout" | "refused";

/**
 * A kind of component. Every handler gets the component's own state and the context of this event; handlers that are
 * missing ignore what they would have handled. `tag` is plain data that the asker attached; the bus hands it back.
 */
export interface Behaviour<S, C = unknown> {
  readonly type: string;
  /** Makes the start state. `disk` is what {@link Behaviour.disk} kept when the component went down, if it did. */
  start(context: Context, config: C, disk: unknown): S;
  /** What survives a crash of the component (its disk). Called when it goes down. */
  disk?(state: S): unknown;
  onMessage?(state: S, context: Context, body: Message, from: string): void;
  onRequest?(state: S, context: Context, body: Message, request: number, from: string): void;
  onReply?(state: S, context: Context, body: Message, tag: unknown, from: string): void;
  onFailure?(state: S, context: Context, reason: FailureReason, tag: unknown, to: string): void;
  onTimer?(state: S, context: Context, name: string, body: unknown): void;
  onOpen?(state: S, context: Context, body: Message, stream: number, from: string): void;
  onData?(state: S, context: Context, body: Message, stream: number, tag: unknown): void;
  onClosed?(state: S, context: Context, reason: ClosedReason, stream: number, tag: unknown): void;
}

/** What a component can see and ask for while it handles one event. */
export interface Context {
  /** The component's own clock, ms since the epoch: virtual time plus its clock skew. */
  readonly now: number;
  /** Own component id, e.g. "kubelet/node-1". */
  readonly self: string;
  /** Host the component runs on, e.g. "node-1". */
  readonly host: string;
  readonly random: RandomStream;
  /** Trace id of the event being handled. */
  readonly event: number;

  /** One-way message over a reliable connection (delayed, not lost, by packet loss; held while the link is cut). */
  send(to: string, body: Message, extraDelayMs?: number): void;
  /** One-way message that is lost where the link loses packets or is cut. */
  datagram(to: string, body: Message, extraDelayMs?: number): void;
  /**
   * Request that will be answered by exactly one onReply or onFailure (unless the asker crashes first).
   * `timeoutMs` (default 30 s) bounds waiting when the peer, its host or the link is dead; a peer that is alive but
   * slow is waited for, unless `strict` asks for a deadline in any case.
   */
  request(to: string, body: Message, tag: unknown, timeoutMs?: number, strict?: boolean): number;
  /** Answers a request; `extraDelayMs` models the time the work took. Answering twice is ignored. */
  reply(request: number, body: Message, extraDelayMs?: number): void;

  /** Opens a stream (a watch). Data arrives by onData, its end by onClosed. */
  openStream(to: string, body: Message, tag: unknown): number;
  /** Sends data on a stream, in either direction. Does nothing if the stream is gone. */
  push(stream: number, body: Message): void;
  /** Ends a stream; the other side gets onClosed("closed"). */
  close(stream: number): void;

  /** Sets the timer of that name (setting it again replaces it). */
  setTimer(name: string, delayMs: number, body?: unknown): void;
  cancelTimer(name: string): void;
  hasTimer(name: string): boolean;

  /** Tells people a fact; it becomes part of the trace and of the log hash. Returns its trace id. */
  note(kind: string, object: string, data?: NoteData): number;

  /** Starts a new component, or one that is down. */
  spawn(spec: { readonly id: string; readonly type: string; readonly host: string; readonly config: unknown }): void;
  /** Takes a component out of the world for good. */
  remove(id: string): void;
}
