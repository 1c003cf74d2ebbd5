/**
 * Pods that have been promised room on a node by preemption but aren't there yet.
 * Source: pkg/scheduler/backend/queue/nominator.go. Plain data.
 */
import { displacePod, placePod, slotOf, touch } from "./cluster.ts";
import type { Cluster } from "./cluster-types.ts";
import { type NodeInfo, type PodInfo, putOnNode, takeOffNode } from "./node-info.ts";
import type { PodShape } from "./pod-shape.ts";
import type { Pod } from "../../api/index.ts";

/** One promised pod. */
export interface Nominated {
  readonly key: string;
  readonly node: string;
  readonly priority: number;
  readonly pod: Pod;
  readonly shape: PodShape;
}

/** Promised pods by key, and by node. */
export interface Nominator {
  readonly pods: Map<string, Nominated>;
  readonly byNode: Map<string, Set<string>>;
}

/** Nobody is promised anything. */
export function createNominator(): Nominator {
  return { pods: new Map(), byNode: new Map() };
}

function touchNamed(cluster: Cluster, node: string): void {
  const slot = cluster.slots.get(node);
  if (slot !== undefined) touch(cluster, slot);
}

/** Promises a pod room on a node, instead of any earlier promise. */
export function nominate(cluster: Cluster, nominator: Nominator, promise: Nominated): void {
  unnominate(cluster, nominator, promise.key);
  touchNamed(cluster, promise.node);
  nominator.pods.set(promise.key, promise);
  const onNode = nominator.byNode.get(promise.node);
  if (onNode === undefined) nominator.byNode.set(promise.node, new Set([promise.key]));
  else onNode.add(promise.key);
}

/** Takes a promise back. */
export function unnominate(cluster: Cluster, nominator: Nominator, key: string): void {
  const promise = nominator.pods.get(key);
  if (promise === undefined) return;
  touchNamed(cluster, promise.node);
  nominator.pods.delete(key);
  const onNode = nominator.byNode.get(promise.node);
  onNode?.delete(key);
  if (onNode?.size === 0) nominator.byNode.delete(promise.node);
}

/** Promises on a node that a pod of this priority must respect. */
export function promisesOn(nominator: Nominator, node: string, priority: number, except: string): Nominated[] {
  const found: Nominated[] = [];
  for (const key of nominator.byNode.get(node) ?? []) {
    const promise = nominator.pods.get(key);
    if (promise !== undefined && key !== except && promise.priority >= priority) found.push(promise);
  }
  return found;
}

function infoOf(promise: Nominated, slot: number): PodInfo {
  const { key, pod, shape, priority } = promise;
  return { key, pod, shape, priority, node: slot, assumed: true, terminating: false };
}

/**
 * Does something while the promised pods are counted on the node, and puts all back as it was. `nodeOnly` counts them on
 * the node alone and leaves the tallies, which then must not be read.
 */
export function withPromises<T>(cluster: Cluster, node: NodeInfo, promises: readonly Nominated[], nodeOnly: boolean, act: () => T): T {
  const stamp = cluster.stamps[node.index] as number;
  const placed: PodInfo[] = [];
  for (const promise of promises) {
    if (cluster.pods.has(promise.key)) continue;
    const info = infoOf(promise, slotOf(cluster, node.name).index);
    if (nodeOnly) putOnNode(node, info);
    else placePod(cluster, info);
    placed.push(info);
  }
  const result = act();
  for (const info of placed) {
    if (nodeOnly) takeOffNode(node, info);
    else displacePod(cluster, info);
  }
  cluster.stamps[node.index] = stamp;
  return result;
}
