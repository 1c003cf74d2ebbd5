/** What the scheduler knows of one node. Source: pkg/scheduler/framework/types.go (NodeInfo). */
import { byteValue } from "../../../../base/quantity/index.ts";
import type { Node, Pod } from "../../api/index.ts";
import type { HostPort, PodShape } from "./pod-shape.ts";
import { addAmounts, addResourceList, type Amounts, noAmounts } from "./requests.ts";

/** One pod as the scheduler's cache knows it. */
export interface PodInfo {
  readonly key: string;
  pod: Pod;
  shape: PodShape;
  readonly priority: number;
  /** Slot of the node it is on. */
  readonly node: number;
  /** True until the API shows the binding. */
  assumed: boolean;
  /** Carries a deletionTimestamp: no longer counted by spreading. */
  terminating: boolean;
}

/** One node's slot. Amounts are kept up to date as pods come and go. */
export interface NodeInfo {
  readonly index: number;
  name: string;
  /** Undefined while only its pods are known, or when it is gone. */
  node: Node | undefined;
  allocatable: Amounts;
  allowedPods: number;
  readonly requested: Amounts;
  nonZeroCpuMillis: number;
  nonZeroMemoryBytes: number;
  readonly pods: Map<string, PodInfo>;
  /** "protocol/port" → host address → how many pods. */
  readonly ports: Map<string, Map<string, number>>;
  /** Image name → size in bytes. */
  images: Map<string, number>;
  /** Claims in use: "namespace/name" → how many pods. */
  readonly claims: Map<string, number>;
}

/** An empty slot. */
export function emptyNodeInfo(index: number, name: string): NodeInfo {
  return {
    index, name, node: undefined, allocatable: noAmounts(), allowedPods: 0, requested: noAmounts(), nonZeroCpuMillis: 0, nonZeroMemoryBytes: 0,
    pods: new Map(), ports: new Map(), images: new Map(), claims: new Map(),
  };
}

/** Takes a node's object into its slot. */
export function setNode(info: NodeInfo, node: Node): void {
  info.node = node;
  info.allocatable = noAmounts();
  const allocatable = node.status?.allocatable;
  addResourceList(info.allocatable, allocatable);
  info.allowedPods = byteValue(allocatable?.["pods"]);
  info.images = new Map();
  for (const image of node.status?.images ?? []) for (const name of image.names ?? []) info.images.set(name, image.sizeBytes ?? 0);
}

/** Counts a pod in (+1) or out (−1) of its node's sums. */
export function countPod(info: NodeInfo, shape: PodShape, sign: 1 | -1): void {
  addAmounts(info.requested, shape.requests, sign);
  info.nonZeroCpuMillis += sign * shape.nonZero.cpuMillis;
  info.nonZeroMemoryBytes += sign * shape.nonZero.memoryBytes;
  for (const port of shape.hostPorts) countPort(info, port, sign);
  for (const claim of shape.claims) {
    const count = (info.claims.get(claim) ?? 0) + sign;
    if (count === 0) info.claims.delete(claim);
    else info.claims.set(claim, count);
  }
}

function countPort(info: NodeInfo, port: HostPort, sign: 1 | -1): void {
  const key = `${port.protocol}/${port.port}`;
  const byAddress = info.ports.get(key) ?? new Map<string, number>();
  const count = (byAddress.get(port.ip) ?? 0) + sign;
  if (count === 0) byAddress.delete(port.ip);
  else byAddress.set(port.ip, count);
  if (byAddress.size === 0) info.ports.delete(key);
  else info.ports.set(key, byAddress);
}

/** True when a host port is taken; the address 0.0.0.0 clashes with every other. */
export function portTaken(info: NodeInfo, port: HostPort): boolean {
  const byAddress = info.ports.get(`${port.protocol}/${port.port}`);
  if (byAddress === undefined) return false;
  return port.ip === "0.0.0.0" || byAddress.has(port.ip) || byAddress.has("0.0.0.0");
}

/** Counts a pod on a node for a trial, without telling anything else; {@link takeOffNode} ends the trial. */
export function putOnNode(node: NodeInfo, info: PodInfo): void {
  node.pods.set(info.key, info);
  countPod(node, info.shape, 1);
}

/** Counts a pod out of a node for a trial; {@link putOnNode} ends the trial. */
export function takeOffNode(node: NodeInfo, info: PodInfo): void {
  node.pods.delete(info.key);
  countPod(node, info.shape, -1);
}
