/**
 * The planner contract. A controller looks at the caches and says what should be asked of the API server; it does
 * nothing itself. The driver sends the requests, collects the answers, and comes back to the key.
 *
 * Reconciling is by level: a plan is made anew from the caches each time, and never before the caches show what the
 * key's own last plan wrote (upstream keeps "expectations" for that: pkg/controller/controller_utils.go).
 */
import type { NoteData } from "../../../../engine/trace/index.ts";
import type { ApiResponse, KubeObject, ObjectMeta } from "../../api/index.ts";
import type { ApiCall } from "../../client/index.ts";
import type { View } from "./view.ts";

/** What an Event is about. */
export interface Regarding {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/**
 * Something to tell people when it has happened: a note of the trace, an Event object, or both. In texts and in string
 * values of `data`, `{name}` stands for the name in the API server's answer and `{error}` for its refusal.
 */
export interface Tell {
  readonly note?: { readonly kind: string; readonly object: string; readonly data: NoteData };
  readonly event?: { readonly regarding: Regarding; readonly type: "Normal" | "Warning"; readonly reason: string; readonly message: string; readonly action?: string };
}

/** One request of a plan. Plain data. */
export interface PlannedRequest {
  readonly call: ApiCall;
  /** Refusals (HTTP codes) that are as good as success, e.g. 404 for a deletion. They tell nothing. */
  readonly accept?: readonly number[];
  readonly onSuccess?: Tell;
  readonly onFailure?: Tell;
}

/** What a planner wants. Plain data. */
export interface Plan {
  /** Steps one after another; the requests of a step go out together. A failure ends the plan after its step. */
  readonly steps: readonly (readonly PlannedRequest[])[];
  /** Come back to the key after this time even if nothing changes. */
  readonly requeueAfterMs?: number;
  /** Told at once. */
  readonly tell?: readonly Tell[];
  /** Other keys that have something to do now. */
  readonly also?: readonly string[];
}

/** A request that failed: refused by the API server, or never answered. */
export interface Failure {
  readonly call: ApiCall;
  /** HTTP code; 0 without an answer. */
  readonly code: number;
  /** Machine-readable reason of the Status ("NotFound"), or the bus's ("timeout"). */
  readonly reason: string;
  readonly message: string;
}

/** A request that succeeded, and the object it was answered with. */
export interface Answer {
  readonly call: ApiCall;
  readonly body: KubeObject;
}

/** How the first part of a plan went. */
export interface Outcome {
  /** What the API server answered with, for controllers with {@link Controller.wantsAnswers}. */
  readonly answers: readonly Answer[];
  readonly failures: readonly Failure[];
}

/** Lets a change handler put keys on its controller's queue. */
export interface Enqueue {
  readonly now: number;
  /** The key has something to do. */
  add(key: string): void;
  /** The key will have something to do in a while, ms; an earlier time that is already set stays. */
  addAfter(key: string, delayMs: number): void;
}

/** Told about a change in one of the caches: `before` undefined = new, `after` undefined = gone. The cache has `after`. */
export type OnChange<M> = (memory: M, enqueue: Enqueue, view: View, key: string, before: KubeObject | undefined, after: KubeObject | undefined) => void;

/**
 * One controller. `M` is its memory: plain data of its own that is derived from what it has seen (counters, a graph).
 * Everything here is code without state.
 */
export interface Controller<M = unknown> {
  /** Name of its queue, e.g. "replicaset". */
  readonly name: string;
  /** Source of its events, if not `${name}-controller`. */
  readonly eventSource?: string;
  /** Keys worked on at the same time (upstream's --concurrent-…-syncs). */
  readonly workers: number;
  /** Informers that must have listed once before the first plan. */
  readonly needs: readonly string[];
  /** Start even if informers have not synced after this time, ms. */
  readonly startAnywayAfterMs?: number;
  /** Its conclusion looks at the answers. */
  readonly wantsAnswers?: true;
  /** A key that comes back at this period, ms, from the start on. */
  readonly every?: { readonly key: string; readonly periodMs: number };
  createMemory(): M;
  /** Change handlers by informer; "*" = every informer (handlers get its name through {@link OnAnyChange}). */
  readonly on: Readonly<Record<string, OnChange<M>>>;
  /** Handler for the changes of every informer. */
  readonly onAny?: (memory: M, enqueue: Enqueue, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined) => void;
  /** Decides. Pure in everything but the memory. */
  plan(key: string, view: View, memory: M, now: number): Plan;
  /** The last word of a sync, after its requests: usually the status update. */
  conclude?(key: string, view: View, memory: M, now: number, outcome: Outcome): Plan;
  /** Lets a controller remember an answer it asked for (a live GET, a list). `undefined` = no answer came. */
  learn?(memory: M, enqueue: Enqueue, key: string, call: ApiCall, response: ApiResponse | undefined): void;
}

/** A controller whatever its memory: the driver hands each its own. */
export type AnyController = Omit<Controller<never>, "createMemory"> & { createMemory(): unknown };

/** A plan with nothing to do. */
export const NO_PLAN: Plan = Object.freeze({ steps: [] });

/** A plan of requests that go out together. */
export function planOf(requests: readonly PlannedRequest[], requeueAfterMs?: number): Plan {
  return { steps: requests.length === 0 ? [] : [requests], ...(requeueAfterMs === undefined ? {} : { requeueAfterMs }) };
}
