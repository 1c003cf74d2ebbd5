/**
 * One step of a pod towards what its spec asks: sandbox, init containers and sidecars in order, then the containers.
 * Called whenever something about the pod may have changed; asks for at most one thing at a time, as syncPod does
 * (pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod, computePodActions).
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse } from "../../containers/cri/index.ts";
import { restartAllowedAt } from "./back-off.ts";
import { podEvent, noteName } from "./client.ts";
import { initDone, isInitialized, phaseOf } from "./pod-phase.ts";
import { imageRetryAt, tellImageBackOff } from "./pulls.ts";
import { shouldRestart } from "./records.ts";
import { askRuntime, sandboxRequest } from "./runtime-calls.ts";
import { sourcesSynced } from "./sources.ts";
import { beginStart } from "./start-container.ts";
import type { ContainerRecord, KubeletState, PodWorker } from "./state.ts";
import { writeStatus } from "./status-writer.ts";
import { beginTermination } from "./terminate.ts";
import { resolveVolumes } from "./volumes.ts";

/** Timer of a pod's next look by itself. */
export const SYNC_TIMER = "sync/";

/** Volume errors are tried again after 0.5 s doubling to 2 min 2 s (pkg/volume/util/operationexecutor: exponential back-off); a round 10 s here. */
const VOLUME_RETRY_MS = 10_000;
/** A sandbox that could not be made or stopped is tried again after this, ms. */
export const SANDBOX_RETRY_MS = 10_000;
/** The back-off of a pull is told by the sync that follows the failure. */
const TELL_BACK_OFF_MS = 1500;

/** See the module's comment. */
export function syncPod(state: KubeletState, context: Context, worker: PodWorker): void {
  if (worker.phase !== "syncing" || worker.busy !== undefined || !state.runtimeReady) return;
  if (checkDeadline(state, context, worker)) return;
  const phase = phaseOf(worker);
  if (phase === "Succeeded" || phase === "Failed") {
    beginTermination(state, context, worker, graceOf(worker));
    return;
  }
  if (!volumesReady(state, context, worker)) return;
  if (worker.sandbox?.ready !== true) {
    makeSandbox(state, context, worker);
    return;
  }
  startNext(state, context, worker);
}

/** The pod's own grace period, seconds. */
export function graceOf(worker: PodWorker): number {
  return worker.pod.metadata?.deletionGracePeriodSeconds ?? worker.pod.spec?.terminationGracePeriodSeconds ?? 30;
}

/** activeDeadlineSeconds (pkg/kubelet/active_deadline.go). True when the pod is past it. */
function checkDeadline(state: KubeletState, context: Context, worker: PodWorker): boolean {
  const seconds = worker.pod.spec?.activeDeadlineSeconds;
  if (seconds === undefined || context.now < worker.startedAt + seconds * 1000) return false;
  podEvent(state, context, worker.pod, "Normal", "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
  worker.failure = { reason: "DeadlineExceeded", message: "Pod was active on the node longer than the specified deadline" };
  beginTermination(state, context, worker, graceOf(worker));
  return true;
}

function volumesReady(state: KubeletState, context: Context, worker: PodWorker): boolean {
  if (worker.volumes !== undefined) return sourcesSynced(state, worker.sources) && servicesReady(state);
  if (!sourcesSynced(state, worker.sources) || !servicesReady(state)) return false;
  const result = resolveVolumes(state, worker.pod, worker.sandbox?.ip ?? "", context.now);
  if ("volumes" in result) {
    worker.volumes = result.volumes;
    worker.toldProblem = "";
    return true;
  }
  const problem = `MountVolume.SetUp failed for volume "${result.volume}" : ${result.error}`;
  if (worker.toldProblem === problem && context.hasTimer(SYNC_TIMER + worker.uid)) return false;
  podEvent(state, context, worker.pod, "Warning", "FailedMount", problem);
  if (worker.toldProblem !== problem) context.note("VolumeMountFailed", noteName(worker.pod), { volume: result.volume, message: result.error });
  worker.toldProblem = problem;
  context.setTimer(SYNC_TIMER + worker.uid, VOLUME_RETRY_MS, worker.uid);
  return false;
}

function servicesReady(state: KubeletState): boolean {
  return !state.servicesStarted || state.services.informers.get("services")?.synced === true;
}

function makeSandbox(state: KubeletState, context: Context, worker: PodWorker): void {
  worker.busy = "";
  if (worker.sandbox !== undefined) {
    podEvent(state, context, worker.pod, "Normal", "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
    const old = worker.sandbox.id;
    worker.sandbox = undefined;
    worker.sandboxAttempts++;
    forgetInits(worker);
    askRuntime(state, context, { type: "cri/StopPodSandbox", sandboxId: old }, { op: "stop-sandbox", uid: worker.uid, then: "renew" });
    return;
  }
  askRuntime(state, context, sandboxRequest(worker), { op: "sandbox", uid: worker.uid });
}

/** In a new sandbox init containers run again. */
function forgetInits(worker: PodWorker): void {
  for (const record of worker.containers) if (record.kind === "init" && record.run?.state === "exited") record.waiting = { reason: "PodInitializing" };
}

/** The runtime made a sandbox, or could not. */
export function sandboxAnswered(state: KubeletState, context: Context, worker: PodWorker, answer: CriResponse): void {
  worker.busy = undefined;
  if (answer.type === "cri/ok" && answer.sandboxId !== undefined) {
    worker.sandbox = { id: answer.sandboxId, ip: answer.ip ?? "", ready: true, createdAt: context.now };
    return;
  }
  const message = answer.type === "cri/error" ? answer.message : "unexpected answer";
  sandboxFailed(state, context, worker, message);
}

/** No sandbox: the event, and another try later. */
export function sandboxFailed(state: KubeletState, context: Context, worker: PodWorker, message: string): void {
  worker.busy = undefined;
  podEvent(state, context, worker.pod, "Warning", "FailedCreatePodSandBox", `Failed to create pod sandbox: rpc error: code = Unknown desc = ${message}`);
  context.setTimer(SYNC_TIMER + worker.uid, SANDBOX_RETRY_MS, worker.uid);
}

function startNext(state: KubeletState, context: Context, worker: PodWorker): void {
  let wakeAt = deadlineAt(worker);
  let changed = false;
  for (const record of candidates(worker)) {
    const at = allowedAt(worker, record, context.now);
    if (at <= context.now) {
      beginStart(state, context, worker, record);
      if (worker.busy !== undefined) return;
      changed = true;
      wakeAt = Math.min(wakeAt, allowedAt(worker, record, context.now));
      continue;
    }
    wakeAt = Math.min(wakeAt, tellBackOff(state, context, worker, record, at));
  }
  if (wakeAt < Number.POSITIVE_INFINITY) context.setTimer(SYNC_TIMER + worker.uid, Math.max(wakeAt - context.now, changed ? 1000 : 1), worker.uid);
  else if (context.hasTimer(SYNC_TIMER + worker.uid)) context.cancelTimer(SYNC_TIMER + worker.uid);
  writeStatus(state, context, worker);
}

function deadlineAt(worker: PodWorker): number {
  const seconds = worker.pod.spec?.activeDeadlineSeconds;
  return seconds === undefined ? Number.POSITIVE_INFINITY : worker.startedAt + seconds * 1000;
}

/** Containers that should run and don't, in the order in which they may be started. */
function candidates(worker: PodWorker): readonly ContainerRecord[] {
  const found: ContainerRecord[] = [];
  const initialized = isInitialized(worker) && !mustInitializeAgain(worker);
  for (const record of worker.containers) {
    if (record.kind === "main" && !initialized) break;
    if (record.kind === "init" && initialized) continue;
    if (record.kind !== "main" && !initialized) {
      if (initDone(record) && record.waiting?.reason !== "PodInitializing") continue;
      if (record.run?.state !== "running") found.push(record);
      break;
    }
    if (record.run?.state !== "running" && shouldRestart(worker.pod, record)) found.push(record);
  }
  return found;
}

function mustInitializeAgain(worker: PodWorker): boolean {
  return worker.containers.some((record) => record.kind === "init" && record.waiting?.reason === "PodInitializing" && record.run !== undefined)
    && !worker.containers.some((record) => record.kind === "main" && record.run?.state === "running");
}

/** When a container may be started, ms. */
function allowedAt(worker: PodWorker, record: ContainerRecord, now: number): number {
  const { run } = record;
  const crash = run?.state === "exited" ? restartAllowedAt(record.backOff, run.finishedAt) : 0;
  return Math.max(crash, record.retryAt, imageRetryAt(worker, record, now));
}

/** A container waits: it is said why, once. Returns when to look again. */
function tellBackOff(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, until: number): number {
  if (record.waiting?.reason === "ErrImagePull") {
    const failedAt = worker.imageBackOff.get(record.spec.image ?? "")?.updatedAt ?? 0;
    if (context.now < failedAt + TELL_BACK_OFF_MS) return Math.min(failedAt + TELL_BACK_OFF_MS, until);
    tellImageBackOff(state, context, worker, record);
    return until;
  }
  if (record.run?.state !== "exited" || record.backOff === undefined || record.toldBackOff === until) return until;
  if (record.retryAt > restartAllowedAt(record.backOff, record.run.finishedAt)) return until;
  record.toldBackOff = until;
  const { pod } = worker;
  const where = `${record.name} in pod ${pod.metadata?.name ?? ""}_${pod.metadata?.namespace ?? ""}(${worker.uid})`;
  const seconds = record.backOff.delayMs / 1000;
  const length = seconds >= 60 ? `${Math.floor(seconds / 60)}m${seconds % 60}s` : `${seconds}s`;
  record.waiting = { reason: "CrashLoopBackOff", message: `back-off ${length} restarting failed container=${record.name} pod=${pod.metadata?.name ?? ""}_${pod.metadata?.namespace ?? ""}(${worker.uid})` };
  podEvent(state, context, pod, "Warning", "BackOff", `Back-off restarting failed container ${where}`, record.name);
  context.note("ContainerBackOff", noteName(pod), { container: record.name, delayMs: record.backOff.delayMs, restarts: record.restarts });
  return until;
}
