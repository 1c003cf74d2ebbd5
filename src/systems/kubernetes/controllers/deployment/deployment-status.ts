/** The status of a Deployment (pkg/controller/deployment/sync.go, calculateStatus; progress.go, syncRolloutStatus). */
import { extended } from "../../../../base/plain/index.ts";
import { deepEqual } from "../../../../base/json/index.ts";
import type { Deployment, DeploymentStatus, ReplicaSet } from "../../api/index.ts";
import { type Outcome, type Plan, type PlannedRequest, type Tell, type View } from "../runtime/index.ts";
import { REVISION, revisionOf } from "./annotations.ts";
import { conditionOf, type Conditions, NEW_SET_AVAILABLE, TIMED_OUT, untilTimeout, withCondition, withFailures, withPause, withProgress } from "./conditions.ts";
import { maxUnavailableOf, progressDeadlineOf, replicasOf } from "./limits.ts";
import { type OwnedSets, ownedSets, totalAvailable } from "./replica-sets.ts";

/** The end of each sync: status, conditions and revision are brought up to date. */
export function planStatus(deployment: Deployment, view: View, outcome: Outcome, now: number): Plan {
  const created = outcome.answers.find(({ call }) => call.verb === "create")?.body as ReplicaSet | undefined;
  const sets = ownedSets(deployment, view, created);
  const counts = countsOf(deployment, sets);
  const conditions = conditionsOf(deployment, sets, counts, outcome, created, now);
  const status: DeploymentStatus = conditions.length === 0 ? counts : extended(counts, { conditions });
  const requests = statusUpdate(deployment, status, sets);
  const requeueAfterMs = requests.length === 0 ? untilTimeout(deployment, status, now) : undefined;
  const tell = transitions(deployment, status, sets, created);
  return { steps: requests.length === 0 ? [] : [requests], ...(requeueAfterMs === undefined ? {} : { requeueAfterMs }), ...(tell.length === 0 ? {} : { tell }) };
}

/** The counts, with zeros left out as the API leaves them out. */
function countsOf(deployment: Deployment, sets: OwnedSets): DeploymentStatus {
  let replicas = 0;
  let ready = 0;
  let terminating: number | undefined = 0;
  for (const { status } of sets.all) {
    replicas += status?.replicas ?? 0;
    ready += status?.readyReplicas ?? 0;
    terminating = status?.terminatingReplicas === undefined || terminating === undefined ? undefined : terminating + status.terminatingReplicas;
  }
  const available = totalAvailable(sets.all);
  const { collisionCount } = deployment.status ?? {};
  return {
    observedGeneration: deployment.metadata?.generation ?? 0,
    ...nonZero("replicas", replicas), ...nonZero("updatedReplicas", sets.newSet?.status?.replicas ?? 0), ...nonZero("readyReplicas", ready),
    ...nonZero("availableReplicas", available), ...nonZero("unavailableReplicas", Math.max(0, wanted(sets) - available)),
    ...(terminating === undefined ? {} : { terminatingReplicas: terminating }),
    ...(collisionCount === undefined ? {} : { collisionCount }),
  };
}

/** Wanted sizes of all sets: what is not available of these is unavailable (GetReplicaCountForReplicaSets). */
function wanted(sets: OwnedSets): number {
  let total = 0;
  for (const set of sets.all) total += set.spec?.replicas ?? 0;
  return total;
}

function nonZero<K extends keyof DeploymentStatus>(name: K, value: number): Pick<DeploymentStatus, K> | Record<string, never> {
  return value === 0 ? {} : { [name]: value } as Pick<DeploymentStatus, K>;
}

function conditionsOf(deployment: Deployment, sets: OwnedSets, counts: DeploymentStatus, outcome: Outcome, created: ReplicaSet | undefined, now: number): Conditions {
  let conditions = withPause(deployment, deployment.status?.conditions ?? [], now);
  conditions = withNewSet(deployment, conditions, sets, outcome, created, now);
  conditions = withAvailability(deployment, conditions, counts.availableReplicas ?? 0, now);
  if (deployment.spec?.paused === true || deployment.metadata?.deletionTimestamp !== undefined) return conditions;
  return withFailures(withProgress(deployment, conditions, counts, sets, now), sets);
}

function withNewSet(deployment: Deployment, conditions: Conditions, sets: OwnedSets, outcome: Outcome, created: ReplicaSet | undefined, now: number): Conditions {
  if (progressDeadlineOf(deployment) === undefined) return conditions;
  if (created !== undefined) {
    return withCondition(conditions, "Progressing", "True", "NewReplicaSetCreated", `Created new replica set "${created.metadata?.name ?? ""}"`, now);
  }
  const failure = outcome.failures.find(({ call }) => call.verb === "create");
  if (failure !== undefined && failure.reason !== "AlreadyExists") {
    const name = (failure.call.body as ReplicaSet).metadata?.name ?? "";
    return withCondition(conditions, "Progressing", "False", "ReplicaSetCreateError", `Failed to create new replica set "${name}": ${failure.message}`, now);
  }
  if (sets.newSet === undefined || conditionOf(conditions, "Progressing") !== undefined) return conditions;
  return withCondition(conditions, "Progressing", "True", "FoundNewReplicaSet", `Found new replica set "${sets.newSet.metadata?.name ?? ""}"`, now);
}

function withAvailability(deployment: Deployment, conditions: Conditions, available: number, now: number): Conditions {
  return available >= replicasOf(deployment) - maxUnavailableOf(deployment)
    ? withCondition(conditions, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
    : withCondition(conditions, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now);
}

/**
 * The request that writes a status, if it differs. The revision of the new set is written with it: the status
 * sub-resource of a Deployment takes annotations too, and does not count them as a new generation (SetDeploymentRevision).
 */
export function statusUpdate(deployment: Deployment, status: DeploymentStatus, sets?: OwnedSets): PlannedRequest[] {
  const revision = sets?.newSet === undefined ? 0 : revisionOf(sets.newSet);
  const isNewRevision = revision !== 0 && revision !== revisionOf(deployment);
  if (!isNewRevision && deepEqual(deployment.status ?? {}, status)) return [];
  const { namespace = "", name = "" } = deployment.metadata ?? {};
  const annotations = isNewRevision ? { ...deployment.metadata?.annotations, [REVISION]: String(revision) } : deployment.metadata?.annotations;
  const metadata = { ...deployment.metadata, ...(annotations === undefined ? {} : { annotations }) };
  const body: Deployment = { ...deployment, apiVersion: "apps/v1", kind: "Deployment", metadata, status };
  return [{ call: { verb: "update", group: "apps", version: "v1", resource: "deployments", subresource: "status", namespace, name, body }, accept: [404] }];
}

function transitions(deployment: Deployment, status: DeploymentStatus, sets: OwnedSets, created: ReplicaSet | undefined): Tell[] {
  const before = conditionOf(deployment.status?.conditions ?? [], "Progressing")?.reason;
  const after = conditionOf(status.conditions ?? [], "Progressing")?.reason;
  const { namespace = "", name = "" } = deployment.metadata ?? {};
  const object = `deployments/${namespace}/${name}`;
  const data = { revision: sets.newSet === undefined ? 0 : revisionOf(sets.newSet), replicaSet: sets.newSet?.metadata?.name ?? "" };
  if (created !== undefined) return [{ note: { kind: "RolloutStarted", object, data } }];
  if (before === after) return [];
  if (after === NEW_SET_AVAILABLE) return [{ note: { kind: "RolloutFinished", object, data } }];
  return after === TIMED_OUT ? [{ note: { kind: "RolloutStalled", object, data } }] : [];
}
