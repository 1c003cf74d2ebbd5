/** StorageObjectInUseProtection: volumes and claims wait for their users before they go. Source: kubernetes v1.36 plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go. */
import { withMeta } from "../resources/object-meta.ts";
import type { AdmissionPlugin } from "./admission.ts";

/** See the module's comment. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: "StorageObjectInUseProtection",
  resources: ["persistentvolumes", "persistentvolumeclaims"],
  verbs: ["create"],
  admit(_server, { object = {}, storage }) {
    const finalizer = storage === "persistentvolumes" ? "kubernetes.io/pv-protection" : "kubernetes.io/pvc-protection";
    const present = object.metadata?.finalizers ?? [];
    return { object: present.includes(finalizer) ? object : withMeta(object, { finalizers: [...present, finalizer] }) };
  },
};
