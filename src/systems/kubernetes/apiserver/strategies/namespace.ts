/** Namespaces. Source: kubernetes v1.36 pkg/registry/core/namespace/strategy.go and storage/storage.go. */
import type { Parts, Strategy } from "./strategy.ts";

const KUBERNETES = "kubernetes";

function withFinalizer(object: Parts): Parts {
  const finalizers = (object.spec?.["finalizers"] as readonly string[] | undefined) ?? [];
  if (finalizers.includes(KUBERNETES)) return object;
  return { ...object, spec: { ...object.spec, finalizers: [...finalizers, KUBERNETES] } };
}

/** A new namespace is Active and has the finalizer that lets its contents be deleted first; only `finalize` changes that. */
export const namespaceStrategy: Strategy = {
  createStatus: () => ({ phase: "Active" }),
  prepareForCreate: withFinalizer,
  prepareForUpdate: (object, old) => ({ ...object, ...(old.spec === undefined ? {} : { spec: old.spec }) }),
};
