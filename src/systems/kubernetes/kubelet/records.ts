/** What the kubelet keeps of a pod's containers, and what can be read from it. */
import type { ContainerStatus as CriContainerStatus } from "../../containers/cri/index.ts";
import { rfc3339 } from "../../../base/time/index.ts";
import type { Container, ContainerStateTerminated, Pod, Probe } from "../api/index.ts";
import type { ContainerKind, ContainerRecord, ContainerRun, PodWorker, ProbeState } from "./state.ts";

/** Records of a pod's containers: init containers first, in order. */
export function createRecords(pod: Pod): ContainerRecord[] {
  const record = (spec: Container, kind: ContainerKind): ContainerRecord => ({
    name: spec.name, kind, spec, run: undefined, last: undefined, restarts: 0, waiting: undefined, backOff: undefined, previousId: "", retryAt: 0, toldBackOff: 0,
  });
  return [
    ...(pod.spec?.initContainers ?? []).map((spec) => record(spec, spec.restartPolicy === "Always" ? "sidecar" : "init")),
    ...(pod.spec?.containers ?? []).map((spec) => record(spec, "main")),
  ];
}

/** The record of a container by name. */
export function recordOf(worker: PodWorker, name: string): ContainerRecord | undefined {
  return worker.containers.find((record) => record.name === name);
}

/** A run as the runtime reports it. */
export function runFrom(status: CriContainerStatus, spec: Container): ContainerRun {
  return {
    id: status.containerId, attempt: status.attempt, createdAt: status.createdAt, startedAt: status.startedAt ?? 0, state: status.state, imageId: status.imageId, imageRef: status.imageRef,
    standIn: status.standIn, finishedAt: status.finishedAt ?? 0, exitCode: status.exitCode ?? 0, reason: status.reason ?? "", message: status.message ?? "",
    started: false, stopping: false, probes: probesOf(spec),
  };
}

function probesOf(spec: Container): ProbeState[] {
  const probes: ProbeState[] = [];
  const add = (kind: ProbeState["kind"], probe: Probe | undefined): void => {
    if (probe !== undefined) probes.push({ kind, phase: "off", successes: 0, failures: 0, result: undefined, nextAt: 0, lost: false });
  };
  add("startup", spec.startupProbe);
  add("readiness", spec.readinessProbe);
  add("liveness", spec.livenessProbe);
  return probes;
}

/** A run's end as container statuses say it. */
export function terminatedState(run: ContainerRun): ContainerStateTerminated {
  return {
    exitCode: run.exitCode, reason: run.reason === "" ? (run.exitCode === 0 ? "Completed" : "Error") : run.reason,
    ...(run.message === "" ? {} : { message: run.message }),
    ...(run.startedAt === 0 ? {} : { startedAt: rfc3339(run.startedAt) }),
    finishedAt: rfc3339(run.finishedAt), containerID: `containerd://${run.id}`,
  };
}

/** True while it runs and is ready: it has started and its readiness probe (if any) succeeded. */
export function isReady(record: ContainerRecord): boolean {
  const { run } = record;
  if (record.kind === "init") return run?.state === "exited" && run.exitCode === 0;
  if (run?.state !== "running" || !run.started) return false;
  for (const probe of run.probes) if (probe.kind === "readiness") return probe.result === true;
  return true;
}

/** What a container's restart policy and rules say about its end (container-level policies are beta in 1.35: pkg/kubelet/container/helpers.go ShouldContainerBeRestarted). */
export function shouldRestart(pod: Pod, record: ContainerRecord): boolean {
  const { run, spec, kind } = record;
  if (run === undefined || run.state !== "exited") return true;
  if (kind === "sidecar") return true;
  for (const rule of spec.restartPolicyRules ?? []) {
    const values = rule.exitCodes?.values ?? [];
    const applies = rule.exitCodes?.operator === "NotIn" ? !values.includes(run.exitCode) : values.includes(run.exitCode);
    if (applies && rule.action.startsWith("Restart")) return true;
  }
  const policy = spec.restartPolicy ?? pod.spec?.restartPolicy ?? "Always";
  if (kind === "init" && run.exitCode === 0) return false;
  if (policy === "Always") return true;
  return policy === "OnFailure" ? run.exitCode !== 0 : false;
}
