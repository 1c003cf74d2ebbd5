/** What a resource looks like on a node with the pod on it. Source: plugins/noderesources/resource_allocation.go. */
import type { NodeInfo } from "../../framework/node-info.ts";
import type { Amounts } from "../../framework/requests.ts";
import type { PodShape } from "../../framework/pod-shape.ts";

/** One named amount. */
export function amountOf(amounts: Amounts, resource: string): number {
  switch (resource) {
    case "cpu": return amounts.cpuMillis;
    case "memory": return amounts.memoryBytes;
    case "ephemeral-storage": return amounts.ephemeralBytes;
    default: return amounts.scalars.get(resource) ?? 0;
  }
}

/** What a node can give of a resource; 0 where the pod doesn't ask for an extended one, so that it isn't scored. */
export function allocatableFor(shape: PodShape, node: NodeInfo, resource: string): number {
  if (isExtended(resource) && amountOf(shape.requests, resource) === 0) return 0;
  return amountOf(node.allocatable, resource);
}

function isExtended(resource: string): boolean {
  return resource !== "cpu" && resource !== "memory" && resource !== "ephemeral-storage";
}

/** What is requested with the pod, each container without a request counted with the scoring defaults. */
export function nonZeroRequestedWith(shape: PodShape, node: NodeInfo, resource: string): number {
  if (resource === "cpu") return node.nonZeroCpuMillis + shape.nonZero.cpuMillis;
  if (resource === "memory") return node.nonZeroMemoryBytes + shape.nonZero.memoryBytes;
  return amountOf(node.requested, resource) + amountOf(shape.requests, resource);
}
