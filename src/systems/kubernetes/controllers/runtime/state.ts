/** The state of kube-controller-manager. Plain data. */
import type { WorkQueue } from "../../../../engine/reconcile/index.ts";
import type { ApiClient, InformerSet, InformerSpec } from "../../client/index.ts";
import type { RecorderState } from "../../events/index.ts";
import type { Answer, Failure, PlannedRequest } from "./planner.ts";

/** A key that is being worked on. */
export interface Flight {
  readonly key: string;
  /** "plan" = what the planner asked; "conclude" = the status update after it. */
  phase: "plan" | "conclude";
  steps: readonly (readonly PlannedRequest[])[];
  step: number;
  /** Requests of the step without an answer. */
  pending: number;
  /** A request failed: the steps after this one are not taken. */
  stopped: boolean;
  readonly failures: Failure[];
  readonly answers: Answer[];
  requeueAfterMs: number | undefined;
  /** Revision that each informer must reach before the key is planned again, by informer. */
  readonly revisions: Map<string, number>;
  /** Deleted objects that the caches must have seen going, by {@link goneKey}; value = uid. */
  readonly gone: Map<string, string>;
}

/** A key that waits for the caches to show its own writes. */
export interface Block {
  /** What is still missing. */
  missing: number;
  /** Something happened to the key meanwhile. */
  dirty: boolean;
  readonly since: number;
}

/** A key that waits for a revision or for an object to go. */
export interface Waiter {
  readonly desk: number;
  readonly key: string;
  readonly block: Block;
  /** Revision waited for, or 0. */
  readonly revision: number;
  /** Object waited for to go: its uid, or "". */
  readonly uid: string;
}

/** What one controller has on its desk. */
export interface Desk {
  readonly queue: WorkQueue;
  readonly flights: Map<string, Flight>;
  readonly blocked: Map<string, Block>;
  /** The controller's own; only the controller knows its type. */
  readonly memory: never;
  /** Records events; their source is the controller. */
  readonly recorder: RecorderState;
  /** False until the informers it needs have listed. */
  started: boolean;
}

/** All of it. */
export interface ManagerState {
  readonly client: ApiClient;
  readonly informers: InformerSet;
  /** Informers of custom resources; replaced as a whole when one comes or goes. */
  customSpecs: Readonly<Record<string, InformerSpec>>;
  /** One per controller, in the order of the controllers. */
  readonly desks: Desk[];
  /** Desks with keys that may be ready. */
  readonly awake: Set<number>;
  /** Waiters by informer, by rising revision. */
  readonly byRevision: Map<string, Waiter[]>;
  /** Waiters by {@link goneKey}. */
  readonly byObject: Map<string, Waiter[]>;
  readonly startedAt: number;
}

/** Names an object of an informer. */
export function goneKey(informer: string, key: string): string {
  return `${informer}:${key}`;
}
