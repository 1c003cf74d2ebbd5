/**
 * The end of a pod and of single containers: preStop hooks within the grace period, stop signals, sidecars after the
 * others in reverse order, then the sandbox (kuberuntime_container.go killContainer, killContainersWithSyncResult).
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { ContainerStatus as CriContainerStatus, CriResponse } from "../../containers/cri/index.ts";
import { noteName, podEvent } from "./client.ts";
import { HOOK_TIMER, hookProblem, runHook } from "./hooks.ts";
import { probeSpec, stopProbes } from "./probes.ts";
import { dropPulls } from "./pulls.ts";
import { askRuntime } from "./runtime-calls.ts";
import type { ContainerRecord, ContainerRun, KubeletState, PodWorker } from "./state.ts";
import { writeStatus } from "./status-writer.ts";
import type { ContainerTag } from "./tags.ts";

/** Timer that ends waiting for a preStop hook. */
export const PRE_STOP_TIMER = "pre-stop/";
/** A container always gets at least this long to leave (minimumGracePeriodInSeconds). */
const MINIMUM_GRACE_SECONDS = 2;

/** Begins to end a pod. */
export function beginTermination(state: KubeletState, context: Context, worker: PodWorker, graceSeconds: number): void {
  if (worker.phase !== "syncing") return;
  worker.phase = "terminating";
  worker.graceSeconds = graceSeconds;
  worker.terminationStartedAt = context.now;
  // Nothing else will end a wait in the queue; what is under way at the runtime is waited for.
  if (dropPulls(state, worker.uid)) worker.busy = undefined;
  context.cancelTimer(`sync/${worker.uid}`);
  continueTermination(state, context, worker);
}

/** A shorter grace period than before: containers that are stopping are told. */
export function shortenGrace(state: KubeletState, context: Context, worker: PodWorker, graceSeconds: number): void {
  if (worker.phase !== "terminating" || graceSeconds >= worker.graceSeconds) return;
  worker.graceSeconds = graceSeconds;
  for (const record of worker.containers) {
    const { run } = record;
    if (run?.state === "running" && run.stopping) askRuntime(state, context, { type: "cri/StopContainer", containerId: run.id, timeoutSeconds: Math.max(graceSeconds, 1) }, { op: "ignore" });
  }
}

/** Goes on ending a pod: called when a container has stopped. */
export function continueTermination(state: KubeletState, context: Context, worker: PodWorker): void {
  if (worker.phase !== "terminating") return;
  const running = worker.containers.filter((record) => record.run?.state === "running");
  const others = running.filter((record) => record.kind !== "sidecar");
  const turn = others.length > 0 ? others : running.slice(-1);
  for (const record of turn) if (record.run?.stopping === false) killContainer(state, context, worker, record, remainingGrace(worker, context.now), `Stopping container ${record.name}`);
  if (running.length > 0 || worker.busy !== undefined) return;
  if (worker.sandbox === undefined) finish(state, context, worker);
  else if (worker.sandbox.ready) {
    worker.sandbox = { ...worker.sandbox, ready: false };
    askRuntime(state, context, { type: "cri/StopPodSandbox", sandboxId: worker.sandbox.id }, { op: "stop-sandbox", uid: worker.uid, then: "finish" });
  } else finish(state, context, worker);
}

function remainingGrace(worker: PodWorker, now: number): number {
  return Math.max(worker.graceSeconds - Math.floor((now - worker.terminationStartedAt) / 1000), 0);
}

/** Kills one container: its preStop hook first, then the stop signal with what is left of the grace period. */
export function killContainer(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, graceSeconds: number, message: string): void {
  const { run } = record;
  if (run === undefined || run.state !== "running" || run.stopping) return;
  run.stopping = true;
  if (worker.phase !== "syncing") for (const probe of run.probes) if (probe.kind !== "readiness") probe.phase = "off";
  podEvent(state, context, worker.pod, "Normal", "Killing", message, record.name);
  const hook = record.spec.lifecycle?.preStop;
  if (hook === undefined || graceSeconds <= 0) {
    stop(state, context, worker, record, run, graceSeconds);
    return;
  }
  const tag: ContainerTag = { op: "pre-stop", uid: worker.uid, container: record.name, id: run.id, graceSeconds, startedAt: context.now };
  runHook(state, context, worker, record, run, hook, tag);
  context.setTimer(`${PRE_STOP_TIMER}${worker.uid}/${record.name}`, graceSeconds * 1000, tag);
}

function stop(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, run: ContainerRun, graceSeconds: number): void {
  const tag: ContainerTag = { op: "stop", uid: worker.uid, container: record.name, id: run.id };
  askRuntime(state, context, { type: "cri/StopContainer", containerId: run.id, timeoutSeconds: Math.max(graceSeconds, MINIMUM_GRACE_SECONDS) }, tag, 3_600_000);
}

/** A preStop hook is done, failed, or out of time. */
export function preStopDone(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, tag: ContainerTag & { op: "pre-stop" }, answer: CriResponse | undefined): void {
  const { run } = record;
  if (run === undefined || run.id !== tag.id || run.state !== "running") return;
  const timer = `${PRE_STOP_TIMER}${worker.uid}/${record.name}`;
  if (answer !== undefined && !context.hasTimer(timer)) return;
  context.cancelTimer(timer);
  context.cancelTimer(`${HOOK_TIMER}${worker.uid}/${record.name}`);
  const problem = answer === undefined ? undefined : hookProblem(answer);
  if (problem !== undefined) podEvent(state, context, worker.pod, "Warning", "FailedPreStopHook", "PreStopHook failed", record.name);
  stop(state, context, worker, record, run, tag.graceSeconds - Math.floor((context.now - tag.startedAt) / 1000));
}

/** A container has stopped, by whatever cause. */
export function containerExited(context: Context, worker: PodWorker, record: ContainerRecord, status: CriContainerStatus): boolean {
  const { run } = record;
  if (run === undefined || run.id !== status.containerId || run.state === "exited" || status.state !== "exited") return false;
  stopProbes(context, worker, record);
  run.state = "exited";
  run.startedAt = status.startedAt ?? run.startedAt;
  run.finishedAt = status.finishedAt ?? context.now;
  run.exitCode = status.exitCode ?? 0;
  run.reason = status.reason ?? "";
  run.message = status.message ?? "";
  run.started = false;
  record.waiting = undefined;
  context.note("ContainerExited", noteName(worker.pod), { container: record.name, exitCode: run.exitCode, reason: run.reason, restarts: record.restarts });
  return true;
}

/** Liveness or startup failed: the container is killed and will be restarted as its policy says. */
export function killUnhealthy(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, kind: "liveness" | "startup"): void {
  const grace = probeSpec(record, kind).terminationGracePeriodSeconds ?? worker.pod.spec?.terminationGracePeriodSeconds ?? 30;
  killContainer(state, context, worker, record, grace, `Container ${record.name} failed ${kind} probe, will be restarted`);
}

/** Everything of the pod has ended: its last status is written. */
export function finish(state: KubeletState, context: Context, worker: PodWorker): void {
  if (worker.phase !== "terminating") return;
  worker.phase = "terminated";
  state.usage.cpuMillis -= worker.requests.cpuMillis;
  state.usage.memoryBytes -= worker.requests.memoryBytes;
  state.usage.pods -= worker.refused ? 0 : 1;
  context.note("PodTerminated", noteName(worker.pod), { node: state.config.node, tookMs: context.now - worker.terminationStartedAt });
  if (!worker.removing) writeStatus(state, context, worker);
}
