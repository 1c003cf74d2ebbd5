/** Pods come, change and go: what the watch on the node's pods means for their workers (pkg/kubelet/pod_workers.go). */
import { parseRfc3339 } from "../../../base/time/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import { type ApiResponse, objectKey, type Pod, type PodStatus } from "../api/index.ts";
import { callApi, startInformers } from "../client/index.ts";
import { podRequests, refusal } from "./admission.ts";
import { adopt } from "./adopt.ts";
import { kubeletClient, podEvent, SERVICE_SPECS } from "./client.ts";
import { lookForGarbage } from "./garbage.ts";
import { createRecords } from "./records.ts";
import { askRuntime } from "./runtime-calls.ts";
import { releaseSources, sourcesOf, watchSources } from "./sources.ts";
import type { KubeletState, PodWorker } from "./state.ts";
import { writeStatus } from "./status-writer.ts";
import { graceOf, syncPod } from "./sync-pod.ts";
import type { PodTag } from "./tags.ts";
import { beginTermination, shortenGrace } from "./terminate.ts";

const DELETE_TIMER = "delete/";
const RETRY_MS = 10_000;
/** Annotations of static pods and their mirrors (pkg/kubelet/types/pod_update.go). */
export const MIRROR_ANNOTATION = "kubernetes.io/config.mirror";

/** A pod of the watch is new or has changed. */
export function podChanged(state: KubeletState, context: Context, pod: Pod): void {
  const uid = pod.metadata?.uid ?? "";
  if (pod.metadata?.annotations?.[MIRROR_ANNOTATION] !== undefined) {
    mirrorChanged(state, context, pod);
    return;
  }
  const worker = state.workers.get(uid);
  if (worker !== undefined) update(state, context, worker, pod);
  else if (state.recovered) admit(state, context, pod);
}

/** A pod of the watch is gone: whatever is left of it ends now. */
export function podDeleted(state: KubeletState, context: Context, pod: Pod): void {
  const worker = state.workers.get(pod.metadata?.uid ?? "");
  const waiting = state.waitingForName.get(objectKey(pod));
  if (waiting?.metadata?.uid === pod.metadata?.uid) state.waitingForName.delete(objectKey(pod));
  if (worker === undefined || worker.isStatic) return;
  worker.removing = true;
  if (worker.phase === "syncing") beginTermination(state, context, worker, 1);
  else if (worker.phase === "terminating") shortenGrace(state, context, worker, 1);
  removeIfOver(state, context, worker);
}

/** A pod for this node that has no worker yet. */
export function admit(state: KubeletState, context: Context, pod: Pod): void {
  const key = objectKey(pod);
  const other = state.byKey.get(key);
  if (other !== undefined && other !== pod.metadata?.uid) {
    state.waitingForName.set(key, pod);
    return;
  }
  const worker = addWorker(state, context, pod, false);
  adopt(state, context, worker);
  const phase = pod.status?.phase;
  if (phase === "Succeeded" || phase === "Failed") {
    worker.refused = true;
    beginTermination(state, context, worker, graceOf(worker));
    followUp(state, context, worker);
    return;
  }
  const refused = refusal(state, pod);
  if (refused !== undefined && pod.metadata?.deletionTimestamp === undefined) refuse(state, context, worker, refused);
  else take(state, context, worker);
}

/** Makes the worker of a pod. */
export function addWorker(state: KubeletState, context: Context, pod: Pod, isStatic: boolean): PodWorker {
  const uid = pod.metadata?.uid ?? "";
  const startTime = pod.status?.startTime;
  const worker: PodWorker = {
    uid, key: objectKey(pod), pod, isStatic, mirrorUid: "", phase: "syncing", sandbox: undefined, sandboxAttempts: 0, containers: createRecords(pod), busy: undefined,
    imageBackOff: new Map(), startedAt: startTime === undefined ? context.now : parseRfc3339(startTime), failure: undefined, refused: false, requests: podRequests(pod),
    graceSeconds: 30, terminationStartedAt: 0, volumes: undefined, sources: sourcesOf(pod), toldProblem: "", writtenStatus: undefined, writing: false, dirty: false,
    wasReady: pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true, removing: false,
  };
  state.workers.set(uid, worker);
  state.byKey.set(worker.key, uid);
  return worker;
}

/** Takes an admitted pod: counts what it asks for, watches what it needs, and begins. */
export function take(state: KubeletState, context: Context, worker: PodWorker): void {
  state.usage.cpuMillis += worker.requests.cpuMillis;
  state.usage.memoryBytes += worker.requests.memoryBytes;
  state.usage.pods++;
  watchSources(state, context, worker.uid, worker.sources);
  if (!state.servicesStarted && !worker.isStatic) {
    state.servicesStarted = true;
    startInformers(state.services, SERVICE_SPECS, context);
  }
  if (worker.pod.metadata?.deletionTimestamp !== undefined) beginTermination(state, context, worker, graceOf(worker));
  else {
    if (worker.sandbox === undefined) writeStatus(state, context, worker);
    syncPod(state, context, worker);
  }
  followUp(state, context, worker);
}

function refuse(state: KubeletState, context: Context, worker: PodWorker, refused: { readonly reason: string; readonly message: string }): void {
  worker.failure = refused;
  worker.refused = true;
  podEvent(state, context, worker.pod, "Warning", refused.reason, refused.message.replace("Pod was rejected: ", ""));
  context.note("PodRefused", `pods/${worker.key}`, { node: state.config.node, ...refused });
  worker.phase = "terminated";
  writeStatus(state, context, worker);
}

function update(state: KubeletState, context: Context, worker: PodWorker, pod: Pod): void {
  const before = worker.pod;
  worker.pod = pod;
  if (pod.metadata?.deletionTimestamp !== undefined) {
    if (worker.phase === "syncing") beginTermination(state, context, worker, pod.metadata.deletionGracePeriodSeconds ?? graceOf(worker));
    else shortenGrace(state, context, worker, pod.metadata.deletionGracePeriodSeconds ?? worker.graceSeconds);
    followUp(state, context, worker);
    return;
  }
  if (worker.phase === "syncing" && before.metadata?.generation !== pod.metadata?.generation) refreshSpecs(worker, pod);
  if (wasOverruled(worker, before, pod)) worker.writtenStatus = undefined;
  if (worker.writtenStatus === undefined || (pod.spec?.readinessGates?.length ?? 0) > 0 || before.metadata?.generation !== pod.metadata?.generation) writeStatus(state, context, worker);
  syncPod(state, context, worker);
}

/** Somebody else wrote the pod's readiness, such as the node controller while the node was out of reach: the kubelet's word counts (status_manager.go needsReconcile). */
function wasOverruled(worker: PodWorker, before: Pod, pod: Pod): boolean {
  if (worker.writing || worker.writtenStatus === undefined || Number(pod.metadata?.resourceVersion ?? 0) <= Number(before.metadata?.resourceVersion ?? 0)) return false;
  return readiness(pod.status) !== readiness(worker.writtenStatus as PodStatus);
}

function readiness(status: PodStatus | undefined): string | undefined {
  return status?.conditions?.find((condition) => condition.type === "Ready")?.status;
}

/** A running pod's spec may change its images: a container with another image is replaced when it next starts (the kill is left to a later version). */
function refreshSpecs(worker: PodWorker, pod: Pod): void {
  const fresh = createRecords(pod);
  for (const [index, record] of worker.containers.entries()) {
    const spec = fresh[index]?.spec;
    if (spec !== undefined && spec.name === record.name) worker.containers[index] = { ...record, spec };
  }
}

/** After anything that may have ended a pod: delete it from the API, or clear it away. */
export function followUp(state: KubeletState, context: Context, worker: PodWorker): void {
  if (worker.phase !== "terminated") return;
  if (worker.removing) {
    removeIfOver(state, context, worker);
    return;
  }
  if (worker.writing || worker.dirty || worker.isStatic || worker.pod.metadata?.deletionTimestamp === undefined) return;
  sendDelete(state, context, worker);
}

function sendDelete(state: KubeletState, context: Context, worker: PodWorker): void {
  worker.phase = "deleting";
  const meta = worker.pod.metadata;
  const tag: PodTag = { op: "delete-pod", uid: worker.uid };
  callApi(context, kubeletClient(state.config.node), {
    group: "", version: "v1", resource: "pods", verb: "delete", namespace: meta?.namespace ?? "default", name: meta?.name ?? "",
    options: { gracePeriodSeconds: 0, preconditions: { uid: worker.uid } },
  }, tag);
}

/** The API server answered the last deletion: gone, or held by a finalizer, or to be tried again. */
export function deleteAnswered(context: Context, worker: PodWorker, response: ApiResponse | undefined): void {
  if (response !== undefined && (response.code < 300 || response.code === 404 || response.code === 409)) return;
  worker.phase = "terminated";
  context.setTimer(DELETE_TIMER + worker.uid, RETRY_MS, worker.uid);
}

/** Timer of a deletion that is tried again; true if it was one. */
export function deleteTimer(state: KubeletState, context: Context, name: string): boolean {
  if (!name.startsWith(DELETE_TIMER)) return false;
  const worker = state.workers.get(name.slice(DELETE_TIMER.length));
  if (worker !== undefined) followUp(state, context, worker);
  return true;
}

/** Clears away a pod that the API no longer has, once nothing of it runs. */
export function removeIfOver(state: KubeletState, context: Context, worker: PodWorker): void {
  if (!worker.removing || (worker.phase !== "terminated" && worker.phase !== "deleting")) return;
  if (worker.sandbox !== undefined) askRuntime(state, context, { type: "cri/RemovePodSandbox", sandboxId: worker.sandbox.id }, { op: "ignore" });
  lookForGarbage(context);
  worker.phase = "gone";
  state.workers.delete(worker.uid);
  releaseSources(state, context, worker.uid, worker.sources);
  if (state.byKey.get(worker.key) === worker.uid) state.byKey.delete(worker.key);
  const waiting = state.waitingForName.get(worker.key);
  if (waiting === undefined) return;
  state.waitingForName.delete(worker.key);
  admit(state, context, waiting);
}

function mirrorChanged(state: KubeletState, context: Context, mirror: Pod): void {
  const uid = state.byKey.get(objectKey(mirror));
  const worker = uid === undefined ? undefined : state.workers.get(uid);
  if (worker?.isStatic !== true) return;
  const known = worker.mirrorUid === mirror.metadata?.uid;
  worker.mirrorUid = mirror.metadata?.uid ?? "";
  worker.pod = { ...worker.pod, ...(mirror.status === undefined ? {} : { status: mirror.status }) };
  if (!known) writeStatus(state, context, worker);
}
