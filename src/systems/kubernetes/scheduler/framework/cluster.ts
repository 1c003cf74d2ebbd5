/** Keeping the scheduler's picture of the cluster up to date. */
import type { Namespace, Node, Pod } from "../../api/index.ts";
import type { Cluster, Tally } from "./cluster-types.ts";
import { grown, placeNode } from "./domain-tally.ts";
import { countPod, emptyNodeInfo, type NodeInfo, type PodInfo, setNode } from "./node-info.ts";
import { makeShape, type PodShape } from "./pod-shape.ts";
import { signatureOf } from "./signature.ts";
import { carryTerms, dropTally, tallyPod } from "./tallies.ts";

const FIRST_CAPACITY = 16;

/** A cluster of which nothing is known. */
export function createCluster(): Cluster {
  return {
    nodes: [], slots: new Map(), freeSlots: [], capacity: FIRST_CAPACITY, nodeCount: 0, pods: new Map(), shapes: new Map(), nextShapeId: 1,
    generation: 1, stamps: new Float64Array(FIRST_CAPACITY), nodesVersion: 1, nodeStamps: new Float64Array(FIRST_CAPACITY),
    order: new Int32Array(0), orderIsStale: true, topologies: new Map(), tallies: new Map(), tallyIds: new Map(), lastTallyId: 0,
    carried: new Map(), carriedVersion: 0, namespaces: new Map(), namespacesVersion: 0, imageNodes: new Map(),
    volumes: { version: 0, claims: new Map(), volumes: new Map(), classes: new Map(), csiNodes: new Map(), assumed: new Map() },
    workloads: { versions: new Map(), services: new Map(), selectors: new Map() },
  };
}

// ---- shapes --------------------------------------------------------------------------------------------------------

/** The shape of a pod, held once more; {@link releaseShape} gives it back. */
export function holdShape(cluster: Cluster, pod: Pod): PodShape {
  const signature = signatureOf(pod);
  let shape = cluster.shapes.get(signature);
  if (shape === undefined) {
    shape = makeShape(pod, cluster.nextShapeId++, signature);
    cluster.shapes.set(signature, shape);
  }
  shape.pods++;
  return shape;
}

/** Gives a shape back; forgotten when nobody holds it. */
export function releaseShape(cluster: Cluster, shape: PodShape): void {
  shape.pods--;
  if (shape.pods === 0 && cluster.shapes.get(shape.signature) === shape) cluster.shapes.delete(shape.signature);
}

// ---- nodes ---------------------------------------------------------------------------------------------------------

function grow(cluster: Cluster): void {
  const capacity = cluster.capacity * 2;
  const stamps = new Float64Array(capacity);
  stamps.set(cluster.stamps);
  const nodeStamps = new Float64Array(capacity);
  nodeStamps.set(cluster.nodeStamps);
  cluster.capacity = capacity;
  cluster.stamps = stamps;
  cluster.nodeStamps = nodeStamps;
  for (const topology of cluster.topologies.values()) topology.byNode = grown(topology.byNode, capacity, -1);
  for (const tally of cluster.tallies.values()) {
    tally.perNode = grown(tally.perNode, capacity, 0);
    for (const domains of tally.domains) domains.domainOf = grown(domains.domainOf, capacity, -1);
  }
}

/** The slot of a node by name; made when its first pod is seen before it. */
export function slotOf(cluster: Cluster, name: string): NodeInfo {
  const known = cluster.slots.get(name);
  if (known !== undefined) return cluster.nodes[known] as NodeInfo;
  const index = cluster.freeSlots.pop() ?? cluster.nodes.length;
  if (index >= cluster.capacity) grow(cluster);
  const info = emptyNodeInfo(index, name);
  cluster.nodes[index] = info;
  cluster.slots.set(name, index);
  touch(cluster, index);
  return info;
}

/** Marks a slot as changed, so that what was worked out for it is worked out again. */
export function touch(cluster: Cluster, slot: number): void {
  cluster.stamps[slot] = ++cluster.generation;
}

function touchNode(cluster: Cluster, slot: number): void {
  cluster.nodeStamps[slot] = ++cluster.nodesVersion;
  for (const topology of cluster.topologies.values()) placeNode(cluster, topology, slot);
}

/** Region and zone of a node, "" without (component-helpers node/topology, GetZoneKey). */
export function zoneOf(node: Node): string {
  const labels = node.metadata?.labels;
  const zone = labels?.["topology.kubernetes.io/zone"] ?? labels?.["failure-domain.beta.kubernetes.io/zone"] ?? "";
  const region = labels?.["topology.kubernetes.io/region"] ?? labels?.["failure-domain.beta.kubernetes.io/region"] ?? "";
  return zone === "" && region === "" ? "" : `${region}:${zone}`;
}

function countImages(cluster: Cluster, images: ReadonlyMap<string, number>, sign: 1 | -1): void {
  for (const name of images.keys()) {
    const count = (cluster.imageNodes.get(name) ?? 0) + sign;
    if (count === 0) cluster.imageNodes.delete(name);
    else cluster.imageNodes.set(name, count);
  }
}

/** A node is new or has changed. */
export function upsertNode(cluster: Cluster, node: Node): NodeInfo {
  const info = slotOf(cluster, node.metadata?.name ?? "");
  const before = info.node;
  if (before?.status?.images !== node.status?.images) {
    countImages(cluster, info.images, -1);
    setNode(info, node);
    countImages(cluster, info.images, 1);
  } else if (before?.status?.allocatable === node.status?.allocatable) info.node = node;
  else setNode(info, node);
  if (before === undefined) cluster.nodeCount++;
  if (before === undefined || zoneOf(before) !== zoneOf(node)) cluster.orderIsStale = true;
  if (before === undefined || before.metadata?.labels !== node.metadata?.labels || before.spec !== node.spec) touchNode(cluster, info.index);
  touch(cluster, info.index);
  return info;
}

/** A node is gone; its slot is kept while pods are on it. */
export function removeNode(cluster: Cluster, name: string): void {
  const index = cluster.slots.get(name);
  const info = index === undefined ? undefined : cluster.nodes[index];
  if (info?.node === undefined) return;
  countImages(cluster, info.images, -1);
  info.images = new Map();
  info.node = undefined;
  cluster.nodeCount--;
  cluster.orderIsStale = true;
  touchNode(cluster, info.index);
  touch(cluster, info.index);
  freeIfEmpty(cluster, info);
}

function freeIfEmpty(cluster: Cluster, info: NodeInfo): void {
  if (info.node !== undefined || info.pods.size > 0) return;
  cluster.slots.delete(info.name);
  cluster.freeSlots.push(info.index);
}

/**
 * The slots of all nodes, zones taking turns so that a run of nodes is spread over them
 * (pkg/scheduler/backend/cache/node_tree.go, list).
 */
export function nodeOrder(cluster: Cluster): Int32Array {
  if (!cluster.orderIsStale) return cluster.order;
  const zones = new Map<string, number[]>();
  for (const slot of cluster.slots.values()) {
    const node = cluster.nodes[slot]?.node;
    if (node === undefined) continue;
    const zone = zoneOf(node);
    const members = zones.get(zone);
    if (members === undefined) zones.set(zone, [slot]);
    else members.push(slot);
  }
  const order = new Int32Array(cluster.nodeCount);
  let filled = 0;
  for (let round = 0; filled < order.length; round++) {
    for (const members of zones.values()) if (round < members.length) order[filled++] = members[round] as number;
  }
  cluster.order = order;
  cluster.orderIsStale = false;
  return order;
}

// ---- pods ----------------------------------------------------------------------------------------------------------

/** Puts a pod on its node: all sums and tallies count it. */
export function placePod(cluster: Cluster, info: PodInfo): void {
  const node = cluster.nodes[info.node] as NodeInfo;
  carryTerms(cluster, info.shape, 1);
  cluster.pods.set(info.key, info);
  node.pods.set(info.key, info);
  countPod(node, info.shape, 1);
  tallyPod(cluster, info, 1);
  touch(cluster, info.node);
}

/** Takes a pod off its node. */
export function displacePod(cluster: Cluster, info: PodInfo): void {
  const node = cluster.nodes[info.node] as NodeInfo;
  tallyPod(cluster, info, -1);
  cluster.pods.delete(info.key);
  node.pods.delete(info.key);
  countPod(node, info.shape, -1);
  carryTerms(cluster, info.shape, -1);
  touch(cluster, info.node);
  freeIfEmpty(cluster, node);
}

/** A namespace is new, has changed, or is gone (`undefined`). */
export function setNamespace(cluster: Cluster, name: string, namespace: Namespace | undefined): void {
  const labels = namespace?.metadata?.labels;
  const before = cluster.namespaces.get(name);
  if (namespace === undefined) cluster.namespaces.delete(name);
  else cluster.namespaces.set(name, labels ?? {});
  if (JSON.stringify(before) === JSON.stringify(namespace === undefined ? undefined : (labels ?? {}))) return;
  cluster.namespacesVersion++;
  for (const tally of [...cluster.tallies.values()]) if (dependsOnNamespaceLabels(tally)) dropTally(cluster, tally);
}

function dependsOnNamespaceLabels(tally: Tally): boolean {
  return tally.counted.kind === "selected" && tally.counted.selections.some((selection) => selection.namespaceSelector !== undefined);
}
