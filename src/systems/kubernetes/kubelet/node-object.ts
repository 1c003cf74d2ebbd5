/** The Node object as the kubelet writes it (pkg/kubelet/kubelet_node_status.go and nodestatus/setters.go). */
import { rfc3339 } from "../../../base/time/index.ts";
import { allocatableMemory, MAX_PODS } from "../../machines/index.ts";
import type { Node, NodeCondition, NodeStatus } from "../api/index.ts";
import type { KubeletConfig, KubeletState } from "./state.ts";

/** The release the lab advertises. */
export const KUBELET_VERSION = "v1.36.1";
/** Images in the status: the largest first, at most so many (nodeStatusMaxImages). */
const MAX_IMAGES = 50;

/** Quantities of a node. */
function capacityOf(config: KubeletConfig): Record<string, string> {
  const { machine } = config;
  return {
    cpu: machine.cpuMillis % 1000 === 0 ? String(machine.cpuMillis / 1000) : `${machine.cpuMillis}m`,
    "ephemeral-storage": `${Math.floor(machine.diskBytes / 1024)}Ki`, "hugepages-1Gi": "0", "hugepages-2Mi": "0",
    memory: `${Math.floor(machine.memoryBytes / 1024)}Ki`, pods: String(config.maxPods ?? MAX_PODS),
  };
}

function allocatableOf(config: KubeletConfig): Record<string, string> {
  const { machine } = config;
  return { ...capacityOf(config), memory: `${Math.floor(allocatableMemory(machine) / 1024)}Ki`, "ephemeral-storage": String(Math.floor(machine.diskBytes * 0.9)) };
}

/** Labels that every kubelet sets. */
export function nodeLabels(config: KubeletConfig): Record<string, string> {
  const { architecture } = config.machine;
  return {
    "beta.kubernetes.io/arch": architecture, "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": architecture, "kubernetes.io/hostname": config.node, "kubernetes.io/os": "linux",
    ...(config.zone === undefined || config.zone === "" ? {} : { "topology.kubernetes.io/zone": config.zone }),
    ...(config.region === undefined || config.region === "" ? {} : { "topology.kubernetes.io/region": config.region }),
    ...config.labels,
  };
}

/** The object to register with. Simplified: the kubelet brings its podCIDR along, which the controller manager assigns elsewhere. */
export function newNode(state: KubeletState, now: number): Node {
  const { config } = state;
  return {
    apiVersion: "v1", kind: "Node",
    metadata: { name: config.node, labels: nodeLabels(config), annotations: { "volumes.kubernetes.io/controller-managed-attach-detach": "true" } },
    spec: { podCIDR: config.podCidr, podCIDRs: [config.podCidr], ...(config.taints === undefined || config.taints.length === 0 ? {} : { taints: config.taints }) },
    status: nodeStatus(state, now),
  };
}

/** The whole status. */
export function nodeStatus(state: KubeletState, now: number): NodeStatus {
  const { config } = state;
  return {
    addresses: [{ type: "InternalIP", address: config.nodeIp }, { type: "Hostname", address: config.node }],
    capacity: capacityOf(config), allocatable: allocatableOf(config), conditions: nodeConditions(state, now),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } }, images: imagesOf(state), nodeInfo: nodeInfo(config),
  };
}

function nodeInfo(config: KubeletConfig): NonNullable<NodeStatus["nodeInfo"]> {
  return {
    architecture: config.machine.architecture, bootID: idOf(config.node, "b"), containerRuntimeVersion: "containerd://2.2.1", kernelVersion: "6.12.0-orrery",
    kubeProxyVersion: "", kubeletVersion: KUBELET_VERSION, machineID: idOf(config.node, "m").replaceAll("-", ""), operatingSystem: "linux", osImage: "Orrery Linux 1", systemUUID: idOf(config.node, "s"),
  };
}

/** A stable UUID-shaped text of a node. */
function idOf(node: string, salt: string): string {
  let hash = 0x811c9dc5;
  for (const character of salt + node) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  const hex = (hash >>> 0).toString(16).padStart(8, "0");
  const more = (Math.imul(hash, 2654435761) >>> 0).toString(16).padStart(8, "0");
  return `${hex}-${more.slice(0, 4)}-4${more.slice(5)}-8${hex.slice(5)}-${more}${hex.slice(0, 4)}`;
}

function imagesOf(state: KubeletState): NonNullable<NodeStatus["images"]> {
  return [...state.images].map(([reference, image]) => ({ names: [image.repoDigest, reference], sizeBytes: image.sizeBytes }))
    .sort((one, other) => other.sizeBytes - one.sizeBytes).slice(0, MAX_IMAGES);
}

interface ConditionText {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** The node's conditions; a condition that did not change keeps its lastTransitionTime. */
export function nodeConditions(state: KubeletState, now: number): NodeCondition[] {
  const known = state.nodeObject?.status?.conditions ?? [];
  const own = conditionTexts(state).map((condition): NodeCondition => {
    const before = known.find((other) => other.type === condition.type);
    const changed = before?.status !== condition.status;
    const { type, status, reason, message } = condition;
    return { type, status, reason, message, lastHeartbeatTime: rfc3339(now), lastTransitionTime: changed ? rfc3339(now) : before?.lastTransitionTime ?? rfc3339(now) };
  });
  return [...known.filter((other) => !own.some((condition) => condition.type === other.type)), ...own];
}

function conditionTexts(state: KubeletState): readonly ConditionText[] {
  const full = diskIsFull(state);
  return [
    { type: "MemoryPressure", status: "False", reason: "KubeletHasSufficientMemory", message: "kubelet has sufficient memory available" },
    full
      ? { type: "DiskPressure", status: "True", reason: "KubeletHasDiskPressure", message: "kubelet has disk pressure" }
      : { type: "DiskPressure", status: "False", reason: "KubeletHasNoDiskPressure", message: "kubelet has no disk pressure" },
    { type: "PIDPressure", status: "False", reason: "KubeletHasSufficientPID", message: "kubelet has sufficient PID available" },
    state.runtimeReady
      ? { type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" }
      : { type: "Ready", status: "False", reason: "KubeletNotReady", message: "container runtime is down" },
  ];
}

/** Place for node-pressure eviction: signals from the runtime will be read here. */
function diskIsFull(_state: KubeletState): boolean {
  return false;
}
