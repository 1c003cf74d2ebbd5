/** The binding cycle: assume, bind, confirm or forget. Source: pkg/scheduler/schedule_one.go (assume, bindingCycle), plugins/defaultbinder. */
import type { Context } from "../../../engine/bus/index.ts";
import { type ApiResponse, type Status, succeeded } from "../api/index.ts";
import { callApi } from "../client/index.ts";
import { recordEvent, referenceTo } from "../events/index.ts";
import { displacePod, placePod } from "./framework/cluster.ts";
import type { PodInfo } from "./framework/node-info.ts";
import { unnominate } from "./framework/nominator.ts";
import { releaseQueued } from "./known-pods.ts";
import { markError, type QueuedPod } from "./queue/scheduling-queue.ts";
import { setUnscheduled } from "./pod-status.ts";
import type { SchedulerState } from "./state.ts";
import { armTimers } from "./timers.ts";

/** Tag of a binding request. */
export interface BindTag {
  readonly bind: string;
  readonly uid: string;
  readonly node: string;
}

/** True for tags of binding requests. */
export function isBindTag(tag: unknown): tag is BindTag {
  return typeof tag === "object" && tag !== null && "bind" in tag;
}

/** Counts a pod on its node from now on, before the API knows. */
export function assume(state: SchedulerState, pod: QueuedPod, slot: number): void {
  const info: PodInfo = { key: pod.key, pod: pod.pod, shape: pod.shape, priority: pod.priority, node: slot, assumed: true, terminating: false };
  pod.shape.pods++;
  placePod(state.cluster, info);
  unnominate(state.cluster, state.nominator, pod.key);
  state.binding.set(pod.key, pod);
}

/** Sends the binding. */
export function bind(state: SchedulerState, context: Context, pod: QueuedPod, node: string): void {
  const { metadata } = pod.pod;
  const namespace = metadata?.namespace ?? "";
  const name = metadata?.name ?? "";
  const uid = metadata?.uid ?? "";
  const body = { apiVersion: "v1", kind: "Binding", metadata: { namespace, name, uid }, target: { kind: "Node", name: node } };
  const tag: BindTag = { bind: pod.key, uid, node };
  callApi(context, state.client, { verb: "create", group: "", version: "v1", resource: "pods", subresource: "binding", namespace, name, body }, tag);
}

/** The API answered a binding. */
export function bindAnswered(state: SchedulerState, context: Context, response: ApiResponse, tag: BindTag): void {
  if (!succeeded(response)) {
    bindFailed(state, context, tag, (response.body as Status).message ?? `status ${response.code}`);
    return;
  }
  const pod = state.binding.get(tag.bind);
  if (pod === undefined || pod.pod.metadata?.uid !== tag.uid) return;
  state.binding.delete(tag.bind);
  const message = `Successfully assigned ${tag.bind} to ${tag.node}`;
  recordEvent(state.recorder, context, state.client, { regarding: referenceTo(pod.pod, "Pod"), type: "Normal", reason: "Scheduled", action: "Binding", message });
  releaseQueued(state, pod);
}

/** A binding did not come about: the pod is taken off the node again and tried later. */
export function bindFailed(state: SchedulerState, context: Context, tag: BindTag, message: string): void {
  const pod = state.binding.get(tag.bind);
  if (pod === undefined || pod.pod.metadata?.uid !== tag.uid) return;
  state.binding.delete(tag.bind);
  const info = state.cluster.pods.get(tag.bind);
  if (info?.assumed === true) {
    displacePod(state.cluster, info);
    info.shape.pods--;
  } else if (info !== undefined) {
    // The watch showed the pod on a node although the answer was lost.
    releaseQueued(state, pod);
    return;
  }
  setUnscheduled(state, context, pod, "SchedulerError", message, undefined);
  markError(state.queue, pod, context.now);
  armTimers(state, context);
}
