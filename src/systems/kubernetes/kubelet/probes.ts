/**
 * Probes (pkg/kubelet/prober). Each is asked of the runtime at its times until its result is steady; a steady success
 * is then held by the runtime, which answers when the probe first fails, so that a healthy container costs nothing.
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse, ProbeAction } from "../../containers/cri/index.ts";
import type { Probe } from "../api/index.ts";
import { noteName, podEvent } from "./client.ts";
import { httpAction } from "./hooks.ts";
import { askRuntime, portNumber } from "./runtime-calls.ts";
import type { ContainerRecord, ContainerRun, KubeletState, PodWorker, ProbeState } from "./state.ts";
import type { ContainerTag } from "./tags.ts";

/** Timers of probes. */
export const PROBE_TIMER = "probe/";

/** What follows from a probe's result. */
export type ProbeVerdict = "nothing" | "ready-changed" | "started" | "kill";

/** The spec of a container's probe. */
export function probeSpec(record: ContainerRecord, kind: ProbeState["kind"]): Probe {
  const { startupProbe, readinessProbe, livenessProbe } = record.spec;
  return (kind === "startup" ? startupProbe : kind === "readiness" ? readinessProbe : livenessProbe) ?? {};
}

/** Sets the times of a container's first probes: startup first, the others when that has succeeded. */
export function startProbes(_state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, run: ContainerRun): void {
  for (const probe of run.probes) {
    if (run.started === (probe.kind === "startup")) continue;
    const delay = (probeSpec(record, probe.kind).initialDelaySeconds ?? 0) * 1000;
    probe.nextAt = Math.max(context.now, run.startedAt + delay);
    waitForProbe(context, worker, record, probe);
  }
}

function timerName(worker: PodWorker, record: ContainerRecord, probe: ProbeState): string {
  return `${PROBE_TIMER}${worker.uid}/${record.name}/${probe.kind}`;
}

function waitForProbe(context: Context, worker: PodWorker, record: ContainerRecord, probe: ProbeState): void {
  probe.phase = "waiting";
  context.setTimer(timerName(worker, record, probe), Math.max(0, probe.nextAt - context.now), { uid: worker.uid, container: record.name, kind: probe.kind });
}

/** A probe's time has come. */
export function probeDue(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, kind: ProbeState["kind"]): void {
  const { run } = record;
  const probe = run?.probes.find((other) => other.kind === kind);
  if (run?.state !== "running" || probe === undefined || probe.phase !== "waiting" || (worker.phase !== "syncing" && kind !== "readiness")) return;
  ask(state, context, worker, record, run, probe, false);
}

function ask(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, run: ContainerRun, probe: ProbeState, held: boolean): void {
  const spec = probeSpec(record, probe.kind);
  const tag: ContainerTag = { op: "probe", uid: worker.uid, container: record.name, id: run.id, kind: probe.kind, held };
  const periodMs = (spec.periodSeconds ?? 10) * 1000;
  probe.phase = held ? "held" : "asked";
  if (!held) probe.nextAt = context.now + periodMs;
  const message = { type: "probe" as const, containerId: run.id, probe: actionOf(worker, record, spec), timeoutSeconds: spec.timeoutSeconds ?? 1 };
  askRuntime(state, context, held ? { ...message, hold: { periodMs, firstAt: probe.nextAt } } : message, tag);
}

function actionOf(worker: PodWorker, record: ContainerRecord, spec: Probe): ProbeAction {
  if (spec.exec !== undefined) return { kind: "exec", command: spec.exec.command ?? [] };
  if (spec.httpGet !== undefined) return httpAction(worker, record, spec.httpGet);
  if (spec.grpc !== undefined) return { kind: "grpc", port: spec.grpc.port, service: spec.grpc.service ?? "" };
  return { kind: "tcp", port: portNumber(worker.pod, record.spec, spec.tcpSocket?.port) };
}

/** The runtime answered a probe. */
export function probeAnswered(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, tag: ContainerTag & { op: "probe" }, answer: CriResponse): ProbeVerdict {
  const { run } = record;
  const probe = run?.probes.find((other) => other.kind === tag.kind);
  if (run === undefined || run.id !== tag.id || run.state !== "running" || probe === undefined) return "nothing";
  if (answer.type !== "cri/probe") return probeLost(context, worker, record, probe);
  const periodMs = (probeSpec(record, probe.kind).periodSeconds ?? 10) * 1000;
  if (tag.held) probe.nextAt = context.now + periodMs;
  const verdict = answer.success ? succeeded(record, run, probe) : failed(state, context, worker, record, probe, answer.message);
  next(state, context, worker, record, run, probe, verdict);
  if (verdict === "started") {
    run.started = true;
    startProbes(state, context, worker, record, run);
  }
  if (verdict === "ready-changed") tellReadiness(context, worker, record, probe, answer.message);
  return verdict;
}

/** The runtime could not make the probe: it is made again at its next time. */
function probeLost(context: Context, worker: PodWorker, record: ContainerRecord, probe: ProbeState): ProbeVerdict {
  probe.nextAt = context.now + (probeSpec(record, probe.kind).periodSeconds ?? 10) * 1000;
  waitForProbe(context, worker, record, probe);
  return "nothing";
}

/** The request for a probe failed (runtime gone). */
export function probeRequestFailed(context: Context, worker: PodWorker, record: ContainerRecord, kind: ProbeState["kind"]): void {
  const probe = record.run?.probes.find((other) => other.kind === kind);
  if (record.run?.state === "running" && probe !== undefined) probeLost(context, worker, record, probe);
}

function succeeded(record: ContainerRecord, run: ContainerRun, probe: ProbeState): ProbeVerdict {
  probe.failures = 0;
  probe.successes++;
  if (probe.successes < (probeSpec(record, probe.kind).successThreshold ?? 1)) return "nothing";
  const before = probe.result;
  probe.result = true;
  if (probe.kind === "startup") return run.started ? "nothing" : "started";
  return probe.kind === "readiness" && before !== true ? "ready-changed" : "nothing";
}

function failed(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, probe: ProbeState, message: string): ProbeVerdict {
  const kind = `${probe.kind.slice(0, 1).toUpperCase()}${probe.kind.slice(1)}`;
  podEvent(state, context, worker.pod, "Warning", "Unhealthy", `${kind} probe failed: ${message}`, record.name);
  probe.successes = 0;
  probe.failures++;
  if (probe.failures < (probeSpec(record, probe.kind).failureThreshold ?? 3)) return "nothing";
  const before = probe.result;
  probe.result = false;
  if (probe.kind === "readiness") return before === true ? "ready-changed" : "nothing";
  context.note("ProbeFailed", noteName(worker.pod), { container: record.name, probe: probe.kind, failures: probe.failures, message });
  return "kill";
}

function tellReadiness(context: Context, worker: PodWorker, record: ContainerRecord, probe: ProbeState, message: string): void {
  const recovered = probe.lost;
  probe.lost = probe.result === false;
  if (probe.result === false) context.note("ProbeFailed", noteName(worker.pod), { container: record.name, probe: probe.kind, failures: probe.failures, message });
  else if (recovered) context.note("ProbeRecovered", noteName(worker.pod), { container: record.name, probe: probe.kind });
}

/** Steady success is held, a startup probe that succeeded and a container that will be killed need no more. */
function next(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, run: ContainerRun, probe: ProbeState, verdict: ProbeVerdict): void {
  if (verdict === "kill" || (probe.kind === "startup" && probe.result === true)) probe.phase = "off";
  else if (probe.result === true && probe.failures === 0) ask(state, context, worker, record, run, probe, true);
  else waitForProbe(context, worker, record, probe);
}

/** Forgets the timers of a container's probes. */
export function stopProbes(context: Context, worker: PodWorker, record: ContainerRecord): void {
  for (const probe of record.run?.probes ?? []) {
    if (probe.phase === "waiting") context.cancelTimer(timerName(worker, record, probe));
    probe.phase = "off";
  }
}
