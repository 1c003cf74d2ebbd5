import { releaseShape } from "./framework/cluster.ts";
import type { QueuedPod } from "./queue/scheduling-queue.ts";
import type { SchedulerState } from "./state.ts";

/** A pod is no longer waiting: what was held for it is let go. */
export function releaseQueued(state: SchedulerState, pod: QueuedPod): void {
  releaseShape(state.cluster, pod.shape);
}
