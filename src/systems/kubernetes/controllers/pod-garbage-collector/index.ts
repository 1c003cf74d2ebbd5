/**
 * Pod garbage collector (pkg/controller/podgc/gc_controller.go): pods on nodes that no longer exist, pods that were
 * deleted before they got a node, and too many pods at their end. Upstream looks at all pods every 20 s; here what may be
 * due is queued when it comes about, and looked at after the same time.
 */
import { parseRfc3339, rfc3339 } from "../../../../base/time/index.ts";
import { objectKey, type Pod } from "../../api/index.ts";
import { isPodTerminal } from "../pods/index.ts";
import { BY_NODE, type Controller, type Enqueue, NO_PLAN, type Plan, type PlannedRequest, planOf, type View } from "../runtime/index.ts";

/** Period of upstream's look (gcCheckPeriod), and how long a node must be missing first (quarantineTime). */
const CHECK_PERIOD_MS = 20_000;
const QUARANTINE_MS = 40_000;
/** Pods at their end that may stay (--terminated-pod-gc-threshold). */
const TERMINATED_THRESHOLD = 12_500;
const NODE = "node/";
const UNSCHEDULED = "pod/";
const TERMINATED = "terminated";

/** What it remembers. Plain data. */
export interface PodGcMemory {
  /** Keys of the pods at their end. */
  readonly terminated: Set<string>;
}

/** Collects pods nobody else will. */
export const podGarbageCollector: Controller<PodGcMemory> = {
  name: "pod_garbage_collector",
  eventSource: "pod-garbage-collector-controller",
  workers: 1,
  needs: ["pods", "nodes"],
  createMemory: () => ({ terminated: new Set() }),
  on: {
    nodes: (_memory, enqueue, _view, key, _before, after) => {
      if (after === undefined) enqueue.addAfter(NODE + key, QUARANTINE_MS);
    },
    pods: (memory, enqueue, view, key, before, after) => {
      podChanged(memory, enqueue, view, key, before as Pod | undefined, after as Pod | undefined);
    },
  },
  plan(key, view, memory, now) {
    if (key === TERMINATED) return planTerminated(view, memory, now);
    if (key.startsWith(NODE)) return planOrphans(key.slice(NODE.length), view, now);
    return planUnscheduled(key.slice(UNSCHEDULED.length), view, now);
  },
};

function podChanged(memory: PodGcMemory, enqueue: Enqueue, view: View, key: string, before: Pod | undefined, after: Pod | undefined): void {
  if (after === undefined) {
    memory.terminated.delete(key);
    return;
  }
  const { nodeName } = after.spec ?? {};
  if (nodeName !== undefined && nodeName !== "") {
    if (before?.spec?.nodeName !== nodeName && view.get("nodes", nodeName) === undefined) enqueue.addAfter(NODE + nodeName, QUARANTINE_MS);
  } else if (after.metadata?.deletionTimestamp !== undefined) {
    enqueue.addAfter(UNSCHEDULED + key, CHECK_PERIOD_MS);
  }
  if (!isPodTerminal(after) || (before !== undefined && isPodTerminal(before))) return;
  memory.terminated.add(key);
  if (memory.terminated.size > TERMINATED_THRESHOLD) enqueue.addAfter(TERMINATED, CHECK_PERIOD_MS);
}

function planOrphans(node: string, view: View, now: number): Plan {
  if (view.get("nodes", node) !== undefined) return NO_PLAN;
  return planInTwo(view.list("pods", BY_NODE, node), "PodGC: node no longer exists", "node no longer exists", now);
}

function planUnscheduled(key: string, view: View, now: number): Plan {
  const pod = view.get("pods", key);
  if (pod?.metadata?.deletionTimestamp === undefined || (pod.spec?.nodeName ?? "") !== "") return NO_PLAN;
  return planInTwo([pod], undefined, "deleted before it got a node", now);
}

function planTerminated(view: View, memory: PodGcMemory, now: number): Plan {
  const excess = memory.terminated.size - TERMINATED_THRESHOLD;
  if (excess <= 0) return NO_PLAN;
  const pods = [...memory.terminated].map((key) => view.get("pods", key)).filter((pod) => pod !== undefined);
  pods.sort((a, b) => createdAt(a) - createdAt(b));
  return planInTwo(pods.slice(0, excess), undefined, "too many terminated pods", now);
}

function createdAt(pod: Pod): number {
  return parseRfc3339(pod.metadata?.creationTimestamp ?? "");
}

/** First the pods are marked as failed, unless they are at their end, then deleted at once. */
function planInTwo(pods: readonly Pod[], disruption: string | undefined, why: string, now: number): Plan {
  const marks = pods.filter((pod) => !isPodTerminal(pod)).map((pod) => mark(pod, disruption, now));
  const plan = { steps: [marks, pods.map((pod) => remove(pod, why))] };
  return pods.length === 0 ? planOf([]) : plan;
}

function mark(pod: Pod, disruption: string | undefined, now: number): PlannedRequest {
  const { namespace = "", name = "", uid } = pod.metadata ?? {};
  const target = { type: "DisruptionTarget", status: "True", reason: "DeletionByPodGC", message: disruption, lastTransitionTime: rfc3339(now) };
  const conditions = (pod.status?.conditions ?? []).filter((condition) => condition.type !== target.type);
  const status = { phase: "Failed", ...(disruption === undefined ? {} : { conditions: [...conditions, target] }) };
  return {
    call: {
      verb: "patch", group: "", version: "v1", resource: "pods", subresource: "status", namespace, name,
      body: { metadata: { uid }, status }, options: { patchType: "application/merge-patch+json" },
    },
    accept: [404],
  };
}

function remove(pod: Pod, why: string): PlannedRequest {
  const { namespace = "", name = "", uid = "" } = pod.metadata ?? {};
  return {
    call: { verb: "delete", group: "", version: "v1", resource: "pods", namespace, name, options: { preconditions: { uid }, gracePeriodSeconds: 0 } },
    accept: [404],
    onSuccess: { note: { kind: "PodDeletedByController", object: `pods/${objectKey(pod)}`, data: { owner: "PodGC", why } } },
  };
}
