/** Builds a world from a cluster spec: which components there are, on which hosts, with what configuration. */
import { type Behaviour, type ComponentSpec, World } from "../../../engine/bus/index.ts";
import type { SessionKind } from "../../../engine/session/index.ts";
import type { Trace } from "../../../engine/trace/index.ts";
import { nodeNetwork, type NetworkConfig } from "../../containers/network/index.ts";
import { containerRuntime, type RuntimeConfig } from "../../containers/runtime/index.ts";
import {
  API_SERVER, CLIENTS, CLOUD_CONTROLLER_MANAGER, CLOUD_HOST, CLUSTER_DNS, CONTROL_PLANE_HOST, CONTROLLER_MANAGER, ETCD, kubeletId, kubeProxyId, LOAD_BALANCERS, nodeNetworkId, OUTSIDE_HOST, runtimeId, SCHEDULER, USER,
} from "../api/index.ts";
import { apiServer } from "../apiserver/index.ts";
import { clients, type ClientsConfig } from "../clients/index.ts";
import { cloudControllerManager, loadBalancers } from "../cloud/index.ts";
import { clusterDns, type ClusterDnsConfig } from "../cluster-dns/index.ts";
import { controllerManager } from "../controllers/index.ts";
import { etcd } from "../etcd/index.ts";
import { kubelet, type KubeletConfig } from "../kubelet/index.ts";
import { kubeProxy, type KubeProxyConfig } from "../kube-proxy/index.ts";
import { scheduler } from "../scheduler/index.ts";
import { nodeAddress, podPrefix, type SiteAddresses, siteAddresses } from "./addresses.ts";
import { applyInput, type ClusterInput } from "./inputs.ts";
import { type ClusterSpec, type NodeSpec, readClusterSpec } from "./spec.ts";
import { user } from "./user.ts";

const BEHAVIOURS = [
  etcd, apiServer, scheduler, controllerManager, cloudControllerManager, clusterDns, loadBalancers, kubelet, containerRuntime, nodeNetwork, kubeProxy, user, clients,
] as unknown as readonly Behaviour<never, never>[];

/** Every kind of component a cluster has, by type. */
export const CLUSTER_BEHAVIOURS: ReadonlyMap<string, Behaviour<unknown>> = new Map(BEHAVIOURS.map((behaviour) => [behaviour.type, behaviour as unknown as Behaviour<unknown>]));

/** Bytes a second between a node and a registry: a gigabit link. */
const REGISTRY_BYTES_PER_SECOND = 125_000_000;
/** With more nodes than this, the kube-proxies don't tell people of their work. */
const MOST_TALKING_PROXIES = 12;

/** A world with every component about to start. `behaviours` is for tests that let a part misbehave. */
export function createCluster(spec: ClusterSpec, seed: number, trace?: Trace, behaviours: ReadonlyMap<string, Behaviour<unknown>> = CLUSTER_BEHAVIOURS): World {
  const world = new World({ seed, startAt: spec.startAt, behaviours, ...(trace === undefined ? {} : { trace }) });
  const site = siteAddresses(spec.nodes);
  for (const component of [...controlPlane(spec, site), ...outside(spec, site)]) world.spawn(component);
  for (const [index, node] of spec.nodes.entries()) for (const component of nodeParts(spec, node, index, site)) world.spawn(component);
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

function controlPlane(spec: ClusterSpec, site: SiteAddresses): ComponentSpec[] {
  const host = CONTROL_PLANE_HOST;
  const dns: ClusterDnsConfig = { hosts: site.hosts };
  return [
    { id: ETCD, type: "etcd", host, config: undefined },
    { id: API_SERVER, type: apiServer.type, host, config: {} },
    { id: SCHEDULER, type: scheduler.type, host, config: spec.scheduler ?? {} },
    { id: CONTROLLER_MANAGER, type: controllerManager.type, host, config: undefined },
    { id: CLOUD_CONTROLLER_MANAGER, type: cloudControllerManager.type, host, config: undefined },
    { id: CLUSTER_DNS, type: clusterDns.type, host, config: dns },
  ];
}

/** People, programs that send traffic, and what the cloud runs. Programs inside have the address of a node's bridge. */
function outside(spec: ClusterSpec, site: SiteAddresses): ComponentSpec[] {
  const entries = spec.nodes.map((node) => ({ network: nodeNetworkId(node.name), sourceIp: `${podPrefix(node.podCidr)}1` }));
  const traffic: ClientsConfig = { entries, routes: site.routes, gateway: LOAD_BALANCERS, hosts: site.hosts };
  return [
    { id: USER, type: user.type, host: OUTSIDE_HOST, config: undefined },
    { id: CLIENTS, type: clients.type, host: OUTSIDE_HOST, config: traffic },
    { id: LOAD_BALANCERS, type: loadBalancers.type, host: CLOUD_HOST, config: undefined },
  ];
}

/** Components of one node. */
function nodeParts(spec: ClusterSpec, node: NodeSpec, index: number, site: SiteAddresses): ComponentSpec[] {
  const nodeIp = nodeAddress(index);
  const machine = { cpuMillis: node.cpuMillis, memoryBytes: node.memoryBytes, diskBytes: node.diskBytes, networkBytesPerSecond: REGISTRY_BYTES_PER_SECOND, architecture: "amd64" } as const;
  const network: NetworkConfig = { node: node.name, nodeIp, podCidr: node.podCidr, runtime: runtimeId(node.name), routes: site.routes, nameServer: CLUSTER_DNS, rulesAuthor: kubeProxyId(node.name), ...(node.zone === "" ? {} : { zone: node.zone }) };
  const proxy: KubeProxyConfig = { node: node.name, network: nodeNetworkId(node.name), quiet: spec.nodes.length > MOST_TALKING_PROXIES };
  const runtime: RuntimeConfig = { node: node.name, nodeIp, machine, network: nodeNetworkId(node.name) };
  return [
    { id: nodeNetworkId(node.name), type: nodeNetwork.type, host: node.name, config: network },
    { id: runtimeId(node.name), type: containerRuntime.type, host: node.name, config: runtime },
    { id: kubeletId(node.name), type: kubelet.type, host: node.name, config: kubeletConfig(node, nodeIp, machine) },
    { id: kubeProxyId(node.name), type: kubeProxy.type, host: node.name, config: proxy },
  ];
}

function kubeletConfig(node: NodeSpec, nodeIp: string, machine: RuntimeConfig["machine"]): KubeletConfig {
  return {
    node: node.name, nodeIp, podCidr: node.podCidr, machine, maxPods: node.pods, labels: node.labels, taints: node.taints,
    ...(node.zone === "" ? {} : { zone: node.zone }), ...(node.region === "" ? {} : { region: node.region }),
  };
}
