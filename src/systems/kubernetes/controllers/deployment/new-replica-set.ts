/** The ReplicaSet of the wanted template: made if there is none (pkg/controller/deployment/sync.go, getNewReplicaSet). */
import { type Deployment, namespacedKey, type ReplicaSet } from "../../api/index.ts";
import { controllerRef, isControlledBy } from "../ownership/index.ts";
import type { PlannedRequest, View } from "../runtime/index.ts";
import { revisionOf, setAnnotations } from "./annotations.ts";
import { isRolling, maxSurgeOf, replicasOf } from "./limits.ts";
import { type OwnedSets, totalSize } from "./replica-sets.ts";
import { scaledTell } from "./scale.ts";
import { POD_TEMPLATE_HASH, sameTemplate, templateHash } from "./template-hash.ts";

/** Size that the new set may have now (NewRSNewReplicas). */
export function newSetSize(deployment: Deployment, all: readonly ReplicaSet[], present: number): number {
  const replicas = replicasOf(deployment);
  if (!isRolling(deployment)) return replicas;
  const room = replicas + maxSurgeOf(deployment) - totalSize(all);
  return room <= 0 ? present : present + Math.min(room, replicas - present);
}

/** Revision of the wanted template: one more than any other set's. */
export function newRevision(sets: OwnedSets): number {
  let highest = 0;
  for (const set of sets.oldSets) highest = Math.max(highest, revisionOf(set));
  return highest + 1;
}

/** The update that brings the books of an existing new set up to date, if it needs one. */
export function planNewSetUpdate(deployment: Deployment, set: ReplicaSet, revision: number): PlannedRequest[] {
  const present = set.metadata?.annotations ?? {};
  const annotations = setAnnotations(deployment, present, revision, true);
  const minReadySeconds = deployment.spec?.minReadySeconds ?? 0;
  if (annotations === present && (set.spec?.minReadySeconds ?? 0) === minReadySeconds) return [];
  const { namespace = "", name = "" } = set.metadata ?? {};
  const { minReadySeconds: old, ...spec } = set.spec ?? { selector: {} };
  void old;
  const body: ReplicaSet = {
    ...set, apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { ...set.metadata, annotations },
    spec: { ...spec, ...(minReadySeconds === 0 ? {} : { minReadySeconds }) },
  };
  return [{ call: { verb: "update", group: "apps", version: "v1", resource: "replicasets", namespace, name, body } }];
}

/** What is to be done to get a new set. */
export type NewSetPlan =
  | { readonly kind: "create"; readonly request: PlannedRequest }
  /** Its name is taken by a set of another template: the collision count goes up. */
  | { readonly kind: "collision" };

/** Makes the set of the wanted template. */
export function planNewSet(deployment: Deployment, sets: OwnedSets, view: View): NewSetPlan {
  const { namespace = "", name = "", uid } = deployment.metadata ?? {};
  const template = deployment.spec?.template ?? {};
  const hash = templateHash(template, deployment.status?.collisionCount);
  const setName = `${name}-${hash}`;
  const taken = view.get("replicasets.apps", namespacedKey(namespace, setName));
  if (taken !== undefined && !(isControlledBy(taken, deployment) && sameTemplate(taken.spec?.template ?? {}, template))) return { kind: "collision" };
  const size = newSetSize(deployment, sets.oldSets, 0);
  const set = setOfTemplate(deployment, hash, setName, size, newRevision(sets));
  const isFirst = sets.oldSets.length === 0;
  const tell = size > 0 ? scaledTell(deployment, setName, 0, size, isFirst ? "scale" : "rollout") : undefined;
  return {
    kind: "create",
    request: {
      call: { verb: "create", group: "apps", version: "v1", resource: "replicasets", namespace, body: set },
      ...(tell === undefined ? {} : { onSuccess: tell }),
      onFailure: {
        event: {
          regarding: { apiVersion: "apps/v1", kind: "Deployment", metadata: { ...deployment.metadata, ...(uid === undefined ? {} : { uid }) } },
          type: "Warning", reason: "ReplicaSetCreateError", message: `Failed to create new replica set "${setName}": {error}`,
        },
      },
    },
  };
}

function setOfTemplate(deployment: Deployment, hash: string, name: string, replicas: number, revision: number): ReplicaSet {
  const { namespace = "" } = deployment.metadata ?? {};
  const template = deployment.spec?.template ?? {};
  const labels = { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash };
  const selector = deployment.spec?.selector ?? {};
  const minReadySeconds = deployment.spec?.minReadySeconds ?? 0;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name, namespace, labels, annotations: setAnnotations(deployment, {}, revision, false),
      ownerReferences: [controllerRef(deployment, "apps/v1", "Deployment")],
    },
    spec: {
      replicas,
      ...(minReadySeconds === 0 ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}
