/**
 * How the API server treats a kind beyond its schema. Source: pkg/registry/<group>/<resource>/strategy.go of release 1.36.
 */
import type { KindEntry } from "./kind-entry.ts";

/** Facts about one kind. */
export interface KindStrategy {
  /** The status sub-resource exists: writes to the object keep the old status, writes to /status keep everything else. */
  readonly hasStatus: boolean;
  /** A status sent with a create is thrown away. */
  readonly resetsStatusOnCreate: boolean;
  /**
   * Paths whose change raises metadata.generation, which starts at 1; an empty list = always 1, undefined = no generation.
   */
  readonly generationPaths: readonly string[] | undefined;
  /** The scale sub-resource's paths. */
  readonly scale: { readonly specReplicas: string; readonly statusReplicas: string; readonly selector: string } | undefined;
  /** Deletion sets a deletionTimestamp and waits for the kubelet (pods alone). */
  readonly gracefulDeletion: boolean;
  /** A PUT to a name that does not exist creates the object. */
  readonly createOnUpdate: boolean;
  /** A PUT without resourceVersion overwrites; otherwise `metadata.resourceVersion: … must be specified for an update`. */
  readonly unconditionalUpdate: boolean;
}

const spec: readonly string[] = ["spec"];
/** Deployments count changed annotations too (pkg/registry/apps/deployment/strategy.go). */
const specAndAnnotations: readonly string[] = ["spec", "metadata.annotations"];
const webhooks: readonly string[] = ["webhooks"];

const generations: Readonly<Record<string, readonly string[]>> = {
  "v1/Pod": spec, "v1/ReplicationController": spec,
  "apps/v1/Deployment": specAndAnnotations, "apps/v1/ReplicaSet": spec, "apps/v1/DaemonSet": spec, "apps/v1/StatefulSet": spec,
  "batch/v1/Job": spec, "batch/v1/CronJob": spec, "policy/v1/PodDisruptionBudget": spec,
  "networking.k8s.io/v1/Ingress": spec, "networking.k8s.io/v1/IngressClass": spec, "networking.k8s.io/v1/NetworkPolicy": spec,
  "discovery.k8s.io/v1/EndpointSlice": ["endpoints", "ports", "addressType"],
  "flowcontrol.apiserver.k8s.io/v1/FlowSchema": spec, "flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration": spec,
  "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration": webhooks, "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration": webhooks,
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy": spec, "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": spec,
  "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy": spec, "admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding": spec,
  "apiextensions.k8s.io/v1/CustomResourceDefinition": spec,
  "resource.k8s.io/v1/ResourceSlice": spec, "resource.k8s.io/v1/DeviceClass": spec,
  "scheduling.k8s.io/v1/PriorityClass": [],
};

/** Nodes register themselves with their status; the strategy of ServiceCIDRs clears nothing (pkg/registry/core/node and networking/servicecidr strategy.go). */
const keepsStatus: ReadonlySet<string> = new Set(["v1/Node", "networking.k8s.io/v1/ServiceCIDR"]);

const createdByUpdate: ReadonlySet<string> = new Set([
  "v1/Endpoints", "v1/Event", "v1/LimitRange", "v1/Service", "coordination.k8s.io/v1/Lease", "events.k8s.io/v1/Event", "scheduling.k8s.io/v1/PriorityClass",
  "rbac.authorization.k8s.io/v1/Role", "rbac.authorization.k8s.io/v1/RoleBinding", "rbac.authorization.k8s.io/v1/ClusterRole", "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
]);

const neverUnconditional: ReadonlySet<string> = new Set([
  "apiextensions.k8s.io/v1/CustomResourceDefinition", "apiregistration.k8s.io/v1/APIService", "coordination.k8s.io/v1/Lease",
  "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration",
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy", "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy", "admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding",
  "node.k8s.io/v1/RuntimeClass", "storage.k8s.io/v1/CSIDriver", "storage.k8s.io/v1/CSINode", "storage.k8s.io/v1/VolumeAttachment",
]);

const replicas = { specReplicas: "spec.replicas", statusReplicas: "status.replicas", selector: "spec.selector" };

/** Facts made so far, by the entry they belong to. Pure derived data. */
const strategies = new WeakMap<KindEntry, KindStrategy>();

/** How the API server treats the kind. */
export function strategyOf(entry: KindEntry): KindStrategy {
  let strategy = strategies.get(entry);
  if (strategy === undefined) {
    strategy = madeStrategy(entry);
    strategies.set(entry, strategy);
  }
  return strategy;
}

function madeStrategy(entry: KindEntry): KindStrategy {
  const key = `${entry.apiVersion}/${entry.kind}`;
  const names = new Set(entry.info?.subresources.map((sub) => sub.name));
  const hasStatus = names.has("status");
  return {
    hasStatus,
    resetsStatusOnCreate: hasStatus && !keepsStatus.has(key),
    generationPaths: entry.custom ? spec : generations[key],
    scale: names.has("scale") && !entry.custom ? replicas : undefined,
    gracefulDeletion: key === "v1/Pod",
    createOnUpdate: createdByUpdate.has(key),
    unconditionalUpdate: !entry.custom && !neverUnconditional.has(key),
  };
}
