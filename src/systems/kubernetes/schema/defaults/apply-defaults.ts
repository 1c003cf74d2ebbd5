/** Which defaulter belongs to which kind. Kinds that are not listed have no defaults in v1.36. */
import type { KubeObject } from "../../api/index.ts";
import { applyCustomDefaults } from "../custom/defaults.ts";
import type { KindEntry } from "../kind-entry.ts";
import * as access from "./access.ts";
import * as admission from "./admission.ts";
import * as apps from "./apps.ts";
import * as autoscaling from "./autoscaling.ts";
import * as batch from "./batch.ts";
import * as core from "./core.ts";
import * as rest from "./network-and-storage.ts";
import { pod } from "./pod.ts";
import { service } from "./service.ts";
import { persistentVolume, persistentVolumeClaim } from "./volume.ts";

/** What defaults can depend on beside the object. */
export interface DefaultsContext {
  /** The time of the request, RFC 3339; device taints are stamped with it. */
  readonly now?: string;
}

type Defaulter = (object: KubeObject, context: DefaultsContext) => KubeObject;

/** Decoded objects have their kind's shape: the table is where that is known by name only. */
function of<T extends KubeObject>(filler: (object: T, now: string | undefined) => T): Defaulter {
  return (object, context) => filler(object as T, context.now);
}

const defaulters: ReadonlyMap<string, Defaulter> = new Map([
  ["v1/Pod", of(pod)],
  ["v1/Service", of(service)],
  ["v1/Namespace", of(core.namespace)],
  ["v1/Node", of(core.node)],
  ["v1/Secret", of(core.secret)],
  ["v1/Endpoints", of(core.endpoints)],
  ["v1/LimitRange", of(core.limitRange)],
  ["v1/ResourceQuota", of(core.resourceQuota)],
  ["v1/PodTemplate", of(core.storedPodTemplate)],
  ["v1/ReplicationController", of(core.replicationController)],
  ["v1/PersistentVolume", of(persistentVolume)],
  ["v1/PersistentVolumeClaim", of(persistentVolumeClaim)],
  ["apps/v1/Deployment", of(apps.deployment)],
  ["apps/v1/ReplicaSet", of(apps.replicaSet)],
  ["apps/v1/DaemonSet", of(apps.daemonSet)],
  ["apps/v1/StatefulSet", of(apps.statefulSet)],
  ["batch/v1/Job", of(batch.job)],
  ["batch/v1/CronJob", of(batch.cronJob)],
  ["autoscaling/v1/HorizontalPodAutoscaler", of(autoscaling.autoscalerV1)],
  ["autoscaling/v2/HorizontalPodAutoscaler", of(autoscaling.autoscaler)],
  ["networking.k8s.io/v1/NetworkPolicy", of(rest.networkPolicy)],
  ["networking.k8s.io/v1/Ingress", of(rest.ingress)],
  ["networking.k8s.io/v1/IngressClass", of(rest.ingressClass)],
  ["discovery.k8s.io/v1/EndpointSlice", of(rest.endpointSlice)],
  ["storage.k8s.io/v1/StorageClass", of(rest.storageClass)],
  ["storage.k8s.io/v1/CSIDriver", of(rest.csiDriver)],
  ["scheduling.k8s.io/v1/PriorityClass", of(rest.priorityClass)],
  ["resource.k8s.io/v1/ResourceClaim", of(rest.resourceClaim)],
  ["resource.k8s.io/v1/ResourceClaimTemplate", of(rest.resourceClaimTemplate)],
  ["resource.k8s.io/v1/ResourceSlice", of(rest.resourceSlice)],
  ["rbac.authorization.k8s.io/v1/RoleBinding", of(access.roleBinding)],
  ["rbac.authorization.k8s.io/v1/ClusterRoleBinding", of(access.roleBinding)],
  ["authentication.k8s.io/v1/TokenRequest", of(access.tokenRequest)],
  ["flowcontrol.apiserver.k8s.io/v1/FlowSchema", of(access.flowSchema)],
  ["flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration", of(access.priorityLevel)],
  ["admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration", of(admission.validatingWebhooks)],
  ["admissionregistration.k8s.io/v1/MutatingWebhookConfiguration", of(admission.mutatingWebhooks)],
  ["admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy", of(admission.validatingPolicy)],
  ["admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding", of(admission.validatingPolicyBinding)],
  ["admissionregistration.k8s.io/v1/MutatingAdmissionPolicy", of(admission.mutatingPolicy)],
  ["admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding", of(admission.mutatingPolicyBinding)],
  ["apiextensions.k8s.io/v1/CustomResourceDefinition", of(admission.customResourceDefinition)],
  ["apiregistration.k8s.io/v1/APIService", of(admission.apiService)],
]);

const noContext: DefaultsContext = {};

/**
 * The decoded object with all defaults of its kind; the same object when nothing is missing.
 * What the server allocates or admission adds (addresses, ports, service accounts, tolerations) is not its business.
 */
export function applyDefaults(object: KubeObject, entry: KindEntry, context: DefaultsContext = noContext): KubeObject {
  if (entry.custom) return applyCustomDefaults(object, entry.schema);
  const defaulter = defaulters.get(`${entry.apiVersion}/${entry.kind}`);
  return defaulter === undefined ? object : defaulter(object, context);
}

/** True when the kind has defaults of its own in v1.36. */
export function hasDefaults(apiVersion: string, kind: string): boolean {
  return defaulters.has(`${apiVersion}/${kind}`);
}
