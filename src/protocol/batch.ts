import type { EntityView } from "./views.ts";

/** What kind of message travels: request, its answer, a watch event, or a write into the store. */
export type FlightShape = "request" | "answer" | "watch" | "write";

/** A message (or several alike) on its way between two components. */
export interface Flight {
  /** Trace id of the (first) message. */
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly shape: FlightShape;
  /** A few words: "POST pods", "MODIFIED pods/web-1". */
  readonly label: string;
  /** How many messages this dot stands for. */
  readonly count: number;
  readonly sentAt: number;
  readonly at: number;
  /** uid of the pod or other entity it is about, or "". */
  readonly about: string;
}

/** How much a caption matters: 1 = a learner should see it, 2 = detail. */
export type CaptionWeight = 1 | 2;

/** One fact as a plain sentence. The same text serves caption, log, screen reader and hover. */
export interface Caption {
  /** Trace id of the note. */
  readonly id: number;
  readonly at: number;
  /** Note kind, e.g. "PodScheduled". */
  readonly kind: string;
  readonly weight: CaptionWeight;
  readonly component: string;
  /** Object reference as notes carry it, e.g. "pods/default/web-1". */
  readonly object: string;
  readonly sentence: string;
  /** Parts of the sentence to print strong. */
  readonly strong: readonly string[];
  /** Short word for the timeline, or "" when it isn't a mark there. */
  readonly mark: string;
  /** Colour of the mark by meaning. */
  readonly tone: "write" | "ready" | "request" | "leaving" | "failed" | "plain";
}

/** How virtual time runs. */
export type PaceMode = "live" | "follow" | "step";

/** The state of the clock. */
export interface PaceView {
  readonly mode: PaceMode;
  readonly playing: boolean;
  /** Simulated seconds per real second in live; hops per hop time in follow. */
  readonly speed: number;
  /** Milliseconds of virtual time that follow just skipped because nothing happened, or 0. */
  readonly skippedMs: number;
}

/** One frame's worth of news. Batches are applied in order; `epoch` changes when the world is replaced (drop everything first). */
export interface Batch {
  readonly kind: "batch";
  readonly epoch: number;
  readonly sequence: number;
  readonly now: number;
  readonly startedAt: number;
  readonly revision: number;
  readonly handled: number;
  readonly pace: PaceView;
  readonly changed: readonly EntityView[];
  readonly removed: readonly string[];
  readonly flights: readonly Flight[];
  readonly captions: readonly Caption[];
}
