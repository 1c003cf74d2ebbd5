/** What a set does about its pods (pkg/controller/replicaset/replica_set.go, syncReplicaSet and manageReplicas). */
import { controllerOf, isBeingDeleted, type Pod, splitKey } from "../../api/index.ts";
import { adopt, controllerRef, release } from "../ownership/index.ts";
import { createPod, deletePod, isPodActive, podOfTemplate, podsToDelete } from "../pods/index.ts";
import { BY_CONTROLLER, BY_NAMESPACE, NO_PLAN, type Plan, type PlannedRequest, planOf, type Regarding, type View } from "../runtime/index.ts";
import { allMatch, NO_PODS, type PodSum, type SetMemory } from "./pod-sums.ts";
import { replicasOf, type ReplicaSetLike, REPLICA_SET, type SetKind, setOf, templateOf } from "./set-kind.ts";

/** At most this many pods are made or deleted in one sync (BurstReplicas). */
const BURST_REPLICAS = 500;
/** Slow start: 1, 2, 4, … so that a refusal is not repeated five hundred times (SlowStartInitialBatchSize). */
const SLOW_START_INITIAL_BATCH = 1;
const PODS = { group: "", version: "v1", resource: "pods" };

/** The plan for one set: adopt and release, else create or delete. */
export function planSet(kind: SetKind, key: string, view: View, memory: SetMemory, now: number): Plan {
  const set = setOf(kind, view, key);
  if (set === undefined) {
    memory.candidates.delete(key);
    return NO_PLAN;
  }
  if (isBeingDeleted(set)) return NO_PLAN;
  const sum = memory.sums.get(set.metadata?.uid ?? "") ?? NO_PODS;
  const claims = planClaims(kind, set, key, sum, view, memory);
  if (claims.length > 0) return planOf(claims);
  const missing = replicasOf(set) - sum.active;
  if (missing > 0) return { steps: creations(regarding(kind, set), templateOf(set), Math.min(missing, BURST_REPLICAS)) };
  return missing < 0 ? planOf(deletions(kind, set, view, Math.min(-missing, BURST_REPLICAS), now)) : NO_PLAN;
}

/** The set as the object of events and references. */
export function regarding(kind: SetKind, set: ReplicaSetLike): Regarding {
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata: set.metadata ?? {} };
}

function planClaims(kind: SetKind, set: ReplicaSetLike, key: string, sum: PodSum, view: View, memory: SetMemory): PlannedRequest[] {
  const requests: PlannedRequest[] = [];
  const matches = kind.matcher(set);
  const uid = set.metadata?.uid ?? "";
  const candidates = memory.candidates.get(key);
  if (candidates !== undefined) {
    for (const podKey of candidates) {
      const pod = view.get("pods", podKey);
      if (pod !== undefined && isAdoptable(pod) && matches(pod.metadata?.labels)) requests.push(adopt(pod, controllerRef(set, kind.apiVersion, kind.kind), PODS));
      else candidates.delete(podKey);
    }
    if (candidates.size === 0) memory.candidates.delete(key);
  }
  if (allMatch(sum, matches)) return requests;
  for (const pod of view.list("pods", BY_CONTROLLER, uid)) {
    if (isPodActive(pod) && !matches(pod.metadata?.labels)) requests.push(release(pod, uid, PODS));
  }
  return requests;
}

/** True when a controller may take the pod: it has none and it is alive. */
export function isAdoptable(pod: Pod): boolean {
  return controllerOf(pod) === undefined && isPodActive(pod);
}

function creations(owner: Regarding, template: ReturnType<typeof templateOf>, count: number): PlannedRequest[][] {
  const request = createPod(podOfTemplate(template, owner), owner);
  const steps: PlannedRequest[][] = [];
  for (let left = count, batch = SLOW_START_INITIAL_BATCH; left > 0; left -= batch, batch *= 2) {
    steps.push(new Array<PlannedRequest>(Math.min(left, batch)).fill(request));
  }
  return steps;
}

function deletions(kind: SetKind, set: ReplicaSetLike, view: View, count: number, now: number): PlannedRequest[] {
  const pods = view.list("pods", BY_CONTROLLER, set.metadata?.uid ?? "").filter(isPodActive);
  const owner = regarding(kind, set);
  return podsToDelete(pods, count, relatedPods(kind, set, pods, view), now).map((pod) => deletePod(pod, owner, "more pods than replicas"));
}

/** Pods of all sets with the same controller (getIndirectlyRelatedPods): a rollout's old and new pods crowd each other. */
function relatedPods(kind: SetKind, set: ReplicaSetLike, own: readonly Pod[], view: View): readonly Pod[] {
  const owner = controllerOf(set)?.uid;
  if (owner === undefined || kind !== REPLICA_SET) return own;
  const related: Pod[] = [];
  for (const sibling of view.list("replicasets.apps", BY_CONTROLLER, owner)) {
    for (const pod of view.list("pods", BY_CONTROLLER, sibling.metadata?.uid ?? "")) if (isPodActive(pod)) related.push(pod);
  }
  return related;
}

/** Keys of the sets in a namespace whose selector matches an orphan. */
export function setsMatching(kind: SetKind, view: View, pod: Pod): string[] {
  const keys: string[] = [];
  for (const key of view.keys(kind.informer, BY_NAMESPACE, pod.metadata?.namespace ?? "")) {
    const set = setOf(kind, view, key);
    if (set !== undefined && !isBeingDeleted(set) && kind.matcher(set)(pod.metadata?.labels)) keys.push(key);
  }
  return keys;
}

/** Namespace of a set's key. */
export function namespaceOf(key: string): string {
  return splitKey(key).namespace;
}
