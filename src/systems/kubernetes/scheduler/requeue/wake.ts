import type { Context } from "../../../../engine/bus/index.ts";
import { backOffOrActivate, type QueuedPod } from "../queue/scheduling-queue.ts";
import type { SchedulerState } from "../state.ts";
import { type ClusterEvent, INTERESTED } from "./cluster-event.ts";
import { isWorthTrying } from "./queueing-hints.ts";

/** The message the scheduler sends itself to start one cycle. */
export interface ScheduleOne {
  readonly type: "schedule-one";
}

const SCHEDULE_ONE: ScheduleOne = Object.freeze({ type: "schedule-one" });
/** What a message to oneself takes in any case, ms. */
const OWN_LATENCY_MS = 1;

/** Asks for one scheduling cycle, after those asked for before. */
export function askForCycle(state: SchedulerState, context: Context): void {
  const at = Math.max(context.now + OWN_LATENCY_MS, state.nextCycleAtMs);
  state.nextCycleAtMs = at + state.cycleMs;
  context.send(context.self, SCHEDULE_ONE, at - context.now - OWN_LATENCY_MS);
}

/** Puts a waiting pod back among those to be tried, and sees to it that it is. */
export function requeue(state: SchedulerState, context: Context, pod: QueuedPod): void {
  backOffOrActivate(state.queue, pod, context.now);
  askForCycle(state, context);
}

/** Lets an event wake the pods it could help. */
export function wakeFor(state: SchedulerState, context: Context, event: ClusterEvent): void {
  const { queue, cluster } = state;
  if (queue.unschedulable.size === 0) return;
  const woken: QueuedPod[] = [];
  for (const plugin of INTERESTED[event.kind]) {
    const keys = queue.refusedBy.get(plugin);
    if (keys === undefined) continue;
    for (const key of keys) {
      const pod = queue.pods.get(key);
      if (pod !== undefined && isWorthTrying(plugin, pod.shape, event, cluster)) woken.push(pod);
    }
  }
  for (const pod of woken) if (pod.place === "unschedulable") requeue(state, context, pod);
}
