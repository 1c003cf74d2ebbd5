/** The queue's clocks: the end of back-off, and the flush of pods that waited too long. */
import type { Context } from "../../../engine/bus/index.ts";
import { FLUSH_AFTER_MS, flushBackoff, nextBackoffEnd } from "./queue/scheduling-queue.ts";
import { askForCycle, requeue } from "./requeue/wake.ts";
import type { SchedulerState } from "./state.ts";

const BACKOFF_TIMER = "backoff";
const FLUSH_TIMER = "flush";
/** How often unschedulable pods are looked through (flushUnschedulablePodsLeftover every 30 s). */
const FLUSH_EVERY_MS = 30_000;

/** Sets the timers there is a reason for. */
export function armTimers(state: SchedulerState, context: Context): void {
  const end = nextBackoffEnd(state.queue);
  if (end !== Number.POSITIVE_INFINITY) context.setTimer(BACKOFF_TIMER, Math.max(1, end - context.now));
  if (state.queue.unschedulable.size > 0 && !context.hasTimer(FLUSH_TIMER)) context.setTimer(FLUSH_TIMER, FLUSH_EVERY_MS);
}

/** A timer fired; true if it was the queue's. */
export function queueTimer(state: SchedulerState, context: Context, name: string): boolean {
  if (name === BACKOFF_TIMER) {
    const moved = flushBackoff(state.queue, context.now);
    for (let count = 0; count < moved; count++) askForCycle(state, context);
  } else if (name === FLUSH_TIMER) {
    flushUnschedulable(state, context);
  } else return false;
  armTimers(state, context);
  return true;
}

function flushUnschedulable(state: SchedulerState, context: Context): void {
  for (const key of [...state.queue.unschedulable]) {
    const pod = state.queue.pods.get(key);
    if (pod !== undefined && context.now - pod.unschedulableSinceMs > FLUSH_AFTER_MS) requeue(state, context, pod);
  }
}
