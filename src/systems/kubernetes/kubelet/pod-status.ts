/** A pod's status as the kubelet reports it (pkg/kubelet/kubelet_pods.go generateAPIPodStatus, convertToAPIContainerStatuses). */
import { extended } from "../../../base/plain/index.ts";
import { rfc3339 } from "../../../base/time/index.ts";
import type { ContainerState, ContainerStatus, PodStatus } from "../api/index.ts";
import { podConditions } from "./pod-conditions.ts";
import { phaseOf } from "./pod-phase.ts";
import { isReady, terminatedState } from "./records.ts";
import type { ContainerRecord, KubeletConfig, PodWorker } from "./state.ts";

/** Annotation of a running stand-in is not possible in a status; the image id says it. */
const STAND_IN_MARK = "stand-in:";

/** The status now. */
export function podStatus(config: KubeletConfig, worker: PodWorker, now: number): PodStatus {
  const { pod, failure } = worker;
  const phase = phaseOf(worker);
  const inits = worker.containers.filter((record) => record.kind !== "main");
  const mains = worker.containers.filter((record) => record.kind === "main");
  const ip = worker.sandbox?.ip ?? pod.status?.podIP;
  const generation = pod.metadata?.generation;
  return Object.assign(generation === undefined ? {} : { observedGeneration: generation }, {
    phase, ...(failure === undefined ? {} : { reason: failure.reason, message: failure.message }),
    conditions: podConditions(worker, phase, now),
    hostIP: config.nodeIp, hostIPs: [{ ip: config.nodeIp }], startTime: rfc3339(worker.startedAt),
    ...(ip === undefined || ip === "" ? {} : { podIP: ip, podIPs: [{ ip }] }),
    ...(inits.length === 0 || worker.refused ? {} : { initContainerStatuses: inits.map((record) => containerStatus(worker, record)) }),
    ...(worker.refused ? {} : { containerStatuses: mains.map((record) => containerStatus(worker, record)) }),
    qosClass: pod.status?.qosClass ?? "BestEffort",
  });
}

function containerStatus(worker: PodWorker, record: ContainerRecord): ContainerStatus {
  const { run, spec } = record;
  const waitingForInit = record.kind !== "main" || worker.containers.every((other) => other.kind === "main") ? "ContainerCreating" : "PodInitializing";
  const status: ContainerStatus = {
    name: record.name, state: stateOf(worker, record, waitingForInit), lastState: lastStateOf(worker, record), ready: isReady(record), restartCount: record.restarts,
    image: run?.imageRef ?? spec.image ?? "", imageID: imageIdOf(record), started: run?.state === "running" && run.started,
  };
  return run === undefined ? status : extended(status, { containerID: `containerd://${run.id}` });
}

function imageIdOf(record: ContainerRecord): string {
  const { run } = record;
  if (run === undefined) return "";
  return run.standIn ? `${STAND_IN_MARK}${run.imageId}` : run.imageId;
}

function stateOf(worker: PodWorker, record: ContainerRecord, creating: string): ContainerState {
  const { run, waiting } = record;
  if (run?.state === "running") return { running: { startedAt: rfc3339(run.startedAt) } };
  if (waiting !== undefined) return { waiting };
  if (run?.state === "exited") return { terminated: terminatedState(run) };
  if (run?.state === "created") return { waiting: { reason: "ContainerCreating" } };
  return { waiting: { reason: worker.containers[0] === record && record.kind !== "main" ? "PodInitializing" : creating } };
}

/** While it waits after a crash, the crash is the last state. */
function lastStateOf(_worker: PodWorker, record: ContainerRecord): ContainerState {
  const { run, waiting, last } = record;
  if (run?.state === "exited" && waiting !== undefined) return { terminated: terminatedState(run) };
  return last === undefined ? {} : { terminated: last };
}
