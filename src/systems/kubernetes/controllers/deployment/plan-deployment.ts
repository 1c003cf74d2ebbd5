/** What a Deployment does about its ReplicaSets (pkg/controller/deployment/deployment_controller.go, syncDeployment). */
import { controllerOf, type Deployment, isBeingDeleted, type ReplicaSet } from "../../api/index.ts";
import { compileSelector } from "../../selectors/index.ts";
import { adopt, controllerRef, release } from "../ownership/index.ts";
import { BY_CONTROLLER, NO_PLAN, orphansOf, type Plan, type PlannedRequest, planOf, type View } from "../runtime/index.ts";
import { statusUpdate } from "./deployment-status.ts";
import { isComplete } from "./conditions.ts";
import { isRolling, replicasOf } from "./limits.ts";
import { newRevision, planNewSet, planNewSetUpdate } from "./new-replica-set.ts";
import { type OwnedSets, ownedSets, sizeOf } from "./replica-sets.ts";
import { oldPodsRunning, planHistory, planNewSetSize, planOldSetsDown, planOldSetsOff } from "./rollout.ts";
import { isScalingEvent, planScale, scaleSet } from "./scale.ts";

const REPLICA_SETS = { group: "apps", version: "v1", resource: "replicasets" };

/** The plan for one Deployment: one kind of thing at a time; the next sync goes on from what came of it. */
export function planDeployment(key: string, view: View): Plan {
  const deployment = view.get("deployments.apps", key);
  if (deployment === undefined || isBeingDeleted(deployment)) return NO_PLAN;
  const claims = planClaims(deployment, view);
  if (claims.length > 0) return planOf(claims);
  const sets = ownedSets(deployment, view);
  const books = sets.newSet === undefined ? [] : planNewSetUpdate(deployment, sets.newSet, newRevision(sets));
  if (books.length > 0) return planOf(books);
  if (deployment.spec?.paused === true) return planOf([...planScale(deployment, sets), ...planHistory(deployment, sets)]);
  if (isScalingEvent(deployment, sets)) return planOf(planScale(deployment, sets));
  return isRolling(deployment) ? planRolling(deployment, sets, view) : planRecreate(deployment, sets, view);
}

function planRolling(deployment: Deployment, sets: OwnedSets, view: View): Plan {
  const { newSet } = sets;
  if (newSet === undefined) return makeNewSet(deployment, sets, view);
  const up = planNewSetSize(deployment, newSet, sets);
  if (up.length > 0) return planOf(up);
  const down = planOldSetsDown(deployment, newSet, sets);
  return down.length > 0 ? planOf(down) : cleanUp(deployment, sets);
}

function planRecreate(deployment: Deployment, sets: OwnedSets, view: View): Plan {
  const off = planOldSetsOff(deployment, sets);
  if (off.length > 0) return planOf(off);
  if (oldPodsRunning(sets, view)) return NO_PLAN;
  if (sets.newSet === undefined) return makeNewSet(deployment, sets, view);
  const replicas = replicasOf(deployment);
  const up = sizeOf(sets.newSet) === replicas ? [] : scaleSet(deployment, sets.newSet, replicas, "rollout");
  return up.length > 0 ? planOf(up) : cleanUp(deployment, sets);
}

function cleanUp(deployment: Deployment, sets: OwnedSets): Plan {
  return isComplete(deployment, deployment.status ?? {}) ? planOf(planHistory(deployment, sets)) : NO_PLAN;
}

function makeNewSet(deployment: Deployment, sets: OwnedSets, view: View): Plan {
  const plan = planNewSet(deployment, sets, view);
  if (plan.kind === "create") return planOf([plan.request]);
  return planOf(statusUpdate(deployment, { ...deployment.status, collisionCount: (deployment.status?.collisionCount ?? 0) + 1 }));
}

function planClaims(deployment: Deployment, view: View): PlannedRequest[] {
  const matches = compileSelector(deployment.spec?.selector);
  const { uid = "", namespace = "" } = deployment.metadata ?? {};
  const requests: PlannedRequest[] = [];
  for (const set of view.list("replicasets.apps", BY_CONTROLLER, orphansOf(namespace))) {
    if (isAdoptable(set) && matches(set.metadata?.labels)) requests.push(adopt(set, controllerRef(deployment, "apps/v1", "Deployment"), REPLICA_SETS));
  }
  for (const set of view.list("replicasets.apps", BY_CONTROLLER, uid)) {
    if (!isBeingDeleted(set) && !matches(set.metadata?.labels)) requests.push(release(set, uid, REPLICA_SETS));
  }
  return requests;
}

function isAdoptable(set: ReplicaSet): boolean {
  return controllerOf(set) === undefined && !isBeingDeleted(set);
}
