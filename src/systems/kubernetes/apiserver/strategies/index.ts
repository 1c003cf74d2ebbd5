import { jobStrategy } from "./job.ts";
import { namespaceStrategy } from "./namespace.ts";
import { podStrategy } from "./pod.ts";
import { serviceStrategy } from "./service.ts";
import type { Strategy } from "./strategy.ts";

const zeroReplicas = (): Readonly<Record<string, unknown>> => ({ replicas: 0 });
const loadBalancer = (): Readonly<Record<string, unknown>> => ({ loadBalancer: {} });

/** Strategies by storage name. The counters that Go writes even when they are 0 stand in a new object's status. */
const strategies: ReadonlyMap<string, Strategy> = new Map<string, Strategy>([
  ["pods", podStrategy],
  ["namespaces", namespaceStrategy],
  ["services", serviceStrategy],
  ["persistentvolumes", { createStatus: () => ({ phase: "Pending" }) }],
  ["persistentvolumeclaims", { createStatus: () => ({ phase: "Pending" }) }],
  ["replicationcontrollers", { propagation: "Orphan", createStatus: zeroReplicas }],
  ["deployments.apps", { statusKeepsLabels: true }],
  ["replicasets.apps", { createStatus: zeroReplicas }],
  ["statefulsets.apps", { createStatus: () => ({ availableReplicas: 0, replicas: 0 }) }],
  ["daemonsets.apps", { createStatus: () => ({ currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 }) }],
  ["jobs.batch", jobStrategy],
  ["poddisruptionbudgets.policy", { createStatus: () => ({ currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 }) }],
  ["horizontalpodautoscalers.autoscaling", { createStatus: () => ({ currentMetrics: null, desiredReplicas: 0 }) }],
  ["ingresses.networking.k8s.io", { createStatus: loadBalancer }],
  ["customresourcedefinitions.apiextensions.k8s.io", { createStatus: () => ({ acceptedNames: { kind: "", plural: "" }, conditions: null, storedVersions: [] }) }],
]);

const ordinary: Strategy = {};

/** The strategy of a storage name. */
export function strategyOf(storage: string): Strategy {
  return strategies.get(storage) ?? ordinary;
}
export { partialChange } from "./partial.ts";
export type { Parts, Strategy } from "./strategy.ts";
