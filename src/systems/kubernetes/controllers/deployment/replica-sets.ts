/** A Deployment's ReplicaSets: which is new, which are old, and their sums. */
import type { Deployment, ReplicaSet } from "../../api/index.ts";
import { BY_CONTROLLER, type View } from "../runtime/index.ts";
import { revisionOf } from "./annotations.ts";
import { sameTemplate } from "./template-hash.ts";

/** The sets of a Deployment. `all` = old ones and the new one. */
export interface OwnedSets {
  readonly newSet: ReplicaSet | undefined;
  readonly oldSets: readonly ReplicaSet[];
  readonly all: readonly ReplicaSet[];
}

/** Finds the Deployment's sets; the oldest with the wanted template is the new one (FindNewReplicaSet). */
export function ownedSets(deployment: Deployment, view: View, created?: ReplicaSet): OwnedSets {
  const sets = view.list("replicasets.apps", BY_CONTROLLER, deployment.metadata?.uid ?? "");
  if (created !== undefined && !sets.some((set) => set.metadata?.uid === created.metadata?.uid)) sets.push(created);
  const all = sets.sort(byCreation);
  const template = deployment.spec?.template ?? {};
  const newSet = all.find((set) => sameTemplate(set.spec?.template ?? {}, template));
  return { newSet, oldSets: all.filter((set) => set !== newSet), all };
}

/** Wanted size of a set. */
export function sizeOf(set: ReplicaSet): number {
  return set.spec?.replicas ?? 0;
}

/** Sum of the wanted sizes. */
export function totalSize(sets: readonly ReplicaSet[]): number {
  let total = 0;
  for (const set of sets) total += sizeOf(set);
  return total;
}

/** Sum of the available pods. */
export function totalAvailable(sets: readonly ReplicaSet[]): number {
  let total = 0;
  for (const set of sets) total += set.status?.availableReplicas ?? 0;
  return total;
}

/** Older first, then by name (ReplicaSetsByCreationTimestamp). */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  return byText(a.metadata?.creationTimestamp, b.metadata?.creationTimestamp) || byText(a.metadata?.name, b.metadata?.name);
}

/** Bigger first, newer of the same size first (ReplicaSetsBySizeNewer). */
export function bySizeNewer(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || byCreation(b, a);
}

/** Bigger first, older of the same size first (ReplicaSetsBySizeOlder). */
export function bySizeOlder(a: ReplicaSet, b: ReplicaSet): number {
  return sizeOf(b) - sizeOf(a) || byCreation(a, b);
}

/** Lower revision first (ReplicaSetsByRevision). */
export function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  return revisionOf(a) - revisionOf(b) || byCreation(a, b);
}

function byText(a = "", b = ""): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
