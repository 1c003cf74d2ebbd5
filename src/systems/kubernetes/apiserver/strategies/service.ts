/**
 * Services. A change of type takes along what the old type had of its own, unless the writer has set it anew.
 * Source: kubernetes v1.36 pkg/registry/core/service/strategy.go, patchAllocatedValues and dropTypeDependentFields.
 */
import { deepEqual, type JsonValue } from "../../../../base/json/index.ts";
import type { ServiceSpec } from "../../api/index.ts";
import type { Parts, Strategy } from "./strategy.ts";

type Need = (spec: ServiceSpec) => boolean;

const isBalanced: Need = (spec) => spec.type === "LoadBalancer";
const isReachable: Need = (spec) => spec.type === "LoadBalancer" || spec.type === "NodePort" || (spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0);
const needsHealthPort: Need = (spec) => isBalanced(spec) && spec.externalTrafficPolicy === "Local";
const hasClusterAddress: Need = (spec) => spec.type !== "ExternalName";

/** Fields of some types only, and which Services have them. */
const DEPENDENT: readonly (readonly [keyof ServiceSpec, Need])[] = [
  ["healthCheckNodePort", needsHealthPort], ["allocateLoadBalancerNodePorts", isBalanced], ["loadBalancerClass", isBalanced],
  ["externalTrafficPolicy", isReachable], ["internalTrafficPolicy", hasClusterAddress],
];

/** A new object without what its type no longer has, and with the health port it was given before. */
function prepare(object: Parts, old: Parts): Parts {
  const after = object.spec as ServiceSpec | undefined;
  const before = old.spec as ServiceSpec | undefined;
  if (after === undefined || before === undefined || after === before) return object;
  const dropped = DEPENDENT.filter(([field, needs]) => after[field] !== undefined && needs(before) && !needs(after) && deepEqual(after[field] as JsonValue, before[field] as JsonValue));
  const kept = needsHealthPort(before) && needsHealthPort(after) && (after.healthCheckNodePort ?? 0) === 0 ? before.healthCheckNodePort : undefined;
  if (dropped.length === 0 && kept === undefined) return object;
  const spec: Record<string, unknown> = { ...object.spec };
  for (const [field] of dropped) delete spec[field];
  if (kept !== undefined) spec["healthCheckNodePort"] = kept;
  return { ...object, spec };
}

/** The Service strategy. */
export const serviceStrategy: Strategy = {
  createStatus: () => ({ loadBalancer: {} }),
  prepareForUpdate: prepare,
};
