/**
 * The scheduling queue: active (by priority, then time), back-off, and unschedulable pods that wait for something to
 * change. Source: pkg/scheduler/backend/queue/{scheduling_queue,active_queue,backoff_queue}.go. Plain data.
 */
import type { Pod } from "../../api/index.ts";
import type { PodShape } from "../framework/pod-shape.ts";
import { heapPop, heapPush } from "./heap.ts";

/** Where a pod waits. "flying" = taken out and not yet bound or given back. */
export type Place = "active" | "backoff" | "unschedulable" | "gated" | "flying";

/** One pod that has no node yet. */
export interface QueuedPod {
  readonly key: string;
  pod: Pod;
  shape: PodShape;
  priority: number;
  /** When it last entered the queue, ms. */
  queuedAtMs: number;
  readonly firstQueuedAtMs: number;
  /** Counts entries into a heap: an entry with another number is stale. */
  ticket: number;
  place: Place;
  attempts: number;
  /** Attempts in a row that found no node, and errors in a row: what back-off grows with. */
  unschedulableCount: number;
  errorCount: number;
  backoffUntilMs: number;
  unschedulableSinceMs: number;
  /** Plugins that refused it last. */
  refusedBy: readonly string[];
  /** Node promised by preemption, "" for none. */
  nominatedNode: string;
  /** Pods asked to go for it by its last preemption. */
  victims: readonly string[];
}

/** An entry of a heap. */
export interface Ticket {
  readonly pod: QueuedPod;
  readonly ticket: number;
}

/** See the module's comment. */
export interface SchedulingQueue {
  readonly pods: Map<string, QueuedPod>;
  readonly active: Ticket[];
  readonly backoff: Ticket[];
  readonly unschedulable: Set<string>;
  /** Unschedulable pods by the plugins that refused them: what an event of interest to a plugin wakes. */
  readonly refusedBy: Map<string, Set<string>>;
  tickets: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
}

/** Unschedulable pods are tried again after this in any case (DefaultPodMaxInUnschedulablePodsDuration). */
export const FLUSH_AFTER_MS = 300_000;

/** An empty queue. Back-off is 1 s doubling to 10 s by default. */
export function createQueue(initialBackoffMs = 1000, maxBackoffMs = 10_000): SchedulingQueue {
  return { pods: new Map(), active: [], backoff: [], unschedulable: new Set(), refusedBy: new Map(), tickets: 0, initialBackoffMs, maxBackoffMs };
}

function firstByPriority(a: Ticket, b: Ticket): boolean {
  if (a.pod.priority !== b.pod.priority) return a.pod.priority > b.pod.priority;
  return a.pod.queuedAtMs === b.pod.queuedAtMs ? a.ticket < b.ticket : a.pod.queuedAtMs < b.pod.queuedAtMs;
}

function firstToReturn(a: Ticket, b: Ticket): boolean {
  if (a.pod.backoffUntilMs !== b.pod.backoffUntilMs) return a.pod.backoffUntilMs < b.pod.backoffUntilMs;
  return firstByPriority(a, b);
}

/** A pod that was never tried. */
export function newQueuedPod(key: string, pod: Pod, shape: PodShape, nowMs: number): QueuedPod {
  return {
    key, pod, shape, priority: pod.spec?.priority ?? 0, queuedAtMs: nowMs, firstQueuedAtMs: nowMs, ticket: 0, place: "flying", attempts: 0,
    unschedulableCount: 0, errorCount: 0, backoffUntilMs: 0, unschedulableSinceMs: 0, refusedBy: [], nominatedNode: pod.status?.nominatedNodeName ?? "", victims: [],
  };
}

function leavePlace(queue: SchedulingQueue, pod: QueuedPod): void {
  if (pod.place !== "unschedulable") return;
  queue.unschedulable.delete(pod.key);
  for (const plugin of pod.refusedBy) queue.refusedBy.get(plugin)?.delete(pod.key);
}

/** Puts a pod among those to be tried next. */
export function activate(queue: SchedulingQueue, pod: QueuedPod, nowMs: number): void {
  leavePlace(queue, pod);
  queue.pods.set(pod.key, pod);
  pod.place = "active";
  pod.queuedAtMs = nowMs;
  pod.ticket = ++queue.tickets;
  heapPush(queue.active, { pod, ticket: pod.ticket }, firstByPriority);
}

/** Holds a pod back until its gates are gone. */
export function gate(queue: SchedulingQueue, pod: QueuedPod): void {
  leavePlace(queue, pod);
  queue.pods.set(pod.key, pod);
  pod.place = "gated";
}

/** How long a pod must wait after its last failure, ms. */
export function backoffMs(queue: SchedulingQueue, pod: QueuedPod): number {
  const count = pod.errorCount > 0 ? pod.errorCount : pod.unschedulableCount;
  return count === 0 ? 0 : Math.min(queue.initialBackoffMs * 2 ** Math.min(count - 1, 20), queue.maxBackoffMs);
}

/** Puts a pod into back-off, or among the active if its time is over. */
export function backOffOrActivate(queue: SchedulingQueue, pod: QueuedPod, nowMs: number): void {
  leavePlace(queue, pod);
  if (pod.backoffUntilMs <= nowMs) {
    activate(queue, pod, nowMs);
    return;
  }
  queue.pods.set(pod.key, pod);
  pod.place = "backoff";
  pod.queuedAtMs = nowMs;
  pod.ticket = ++queue.tickets;
  heapPush(queue.backoff, { pod, ticket: pod.ticket }, firstToReturn);
}

/** Puts a pod that no node would take among those that wait for a change. */
export function markUnschedulable(queue: SchedulingQueue, pod: QueuedPod, refusedBy: readonly string[], nowMs: number): void {
  leavePlace(queue, pod);
  pod.unschedulableCount++;
  pod.errorCount = 0;
  pod.backoffUntilMs = nowMs + backoffMs(queue, pod);
  pod.place = "unschedulable";
  pod.refusedBy = refusedBy;
  pod.unschedulableSinceMs = nowMs;
  queue.pods.set(pod.key, pod);
  queue.unschedulable.add(pod.key);
  for (const plugin of refusedBy) {
    const keys = queue.refusedBy.get(plugin);
    if (keys === undefined) queue.refusedBy.set(plugin, new Set([pod.key]));
    else keys.add(pod.key);
  }
}

/** Puts a pod whose attempt failed for no fault of the cluster into back-off. */
export function markError(queue: SchedulingQueue, pod: QueuedPod, nowMs: number): void {
  pod.errorCount++;
  pod.backoffUntilMs = nowMs + backoffMs(queue, pod);
  backOffOrActivate(queue, pod, nowMs);
}

/** Forgets a pod. */
export function forgetQueued(queue: SchedulingQueue, key: string): QueuedPod | undefined {
  const pod = queue.pods.get(key);
  if (pod === undefined) return undefined;
  leavePlace(queue, pod);
  queue.pods.delete(key);
  pod.place = "flying";
  return pod;
}

function popFrom(heap: Ticket[], place: Place, before: (a: Ticket, b: Ticket) => boolean): QueuedPod | undefined {
  for (;;) {
    const entry = heapPop(heap, before);
    if (entry === undefined) return undefined;
    if (entry.pod.place === place && entry.pod.ticket === entry.ticket) return entry.pod;
  }
}

/** Takes the next pod to try; with nothing active, one that backs off only for want of a node (SchedulerPopFromBackoffQ). */
export function popNext(queue: SchedulingQueue): QueuedPod | undefined {
  const pod = popFrom(queue.active, "active", firstByPriority) ?? popPatient(queue);
  if (pod === undefined) return undefined;
  pod.place = "flying";
  pod.attempts++;
  return pod;
}

function popPatient(queue: SchedulingQueue): QueuedPod | undefined {
  const errors: QueuedPod[] = [];
  let found: QueuedPod | undefined;
  for (;;) {
    found = popFrom(queue.backoff, "backoff", firstToReturn);
    if (found === undefined || found.errorCount === 0) break;
    errors.push(found);
  }
  for (const pod of errors) heapPush(queue.backoff, { pod, ticket: pod.ticket }, firstToReturn);
  return found;
}

/** Moves pods whose back-off is over to the active; returns how many. */
export function flushBackoff(queue: SchedulingQueue, nowMs: number): number {
  let moved = 0;
  for (;;) {
    const first = queue.backoff[0];
    if (first === undefined) return moved;
    const stale = first.pod.place !== "backoff" || first.pod.ticket !== first.ticket;
    if (!stale && first.pod.backoffUntilMs > nowMs) return moved;
    heapPop(queue.backoff, firstToReturn);
    if (stale) continue;
    activate(queue, first.pod, nowMs);
    moved++;
  }
}

/** When the first pod's back-off is over, ms; Infinity when none backs off. */
export function nextBackoffEnd(queue: SchedulingQueue): number {
  for (;;) {
    const first = queue.backoff[0];
    if (first === undefined) return Number.POSITIVE_INFINITY;
    if (first.pod.place === "backoff" && first.pod.ticket === first.ticket) return first.pod.backoffUntilMs;
    heapPop(queue.backoff, firstToReturn);
  }
}
