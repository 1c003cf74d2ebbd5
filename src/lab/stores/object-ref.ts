import type { EntityView, ObjectRef } from "../../protocol/index.ts";

/** A reference as one text, for maps. */
export function refKey(ref: ObjectRef): string {
  return `${ref.kind}/${ref.namespace}/${ref.name}`;
}

const APPS = new Set(["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ControllerRevision"]);

/** API version of the built-in kinds that own pods or are shown on the stage. */
export function apiVersionOfKind(kind: string): string {
  if (APPS.has(kind)) return "apps/v1";
  if (kind === "Job" || kind === "CronJob") return "batch/v1";
  if (kind === "EndpointSlice") return "discovery.k8s.io/v1";
  if (kind === "Lease") return "coordination.k8s.io/v1";
  if (kind === "HorizontalPodAutoscaler") return "autoscaling/v2";
  if (kind === "PodDisruptionBudget") return "policy/v1";
  if (kind === "Ingress" || kind === "NetworkPolicy") return "networking.k8s.io/v1";
  return "v1";
}

/** The API object behind a thing; null for components and clients, which aren't API objects. */
export function refOfEntity(entity: EntityView): ObjectRef | null {
  switch (entity.type) {
    case "pod": return { apiVersion: "v1", kind: "Pod", namespace: entity.namespace, name: entity.name };
    case "node": return { apiVersion: "v1", kind: "Node", namespace: "", name: entity.name };
    case "workload": return { apiVersion: apiVersionOfKind(entity.kind), kind: entity.kind, namespace: entity.namespace, name: entity.name };
    case "service": return { apiVersion: "v1", kind: "Service", namespace: entity.namespace, name: entity.name };
    case "object": return { apiVersion: entity.apiVersion, kind: entity.kind, namespace: entity.namespace, name: entity.name };
    case "component":
    case "client": return null;
  }
}

const KIND_OF_RESOURCE: Readonly<Record<string, string>> = {
  pods: "Pod", nodes: "Node", services: "Service", endpoints: "Endpoints", configmaps: "ConfigMap", secrets: "Secret",
  namespaces: "Namespace", serviceaccounts: "ServiceAccount", events: "Event", replicationcontrollers: "ReplicationController",
  deployments: "Deployment", replicasets: "ReplicaSet", statefulsets: "StatefulSet", daemonsets: "DaemonSet",
  jobs: "Job", cronjobs: "CronJob", endpointslices: "EndpointSlice", leases: "Lease", ingresses: "Ingress",
  poddisruptionbudgets: "PodDisruptionBudget", horizontalpodautoscalers: "HorizontalPodAutoscaler",
  persistentvolumes: "PersistentVolume", persistentvolumeclaims: "PersistentVolumeClaim", networkpolicies: "NetworkPolicy",
};

/** Reads "pods/default/web-1" or "nodes/node-1" as notes carry it; null when it names no API object. */
export function refOfNote(object: string): ObjectRef | null {
  const [resource = "", ...rest] = object.split("/");
  const kind = KIND_OF_RESOURCE[resource.split(".")[0] ?? ""];
  const name = rest.at(-1) ?? "";
  if (kind === undefined || name === "") return null;
  return { apiVersion: apiVersionOfKind(kind), kind, namespace: rest.length > 1 ? rest[0] ?? "" : "", name };
}

const SYSTEM = /^kube-/;

/** Namespaces that belong to the cluster itself. */
export function isSystemNamespace(namespace: string): boolean {
  return SYSTEM.test(namespace);
}
