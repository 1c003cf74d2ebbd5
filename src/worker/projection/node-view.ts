import { byteValue, milliValue } from "../../base/quantity/index.ts";
import { parseRfc3339 } from "../../base/time/index.ts";
import type { World } from "../../engine/bus/index.ts";
import type { NodeView, PartStatus } from "../../protocol/index.ts";
import { API_SERVER, kubeletId, kubeProxyId, type Node, runtimeId } from "../../systems/kubernetes/api/index.ts";

/** The stage's view of a node: what the API says of it, and how its machine and parts really are. */
export function nodeView(node: Node, world: World): NodeView {
  const name = node.metadata?.name ?? "";
  const ready = node.status?.conditions?.find((condition) => condition.type === "Ready");
  const allocatable = node.status?.allocatable ?? {};
  return {
    type: "node", id: `node/${name}`, name,
    ready: ready?.status === "True" ? "Ready" : ready?.status === "Unknown" ? "Unknown" : "NotReady",
    since: parseRfc3339(ready?.lastTransitionTime ?? "") || 0,
    cordoned: node.spec?.unschedulable === true,
    zone: node.metadata?.labels?.["topology.kubernetes.io/zone"] ?? "",
    cpuMillis: milliValue(allocatable["cpu"] ?? 0), memoryBytes: byteValue(allocatable["memory"] ?? 0), podLimit: Number(allocatable["pods"] ?? 0),
    powered: world.hostState(name) === "up",
    kubelet: partStatus(world, kubeletId(name)), kubeProxy: partStatus(world, kubeProxyId(name)), runtime: partStatus(world, runtimeId(name)),
    taints: (node.spec?.taints ?? []).map((taint) => `${taint.key}${taint.value === undefined || taint.value === "" ? "" : `=${taint.value}`}:${taint.effect}`),
    pressure: (node.status?.conditions ?? []).filter((condition) => condition.type !== "Ready" && condition.status === "True").map((condition) => condition.type),
    cutOff: isCutOff(world, name),
  };
}

/** Whether a component runs, as the bus knows it. */
export function partStatus(world: World, id: string): PartStatus {
  return world.findCell(id)?.status ?? "down";
}

function isCutOff(world: World, node: string): boolean {
  const kubelet = world.findCell(kubeletId(node));
  const server = world.findCell(API_SERVER);
  return kubelet !== undefined && server !== undefined && world.rules().length > 0 && world.link(kubelet, server).cut;
}
