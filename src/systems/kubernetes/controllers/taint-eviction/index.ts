/** Evicts pods from nodes with NoExecute taints once they are no longer tolerated (pkg/controller/tainteviction/taint_eviction.go). */
import { deepEqual } from "../../../../base/json/index.ts";
import { rfc3339 } from "../../../../base/time/index.ts";
import { isBeingDeleted, type Node, objectKey, type Pod, type Taint, type Toleration } from "../../api/index.ts";
import { tolerates } from "../pods/index.ts";
import { BY_NODE, type Controller, NO_PLAN, type Plan, type View } from "../runtime/index.ts";

/** What it remembers. Plain data. */
export interface EvictionMemory {
  /** Since when a pod's eviction has been pending, ms, by pod uid. */
  readonly since: Map<string, number>;
}

/** Evicts pods by taints. */
export const taintEvictionController: Controller<EvictionMemory> = {
  name: "taint-eviction-controller",
  eventSource: "taint-eviction-controller",
  workers: 8,
  needs: ["nodes", "pods"],
  createMemory: () => ({ since: new Map() }),
  on: {
    nodes: (_memory, enqueue, view, key, before, after) => {
      if (deepEqual(noExecute(before as Node | undefined), noExecute(after as Node | undefined))) return;
      for (const pod of view.list("pods", BY_NODE, key)) enqueue.add(objectKey(pod));
    },
    pods: (memory, enqueue, view, key, before, after) => {
      const pod = after as Pod | undefined;
      if (pod === undefined) {
        memory.since.delete(before?.metadata?.uid ?? "");
        return;
      }
      const old = before as Pod | undefined;
      const { nodeName } = pod.spec ?? {};
      if (nodeName === undefined || (old?.spec?.nodeName === nodeName && old.spec.tolerations === pod.spec?.tolerations)) return;
      if (noExecute(view.get("nodes", nodeName)).length > 0) enqueue.add(key);
    },
  },
  plan: (key, view, memory, now) => planEviction(key, view, memory, now),
};

const NO_TAINTS: readonly Taint[] = [];

function noExecute(node: Node | undefined): readonly Taint[] {
  const taints = node?.spec?.taints;
  return taints === undefined ? NO_TAINTS : taints.filter((taint) => taint.effect === "NoExecute");
}

function planEviction(key: string, view: View, memory: EvictionMemory, now: number): Plan {
  const pod = view.get("pods", key);
  if (pod === undefined || isBeingDeleted(pod)) return NO_PLAN;
  const uid = pod.metadata?.uid ?? "";
  const taints = noExecute(view.get("nodes", pod.spec?.nodeName ?? ""));
  const seconds = toleratedSeconds(taints, pod.spec?.tolerations ?? []);
  if (seconds === Number.POSITIVE_INFINITY) return cancel(pod, memory);
  const since = memory.since.get(uid) ?? now;
  memory.since.set(uid, since);
  const wait = since + seconds * 1000 - now;
  return wait > 0 ? { steps: [], requeueAfterMs: wait } : evict(pod, taints, now);
}

/** How long a pod tolerates all of these taints, s; Infinity = for ever (getMinTolerationTime; a negative time counts as 0). */
function toleratedSeconds(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const fitting = tolerations.filter((toleration) => tolerates(toleration, taint));
    if (fitting.length === 0) return 0;
    for (const { tolerationSeconds } of fitting) if (tolerationSeconds !== undefined) least = Math.min(least, Math.max(0, tolerationSeconds));
  }
  return least;
}

function cancel(pod: Pod, memory: EvictionMemory): Plan {
  if (!memory.since.delete(pod.metadata?.uid ?? "")) return NO_PLAN;
  const message = `Cancelling deletion of Pod ${objectKey(pod)}`;
  return { steps: [], tell: [{ event: { regarding: { apiVersion: "v1", kind: "Pod", metadata: pod.metadata ?? {} }, type: "Normal", reason: "TaintManagerEviction", message } }] };
}

function evict(pod: Pod, taints: readonly Taint[], now: number): Plan {
  const { namespace = "", name = "", uid = "" } = pod.metadata ?? {};
  const at = rfc3339(now);
  const target = { type: "DisruptionTarget", status: "True", reason: "DeletionByTaintManager", message: "Taint manager: deleting due to NoExecute taint", lastTransitionTime: at };
  const conditions = [...(pod.status?.conditions ?? []).filter((condition) => condition.type !== target.type), target];
  const where = { group: "", version: "v1", resource: "pods", namespace, name } as const;
  return {
    steps: [
      [{ call: { verb: "patch", ...where, subresource: "status", body: { metadata: { uid }, status: { conditions } }, options: { patchType: "application/merge-patch+json" } }, accept: [404] }],
      [{
        call: { verb: "delete", ...where, options: { preconditions: { uid } } }, accept: [404],
        onSuccess: { note: { kind: "PodEvictedByTaint", object: `pods/${namespace}/${name}`, data: { node: pod.spec?.nodeName ?? "", taints: taints.map((taint) => taint.key) } } },
      }],
    ],
    tell: [{ event: { regarding: { apiVersion: "v1", kind: "Pod", metadata: pod.metadata ?? {} }, type: "Normal", reason: "TaintManagerEviction", message: `Marking for deletion Pod ${objectKey(pod)}` } }],
  };
}
