/** Builds a world from a cluster spec: which components there are, on which hosts, with what configuration. */
import { type Behaviour, type ComponentSpec, World } from "../../../engine/bus/index.ts";
import type { SessionKind } from "../../../engine/session/index.ts";
import type { Trace } from "../../../engine/trace/index.ts";
import { nodeNetwork, type NetworkConfig } from "../../containers/network/index.ts";
import { containerRuntime, type RuntimeConfig } from "../../containers/runtime/index.ts";
import { API_SERVER, CONTROL_PLANE_HOST, CONTROLLER_MANAGER, ETCD, kubeletId, nodeNetworkId, OUTSIDE_HOST, runtimeId, SCHEDULER, USER } from "../api/index.ts";
import { apiServer } from "../apiserver/index.ts";
import { controllerManager } from "../controllers/index.ts";
import { etcd } from "../etcd/index.ts";
import { kubelet, type KubeletConfig } from "../kubelet/index.ts";
import { scheduler } from "../scheduler/index.ts";
import { applyInput, type ClusterInput } from "./inputs.ts";
import { type ClusterSpec, type NodeSpec, readClusterSpec } from "./spec.ts";
import { user } from "./user.ts";

const BEHAVIOURS: readonly Behaviour<never, never>[] = [etcd, apiServer, scheduler, controllerManager, kubelet, containerRuntime, nodeNetwork, user] as unknown as readonly Behaviour<never, never>[];

/** Every kind of component a cluster has, by type. */
export const CLUSTER_BEHAVIOURS: ReadonlyMap<string, Behaviour<unknown>> = new Map(BEHAVIOURS.map((behaviour) => [behaviour.type, behaviour as unknown as Behaviour<unknown>]));

/** Bytes a second between a node and a registry: a gigabit link. */
const REGISTRY_BYTES_PER_SECOND = 125_000_000;

/** A world with every component about to start. */
export function createCluster(spec: ClusterSpec, seed: number, trace?: Trace): World {
  const world = new World({ seed, startAt: spec.startAt, behaviours: CLUSTER_BEHAVIOURS, ...(trace === undefined ? {} : { trace }) });
  for (const component of controlPlane(spec)) world.spawn(component);
  for (const [index, node] of spec.nodes.entries()) for (const component of nodeParts(node, index)) world.spawn(component);
  return world;
}

/** Clusters as sessions. */
export const clusterSession: SessionKind<unknown, ClusterInput> = {
  build(value, seed) {
    const spec = readClusterSpec(value);
    if (typeof spec === "string") throw new Error(spec);
    return createCluster(spec, seed);
  },
  apply: applyInput,
};

function controlPlane(spec: ClusterSpec): ComponentSpec[] {
  const host = CONTROL_PLANE_HOST;
  return [
    { id: ETCD, type: "etcd", host, config: undefined },
    { id: API_SERVER, type: apiServer.type, host, config: {} },
    { id: SCHEDULER, type: scheduler.type, host, config: spec.scheduler ?? {} },
    { id: CONTROLLER_MANAGER, type: controllerManager.type, host, config: undefined },
    { id: USER, type: user.type, host: OUTSIDE_HOST, config: undefined },
  ];
}

/** Components of one node. Node addresses count up from 192.168.0.11 (a private range, RFC 1918). */
function nodeParts(node: NodeSpec, index: number): ComponentSpec[] {
  const nodeIp = `192.168.${Math.floor((index + 11) / 250)}.${((index + 11) % 250) + 1}`;
  const machine = { cpuMillis: node.cpuMillis, memoryBytes: node.memoryBytes, diskBytes: node.diskBytes, networkBytesPerSecond: REGISTRY_BYTES_PER_SECOND, architecture: "amd64" } as const;
  const network: NetworkConfig = { node: node.name, nodeIp, podCidr: node.podCidr, runtime: runtimeId(node.name), routeSource: CONTROLLER_MANAGER };
  const runtime: RuntimeConfig = { node: node.name, nodeIp, machine, network: nodeNetworkId(node.name) };
  return [
    { id: nodeNetworkId(node.name), type: nodeNetwork.type, host: node.name, config: network },
    { id: runtimeId(node.name), type: containerRuntime.type, host: node.name, config: runtime },
    { id: kubeletId(node.name), type: kubelet.type, host: node.name, config: kubeletConfig(node, nodeIp, machine) },
  ];
}

function kubeletConfig(node: NodeSpec, nodeIp: string, machine: RuntimeConfig["machine"]): KubeletConfig {
  return {
    node: node.name, nodeIp, podCidr: node.podCidr, machine, maxPods: node.pods, labels: node.labels, taints: node.taints,
    ...(node.zone === "" ? {} : { zone: node.zone }), ...(node.region === "" ? {} : { region: node.region }),
  };
}
