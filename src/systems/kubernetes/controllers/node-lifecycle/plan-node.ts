/** What is done about one node: conditions of a silent one, taints, and its pods' readiness (node_lifecycle_controller.go). */
import { rfc3339 } from "../../../../base/time/index.ts";
import type { Node, NodeCondition, Pod, Taint } from "../../api/index.ts";
import { isPodReady } from "../pods/index.ts";
import { BY_NODE, NO_PLAN, type Plan, type PlannedRequest, planOf, type Regarding, type Tell, type View } from "../runtime/index.ts";
import { evictionIntervalMs, isAllDisrupted, isSilent, type NodeHealth, type NodeMemory, nodeCondition, zoneOf } from "./node-health.ts";
import { evictionTaintOf, hasEvictionTaint, wantedTaints } from "./node-taints.ts";

/** Conditions that a silent node's kubelet would be reporting. */
const REPORTED = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

/** The plan for one node. */
export function planNode(name: string, view: View, memory: NodeMemory, now: number): Plan {
  const node = view.get("nodes", name);
  const health = memory.nodes.get(name);
  if (node === undefined || health === undefined) return NO_PLAN;
  if (isSilent(health, now)) {
    const silence = planSilence(node, now);
    if (silence !== undefined) return silence;
  }
  const taints = planTaints(node, memory, now);
  const pods = planPods(node, health, view, now);
  return { ...planOf([...taints.requests, ...pods]), ...(taints.waitMs === undefined ? {} : { requeueAfterMs: taints.waitMs }) };
}

function regarding(node: Node): Regarding {
  return { apiVersion: "v1", kind: "Node", metadata: node.metadata ?? {} };
}

/** All that a silent node's kubelet reports becomes Unknown. */
function planSilence(node: Node, now: number): Plan | undefined {
  const name = node.metadata?.name ?? "";
  const old = node.status?.conditions ?? [];
  const conditions = [...old];
  let changed = false;
  for (const type of REPORTED) {
    const index = conditions.findIndex((condition) => condition.type === type);
    const known = conditions[index];
    if (known?.status === "Unknown") continue;
    changed = true;
    const unknown = unknownCondition(node, type, known, now);
    if (index < 0) conditions.push(unknown);
    else conditions[index] = unknown;
  }
  if (!changed) return undefined;
  const wasReady = nodeCondition(node, "Ready")?.status === "True";
  const body: Node = { ...node, apiVersion: "v1", kind: "Node", status: { ...node.status, conditions } };
  return planOf([{
    call: { verb: "update", group: "", version: "v1", resource: "nodes", subresource: "status", name, body }, accept: [404],
    ...(wasReady ? { onSuccess: notReadyTell(node, "NodeStatusUnknown") } : {}),
  }]);
}

function unknownCondition(node: Node, type: string, known: NodeCondition | undefined, now: number): NodeCondition {
  const at = rfc3339(now);
  if (known === undefined) {
    return {
      type, status: "Unknown", reason: "NodeStatusNeverUpdated", message: "Kubelet never posted node status.",
      lastHeartbeatTime: node.metadata?.creationTimestamp ?? at, lastTransitionTime: at,
    };
  }
  return { ...known, status: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status.", lastTransitionTime: at };
}

/** What is told when a node stops being ready. */
export function notReadyTell(node: Node, reason: string): Tell {
  const name = node.metadata?.name ?? "";
  return {
    note: { kind: "NodeNotReady", object: `nodes/${name}`, data: { reason } },
    event: { regarding: regarding(node), type: "Normal", reason: "NodeNotReady", message: `Node ${name} status is now: NodeNotReady` },
  };
}

function planTaints(node: Node, memory: NodeMemory, now: number): { readonly requests: PlannedRequest[]; readonly waitMs: number | undefined } {
  const spare = isAllDisrupted(memory);
  const due = evictionTaintOf(node);
  const isDue = due !== undefined && !spare && !hasEvictionTaint(node, due) && wantedTaints(node, false, spare, now).every((taint) => taint.key !== due || taint.effect !== "NoExecute");
  const waitMs = isDue ? takeEvictionTurn(zoneOf(node), memory, now) : 0;
  const wanted = wantedTaints(node, isDue && waitMs === 0, spare, now);
  return { requests: taintUpdate(node, wanted), waitMs: waitMs === 0 ? undefined : waitMs };
}

/** How long this node must wait for its turn to have its pods evicted, ms; 0 = now, and the turn is taken. */
function takeEvictionTurn(zone: string, memory: NodeMemory, now: number): number {
  const interval = evictionIntervalMs(memory, zone);
  if (interval === undefined) return 60_000;
  const next = memory.nextEvictionAt.get(zone) ?? 0;
  if (now < next) return next - now;
  memory.nextEvictionAt.set(zone, now + interval);
  return 0;
}

function taintUpdate(node: Node, wanted: readonly Taint[]): PlannedRequest[] {
  const present = node.spec?.taints ?? [];
  const added = wanted.filter((taint) => !present.includes(taint));
  const removed = present.filter((taint) => !wanted.includes(taint));
  if (added.length === 0 && removed.length === 0) return [];
  const { name = "", resourceVersion } = node.metadata ?? {};
  const text = (taint: Taint): string => `${taint.key}:${taint.effect}`;
  return [{
    call: {
      verb: "patch", group: "", version: "v1", resource: "nodes", name,
      body: { metadata: { resourceVersion }, spec: { taints: wanted.length === 0 ? null : wanted } }, options: { patchType: "application/merge-patch+json" },
    },
    accept: [404],
    onSuccess: { note: { kind: "NodeTainted", object: `nodes/${name}`, data: { added: added.map(text), removed: removed.map(text) } } },
  }];
}

/** The pods of a node that stopped being ready are no longer ready either (MarkPodsNotReady): nobody would report it. */
function planPods(node: Node, health: NodeHealth, view: View, now: number): PlannedRequest[] {
  if (health.podsMarked || health.ready === "True" || health.ready === "") return [];
  const pods = view.list("pods", BY_NODE, node.metadata?.name ?? "").filter(isPodReady);
  if (pods.length === 0) health.podsMarked = true;
  return pods.map((pod) => podNotReady(pod, now));
}

function podNotReady(pod: Pod, now: number): PlannedRequest {
  const { namespace = "", name = "", resourceVersion } = pod.metadata ?? {};
  const at = rfc3339(now);
  const conditions = (pod.status?.conditions ?? []).map((condition) => (condition.type === "Ready" ? { ...condition, status: "False", lastTransitionTime: at } : condition));
  return {
    call: {
      verb: "patch", group: "", version: "v1", resource: "pods", subresource: "status", namespace, name,
      body: { metadata: { resourceVersion }, status: { conditions } }, options: { patchType: "application/merge-patch+json" },
    },
    accept: [404],
    onSuccess: { event: { regarding: { apiVersion: "v1", kind: "Pod", metadata: pod.metadata ?? {} }, type: "Warning", reason: "NodeNotReady", message: "Node is not ready" } },
  };
}
