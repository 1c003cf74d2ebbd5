/** Conditions of a Deployment (pkg/controller/deployment/progress.go and util/deployment_util.go). */
import { parseRfc3339, rfc3339 } from "../../../../base/time/index.ts";
import type { Deployment, DeploymentCondition, DeploymentStatus } from "../../api/index.ts";
import { progressDeadlineOf, replicasOf } from "./limits.ts";
import type { OwnedSets } from "./replica-sets.ts";

/** Conditions so far. */
export type Conditions = readonly DeploymentCondition[];

/** Reason of a finished rollout. */
export const NEW_SET_AVAILABLE = "NewReplicaSetAvailable";
/** Reason of a stuck rollout. */
export const TIMED_OUT = "ProgressDeadlineExceeded";

/** The condition of a type. */
export function conditionOf(conditions: Conditions, type: string): DeploymentCondition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** Without the condition of a type. */
export function without(conditions: Conditions, type: string): Conditions {
  return conditions.some((condition) => condition.type === type) ? conditions.filter((condition) => condition.type !== type) : conditions;
}

/** With a condition; unchanged when status and reason are the same (SetDeploymentCondition). */
export function withCondition(conditions: Conditions, type: string, status: string, reason: string, message: string, now: number): Conditions {
  const known = conditionOf(conditions, type);
  if (known?.status === status && known.reason === reason) return conditions;
  const at = rfc3339(now);
  const transition = known?.status === status ? (known.lastTransitionTime ?? at) : at;
  return [...without(conditions, type), { type, status, lastUpdateTime: at, lastTransitionTime: transition, reason, message }];
}

/** Conditions while paused and after (checkPausedConditions). A rollout that has timed out stays so. */
export function withPause(deployment: Deployment, conditions: Conditions, now: number): Conditions {
  if (progressDeadlineOf(deployment) === undefined) return conditions;
  const known = conditionOf(conditions, "Progressing");
  if (known?.reason === TIMED_OUT) return conditions;
  const wasPaused = known?.reason === "DeploymentPaused";
  const isPaused = deployment.spec?.paused === true;
  if (isPaused && !wasPaused) return withCondition(conditions, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", now);
  return !isPaused && wasPaused ? withCondition(conditions, "Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed", now) : conditions;
}

/** True when every wanted pod is there, new and available (DeploymentComplete). */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const replicas = replicasOf(deployment);
  return (status.updatedReplicas ?? 0) === replicas && (status.replicas ?? 0) === replicas && (status.availableReplicas ?? 0) === replicas
    && (status.observedGeneration ?? 0) >= (deployment.metadata?.generation ?? 0);
}

function hasProgressed(old: DeploymentStatus, status: DeploymentStatus): boolean {
  const oldPods = (old.replicas ?? 0) - (old.updatedReplicas ?? 0);
  const oldPodsNow = (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (status.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) || oldPodsNow < oldPods
    || (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0) || (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0);
}

function hasTimedOut(deployment: Deployment, progressing: DeploymentCondition | undefined, now: number): boolean {
  const deadline = progressDeadlineOf(deployment);
  if (deadline === undefined || progressing === undefined || progressing.reason === NEW_SET_AVAILABLE) return false;
  if (progressing.reason === TIMED_OUT) return true;
  return parseRfc3339(progressing.lastUpdateTime ?? "") + deadline * 1000 < now;
}

/** The Progressing condition after a sync (syncRolloutStatus). `status` are the new counts. */
export function withProgress(deployment: Deployment, conditions: Conditions, status: DeploymentStatus, sets: OwnedSets, now: number): Conditions {
  if (progressDeadlineOf(deployment) === undefined) return without(conditions, "Progressing");
  const known = conditionOf(conditions, "Progressing");
  if ((status.replicas ?? 0) === (status.updatedReplicas ?? 0) && known?.reason === NEW_SET_AVAILABLE) return conditions;
  const subject = sets.newSet === undefined ? `Deployment "${deployment.metadata?.name ?? ""}"` : `ReplicaSet "${sets.newSet.metadata?.name ?? ""}"`;
  if (isComplete(deployment, status)) {
    return withCondition(conditions, "Progressing", "True", NEW_SET_AVAILABLE, `${subject} has successfully progressed.`, now);
  }
  if (hasProgressed(deployment.status ?? {}, status)) return renewed(conditions, known, `${subject} is progressing.`, now);
  if (hasTimedOut(deployment, known, now)) return withCondition(conditions, "Progressing", "False", TIMED_OUT, `${subject} has timed out progressing.`, now);
  return conditions;
}

/** Progress renews the time of the last update even when status and reason stay. */
function renewed(conditions: Conditions, known: DeploymentCondition | undefined, message: string, now: number): Conditions {
  const at = rfc3339(now);
  const transition = known?.status === "True" ? (known.lastTransitionTime ?? at) : at;
  return [...without(conditions, "Progressing"), { type: "Progressing", status: "True", lastUpdateTime: at, lastTransitionTime: transition, reason: "ReplicaSetUpdated", message }];
}

/** The failure of the new set, else of an old one, is the Deployment's too (getReplicaFailures). */
export function withFailures(conditions: Conditions, sets: OwnedSets): Conditions {
  const failing = [...(sets.newSet === undefined ? [] : [sets.newSet]), ...sets.oldSets];
  for (const set of failing) {
    const failure = set.status?.conditions?.find((condition) => condition.type === "ReplicaFailure");
    if (failure === undefined) continue;
    const known = conditionOf(conditions, "ReplicaFailure");
    if (known?.status === failure.status && known.reason === failure.reason) return conditions;
    const at = failure.lastTransitionTime ?? "";
    const { status, reason = "", message = "" } = failure;
    return [...without(conditions, "ReplicaFailure"), { type: "ReplicaFailure", status, lastUpdateTime: at, lastTransitionTime: at, reason, message }];
  }
  return without(conditions, "ReplicaFailure");
}

/** When to look again at a rollout that makes no progress, ms (requeueStuckDeployment). */
export function untilTimeout(deployment: Deployment, status: DeploymentStatus, now: number): number | undefined {
  const deadline = progressDeadlineOf(deployment);
  const progressing = conditionOf(status.conditions ?? [], "Progressing");
  if (deadline === undefined || progressing === undefined || isComplete(deployment, status) || progressing.reason === TIMED_OUT) return undefined;
  const after = parseRfc3339(progressing.lastUpdateTime ?? "") + deadline * 1000 - now;
  return Math.max(after, 0) + 1000;
}
