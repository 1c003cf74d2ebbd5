/**
 * Prefers nodes whose shares of used CPU and memory come closer together with the pod.
 * Source: plugins/noderesources/balanced_allocation.go; since 1.35 the score is how much the pod improves the balance,
 * from 0 to 100 around 50 before the last halving: 50 + (50 + with − without) / 2.
 */
import { amountOf } from "../node-resources-fit/amounts-of.ts";
import { allocatableFor } from "../node-resources-fit/amounts-of.ts";
import type { NodeInfo } from "../../framework/node-info.ts";
import { MAX_SCORE, type NodePlugin } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";
import type { NodeResourcesBalancedAllocationArgs, ResourceWeight } from "../../profile/args.ts";

const DEFAULT_RESOURCES: readonly ResourceWeight[] = [{ name: "cpu", weight: 1 }, { name: "memory", weight: 1 }];
const HALF = MAX_SCORE / 2;

function share(requested: number, allocatable: number): number {
  return Math.min(requested / allocatable, 1);
}

/** 100 when all shares are equal, less by their standard deviation. */
export function balance(shares: readonly number[]): number {
  let deviation = 0;
  if (shares.length === 2) deviation = Math.abs(((shares[0] as number) - (shares[1] as number)) / 2);
  else if (shares.length > 2) {
    let total = 0;
    for (const one of shares) total += one;
    const mean = total / shares.length;
    let squares = 0;
    for (const one of shares) squares += (one - mean) * (one - mean);
    deviation = Math.sqrt(squares / shares.length);
  }
  return Math.trunc((1 - deviation) * MAX_SCORE);
}

function sharesOf(shape: PodShape, node: NodeInfo, resources: readonly ResourceWeight[], withPod: boolean): number[] {
  const shares: number[] = [];
  for (const { name } of resources) {
    const allocatable = allocatableFor(shape, node, name);
    if (allocatable === 0) continue;
    shares.push(share(amountOf(node.requested, name) + (withPod ? amountOf(shape.requests, name) : 0), allocatable));
  }
  return shares;
}

function pairBalance(cpuShare: number, memoryShare: number): number {
  return Math.trunc((1 - Math.abs((cpuShare - memoryShare) / 2)) * MAX_SCORE);
}

/** The usual case, CPU and memory, without allocating. */
function usualScore(shape: PodShape, node: NodeInfo): number {
  const { allocatable, requested } = node;
  const { cpuMillis, memoryBytes } = allocatable;
  const after = pairBalance(share(requested.cpuMillis + shape.requests.cpuMillis, cpuMillis), share(requested.memoryBytes + shape.requests.memoryBytes, memoryBytes));
  const before = pairBalance(share(requested.cpuMillis, cpuMillis), share(requested.memoryBytes, memoryBytes));
  return HALF + Math.trunc((HALF + after - before) / 2);
}

function resourcesOf(args: unknown): readonly ResourceWeight[] | undefined {
  return (args as NodeResourcesBalancedAllocationArgs).resources;
}

/** See the module's comment. Pods that request nothing are not scored. */
export const nodeResourcesBalancedAllocation: NodePlugin = {
  name: "NodeResourcesBalancedAllocation",
  scores: (shape, args) => (resourcesOf(args) ?? DEFAULT_RESOURCES).some(({ name }) => amountOf(shape.requests, name) > 0),
  score: (shape, node, _cluster, args) => {
    const resources = resourcesOf(args);
    if (resources === undefined && node.allocatable.cpuMillis > 0 && node.allocatable.memoryBytes > 0) return usualScore(shape, node);
    const used = resources ?? DEFAULT_RESOURCES;
    return HALF + Math.trunc((HALF + balance(sharesOf(shape, node, used, true)) - balance(sharesOf(shape, node, used, false))) / 2);
  },
  normalisation: "none",
};
