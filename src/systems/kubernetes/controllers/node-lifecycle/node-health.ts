/**
 * What is known of each node's health: when it was last heard of. A lease renewal costs one map look-up.
 * Source of the numbers: pkg/controller/nodelifecycle (node_lifecycle_controller.go) and cmd/kube-controller-manager
 * defaults (--node-monitor-period 5s, --node-monitor-grace-period 50s, --node-startup-grace-period 60s).
 */
import { parseRfc3339 } from "../../../../base/time/index.ts";
import type { Lease, Node, NodeCondition } from "../../api/index.ts";

/** How often the health of all nodes is looked at. */
export const MONITOR_PERIOD_MS = 5_000;
const GRACE_PERIOD_MS = 50_000;
const STARTUP_GRACE_PERIOD_MS = 60_000;
/** Namespace of the nodes' leases (core/v1 NamespaceNodeLease). */
export const LEASE_NAMESPACE = "kube-node-lease";

/** One node's health. Times in ms of the controller's own clock, as upstream takes them, so that skew doesn't matter. */
export interface NodeHealth {
  /** When something was last heard of the node. */
  probeAt: number;
  /** The kubelet has written a Ready condition at least once. */
  hasReported: boolean;
  /** Ready as last seen: "True", "False", "Unknown" or "" (none). */
  ready: string;
  /** Its pods have been marked not ready since it stopped being ready. */
  podsMarked: boolean;
  /** The zone it is counted in, and whether as a working node. */
  zone: string;
  working: boolean;
  /** Ready as people were last told; absent = nothing told yet. */
  told?: string;
}

/** What the node lifecycle controller remembers. Plain data. */
export interface NodeMemory {
  readonly nodes: Map<string, NodeHealth>;
  /** When a zone may have its next node tainted for eviction, ms. */
  readonly nextEvictionAt: Map<string, number>;
  /** Working and other nodes of each zone, kept up with every change. */
  readonly zones: Map<string, ZoneCount>;
}

/** Nodes of a zone. */
export interface ZoneCount {
  ready: number;
  notReady: number;
}

/** How much of a zone is down. */
export type ZoneState = "Normal" | "PartialDisruption" | "FullDisruption";

/** Nothing known. */
export function createNodeMemory(): NodeMemory {
  return { nodes: new Map(), nextEvictionAt: new Map(), zones: new Map() };
}

/** A condition of a node. */
export function nodeCondition(node: Node, type: string): NodeCondition | undefined {
  return node.status?.conditions?.find((condition) => condition.type === type);
}

/** Takes a changed node into account: a new heartbeat in its Ready condition counts as hearing of it. */
export function nodeSeen(memory: NodeMemory, node: Node, before: Node | undefined, now: number): void {
  const name = node.metadata?.name ?? "";
  const ready = nodeCondition(node, "Ready");
  const known = memory.nodes.get(name);
  if (known === undefined) {
    const created = parseRfc3339(node.metadata?.creationTimestamp ?? "");
    const health: NodeHealth = {
      probeAt: ready === undefined && !Number.isNaN(created) ? created : now, hasReported: ready !== undefined, ready: ready?.status ?? "", podsMarked: false,
      zone: zoneOf(node), working: ready?.status === "True",
    };
    memory.nodes.set(name, health);
    countIn(memory, health, 1);
    return;
  }
  const old = before === undefined ? undefined : nodeCondition(before, "Ready");
  if (ready !== undefined && (!known.hasReported || ready.lastHeartbeatTime !== old?.lastHeartbeatTime)) {
    known.probeAt = now;
    known.hasReported = true;
  }
  known.ready = ready?.status ?? "";
  recount(memory, known, zoneOf(node), known.ready === "True" && !isSilent(known, now));
  if (known.ready === "True") known.podsMarked = false;
}

/** Takes a renewed lease into account. */
export function leaseSeen(memory: NodeMemory, lease: Lease, before: Lease | undefined, now: number): void {
  if (before !== undefined && before.spec?.renewTime === lease.spec?.renewTime) return;
  const health = memory.nodes.get(lease.metadata?.name ?? "");
  if (health !== undefined) health.probeAt = now;
}

/** True when a node has been silent for longer than it may. */
export function isSilent(health: NodeHealth, now: number): boolean {
  return now > health.probeAt + (health.hasReported ? GRACE_PERIOD_MS : STARTUP_GRACE_PERIOD_MS);
}

/** The zone a node counts to: region and zone together (staging cloud-provider GetZoneKey). */
export function zoneOf(node: Node): string {
  const labels = node.metadata?.labels ?? {};
  const region = labels["topology.kubernetes.io/region"] ?? "";
  const zone = labels["topology.kubernetes.io/zone"] ?? "";
  return region === "" && zone === "" ? "" : `${region}:\u0000:${zone}`;
}

/** Nodes in a zone below which a partial disruption stops evictions (--large-cluster-size-threshold). */
const LARGE_ZONE = 50;
/** Share of nodes down that makes a disruption (--unhealthy-zone-threshold). */
const UNHEALTHY_SHARE = 0.55;
/** Evictions a second, normally and in a large zone that is partly down (--node-eviction-rate, --secondary-node-eviction-rate). */
const EVICTIONS_PER_SECOND = 0.1;
const SECONDARY_EVICTIONS_PER_SECOND = 0.01;

function countIn(memory: NodeMemory, health: NodeHealth, by: 1 | -1): void {
  let count = memory.zones.get(health.zone);
  if (count === undefined) memory.zones.set(health.zone, count = { ready: 0, notReady: 0 });
  if (health.working) count.ready += by;
  else count.notReady += by;
  if (count.ready === 0 && count.notReady === 0) memory.zones.delete(health.zone);
}

function recount(memory: NodeMemory, health: NodeHealth, zone: string, working: boolean): void {
  if (health.zone === zone && health.working === working) return;
  countIn(memory, health, -1);
  health.zone = zone;
  health.working = working;
  countIn(memory, health, 1);
}

/** A node that has fallen silent counts as down before anything is decided about any node. */
export function countSilent(memory: NodeMemory, health: NodeHealth): void {
  recount(memory, health, health.zone, false);
}

/** A node has been deleted. */
export function nodeForgotten(memory: NodeMemory, name: string): void {
  const health = memory.nodes.get(name);
  if (health === undefined) return;
  countIn(memory, health, -1);
  memory.nodes.delete(name);
}

function zoneState(ready: number, notReady: number): ZoneState {
  if (ready === 0 && notReady > 0) return "FullDisruption";
  return notReady > 2 && notReady / (notReady + ready) >= UNHEALTHY_SHARE ? "PartialDisruption" : "Normal";
}

/** True when no zone has a working node: then it is the control plane that sees nothing, and nobody is evicted. */
export function isAllDisrupted(memory: NodeMemory): boolean {
  for (const { ready } of memory.zones.values()) if (ready > 0) return false;
  return memory.zones.size > 0;
}

/** Time between two nodes of a zone being tainted for eviction, ms; undefined = none are. */
export function evictionIntervalMs(memory: NodeMemory, zone: string): number | undefined {
  if (isAllDisrupted(memory)) return undefined;
  const { ready, notReady } = memory.zones.get(zone) ?? { ready: 0, notReady: 0 };
  if (zoneState(ready, notReady) !== "PartialDisruption") return 1000 / EVICTIONS_PER_SECOND;
  return ready + notReady > LARGE_ZONE ? 1000 / SECONDARY_EVICTIONS_PER_SECOND : undefined;
}
