/** Controllers and what they own: references, adoption and release (pkg/controller/controller_ref_manager.go). */
import { controllerOf, type KubeObject, type OwnerReference } from "../../api/index.ts";
import type { PlannedRequest } from "../runtime/index.ts";

/** Which resource an adopted or released object is. */
export interface OwnedResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** The reference a controller puts on what it makes. */
export function controllerRef(owner: KubeObject, apiVersion: string, kind: string): OwnerReference {
  return { apiVersion, kind, name: owner.metadata?.name ?? "", uid: owner.metadata?.uid ?? "", controller: true, blockOwnerDeletion: true };
}

/** True when the object has this controller. */
export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata?.uid;
}

/** Makes an orphan the owner's. Refused when the orphan has changed meanwhile (uid and version are in the patch). */
export function adopt(object: KubeObject, reference: OwnerReference, resource: OwnedResource, labels?: Readonly<Record<string, string>>): PlannedRequest {
  const ownerReferences = [...(object.metadata?.ownerReferences ?? []), reference];
  return patchMetadata(object, resource, { ownerReferences, ...(labels === undefined ? {} : { labels }) });
}

/** Lets go of an object that the selector no longer matches. */
export function release(object: KubeObject, ownerUid: string, resource: OwnedResource): PlannedRequest {
  const left = (object.metadata?.ownerReferences ?? []).filter((reference) => reference.uid !== ownerUid);
  return { ...patchMetadata(object, resource, { ownerReferences: left.length === 0 ? null : left }), accept: [404, 422] };
}

function patchMetadata(object: KubeObject, resource: OwnedResource, metadata: Readonly<Record<string, unknown>>): PlannedRequest {
  const { namespace, name, uid, resourceVersion } = object.metadata ?? {};
  return {
    call: {
      ...resource, verb: "patch", name: name ?? "", ...(namespace === undefined ? {} : { namespace }),
      body: { metadata: { ...metadata, uid, resourceVersion } }, options: { patchType: "application/merge-patch+json" },
    },
  };
}
