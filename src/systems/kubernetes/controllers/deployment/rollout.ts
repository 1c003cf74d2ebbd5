/** The two ways of a rollout: rolling (rolling.go) and all at once (recreate.go); and the clean-up after it (sync.go). */
import { type Deployment, isBeingDeleted, type ReplicaSet } from "../../api/index.ts";
import { isPodTerminal } from "../pods/index.ts";
import { BY_CONTROLLER, type PlannedRequest, type View } from "../runtime/index.ts";
import { maxUnavailableOf, replicasOf } from "./limits.ts";
import { newSetSize } from "./new-replica-set.ts";
import { byCreation, byRevision, type OwnedSets, sizeOf, totalAvailable, totalSize } from "./replica-sets.ts";
import { scaleSet } from "./scale.ts";

/** revisionHistoryLimit of this value means keep everything (math.MaxInt32). */
const NO_LIMIT = 2_147_483_647;

/** Brings the new set up or down towards the wanted size, as far as the surge allows. */
export function planNewSetSize(deployment: Deployment, newSet: ReplicaSet, sets: OwnedSets): PlannedRequest[] {
  const size = sizeOf(newSet);
  const replicas = replicasOf(deployment);
  if (size === replicas) return [];
  return scaleSet(deployment, newSet, size > replicas ? replicas : newSetSize(deployment, sets.all, size), "rollout");
}

/** Takes old sets down: first pods that don't work anyway, then as many as availability allows. */
export function planOldSetsDown(deployment: Deployment, newSet: ReplicaSet, sets: OwnedSets): PlannedRequest[] {
  if (totalSize(sets.oldSets) === 0) return [];
  const minAvailable = replicasOf(deployment) - maxUnavailableOf(deployment);
  const newUnavailable = sizeOf(newSet) - (newSet.status?.availableReplicas ?? 0);
  const most = totalSize(sets.all) - minAvailable - newUnavailable;
  if (most <= 0) return [];
  const old = [...sets.oldSets].sort(byCreation);
  const sizes = new Map(old.map((set) => [set, sizeOf(set)]));
  cleanUpUnhealthy(old, sizes, most);
  scaleDownHealthy(old, sizes, totalAvailable(sets.all) - minAvailable);
  return old.flatMap((set) => (sizes.get(set) === sizeOf(set) ? [] : scaleSet(deployment, set, sizes.get(set) ?? 0, "rollout")));
}

function cleanUpUnhealthy(old: readonly ReplicaSet[], sizes: Map<ReplicaSet, number>, most: number): void {
  let left = most;
  for (const set of old) {
    const size = sizes.get(set) ?? 0;
    const down = Math.min(left, size - (set.status?.availableReplicas ?? 0));
    if (size === 0 || down <= 0) continue;
    sizes.set(set, size - down);
    left -= down;
  }
}

function scaleDownHealthy(old: readonly ReplicaSet[], sizes: Map<ReplicaSet, number>, most: number): void {
  let left = most;
  for (const set of old) {
    if (left <= 0) return;
    const size = sizes.get(set) ?? 0;
    const down = Math.min(size, left);
    sizes.set(set, size - down);
    left -= down;
  }
}

/** Recreate: old sets go to nothing. */
export function planOldSetsOff(deployment: Deployment, sets: OwnedSets): PlannedRequest[] {
  return sets.oldSets.flatMap((set) => (sizeOf(set) === 0 ? [] : scaleSet(deployment, set, 0, "rollout")));
}

/** Recreate waits while any old pod still runs or is terminating (oldPodsRunning). */
export function oldPodsRunning(sets: OwnedSets, view: View): boolean {
  for (const set of sets.oldSets) {
    if ((set.status?.replicas ?? 0) > 0) return true;
    for (const pod of view.list("pods", BY_CONTROLLER, set.metadata?.uid ?? "")) if (!isPodTerminal(pod)) return true;
  }
  return false;
}

/** Deletes the oldest sets beyond the history limit that have nothing any more (cleanupDeployment). */
export function planHistory(deployment: Deployment, sets: OwnedSets): PlannedRequest[] {
  const limit = deployment.spec?.revisionHistoryLimit;
  if (limit === undefined || limit === NO_LIMIT) return [];
  const old = sets.oldSets.filter((set) => !isBeingDeleted(set));
  if (old.length <= limit) return [];
  return old.sort(byRevision).slice(0, old.length - limit).filter(isSpent).map(deleteSet);
}

function isSpent(set: ReplicaSet): boolean {
  return (set.status?.replicas ?? 0) === 0 && sizeOf(set) === 0 && (set.metadata?.generation ?? 0) <= (set.status?.observedGeneration ?? 0);
}

function deleteSet(set: ReplicaSet): PlannedRequest {
  const { namespace = "", name = "", uid = "" } = set.metadata ?? {};
  const call = { verb: "delete", group: "apps", version: "v1", resource: "replicasets", namespace, name, options: { preconditions: { uid } } } as const;
  return { call, accept: [404] };
}
