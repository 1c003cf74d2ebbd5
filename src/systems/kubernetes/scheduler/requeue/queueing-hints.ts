/**
 * Whether an event could let a pod be placed that a plugin refused (QueueingHintFn of each plugin). Without them, every
 * change of the cluster would try every waiting pod again.
 */
import type { Node, Pod } from "../../api/index.ts";
import { compileSelector } from "../../selectors/index.ts";
import type { Cluster } from "../framework/cluster-types.ts";
import { hasUntoleratedTaint, matchesRequiredAffinity, toleratesTaint } from "../framework/node-selector.ts";
import { claimsOf, makeShape, type PodShape } from "../framework/pod-shape.ts";
import { selects } from "../framework/tallies.ts";
import { amountOf } from "../plugins/node-resources-fit/amounts-of.ts";
import { addResourceList, noAmounts } from "../framework/requests.ts";
import type { ClusterEvent } from "./cluster-event.ts";

type Hint = (shape: PodShape, event: ClusterEvent, cluster: Cluster) => boolean;
type NodeEvent = Extract<ClusterEvent, { readonly kind: "node" }>;

/** A node turned good for the pod: it is good now, and is new or was not good before. */
function turnedGood(event: NodeEvent, isGood: (node: Node) => boolean): boolean {
  return isGood(event.after) && (event.before === undefined || !isGood(event.before));
}

const CORDONED = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };

const nodeUnschedulable: Hint = (shape, event) => event.kind === "node"
  && turnedGood(event, (node) => node.spec?.unschedulable !== true || toleratesTaint(shape.spec.tolerations, CORDONED));
const nodeName: Hint = (shape, event) => event.kind === "node" && event.before === undefined && event.after.metadata?.name === shape.spec.nodeName;
const taintToleration: Hint = (shape, event) => event.kind === "node" && turnedGood(event, (node) => !hasUntoleratedTaint(node.spec?.taints, shape.spec.tolerations));
const nodeAffinity: Hint = (shape, event) => event.kind === "node" && turnedGood(event, (node) => matchesRequiredAffinity(shape.spec, node));

const nodePorts: Hint = (shape, event) => {
  if (event.kind === "node") return event.before === undefined;
  if (event.kind !== "podDeleted") return false;
  const freed = makeShape(event.pod, 0, "").hostPorts;
  return freed.some((port) => shape.hostPorts.some((own) => own.port === port.port && own.protocol === port.protocol));
};

function couldHold(shape: PodShape, node: Node): boolean {
  const allocatable = noAmounts();
  addResourceList(allocatable, node.status?.allocatable);
  const { requests } = shape;
  if (requests.cpuMillis > allocatable.cpuMillis || requests.memoryBytes > allocatable.memoryBytes || requests.ephemeralBytes > allocatable.ephemeralBytes) return false;
  for (const [name, amount] of requests.scalars) if (amount > (allocatable.scalars.get(name) ?? 0)) return false;
  return true;
}

/** Something the pod asks for, or room for pods, grew. */
function grewFor(shape: PodShape, before: Node, after: Node): boolean {
  const old = noAmounts();
  const now = noAmounts();
  addResourceList(old, before.status?.allocatable);
  addResourceList(now, after.status?.allocatable);
  if (before.status?.allocatable?.["pods"] !== after.status?.allocatable?.["pods"]) return true;
  for (const name of ["cpu", "memory", "ephemeral-storage", ...shape.requests.scalars.keys()]) {
    if (amountOf(shape.requests, name) > 0 && amountOf(now, name) > amountOf(old, name)) return true;
  }
  return false;
}

const nodeResourcesFit: Hint = (shape, event) => {
  if (event.kind !== "node") return true;
  return couldHold(shape, event.after) && (event.before === undefined || grewFor(shape, event.before, event.after));
};

function matchesSpread(shape: PodShape, pod: Pod): boolean {
  if (pod.metadata?.namespace !== shape.namespace) return false;
  const own = shape.spec.topologySpreadConstraints ?? [];
  return own.length === 0 || own.some((constraint) => compileSelector(constraint.labelSelector)(pod.metadata?.labels));
}

const podTopologySpread: Hint = (shape, event) => {
  switch (event.kind) {
    case "podAdded": case "podDeleted": return matchesSpread(shape, event.pod);
    case "podLabels": return matchesSpread(shape, event.pod) !== matchesSpread(shape, event.before);
    case "node": return event.before === undefined || event.before.metadata?.labels !== event.after.metadata?.labels || event.before.spec?.taints !== event.after.spec?.taints;
    case "nodeDeleted": return true;
    default: return false;
  }
};

function matchesTermOf(shape: PodShape, kind: "required" | "requiredAnti", pod: Pod, cluster: Cluster): boolean {
  return shape.terms.some((term) => term.kind === kind && selects(cluster, term.selection, pod.metadata?.namespace ?? "", pod.metadata?.labels ?? {}));
}

const interPodAffinity: Hint = (shape, event, cluster) => {
  switch (event.kind) {
    case "podAdded": return matchesTermOf(shape, "required", event.pod, cluster);
    case "podLabels": return matchesTermOf(shape, "required", event.pod, cluster) || matchesTermOf(shape, "requiredAnti", event.before, cluster);
    case "podDeleted": return matchesTermOf(shape, "requiredAnti", event.pod, cluster) || hadAntiAgainst(shape, event.pod, cluster);
    case "node": return event.before === undefined || event.before.metadata?.labels !== event.after.metadata?.labels;
    default: return false;
  }
};

function hadAntiAgainst(shape: PodShape, pod: Pod, cluster: Cluster): boolean {
  if (pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution === undefined) return false;
  return makeShape(pod, 0, "").terms.some((term) => term.kind === "requiredAnti" && selects(cluster, term.selection, shape.namespace, shape.labels));
}

const storage: Hint = (_shape, event) => event.kind === "storage" || (event.kind === "node" && (event.before === undefined || event.before.metadata?.labels !== event.after.metadata?.labels));

const volumeRestrictions: Hint = (shape, event, cluster) => {
  if (event.kind === "podDeleted") return claimsOf(event.pod).some((claim) => shape.claims.includes(claim)) || shape.claims.length === 0;
  return storage(shape, event, cluster);
};

const nodeVolumeLimits: Hint = (_shape, event) => {
  if (event.kind === "podDeleted") return (event.pod.spec?.volumes ?? []).some((volume) => volume.persistentVolumeClaim !== undefined || volume.ephemeral !== undefined || volume.csi !== undefined);
  return event.kind === "storage" || (event.kind === "node" && event.before === undefined);
};

const HINTS: Readonly<Record<string, Hint>> = {
  NodeUnschedulable: nodeUnschedulable, NodeName: nodeName, TaintToleration: taintToleration, NodeAffinity: nodeAffinity, NodePorts: nodePorts,
  NodeResourcesFit: nodeResourcesFit, PodTopologySpread: podTopologySpread, InterPodAffinity: interPodAffinity,
  VolumeBinding: storage, VolumeZone: storage, VolumeRestrictions: volumeRestrictions, NodeVolumeLimits: nodeVolumeLimits,
};

/** See the module's comment. */
export function isWorthTrying(plugin: string, shape: PodShape, event: ClusterEvent, cluster: Cluster): boolean {
  return HINTS[plugin]?.(shape, event, cluster) ?? true;
}
