import type { KubeObject, ObjectReference } from "../api/index.ts";

/** A reference to an object as events carry it (client-go tools/reference/ref.go). `kind` and `apiVersion` are for objects from lists, which lack their own. */
export function referenceTo(object: KubeObject, kind = object.kind ?? "", apiVersion = object.apiVersion ?? "v1"): ObjectReference {
  const meta = object.metadata;
  return {
    kind, apiVersion,
    ...(meta?.namespace === undefined ? {} : { namespace: meta.namespace }),
    ...(meta?.name === undefined ? {} : { name: meta.name }),
    ...(meta?.uid === undefined ? {} : { uid: meta.uid }),
    ...(meta?.resourceVersion === undefined ? {} : { resourceVersion: meta.resourceVersion }),
  };
}
