import type { Strategy } from "./strategy.ts";
import { podStrategy } from "./pod.ts";
import { namespaceStrategy } from "./namespace.ts";

const zeroReplicas = (): Readonly<Record<string, unknown>> => ({ replicas: 0 });

/** Strategies by storage name. */
const strategies: Readonly<Record<string, Strategy>> = {
  pods: podStrategy,
  namespaces: namespaceStrategy,
  nodes: { createStatus: "keep" },
  services: { createOnUpdate: true, createStatus: () => ({ loadBalancer: {} }) },
  endpoints: { createOnUpdate: true },
  events: { createOnUpdate: true },
  limitranges: { createOnUpdate: true },
  "leases.coordination.k8s.io": { createOnUpdate: true },
  "runtimeclasses.node.k8s.io": {},
  podtemplates: { generation: true, createOnUpdate: true },
  persistentvolumes: { createStatus: () => ({ phase: "Pending" }) },
  persistentvolumeclaims: { createStatus: () => ({ phase: "Pending" }) },
  replicationcontrollers: { generation: true, propagation: "Orphan", createStatus: zeroReplicas },
  "deployments.apps": { generation: true, statusKeepsLabels: true },
  "replicasets.apps": { generation: true, createStatus: zeroReplicas },
  "statefulsets.apps": { generation: true, createStatus: () => ({ availableReplicas: 0, replicas: 0 }) },
  "daemonsets.apps": {
    generation: true,
    createStatus: () => ({ currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 }),
  },
  "jobs.batch": { generation: true, propagation: "Orphan" },
  "cronjobs.batch": { generation: true },
  "poddisruptionbudgets.policy": {
    generation: true, needsResourceVersion: false,
    createStatus: () => ({ currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 }),
  },
  "horizontalpodautoscalers.autoscaling": { createStatus: () => ({ currentMetrics: null, desiredReplicas: 0 }) },
  "ingresses.networking.k8s.io": { generation: true, createStatus: () => ({ loadBalancer: {} }) },
  "ingressclasses.networking.k8s.io": { generation: true },
  "networkpolicies.networking.k8s.io": { generation: true },
  "endpointslices.discovery.k8s.io": { generation: true, generationFields: ["endpoints", "ports", "addressType"] },
  "priorityclasses.scheduling.k8s.io": { generation: true },
  "flowschemas.flowcontrol.apiserver.k8s.io": { generation: true, createStatus: "keep" },
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": { generation: true, createStatus: "keep" },
  "mutatingwebhookconfigurations.admissionregistration.k8s.io": { generation: true, generationFields: ["webhooks"] },
  "validatingwebhookconfigurations.admissionregistration.k8s.io": { generation: true, generationFields: ["webhooks"] },
  "validatingadmissionpolicies.admissionregistration.k8s.io": { generation: true },
  "validatingadmissionpolicybindings.admissionregistration.k8s.io": { generation: true },
  "mutatingadmissionpolicies.admissionregistration.k8s.io": { generation: true },
  "mutatingadmissionpolicybindings.admissionregistration.k8s.io": { generation: true },
  "customresourcedefinitions.apiextensions.k8s.io": { generation: true, needsResourceVersion: true, createStatus: () => ({ acceptedNames: { kind: "", plural: "" }, conditions: null, storedVersions: [] }) },
  "apiservices.apiregistration.k8s.io": { needsResourceVersion: true },
  "csidrivers.storage.k8s.io": { generation: true },
  "deviceclasses.resource.k8s.io": { generation: true },
  "resourceslices.resource.k8s.io": { generation: true, createOnUpdate: true },
};

const ordinary: Strategy = {};
/** Custom resources count generations and must be updated with a resourceVersion (apiextensions-apiserver customresource/strategy.go). */
const customResource: Strategy = { generation: true, needsResourceVersion: true };

/** The strategy of a storage name. */
export function strategyOf(storage: string, custom: boolean): Strategy {
  return custom ? customResource : (strategies[storage] ?? ordinary);
}
export type { Parts, Strategy } from "./strategy.ts";
