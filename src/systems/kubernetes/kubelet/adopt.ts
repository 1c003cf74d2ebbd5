/** Taking over what the runtime already has of a pod, after the kubelet was away. */
import type { Context } from "../../../engine/bus/index.ts";
import type { ContainerStatus } from "../../containers/cri/index.ts";
import { startProbes } from "./probes.ts";
import { runFrom, terminatedState } from "./records.ts";
import type { ContainerRecord, KubeletState, PodWorker } from "./state.ts";

/** Takes over what the runtime has of a pod: called when its worker is made. */
export function adopt(state: KubeletState, context: Context, worker: PodWorker): void {
  const { sandboxes, containers } = state.inventory;
  for (const sandbox of sandboxes) {
    if (sandbox.podUid !== worker.uid || (worker.sandbox !== undefined && worker.sandbox.createdAt > sandbox.createdAt)) continue;
    worker.sandbox = { id: sandbox.sandboxId, ip: sandbox.ip, ready: sandbox.ready, createdAt: sandbox.createdAt };
  }
  for (const record of worker.containers) {
    const runs = containers.filter((status) => status.podUid === worker.uid && status.name === record.name).sort((one, other) => one.attempt - other.attempt);
    const latest = runs.at(-1);
    if (latest !== undefined) adoptRun(state, context, worker, record, latest, runs.at(-2));
  }
}

function adoptRun(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, latest: ContainerStatus, before: ContainerStatus | undefined): void {
  const run = runFrom(latest, record.spec);
  record.run = run;
  record.restarts = run.attempt;
  if (before?.state === "exited") {
    record.last = terminatedState(runFrom(before, record.spec));
    record.previousId = before.containerId;
  }
  if (run.state === "created") {
    run.state = "exited";
    run.exitCode = 255;
    run.finishedAt = context.now;
  }
  if (run.state !== "running") return;
  const known = [...(worker.pod.status?.containerStatuses ?? []), ...(worker.pod.status?.initContainerStatuses ?? [])].find((status) => status.name === record.name);
  run.started = known?.started === true || !run.probes.some((probe) => probe.kind === "startup");
  for (const probe of run.probes) if (probe.kind === "readiness" && known?.ready === true) probe.result = true;
  startProbes(state, context, worker, record, run);
}
