/** What a cluster has before anybody asks for anything. Source: kubernetes v1.36 pkg/controlplane (controllers and apiserver post-start hooks). */
import type { KubeObject } from "../../api/index.ts";
import type { ApiServerConfig } from "../config.ts";

/** An object to make if it isn't there, by its path. */
export interface StartObject {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly object: KubeObject;
}

const namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

function namespace(name: string): StartObject {
  const labels = { "kubernetes.io/metadata.name": name };
  return { group: "", version: "v1", resource: "namespaces", object: { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } } };
}

/** pkg/apis/scheduling/v1/helpers.go, systemPriorityClasses. */
function priorityClass(name: string, value: number, description: string): StartObject {
  const object = { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name }, value, description, preemptionPolicy: "PreemptLowerPriority" };
  return { group: "scheduling.k8s.io", version: "v1", resource: "priorityclasses", object };
}

/** pkg/controlplane/controller/kubernetesservice/controller.go and pkg/controlplane/reconcilers. */
function kubernetesService(config: ApiServerConfig): readonly StartObject[] {
  const labels = { component: "apiserver", provider: "kubernetes" };
  const clusterIP = `${config.serviceNetwork ?? "10.96"}.0.1`;
  const address = config.advertiseAddress ?? "192.168.0.2";
  const service = {
    apiVersion: "v1", kind: "Service", metadata: { name: "kubernetes", namespace: "default", labels },
    spec: {
      type: "ClusterIP", clusterIP, clusterIPs: [clusterIP], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack", sessionAffinity: "None", internalTrafficPolicy: "Cluster",
      ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 6443 }],
    },
  };
  const endpoints = {
    apiVersion: "v1", kind: "Endpoints", metadata: { name: "kubernetes", namespace: "default", labels: { "endpointslice.kubernetes.io/skip-mirror": "true" } },
    subsets: [{ addresses: [{ ip: address }], ports: [{ name: "https", port: 6443, protocol: "TCP" }] }],
  };
  const slice = {
    apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
    addressType: "IPv4", endpoints: [{ addresses: [address], conditions: { ready: true } }], ports: [{ name: "https", port: 6443, protocol: "TCP" }],
  };
  return [
    { group: "", version: "v1", resource: "services", object: service },
    { group: "", version: "v1", resource: "endpoints", object: endpoints },
    { group: "discovery.k8s.io", version: "v1", resource: "endpointslices", object: slice },
  ];
}

/** Everything the API server itself makes at its start. */
export function startObjects(config: ApiServerConfig): readonly StartObject[] {
  return [
    ...namespaces.map(namespace),
    priorityClass("system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."),
    priorityClass("system-cluster-critical", 2000000000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
    ...kubernetesService(config),
  ];
}
