/** Node lifecycle: notices silent nodes, and taints nodes by their conditions. */
import { extended } from "../../../../base/plain/index.ts";
import type { Lease, Node } from "../../api/index.ts";
import { type Controller, type Enqueue, type Plan, type Tell, type View } from "../runtime/index.ts";
import { countSilent, createNodeMemory, isSilent, LEASE_NAMESPACE, leaseSeen, MONITOR_PERIOD_MS, type NodeHealth, type NodeMemory, nodeCondition, nodeForgotten, nodeSeen } from "./node-health.ts";
import { planNode } from "./plan-node.ts";

/** Key that stands for a look at all nodes; no node is named so. */
const MONITOR = "*";

/** Watches over the nodes. */
export const nodeLifecycleController: Controller<NodeMemory> = {
  name: "node_lifecycle_controller",
  eventSource: "node-controller",
  workers: 8,
  needs: ["nodes", "pods", "leases.coordination.k8s.io"],
  every: { key: MONITOR, periodMs: MONITOR_PERIOD_MS },
  createMemory: createNodeMemory,
  on: {
    nodes: (memory, enqueue, _view, key, before, after) => {
      nodeChanged(memory, enqueue, key, before as Node | undefined, after as Node | undefined);
    },
    "leases.coordination.k8s.io": (memory, enqueue, _view, _key, before, after) => {
      if (after?.metadata?.namespace === LEASE_NAMESPACE) leaseSeen(memory, after as Lease, before as Lease | undefined, enqueue.now);
    },
  },
  plan: (key, view, memory, now) => (key === MONITOR ? monitor(memory, now) : withTellings(key, view, memory, now)),
};

function nodeChanged(memory: NodeMemory, enqueue: Enqueue, name: string, before: Node | undefined, after: Node | undefined): void {
  if (after === undefined) {
    nodeForgotten(memory, name);
    return;
  }
  nodeSeen(memory, after, before, enqueue.now);
  if (before === undefined || before.spec !== after.spec || conditionsChanged(before, after)) enqueue.add(name);
}

/** Heartbeats change times only; they need no new plan. */
function conditionsChanged(before: Node, after: Node): boolean {
  const old = before.status?.conditions ?? [];
  const now = after.status?.conditions ?? [];
  if (old.length !== now.length) return true;
  for (let index = 0; index < now.length; index++) if (old[index]?.status !== now[index]?.status || old[index]?.type !== now[index]?.type) return true;
  return false;
}

/** Looks at all nodes: who has been silent too long. The silent are counted first, then decided about. */
function monitor(memory: NodeMemory, now: number): Plan {
  const also: string[] = [];
  for (const [name, health] of memory.nodes) {
    const silent = isSilent(health, now);
    if (silent) countSilent(memory, health);
    if ((silent && health.ready !== "Unknown") || (health.ready !== "True" && health.ready !== "")) also.push(name);
  }
  return { steps: [], also };
}

/** Tells of nodes that came, became ready or said themselves that they no longer are. */
function withTellings(name: string, view: View, memory: NodeMemory, now: number): Plan {
  const plan = planNode(name, view, memory, now);
  const node = view.get("nodes", name);
  const health = memory.nodes.get(name);
  if (node === undefined || health === undefined) return plan;
  const tell = tellings(node, health);
  return tell.length === 0 ? plan : extended(plan, { tell });
}

function tellings(node: Node, health: NodeHealth): Tell[] {
  const name = node.metadata?.name ?? "";
  const tell: Tell[] = [];
  if (health.told === undefined) {
    tell.push({
      event: {
        regarding: { apiVersion: "v1", kind: "Node", metadata: node.metadata ?? {} }, type: "Normal", reason: "RegisteredNode",
        message: `Node ${name} event: Registered Node ${name} in Controller`,
      },
    });
  }
  const before = health.told ?? "";
  health.told = health.ready;
  if (health.ready === "True" && before !== "True") tell.push({ note: { kind: "NodeReady", object: `nodes/${name}`, data: {} } });
  if (health.ready === "False" && before === "True") {
    const ready = nodeCondition(node, "Ready");
    tell.push({ note: { kind: "NodeNotReady", object: `nodes/${name}`, data: { reason: ready?.reason ?? "", message: ready?.message ?? "" } } });
    tell.push({ event: { regarding: { apiVersion: "v1", kind: "Node", metadata: node.metadata ?? {} }, type: "Normal", reason: "NodeNotReady", message: `Node ${name} status is now: NodeNotReady` } });
  }
  return tell;
}
