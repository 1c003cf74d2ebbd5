/** An independent, plain answer to "could this pod run on that node?", to hold the scheduler to. */
import { byteValue, milliValue } from "../../../base/quantity/index.ts";
import type { Container, Node, Pod, Stored } from "../api/index.ts";
import { compileSelector } from "../selectors/index.ts";
import { type ClusterView, isOver } from "./cluster-view.ts";

interface Amount {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

/** The first node that has room for a pod and against which nothing speaks; undefined when there is none, or when rules about other pods make it hard to say. */
export function nodeWithRoom(view: ClusterView, pod: Stored<Pod>): string | undefined {
  if (pod.spec?.affinity !== undefined || (pod.spec?.topologySpreadConstraints?.length ?? 0) > 0) return undefined;
  return view.nodes.find((node) => admits(node, pod) && hasRoom(view, node, pod))?.metadata.name;
}

/** Nothing but room could keep the pod away: selector, taints and cordon. */
export function admits(node: Stored<Node>, pod: { readonly spec?: Pod["spec"] }): boolean {
  const selector = Object.entries(pod.spec?.nodeSelector ?? {});
  if (!selector.every(([key, value]) => node.metadata.labels?.[key] === value)) return false;
  const hard = (node.spec?.taints ?? []).filter(({ effect }) => effect !== "PreferNoSchedule");
  return hard.every((taint) => tolerates(pod, taint)) && (node.spec?.unschedulable !== true || tolerates(pod, { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }));
}

function tolerates(pod: { readonly spec?: Pod["spec"] }, taint: { readonly key: string; readonly value?: string; readonly effect: string }): boolean {
  return (pod.spec?.tolerations ?? []).some(({ key = "", effect = "", operator = "Equal", value = "" }) =>
    (key === "" || key === taint.key) && (effect === "" || effect === taint.effect) && (operator === "Exists" || value === (taint.value ?? "")));
}

function hasRoom(view: ClusterView, node: Stored<Node>, pod: Stored<Pod>): boolean {
  const there = view.pods.filter((other) => other.spec?.nodeName === node.metadata.name && !isOver(other));
  const wanted = requestOf(pod);
  let { cpuMillis, memoryBytes } = wanted;
  for (const other of there) {
    const amount = requestOf(other);
    cpuMillis += amount.cpuMillis;
    memoryBytes += amount.memoryBytes;
  }
  const allocatable = node.status?.allocatable ?? {};
  return !there.some((other) => keepsAway(other, pod)) && there.length < Number(allocatable["pods"] ?? 0) && cpuMillis <= milliValue(allocatable["cpu"] ?? 0) && memoryBytes <= byteValue(allocatable["memory"] ?? 0);
}

/** A pod's own anti-affinity works against newcomers as well. */
function keepsAway(there: Stored<Pod>, pod: Stored<Pod>): boolean {
  const terms = there.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return there.metadata.namespace === pod.metadata.namespace && terms.some(({ labelSelector }) => compileSelector(labelSelector)(pod.metadata.labels));
}

function requestOf(pod: Pod): Amount {
  const of = (resource: string, { resources }: Container): string | number => resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? 0;
  const containers = pod.spec?.containers ?? [];
  return {
    cpuMillis: containers.reduce((sum, container) => sum + milliValue(of("cpu", container)), 0),
    memoryBytes: containers.reduce((sum, container) => sum + byteValue(of("memory", container)), 0),
  };
}
