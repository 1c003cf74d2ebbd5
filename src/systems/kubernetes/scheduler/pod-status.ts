/** What the API is told of a pod that could not be placed. Source: pkg/scheduler/schedule_one.go, handleSchedulingFailure and updatePod. */
import type { Context } from "../../../engine/bus/index.ts";
import { rfc3339 } from "../../../base/time/index.ts";
import type { Pod, PodCondition } from "../api/index.ts";
import { callApi } from "../client/index.ts";
import { recordEvent, referenceTo } from "../events/index.ts";
import type { QueuedPod } from "./queue/scheduling-queue.ts";
import type { SchedulerState } from "./state.ts";

/** Tag of requests whose answer changes nothing: the next attempt repeats them if need be. */
export const STATUS_TAG = Object.freeze({ podStatus: true });

/** A pod's conditions with one set; undefined when it was so already (pkg/api/v1/pod, UpdatePodCondition). */
export function withCondition(pod: Pod, condition: PodCondition, nowMs: number): PodCondition[] | undefined {
  const conditions = pod.status?.conditions ?? [];
  const known = conditions.find((one) => one.type === condition.type);
  if (known?.status === condition.status && known.reason === condition.reason && known.message === condition.message) return undefined;
  const lastTransitionTime = known?.status === condition.status ? known.lastTransitionTime : rfc3339(nowMs);
  const fresh = { lastProbeTime: null, ...condition, lastTransitionTime } as unknown as PodCondition;
  return known === undefined ? [...conditions, fresh] : conditions.map((one) => (one === known ? fresh : one));
}

/** Patches a pod's status. The patch replaces the conditions as a whole, guarded by the pod's uid. */
export function patchStatus(state: SchedulerState, context: Context, pod: Pod, status: object, tag: unknown): void {
  const { namespace, name, uid } = pod.metadata ?? {};
  callApi(context, state.client, {
    verb: "patch", group: "", version: "v1", resource: "pods", subresource: "status", namespace: namespace ?? "", name: name ?? "",
    body: { metadata: { uid }, status }, options: { patchType: "application/merge-patch+json" },
  }, tag);
}

/** Says that a pod found no node: an Event, and the condition. `nominatedNode` undefined leaves that field as it is. */
export function setUnscheduled(state: SchedulerState, context: Context, pod: QueuedPod, reason: "Unschedulable" | "SchedulerError", message: string, nominatedNode: string | undefined): void {
  recordEvent(state.recorder, context, state.client, { regarding: referenceTo(pod.pod, "Pod"), type: "Warning", reason: "FailedScheduling", action: "Scheduling", message });
  const generation = pod.pod.metadata?.generation;
  const conditions = withCondition(pod.pod, { type: "PodScheduled", status: "False", reason, message, ...(generation === undefined ? {} : { observedGeneration: generation }) }, context.now);
  const renominated = nominatedNode !== undefined && nominatedNode !== (pod.pod.status?.nominatedNodeName ?? "");
  if (conditions === undefined && !renominated) return;
  const status = {
    ...(conditions === undefined ? {} : { conditions }),
    ...(renominated ? { nominatedNodeName: nominatedNode === "" ? null : nominatedNode } : {}),
  };
  patchStatus(state, context, pod.pod, status, STATUS_TAG);
}
