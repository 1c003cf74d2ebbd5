/** At rest: nodes are ready, pods are what their spec can be, and their status says what the node's runtime has. */
import { kubeletId, nodeNetworkId, runtimeId, type Pod, type Stored } from "../api/index.ts";
import type { NetworkState } from "../../containers/network/index.ts";
import type { RuntimeState } from "../../containers/runtime/index.ts";
import type { KubeletState } from "../kubelet/index.ts";
import { type ClusterView, holds, isOver, title } from "./cluster-view.ts";
import { BAD_IMAGES } from "./random-objects.ts";
import { nodeWithRoom } from "./room.ts";

/** What is wrong with nodes, pods, and what nodes keep of pods. */
export function podProblems(view: ClusterView): string[] {
  return [...view.nodes.flatMap((node) => nodeProblems(node)), ...view.pods.flatMap((pod) => problemsOf(view, pod)), ...view.nodes.flatMap(({ metadata }) => leftovers(view, metadata.name))];
}

function nodeProblems(node: ClusterView["nodes"][number]): string[] {
  const own = (node.spec?.taints ?? []).filter(({ key }) => key === "node.kubernetes.io/unreachable" || key === "node.kubernetes.io/not-ready");
  return [...(holds(node, "Ready") ? [] : [`${title(node)} is not ready`]), ...own.map(({ key }) => `${title(node)} is ready and tainted ${key}`)];
}

/** True when no image of the pod is one of those that never get ready. */
export function isHealthy(pod: { readonly spec?: Pod["spec"] }): boolean {
  return (pod.spec?.containers ?? []).every(({ image }) => !(BAD_IMAGES as readonly string[]).includes(image ?? ""));
}

function problemsOf(view: ClusterView, pod: Stored<Pod>): string[] {
  if (pod.metadata.deletionTimestamp !== undefined) return [`${title(pod)} is being deleted since ${pod.metadata.deletionTimestamp}`];
  const node = pod.spec?.nodeName ?? "";
  if (node === "") {
    const room = nodeWithRoom(view, pod);
    return room === undefined ? [] : [`${title(pod)} has no node although ${room} has room`];
  }
  if (!view.nodes.some(({ metadata }) => metadata.name === node)) return [`${title(pod)} is on ${node}, which is gone`];
  if (isOver(pod)) return [];
  if (isHealthy(pod) && !holds(pod, "Ready") && pod.spec?.restartPolicy !== "Never") return [`${title(pod)} is not ready: ${whyNot(pod)}`];
  return runtimeTruth(view, pod, node);
}

function whyNot(pod: Pod): string {
  const states = (pod.status?.containerStatuses ?? []).map(({ name, state }) => `${name} ${state?.running === undefined ? (state?.waiting?.reason ?? state?.terminated?.reason ?? "in no state") : "runs"}`);
  return `${pod.status?.phase ?? "no phase"}, ${states.join(", ") || "no container status"}`;
}

/** Status and runtime agree about what runs and at which address. */
function runtimeTruth(view: ClusterView, pod: Stored<Pod>, node: string): string[] {
  const runtime = view.world.stateOf<RuntimeState>(runtimeId(node));
  if (runtime === undefined) return [];
  const problems: string[] = [];
  const runs = [...runtime.containers.values()].filter(({ podUid, state }) => podUid === pod.metadata.uid && state === "running").map(({ id }) => id);
  const told = (pod.status?.containerStatuses ?? []).filter(({ state }) => state?.running !== undefined).map(({ containerID }) => (containerID ?? "").replace(/^.*\/\//, ""));
  for (const id of told) if (!runs.includes(id)) problems.push(`${title(pod)} says that container ${id.slice(0, 12)} runs; the runtime has nothing of it`);
  for (const id of runs) if (!told.includes(id)) problems.push(`${title(pod)} says nothing of container ${id.slice(0, 12)}, which runs`);
  const sandboxes = [...runtime.sandboxes.values()].filter(({ podUid, ready }) => podUid === pod.metadata.uid && ready);
  if (sandboxes.length > 1) problems.push(`${title(pod)} has ${sandboxes.length} sandboxes`);
  if (pod.status?.phase === "Running" && sandboxes[0]?.ip !== pod.status.podIP) problems.push(`${title(pod)} says its address is ${pod.status.podIP ?? "none"}; its sandbox has ${sandboxes[0]?.ip ?? "none"}`);
  return problems;
}

/** What a node keeps of pods that are gone: sandboxes, addresses, workers. */
function leftovers(view: ClusterView, node: string): string[] {
  const { world } = view;
  const problems: string[] = [];
  const here = new Set(view.pods.filter((pod) => pod.spec?.nodeName === node).map(({ metadata }) => metadata.uid));
  const alive = view.pods.filter((pod) => pod.spec?.nodeName === node && !isOver(pod) && pod.spec.hostNetwork !== true).length;
  for (const sandbox of world.stateOf<RuntimeState>(runtimeId(node))?.sandboxes.values() ?? []) {
    if (!here.has(sandbox.podUid)) problems.push(`${node} keeps a sandbox of pod ${sandbox.namespace}/${sandbox.podName}, which is gone`);
  }
  const addresses = world.stateOf<NetworkState>(nodeNetworkId(node))?.addresses.size ?? 0;
  if (addresses > alive) problems.push(`${node} has given out ${addresses} addresses to ${alive} pods`);
  for (const worker of world.stateOf<KubeletState>(kubeletId(node))?.workers.values() ?? []) {
    if (!here.has(worker.uid) && !worker.isStatic) problems.push(`kubelet of ${node} still works on pod ${worker.key}, which is gone (${worker.phase})`);
  }
  return problems;
}
