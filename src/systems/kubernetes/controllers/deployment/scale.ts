/** Scaling ReplicaSets, with what is said about it (pkg/controller/deployment/sync.go: scale, scaleReplicaSet). */
import type { Deployment, ReplicaSet } from "../../api/index.ts";
import type { PlannedRequest, Regarding } from "../runtime/index.ts";
import { DESIRED_REPLICAS, MAX_REPLICAS, numberIn, REVISION_HISTORY, sizeAnnotations } from "./annotations.ts";
import { isRolling, maxSurgeOf, replicasOf } from "./limits.ts";
import { byCreation, bySizeNewer, bySizeOlder, type OwnedSets, sizeOf, totalSize } from "./replica-sets.ts";

/** Why a set is scaled, for people. */
export type ScaleReason = "rollout" | "scale" | "rollback";

/** The Deployment as the object of events. */
export function regarding(deployment: Deployment): Regarding {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: deployment.metadata ?? {} };
}

/** The request that gives a set a size, if the size or the books need it. */
export function scaleSet(deployment: Deployment, set: ReplicaSet, size: number, reason: ScaleReason): PlannedRequest[] {
  const from = sizeOf(set);
  const books = sizeAnnotations(deployment);
  const annotations = set.metadata?.annotations ?? {};
  if (from === size && annotations[DESIRED_REPLICAS] === books[DESIRED_REPLICAS] && annotations[MAX_REPLICAS] === books[MAX_REPLICAS]) return [];
  const { namespace = "", name = "" } = set.metadata ?? {};
  const body: ReplicaSet = {
    ...set, apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { ...set.metadata, annotations: { ...annotations, ...books } },
    ...(set.spec === undefined ? {} : { spec: { ...set.spec, replicas: size } }),
  };
  const call = { verb: "update", group: "apps", version: "v1", resource: "replicasets", namespace, name, body } as const;
  return [from === size ? { call } : { call, onSuccess: scaledTell(deployment, name, from, size, reasonFor(set, reason)) }];
}

/** What is told when a set was scaled or made with a size. */
export function scaledTell(deployment: Deployment, set: string, from: number, to: number, reason: ScaleReason): NonNullable<PlannedRequest["onSuccess"]> {
  const { namespace = "", name = "" } = deployment.metadata ?? {};
  const operation = from < to ? "up" : "down";
  return {
    note: { kind: "DeploymentScaledReplicaSet", object: `deployments/${namespace}/${name}`, data: { replicaSet: set, from, to, reason } },
    event: {
      regarding: regarding(deployment), type: "Normal", reason: "ScalingReplicaSet", action: "ScalingReplicaSet",
      message: `Scaled ${operation} replica set ${set} from ${String(from)} to ${String(to)}`,
    },
  };
}

/** A set that had been left and is wanted again is a rollback. */
function reasonFor(set: ReplicaSet, reason: ScaleReason): ScaleReason {
  return reason === "rollout" && set.metadata?.annotations?.[REVISION_HISTORY] !== undefined ? "rollback" : reason;
}

/** True when the Deployment's size changed since its sets were last scaled (isScalingEvent). */
export function isScalingEvent(deployment: Deployment, sets: OwnedSets): boolean {
  const replicas = replicasOf(deployment);
  return sets.all.some((set) => {
    if (sizeOf(set) === 0) return false;
    const desired = numberIn(set, DESIRED_REPLICAS);
    return desired !== undefined && desired !== replicas;
  });
}

/** The requests that bring the sets to a changed size: the one active set, or in proportion in the middle of a rollout. */
export function planScale(deployment: Deployment, sets: OwnedSets): PlannedRequest[] {
  const only = activeOrLatest(sets);
  const replicas = replicasOf(deployment);
  if (only !== undefined) return sizeOf(only) === replicas ? [] : scaleSet(deployment, only, replicas, "scale");
  if (isSaturated(deployment, sets.newSet)) return sets.oldSets.filter(isActive).flatMap((set) => scaleSet(deployment, set, 0, "scale"));
  return isRolling(deployment) ? planProportional(deployment, sets) : [];
}

function isActive(set: ReplicaSet): boolean {
  return sizeOf(set) > 0;
}

function activeOrLatest(sets: OwnedSets): ReplicaSet | undefined {
  const active = sets.all.filter(isActive);
  if (active.length > 1) return undefined;
  return active[0] ?? sets.newSet ?? [...sets.oldSets].sort(byCreation).at(-1);
}

function isSaturated(deployment: Deployment, set: ReplicaSet | undefined): boolean {
  const replicas = replicasOf(deployment);
  return set !== undefined && sizeOf(set) === replicas && numberIn(set, DESIRED_REPLICAS) === replicas && (set.status?.availableReplicas ?? 0) === replicas;
}

function planProportional(deployment: Deployment, sets: OwnedSets): PlannedRequest[] {
  const replicas = replicasOf(deployment);
  const active = sets.all.filter(isActive);
  const toAdd = (replicas > 0 ? replicas + maxSurgeOf(deployment) : 0) - totalSize(active);
  active.sort(toAdd > 0 ? bySizeNewer : bySizeOlder);
  let added = 0;
  const sizes = active.map((set) => {
    const share = toAdd === 0 ? 0 : proportion(deployment, set, toAdd, added);
    added += share;
    return sizeOf(set) + share;
  });
  if (toAdd !== 0) sizes[0] = Math.max(0, (sizes[0] ?? 0) + toAdd - added);
  return active.flatMap((set, index) => scaleSet(deployment, set, sizes[index] ?? 0, "scale"));
}

function proportion(deployment: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  if (sizeOf(set) === 0 || toAdd === added) return 0;
  const share = fraction(deployment, set);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

function fraction(deployment: Deployment, set: ReplicaSet): number {
  const replicas = replicasOf(deployment);
  const size = sizeOf(set);
  if (replicas === 0) return -size;
  const maxBefore = numberIn(set, MAX_REPLICAS) ?? deployment.status?.replicas ?? 0;
  return maxBefore === 0 ? 0 : Math.round((size * (replicas + maxSurgeOf(deployment))) / maxBefore) - size;
}
