/**
 * Meeting the runtime: at the kubelet's start and after the runtime was away. Sandboxes and containers that are there
 * are adopted by their pods; what belongs to no pod is removed.
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { ContainerStatus, CriResponse, SandboxStatus } from "../../containers/cri/index.ts";
import type { Pod } from "../api/index.ts";
import { allSynced, cacheOf } from "../client/index.ts";
import { lookForGarbage } from "./garbage.ts";
import { nodeChanged } from "./node-registration.ts";
import { askRuntime } from "./runtime-calls.ts";
import { startStaticPods } from "./static-pods.ts";
import type { ContainerRecord, KubeletState } from "./state.ts";
import { syncPod } from "./sync-pod.ts";
import { containerExited, continueTermination } from "./terminate.ts";
import { admit, followUp, MIRROR_ANNOTATION } from "./workers.ts";

/** Timer of another try to reach the runtime. */
export const RUNTIME_TIMER = "runtime";
const RETRY_MS = 1000;

/** Asks the runtime for all it has. */
export function meetRuntime(state: KubeletState, context: Context): void {
  askRuntime(state, context, { type: "cri/ListPodSandbox" }, { op: "list-sandboxes" });
}

/** The runtime is away: the node is not ready until it is back. */
export function runtimeLost(state: KubeletState, context: Context): void {
  state.eventStream = 0;
  if (state.runtimeReady) {
    state.runtimeReady = false;
    nodeChanged(state, context);
  }
  context.setTimer(RUNTIME_TIMER, RETRY_MS);
}

/** Sandboxes are known: containers next. */
export function sandboxesListed(state: KubeletState, context: Context, answer: CriResponse): void {
  askRuntime(state, context, { type: "cri/ListContainers" }, { op: "list-containers", sandboxes: answer.type === "cri/sandboxes" ? answer.sandboxes : [] });
}

/** Everything is known: a kubelet that just started keeps it until the pods are known too, one that runs takes it over now. */
export function containersListed(state: KubeletState, context: Context, answer: CriResponse, sandboxes: readonly SandboxStatus[]): void {
  const containers = answer.type === "cri/containers" ? answer.containers : [];
  state.inventory = { sandboxes, containers };
  state.runtimeReady = true;
  state.runtimeFailures = 0;
  lookForGarbage(context);
  if (state.eventStream === 0) state.eventStream = context.openStream(state.runtime, { type: "cri/GetContainerEvents" }, { op: "events" });
  askRuntime(state, context, { type: "cri/ListImages" }, { op: "list-images" });
  nodeChanged(state, context);
  if (state.recovered) adoptAgain(state, context);
  else startWorkers(state, context);
}

/** The node's images. */
export function imagesListed(state: KubeletState, answer: CriResponse): void {
  if (answer.type !== "cri/images") return;
  state.images.clear();
  for (const { reference, repoDigest, sizeBytes } of answer.images) state.images.set(reference, { repoDigest, sizeBytes });
}

/** Begins with the pods once both they and the runtime's contents are known. */
export function startWorkers(state: KubeletState, context: Context): void {
  if (state.recovered || !state.runtimeReady) return;
  if (!state.staticStarted) {
    state.staticStarted = true;
    startStaticPods(state, context);
  }
  if (!allSynced(state.pods)) return;
  state.recovered = true;
  for (const pod of cacheOf<Pod>(state.pods, "pods").items.values()) {
    if (pod.metadata?.annotations?.[MIRROR_ANNOTATION] === undefined) admit(state, context, pod);
  }
  removeOrphans(state, context);
}

/** What no pod of this node owns is removed. */
function removeOrphans(state: KubeletState, context: Context): void {
  for (const sandbox of state.inventory.sandboxes) {
    const worker = state.workers.get(sandbox.podUid);
    if (worker !== undefined && (worker.sandbox?.id === sandbox.sandboxId || worker.sandbox === undefined)) continue;
    if (worker !== undefined && sandbox.ready === false) continue;
    askRuntime(state, context, { type: "cri/RemovePodSandbox", sandboxId: sandbox.sandboxId }, { op: "ignore" });
  }
  state.inventory = { sandboxes: [], containers: [] };
}

/** The runtime is back while the kubelet ran on: workers learn what became of their containers. */
function adoptAgain(state: KubeletState, context: Context): void {
  const sandboxes = new Map(state.inventory.sandboxes.map((sandbox) => [sandbox.sandboxId, sandbox]));
  const containers = new Map(state.inventory.containers.map((status) => [status.containerId, status]));
  for (const worker of state.workers.values()) {
    const { sandbox } = worker;
    if (sandbox !== undefined) worker.sandbox = { ...sandbox, ready: sandboxes.get(sandbox.id)?.ready === true && sandbox.ready };
    for (const record of worker.containers) {
      const { run } = record;
      if (run === undefined || run.state === "exited") continue;
      const status = containers.get(run.id);
      containerExited(context, worker, record, status?.state === "running" ? status : { ...lost(run.id, record, context.now), ...status });
    }
    worker.busy = undefined;
    continueTermination(state, context, worker);
    followUp(state, context, worker);
    syncPod(state, context, worker);
  }
  state.inventory = { sandboxes: [], containers: [] };
}

/** A container that the runtime knows nothing of any more. */
function lost(id: string, record: ContainerRecord, now: number): ContainerStatus {
  return {
    containerId: id, sandboxId: "", podUid: "", name: record.name, attempt: record.run?.attempt ?? 0, state: "exited", imageRef: "", imageId: "", standIn: false, createdAt: 0,
    finishedAt: now, exitCode: 137, reason: "ContainerStatusUnknown", message: "The container could not be located when the pod was terminated",
  };
}
