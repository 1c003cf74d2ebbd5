/**
 * Workloads for benchmarks, after Kubernetes' own (test/integration/scheduler_perf, performance-config.yaml): a cluster,
 * pods that are there already, and pods to schedule. They run against the stand-in API server, over the bus.
 */
import type { World } from "../../../../engine/bus/index.ts";
import type { KubeObject, Node, Pod, PodSpec } from "../../api/index.ts";
import { makeNode, makePod, makeWorld, put, schedulerOf } from "./test-cluster.ts";

/** One workload; sizes are the caller's. */
export interface Workload {
  readonly nodes: readonly Node[];
  /** Objects besides nodes and pods, by resource. */
  readonly others?: Readonly<Record<string, readonly KubeObject[]>>;
  readonly before: readonly Pod[];
  readonly measured: readonly Pod[];
}

const NODE_SIZE = { cpu: "4", memory: "32Gi", pods: "110" };

/** Nodes of 4 CPUs and 32 GiB, in as many zones. */
export function benchNodes(count: number, zones: number): Node[] {
  return Array.from({ length: count }, (_, index) => makeNode(`node-${index}`, { allocatable: NODE_SIZE, labels: { "topology.kubernetes.io/zone": `zone-${index % zones}` } }));
}

function pods(prefix: string, count: number, more: Parameters<typeof makePod>[1]): Pod[] {
  return Array.from({ length: count }, (_, index) => {
    const pod = makePod(`${prefix}-${index}`, { requests: { cpu: "100m", memory: "500Mi" }, ...more });
    return Object.freeze({ ...pod, metadata: Object.freeze({ ...pod.metadata, creationTimestamp: "2026-01-01T00:00:00Z" }), spec: Object.freeze(pod.spec as PodSpec) });
  });
}

/** SchedulingBasic. */
export function basicWorkload(nodes: number, before: number, measured: number): Workload {
  return { nodes: benchNodes(nodes, 3), before: pods("old", before, {}), measured: pods("new", measured, {}) };
}

/** TopologySpreading: zones, hard. */
export function spreadWorkload(nodes: number, before: number, measured: number): Workload {
  const labels = { color: "blue" };
  const topologySpreadConstraints = [{ maxSkew: 5, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: labels } }];
  return { nodes: benchNodes(nodes, 3), before: pods("old", before, {}), measured: pods("new", measured, { labels, spec: { topologySpreadConstraints } }) };
}

/** DefaultTopologySpreading: a service selects the pods, the system's constraints spread them. */
export function defaultSpreadWorkload(nodes: number, before: number, measured: number): Workload {
  const labels = { app: "web" };
  const services = [{ apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "default" }, spec: { selector: labels } } as KubeObject];
  return { nodes: benchNodes(nodes, 3), others: { services }, before: pods("old", before, {}), measured: pods("new", measured, { labels }) };
}

/** SchedulingPodAffinity: all want to be in the zone of their kind. */
export function affinityWorkload(nodes: number, before: number, measured: number): Workload {
  const labels = { color: "blue" };
  const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: labels }, topologyKey: "topology.kubernetes.io/zone" }] } };
  return { nodes: benchNodes(nodes, 1), before: pods("old", before, { labels, spec: { affinity } }), measured: pods("new", measured, { labels, spec: { affinity } }) };
}

/** SchedulingPodAntiAffinity: one of the kind on each host. */
export function antiAffinityWorkload(nodes: number, before: number, measured: number): Workload {
  const labels = { color: "green" };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: labels }, topologyKey: "kubernetes.io/hostname" }] } };
  return { nodes: benchNodes(nodes, 3), before: pods("old", before, { labels, spec: { affinity } }), measured: pods("new", measured, { labels, spec: { affinity } }) };
}

/** Preemption: every node full of pods of low priority. */
export function preemptionWorkload(nodes: number, measured: number): Workload {
  return { nodes: benchNodes(nodes, 3), before: pods("low", nodes * 4, { requests: { cpu: "900m", memory: "500Mi" } }), measured: pods("high", measured, { requests: { cpu: "3", memory: "500Mi" }, spec: { priority: 10 } }) };
}

/** SchedulingDaemonset: every pod names its node. */
export function daemonSetWorkload(nodes: number): Workload {
  const measured = Array.from({ length: nodes }, (_, index) => {
    const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [`node-${index}`] }] }] } } };
    return makePod(`ds-${index}`, { requests: { cpu: "100m" }, spec: { affinity } });
  });
  return { nodes: benchNodes(nodes, 3), before: [], measured };
}

/** A world with the nodes and the pods that are there already. */
export function prepareWorkload(workload: Workload): World {
  const world = makeWorld({}, 1, false);
  put(world, "nodes", workload.nodes, 1000);
  for (const [resource, objects] of Object.entries(workload.others ?? {})) put(world, resource, objects, 1000);
  if (workload.before.length > 0) put(world, "pods", workload.before, workload.before.length * 2 + 1000);
  return world;
}

/** Schedules the measured pods; returns how many have a node. */
export function runWorkload(world: World, workload: Workload): number {
  put(world, "pods", workload.measured, workload.measured.length * 2 + 60_000);
  const { cluster } = schedulerOf(world);
  let placed = 0;
  for (const pod of workload.measured) if (cluster.pods.has(`${pod.metadata?.namespace ?? ""}/${pod.metadata?.name ?? ""}`)) placed++;
  return placed;
}
