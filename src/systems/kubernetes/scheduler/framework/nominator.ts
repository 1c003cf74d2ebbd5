/**
 * Pods that have been promised room on a node by preemption but aren't there yet.
 * Source: pkg/scheduler/backend/queue/nominator.go. Plain data.
 */
import { type Cluster, displacePod, placePod, slotOf } from "./cluster.ts";
import type { NodeInfo, PodInfo } from "./node-info.ts";
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

/** Promises a pod room on a node, instead of any earlier promise. */
export function nominate(nominator: Nominator, promise: Nominated): void {
  unnominate(nominator, promise.key);
  nominator.pods.set(promise.key, promise);
  const onNode = nominator.byNode.get(promise.node);
  if (onNode === undefined) nominator.byNode.set(promise.node, new Set([promise.key]));
  else onNode.add(promise.key);
}

/** Takes a promise back. */
export function unnominate(nominator: Nominator, key: string): void {
  const promise = nominator.pods.get(key);
  if (promise === undefined) return;
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

/** Does something while the promised pods are counted on the node, and puts all back as it was. */
export function withPromises<T>(cluster: Cluster, node: NodeInfo, promises: readonly Nominated[], act: () => T): T {
  const stamp = cluster.stamps[node.index] as number;
  const placed: PodInfo[] = [];
  for (const { key, pod, shape, priority } of promises) {
    if (cluster.pods.has(key)) continue;
    const info: PodInfo = { key, pod, shape, priority, node: slotOf(cluster, node.name).index, assumed: true, terminating: false };
    placePod(cluster, info);
    placed.push(info);
  }
  const result = act();
  for (const info of placed) displacePod(cluster, info);
  cluster.stamps[node.index] = stamp;
  return result;
}
