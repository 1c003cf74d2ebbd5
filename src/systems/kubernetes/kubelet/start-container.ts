/** Bringing one container up: image, configuration, create, start, postStart hook (kuberuntime_container.go startContainer). */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse } from "../../containers/cri/index.ts";
import { canonicalReference } from "../../containers/runtime/index.ts";
import { nextBackOff } from "./back-off.ts";
import { noteName, podEvent } from "./client.ts";
import { environmentOf } from "./environment.ts";
import { runHook } from "./hooks.ts";
import { startProbes } from "./probes.ts";
import { ensureImage, pullAnswered, pullFailed, pumpPulls } from "./pulls.ts";
import { runFrom, terminatedState } from "./records.ts";
import { askRuntime, containerConfig } from "./runtime-calls.ts";
import type { ContainerRecord, ContainerRun, KubeletState, PodWorker } from "./state.ts";
import type { ContainerTag } from "./tags.ts";

/** A configuration error is tried again with the pod's next sync. */
const RESYNC_MS = 12_000;

/** Begins; `worker.busy` says whether something is under way afterwards. */
export function beginStart(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord): void {
  worker.busy = record.name;
  const { run } = record;
  if (run?.state === "exited" && record.kind !== "init" || run?.exitCode !== 0 && run?.state === "exited") record.backOff = nextBackOff(record.backOff, run.finishedAt, context.now);
  const decision = ensureImage(state, context, worker, record);
  if (decision === "present") create(state, context, worker, record);
  else if (decision === "failed") worker.busy = undefined;
}

/** A pull that this container waited for is done. */
export function imageAnswered(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, answer: CriResponse, tag: ContainerTag & { op: "pull" }): void {
  state.pulling = undefined;
  if (pullAnswered(state, context, worker, record, answer, tag) && worker.phase === "syncing") create(state, context, worker, record);
  else worker.busy = undefined;
  nextPull(state, context);
}

function nextPull(state: KubeletState, context: Context): void {
  pumpPulls(state, context, (worker, record) => create(state, context, worker, record));
}

/** The runtime did not answer a pull. */
export function imageFailed(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, reason: string): void {
  state.pulling = undefined;
  worker.busy = undefined;
  pullFailed(state, context, worker, record, `connection ${reason}`);
  nextPull(state, context);
}

function create(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord): void {
  const environment = environmentOf(state, worker.pod, record.spec, worker.sandbox?.ip ?? "");
  if ("error" in environment) {
    refuse(state, context, worker, record, "CreateContainerConfigError", environment.error);
    return;
  }
  const attempt = nextAttempt(record);
  const config = containerConfig(worker, record.spec, attempt, environment);
  askRuntime(state, context, { type: "cri/CreateContainer", sandboxId: worker.sandbox?.id ?? "", config }, { op: "create", uid: worker.uid, container: record.name });
}

function nextAttempt(record: ContainerRecord): number {
  return record.run === undefined ? 0 : record.run.attempt + 1;
}

/** It can't be made: why, with an event, and another try later. */
function refuse(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, reason: string, message: string): void {
  worker.busy = undefined;
  podEvent(state, context, worker.pod, "Warning", "Failed", `Error: ${message}`, record.name);
  if (record.waiting?.reason !== reason || record.waiting.message !== message) context.note("ContainerNotCreated", noteName(worker.pod), { container: record.name, reason, message });
  record.waiting = { reason, message };
  record.retryAt = context.now + RESYNC_MS;
}

/** The runtime created it, or not. */
export function createAnswered(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, answer: CriResponse): void {
  if (answer.type !== "cri/ok" || answer.containerId === undefined) {
    if (answer.type === "cri/error" && answer.message.includes("failed to get image")) state.images.delete(canonicalReference(record.spec.image ?? ""));
    if (answer.type === "cri/error" && answer.message.includes("sandbox")) worker.sandbox = worker.sandbox === undefined ? undefined : { ...worker.sandbox, ready: false };
    refuse(state, context, worker, record, "CreateContainerError", answer.type === "cri/error" ? answer.message : "unexpected answer");
    return;
  }
  keepLast(state, context, record);
  podEvent(state, context, worker.pod, "Normal", "Created", "Container created", record.name);
  record.run = newRun(answer.containerId, nextAttemptOf(record), context.now, record);
  if (worker.phase !== "syncing") {
    worker.busy = undefined;
    return;
  }
  askRuntime(state, context, { type: "cri/StartContainer", containerId: answer.containerId }, { op: "start", uid: worker.uid, container: record.name });
}

function nextAttemptOf(record: ContainerRecord): number {
  return record.run === undefined ? 0 : record.run.attempt + 1;
}

/** The run that ended becomes the last state; of the one before only the number is left. */
function keepLast(state: KubeletState, context: Context, record: ContainerRecord): void {
  const { run } = record;
  if (run === undefined) return;
  if (run.state === "exited") record.last = terminatedState(run);
  record.restarts = run.attempt + 1;
  if (record.previousId !== "") askRuntime(state, context, { type: "cri/RemoveContainer", containerId: record.previousId }, { op: "ignore" });
  record.previousId = run.id;
}

function newRun(id: string, attempt: number, now: number, record: ContainerRecord): ContainerRun {
  return runFrom({
    containerId: id, sandboxId: "", podUid: "", name: record.name, attempt, state: "created", imageRef: record.spec.image ?? "", imageId: "", standIn: false, createdAt: now,
  }, record.spec);
}

/** The runtime started it, or its command can't be run. */
export function startAnswered(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, answer: CriResponse): void {
  const { run } = record;
  if (run === undefined) return;
  if (answer.type !== "cri/ok" || answer.container === undefined) {
    startRefused(state, context, worker, record, run, answer.type === "cri/error" ? answer.message : "unexpected answer");
    return;
  }
  const status = answer.container;
  const fresh = runFrom(status, record.spec);
  record.run = fresh;
  record.waiting = undefined;
  record.retryAt = 0;
  podEvent(state, context, worker.pod, "Normal", "Started", "Container started", record.name);
  context.note("ContainerStarted", noteName(worker.pod), { container: record.name, image: fresh.imageRef, attempt: fresh.attempt, standIn: fresh.standIn });
  if (fresh.state !== "running") {
    worker.busy = undefined;
    return;
  }
  const hook = record.spec.lifecycle?.postStart;
  if (hook !== undefined) runHook(state, context, worker, record, fresh, hook, { op: "post-start", uid: worker.uid, container: record.name, id: fresh.id });
  else {
    worker.busy = undefined;
    started(state, context, worker, record, fresh);
  }
}

/** The exit code of a container whose command can't be run (containerd: 128, reason StartError). */
const START_ERROR_CODE = 128;

function startRefused(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, run: ContainerRun, message: string): void {
  worker.busy = undefined;
  run.state = "exited";
  run.exitCode = START_ERROR_CODE;
  run.reason = "StartError";
  run.message = message;
  run.startedAt = 0;
  run.finishedAt = context.now;
  record.waiting = { reason: "RunContainerError", message };
  podEvent(state, context, worker.pod, "Warning", "Failed", `Error: ${message}`, record.name);
  context.note("ContainerNotStarted", noteName(worker.pod), { container: record.name, reason: "RunContainerError", message });
}

/** It runs and its hook is done: it counts as started unless a startup probe has yet to say so. */
export function started(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, run: ContainerRun): void {
  run.started = !run.probes.some((probe) => probe.kind === "startup");
  startProbes(state, context, worker, record, run);
}
