import type { RandomStream } from "../random/index.ts";
import type { EventKind } from "../trace/index.ts";

/** A component is up, down (crashed or stopped; connections to it are refused) or paused (alive but not acting). */
export type CellStatus = "up" | "down" | "paused";

/** One component as the engine keeps it. Plain data. */
export interface Cell {
  readonly id: string;
  readonly index: number;
  readonly host: string;
  readonly type: string;
  readonly config: unknown;
  status: CellStatus;
  state: unknown;
  /** Counts starts: what was sent to or asked by an earlier life of the component is not delivered to a later one. */
  epoch: number;
  disk: unknown;
  /** Sequence numbers of the timers that are set, by name; a timer event with another number is stale. */
  readonly timers: Map<string, number>;
  /** Links out of this component by the index of the other one. */
  readonly links: Map<number, Link>;
  /** Deliveries that wait while the component is paused. */
  readonly held: Envelope[];
  random: RandomStream;
  skewMs: number;
}

/** One future event. Immutable once queued. */
export interface Envelope {
  readonly id: number;
  readonly kind: EventKind;
  /** Virtual time of delivery, ms. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Epoch of the receiver it is meant for; -1 = whoever is there. */
  readonly epoch: number;
  /** Request or stream number, or 0. */
  readonly ref: number;
  /** Tag of the asker, or the name of the timer. */
  readonly tag: unknown;
  readonly body: unknown;
}

/** A request that has not been answered yet. */
export interface OpenRequest {
  readonly from: number;
  readonly fromEpoch: number;
  readonly to: number;
  readonly tag: unknown;
  readonly sentAt: number;
  readonly timeoutMs: number;
}

/** A stream between two components. */
export interface OpenStream {
  readonly client: number;
  readonly clientEpoch: number;
  readonly server: number;
  serverEpoch: number;
  readonly tag: unknown;
}

/** A component to start. */
export interface ComponentSpec {
  readonly id: string;
  readonly type: string;
  readonly host: string;
  /** Immutable plain data for the behaviour's start. */
  readonly config: unknown;
}

/** A host is up, or down with everything on it (nobody answers, not even with a refusal). */
export type HostState = "up" | "down";

/** Sees events as they are sent and handled; part of the host, not of the world's state. */
export interface WorldObserver {
  /** A message was put on its way (not called for timers). */
  onSent?(envelope: Envelope, sentAt: number, cause: number): void;
  /** Before a component handles an event. */
  onDelivered?(envelope: Envelope): void;
}

/** One direction between two components. Plain data. */
export interface Link {
  /** Version of the rules it was worked out from. */
  version: number;
  cut: boolean;
  latencyMs: number;
  jitterMs: number;
  loss: number;
  /** Delivery time of the last message, to keep order. */
  lastAt: number;
  /** When the link was cut, ms; NaN while whole. */
  cutAt: number;
  /** Reliable messages that wait for the end of a cut. */
  held: Envelope[];
}
