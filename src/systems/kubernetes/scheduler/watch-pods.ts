/** What pods' changes mean to the scheduler. Source: pkg/scheduler/eventhandlers.go. */
import type { Context } from "../../../engine/bus/index.ts";
import type { Pod } from "../api/index.ts";
import { displacePod, holdShape, placePod, releaseShape, slotOf, touch } from "./framework/cluster.ts";
import type { PodInfo } from "./framework/node-info.ts";
import { unnominate } from "./framework/nominator.ts";
import { signatureOf } from "./framework/signature.ts";
import { tallyPod } from "./framework/tallies.ts";
import { releaseQueued } from "./known-pods.ts";
import { activate, forgetQueued, gate, newQueuedPod, type QueuedPod } from "./queue/scheduling-queue.ts";
import { askForCycle, requeue, wakeFor } from "./requeue/wake.ts";
import type { SchedulerState } from "./state.ts";

function isOver(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

/** A pod is new, has changed, or is gone (`after` undefined). */
export function podChanged(state: SchedulerState, context: Context, key: string, before: Pod | undefined, after: Pod | undefined): void {
  if (before !== undefined && after !== undefined && before.metadata?.uid !== after.metadata?.uid) {
    forgetPod(state, context, key);
    podChanged(state, context, key, undefined, after);
  } else if (after === undefined || isOver(after)) forgetPod(state, context, key);
  else if ((after.spec?.nodeName ?? "") !== "") assignedPod(state, context, key, after);
  else waitingPod(state, context, key, after);
}

/** A pod takes up no room and waits for none any more. */
function forgetPod(state: SchedulerState, context: Context, key: string): void {
  const queued = forgetQueued(state.queue, key) ?? state.binding.get(key);
  state.binding.delete(key);
  state.awaitingVolumes.delete(key);
  state.attempts.delete(key);
  unnominate(state.cluster, state.nominator, key);
  if (queued !== undefined) releaseQueued(state, queued);
  const info = state.cluster.pods.get(key);
  if (info === undefined) return;
  displacePod(state.cluster, info);
  releaseShape(state.cluster, info.shape);
  wakeFor(state, context, { kind: "podDeleted", pod: info.pod });
}

function assignedPod(state: SchedulerState, context: Context, key: string, pod: Pod): void {
  const info = state.cluster.pods.get(key);
  const queued = forgetQueued(state.queue, key);
  if (queued !== undefined) releaseQueued(state, queued);
  unnominate(state.cluster, state.nominator, key);
  if (info === undefined) {
    addAssigned(state, key, pod);
    wakeFor(state, context, { kind: "podAdded", pod });
    return;
  }
  const confirmed = info.assumed;
  updateAssigned(state, context, info, pod);
  if (confirmed) wakeFor(state, context, { kind: "podAdded", pod });
}

function addAssigned(state: SchedulerState, key: string, pod: Pod): void {
  const { cluster } = state;
  const node = slotOf(cluster, pod.spec?.nodeName ?? "");
  const info: PodInfo = { key, pod, shape: holdShape(cluster, pod), priority: pod.spec?.priority ?? 0, node: node.index, assumed: false, terminating: pod.metadata?.deletionTimestamp !== undefined };
  placePod(cluster, info);
}

function updateAssigned(state: SchedulerState, context: Context, info: PodInfo, pod: Pod): void {
  const { cluster } = state;
  const before = info.pod;
  const onItsNode = cluster.nodes[info.node]?.name === pod.spec?.nodeName;
  const sameShape = (before.spec === pod.spec && before.metadata?.labels === pod.metadata?.labels) || signatureOf(pod) === info.shape.signature;
  if (!onItsNode || !sameShape) {
    displacePod(cluster, info);
    releaseShape(cluster, info.shape);
    addAssigned(state, info.key, pod);
    if (before.metadata?.labels !== pod.metadata?.labels) wakeFor(state, context, { kind: "podLabels", pod, before });
    wakeFor(state, context, { kind: "podShrunk", pod });
    return;
  }
  info.pod = pod;
  info.assumed = false;
  if (!info.terminating && pod.metadata?.deletionTimestamp !== undefined) {
    tallyPod(cluster, info, -1, true);
    info.terminating = true;
    touch(cluster, info.node);
  }
}

function isGated(pod: Pod): boolean {
  return (pod.spec?.schedulingGates?.length ?? 0) > 0;
}

function waitingPod(state: SchedulerState, context: Context, key: string, pod: Pod): void {
  if (!state.profiles.has(pod.spec?.schedulerName ?? "default-scheduler")) return;
  const bound = state.binding.get(key);
  if (bound !== undefined) {
    bound.pod = pod;
    return;
  }
  const queued = state.queue.pods.get(key);
  if (pod.metadata?.deletionTimestamp !== undefined) {
    if (queued !== undefined) forgetPod(state, context, key);
  } else if (queued !== undefined) updateQueued(state, context, queued, pod);
  else if (state.cluster.pods.get(key)?.assumed !== true) enqueue(state, context, key, pod);
}

function enqueue(state: SchedulerState, context: Context, key: string, pod: Pod): void {
  const queued = newQueuedPod(key, pod, holdShape(state.cluster, pod), context.now);
  if (isGated(pod)) {
    gate(state.queue, queued);
    return;
  }
  activate(state.queue, queued, context.now);
  askForCycle(state, context);
}

function updateQueued(state: SchedulerState, context: Context, queued: QueuedPod, pod: Pod): void {
  const before = queued.pod;
  queued.pod = pod;
  if (before.spec === pod.spec && before.metadata?.labels === pod.metadata?.labels) return;
  const shape = holdShape(state.cluster, pod);
  const sameShape = shape === queued.shape;
  releaseShape(state.cluster, queued.shape);
  queued.shape = shape;
  if (isGated(pod)) return;
  if (queued.place === "gated") {
    activate(state.queue, queued, context.now);
    askForCycle(state, context);
  } else if (queued.place === "unschedulable" && !sameShape) requeue(state, context, queued);
}
