/** A pod's phase from its containers (pkg/kubelet/kubelet_pods.go getPhase). */
import { shouldRestart } from "./records.ts";
import type { ContainerRecord, PodWorker } from "./state.ts";

/** The five phases, without Unknown, which nobody sets any more. */
export type PodPhase = "Pending" | "Running" | "Succeeded" | "Failed";

/** True when init containers are through: each has ended well, sidecars have started. */
export function isInitialized(worker: PodWorker): boolean {
  for (const record of worker.containers) {
    if (record.kind === "main") {
      if (record.run !== undefined) return true;
    } else if (!initDone(record)) return hasMainStarted(worker);
  }
  return true;
}

function hasMainStarted(worker: PodWorker): boolean {
  return worker.containers.some((record) => record.kind === "main" && (record.run !== undefined || record.last !== undefined));
}

/** True when an init container no longer holds up the next one. */
export function initDone(record: ContainerRecord): boolean {
  const { run } = record;
  if (record.kind === "sidecar") return run?.state === "running" && run.started;
  return run?.state === "exited" && run.exitCode === 0;
}

/** The phase. A phase never leaves Succeeded or Failed: callers keep an earlier terminal one. */
export function phaseOf(worker: PodWorker): PodPhase {
  const before = worker.pod.status?.phase;
  if (before === "Succeeded" || before === "Failed") return before;
  if (worker.failure !== undefined) return "Failed";
  const failedInit = worker.containers.some((record) => record.kind === "init" && record.run?.state === "exited" && record.run.exitCode !== 0 && !shouldRestart(worker.pod, record));
  if (failedInit) return "Failed";
  if (!isInitialized(worker)) return "Pending";
  return phaseOfMains(worker);
}

function phaseOfMains(worker: PodWorker): PodPhase {
  let unstarted = 0, running = 0, succeeded = 0, failed = 0;
  const over = worker.phase !== "syncing";
  for (const record of worker.containers) {
    if (record.kind !== "main") continue;
    const { run } = record;
    if (run === undefined || run.state === "created") record.last === undefined ? unstarted++ : running++;
    else if (run.state === "running" || (!over && shouldRestart(worker.pod, record))) running++;
    else if (run.exitCode === 0) succeeded++;
    else failed++;
  }
  if (unstarted > 0) return "Pending";
  if (running > 0) return "Running";
  return failed > 0 ? "Failed" : succeeded > 0 ? "Succeeded" : "Pending";
}
