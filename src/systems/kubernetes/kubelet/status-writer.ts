/** Writes pod statuses: one at a time for a pod, only when something changed (pkg/kubelet/status/status_manager.go). */
import { deepEqual } from "../../../base/json/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import { type ApiResponse, isBeingDeleted, type Pod, type PodStatus, succeeded } from "../api/index.ts";
import { callApi } from "../client/index.ts";
import { kubeletClient, noteName } from "./client.ts";
import { podStatus } from "./pod-status.ts";
import type { KubeletState, PodWorker } from "./state.ts";
import type { PodTag } from "./tags.ts";

/** Timer of a write that is tried again. */
export const STATUS_TIMER = "status/";
const RETRY_MS = 10_000;

/** The pod's status may have changed: it is written unless a write is under way, which is then followed by another. */
export function writeStatus(state: KubeletState, context: Context, worker: PodWorker): void {
  if (worker.writing || (worker.isStatic && worker.mirrorUid === "")) {
    worker.dirty = true;
    return;
  }
  worker.dirty = false;
  const status = podStatus(state.config, worker, context.now);
  noteReadiness(state, context, worker, status);
  if (deepEqual(status, worker.writtenStatus)) return;
  worker.writing = true;
  const meta = worker.pod.metadata;
  const body = { metadata: { uid: worker.isStatic ? worker.mirrorUid : worker.uid }, status: withRemovals(worker.pod.status, status) };
  const tag: PodTag = { op: "status", uid: worker.uid, status };
  callApi(context, kubeletClient(state.config.node), {
    group: "", version: "v1", resource: "pods", subresource: "status", verb: "patch", namespace: meta?.namespace ?? "default", name: meta?.name ?? "",
    body, options: { patchType: "application/merge-patch+json" },
  }, tag);
}

/** A merge patch removes with null what is no longer there. */
function withRemovals(before: PodStatus | undefined, after: PodStatus): object {
  const removed: Record<string, null> = {};
  for (const key of ["reason", "message"] as const) if (before?.[key] !== undefined && after[key] === undefined) removed[key] = null;
  return { ...after, ...removed };
}

function noteReadiness(state: KubeletState, context: Context, worker: PodWorker, status: PodStatus): void {
  const ready = status.conditions?.find((condition) => condition.type === "Ready");
  const isReady = ready?.status === "True";
  if (isReady === worker.wasReady) return;
  worker.wasReady = isReady;
  const data = { node: state.config.node, ip: status.podIP ?? "" };
  if (isReady) context.note("PodReady", noteName(worker.pod), data);
  else context.note("PodNotReady", noteName(worker.pod), { ...data, reason: ready?.reason ?? "", message: ready?.message ?? "" });
}

/** The server answered. A pod that is gone needs no status; anything else is tried again. */
export function statusAnswered(state: KubeletState, context: Context, worker: PodWorker, response: ApiResponse, written: unknown): void {
  worker.writing = false;
  if (succeeded(response)) {
    worker.writtenStatus = written;
    keepNewest(worker, response.body as Pod);
  } else if (response.code === 404) return;
  else {
    context.setTimer(STATUS_TIMER + worker.uid, RETRY_MS, worker.uid);
    return;
  }
  if (worker.dirty) writeStatus(state, context, worker);
}

/** The answer is newer than the watch's last word; the next status builds on it. */
function keepNewest(worker: PodWorker, pod: Pod): void {
  const newer = Number(pod.metadata?.resourceVersion ?? 0) > Number(worker.pod.metadata?.resourceVersion ?? 0);
  if (newer && !worker.isStatic && pod.metadata?.uid === worker.uid && isBeingDeleted(pod) === isBeingDeleted(worker.pod)) worker.pod = pod;
}

/** No answer: tried again. */
export function statusFailed(context: Context, worker: PodWorker): void {
  worker.writing = false;
  worker.dirty = true;
  context.setTimer(STATUS_TIMER + worker.uid, RETRY_MS, worker.uid);
}
