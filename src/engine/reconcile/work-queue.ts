/**
 * A rate-limited work queue of keys, in the manner of client-go's util/workqueue: a key waits at most once; a key that
 * is being worked on and changes meanwhile is worked on again afterwards; failures wait 5 ms doubling to 1000 s
 * (DefaultTypedControllerRateLimiter: ItemExponentialFailureRateLimiter(5ms, 1000s)).
 */
import type { Context } from "../bus/index.ts";

/** Plain data. */
export interface WorkQueue {
  /** Prefix of the queue's timers. */
  readonly name: string;
  /** Keys that are ready, oldest first. */
  readonly ready: Set<string>;
  /** Keys being worked on; true = changed again meanwhile. */
  readonly working: Map<string, boolean>;
  /** Failures in a row, by key. */
  readonly failures: Map<string, number>;
  /** When a delayed key comes back, ms of the component's clock. */
  readonly due: Map<string, number>;
}

const BASE_DELAY_MS = 5;
const MAX_DELAY_MS = 1_000_000;

/** An empty queue; `name` must be unique among the timers of its component. */
export function createWorkQueue(name: string): WorkQueue {
  return { name, ready: new Set(), working: new Map(), failures: new Map(), due: new Map() };
}

/** A key has something to do. */
export function add(queue: WorkQueue, key: string): void {
  if (queue.working.has(key)) queue.working.set(key, true);
  else queue.ready.add(key);
}

/** A key will have something to do after a delay, ms. A later call replaces the earlier time only if it is sooner or none is set. */
export function addAfter(queue: WorkQueue, context: Context, key: string, delayMs: number): void {
  if (delayMs <= 0) {
    add(queue, key);
    return;
  }
  const at = context.now + delayMs;
  const known = queue.due.get(key);
  if (known !== undefined && known <= at) return;
  queue.due.set(key, at);
  context.setTimer(timerName(queue, key), delayMs, key);
}

/** A key failed: it comes back after its back-off. */
export function addRateLimited(queue: WorkQueue, context: Context, key: string): void {
  const failures = queue.failures.get(key) ?? 0;
  queue.failures.set(key, failures + 1);
  addAfter(queue, context, key, Math.min(BASE_DELAY_MS * 2 ** Math.min(failures, 30), MAX_DELAY_MS));
}

/** A key succeeded: its failures are forgotten. */
export function forget(queue: WorkQueue, key: string): void {
  queue.failures.delete(key);
}

/** How often a key failed in a row. */
export function failuresOf(queue: WorkQueue, key: string): number {
  return queue.failures.get(key) ?? 0;
}

/** Takes the oldest ready key and marks it as being worked on. */
export function takeNext(queue: WorkQueue): string | undefined {
  for (const key of queue.ready) {
    queue.ready.delete(key);
    queue.working.set(key, false);
    return key;
  }
  return undefined;
}

/** Work on a key ended; if it changed meanwhile it is ready again. */
export function done(queue: WorkQueue, key: string): void {
  const changed = queue.working.get(key);
  queue.working.delete(key);
  if (changed === true) queue.ready.add(key);
}

/** Hands a timer of the component to the queue; true if it was one of the queue's. */
export function timerFired(queue: WorkQueue, name: string, body: unknown): boolean {
  if (!name.startsWith(`${queue.name}/`)) return false;
  queue.due.delete(body as string);
  add(queue, body as string);
  return true;
}

function timerName(queue: WorkQueue, key: string): string {
  return `${queue.name}/${key}`;
}
