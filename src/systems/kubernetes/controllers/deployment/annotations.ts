/** Annotations by which a Deployment keeps its books on its ReplicaSets (pkg/controller/deployment/util/deployment_util.go). */
import type { Deployment, ReplicaSet } from "../../api/index.ts";
import { maxSurgeOf, replicasOf } from "./limits.ts";

/** Revision of a rollout: on the Deployment the current one, on a ReplicaSet its own. */
export const REVISION = "deployment.kubernetes.io/revision";
/** Earlier revisions of a ReplicaSet that was rolled back to, comma separated. */
export const REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
/** The Deployment's replicas when it last scaled the set. */
export const DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
/** The Deployment's replicas with surge when it last scaled the set. */
export const MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";

/** Not copied from the Deployment to its ReplicaSets. */
const NOT_COPIED: ReadonlySet<string> = new Set([
  "kubectl.kubernetes.io/last-applied-configuration", REVISION, REVISION_HISTORY, DESIRED_REPLICAS, MAX_REPLICAS, "deprecated.deployment.rollback.to",
]);
/** Longest revision history that is kept, characters (maxRevHistoryLengthInChars). */
const MAX_HISTORY_LENGTH = 2000;

/** The revision in an object's annotations; 0 when there is none. */
export function revisionOf(object: Deployment | ReplicaSet): number {
  const revision = Number(object.metadata?.annotations?.[REVISION] ?? "0");
  return Number.isSafeInteger(revision) ? revision : 0;
}

/** A number kept in an annotation, or undefined. */
export function numberIn(set: ReplicaSet, annotation: string): number | undefined {
  const text = set.metadata?.annotations?.[annotation];
  return text === undefined || !/^-?[0-9]+$/.test(text) ? undefined : Number(text);
}

/** The annotations a ReplicaSet should have for this revision; the same object when nothing changes. */
export function setAnnotations(deployment: Deployment, present: Readonly<Record<string, string>>, revision: number, exists: boolean): Readonly<Record<string, string>> {
  const changes: Record<string, string> = {};
  const own = deployment.metadata?.annotations ?? {};
  for (const key of Object.keys(own)) if (!NOT_COPIED.has(key) && present[key] !== own[key]) changes[key] = own[key] as string;
  const old = present[REVISION];
  if (old === undefined || Number(old) < revision) {
    changes[REVISION] = String(revision);
    if (old !== undefined && old !== "") changes[REVISION_HISTORY] = longerHistory(present[REVISION_HISTORY] ?? "", old);
  }
  if (!exists) Object.assign(changes, sizeAnnotations(deployment));
  return Object.keys(changes).length === 0 ? present : { ...present, ...changes };
}

/** The annotations written at each scaling. */
export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = replicasOf(deployment);
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + maxSurgeOf(deployment)) };
}

function longerHistory(history: string, revision: string): string {
  const parts = history === "" ? [] : history.split(",");
  let length = history.length;
  while (parts.length > 0 && length + revision.length + 1 > MAX_HISTORY_LENGTH) length -= (parts.shift() as string).length + 1;
  parts.push(revision);
  return parts.join(",");
}
