/**
 * DefaultStorageClass and DefaultIngressClass: what names no class gets the default one, if there is one.
 * Source: kubernetes v1.36 plugin/pkg/admission/storage/storageclass/setdefault/admission.go and plugin/pkg/admission/network/defaultingressclass/admission.go.
 */
import type { Ingress, KubeObject, PersistentVolumeClaim, Stored } from "../../api/index.ts";
import { forbidden } from "../answers/status.ts";
import type { Server } from "../state.ts";
import type { AdmissionPlugin } from "./admission.ts";

function defaults(server: Server, storage: string, annotation: string): readonly Stored[] {
  const found: Stored[] = [];
  for (const { object } of server.state.caches.get(storage)?.items.get("")?.values() ?? []) {
    if (object.metadata.annotations?.[annotation] === "true") found.push(object);
  }
  return found;
}

/** The youngest counts, then the first by name. */
function chosen(classes: readonly Stored[]): Stored | undefined {
  return [...classes].sort((a, b) => {
    const [x, y] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
    if (x !== y) return x > y ? -1 : 1;
    return a.metadata.name < b.metadata.name ? -1 : 1;
  })[0];
}

/** Claims. */
export const defaultStorageClass: AdmissionPlugin = {
  name: "DefaultStorageClass",
  resources: ["persistentvolumeclaims"],
  verbs: ["create"],
  admit(server, attributes) {
    const claim = attributes.object as PersistentVolumeClaim;
    const annotated = claim.metadata?.annotations?.["volume.beta.kubernetes.io/storage-class"] !== undefined;
    if (claim.spec?.storageClassName !== undefined || annotated) return { object: claim };
    const found = chosen(defaults(server, "storageclasses.storage.k8s.io", "storageclass.kubernetes.io/is-default-class"));
    if (found === undefined) return { object: claim };
    return { object: { ...claim, spec: { ...claim.spec, storageClassName: found.metadata.name } } as KubeObject };
  },
};

/** Ingresses. */
export const defaultIngressClass: AdmissionPlugin = {
  name: "DefaultIngressClass",
  resources: ["ingresses.networking.k8s.io"],
  verbs: ["create"],
  admit(server, attributes) {
    const ingress = attributes.object as Ingress;
    const annotated = ingress.metadata?.annotations?.["kubernetes.io/ingress.class"] !== undefined;
    if (ingress.spec?.ingressClassName !== undefined || annotated) return { object: ingress };
    const found = defaults(server, "ingressclasses.networking.k8s.io", "ingressclass.kubernetes.io/is-default-class");
    if (found.length > 1) return { refused: forbidden(attributes.info, attributes.name, `${found.length} default IngressClasses were found, only 1 allowed`) };
    const [only] = found;
    return { object: only === undefined ? ingress : ({ ...ingress, spec: { ...ingress.spec, ingressClassName: only.metadata.name } } as KubeObject) };
  },
};
