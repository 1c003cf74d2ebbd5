/** Pods. Source: kubernetes v1.36 pkg/registry/core/pod/strategy.go and pkg/apis/core/v1/helper/qos/qos.go. */
import { milliValue } from "../../../../base/quantity/index.ts";
import type { Container, PodSpec, Quantity } from "../../api/index.ts";
import type { Parts, Strategy } from "./strategy.ts";

/** Guaranteed, Burstable or BestEffort. */
export function qosClassOf(spec: PodSpec): "Guaranteed" | "Burstable" | "BestEffort" {
  let any = false;
  let guaranteed = true;
  const count = (container: Container): void => {
    const requests = container.resources?.requests;
    const limits = container.resources?.limits;
    for (const name of ["cpu", "memory"] as const) {
      const request = requests?.[name];
      const limit = limits?.[name];
      if (isPositive(request) || isPositive(limit)) any = true;
      if (!isPositive(limit) || (request !== undefined && request !== limit && milliValue(request) !== milliValue(limit))) guaranteed = false;
    }
  };
  for (const container of spec.containers) count(container);
  if (spec.initContainers !== undefined) for (const container of spec.initContainers) count(container);
  if (!any) return "BestEffort";
  return guaranteed ? "Guaranteed" : "Burstable";
}

function isPositive(quantity: Quantity | undefined): boolean {
  return quantity !== undefined && quantity !== "0" && milliValue(quantity) > 0;
}

/** applySchedulingGatedCondition: a gated pod says so from the start. */
const gated = Object.freeze({ type: "PodScheduled", status: "False", reason: "SchedulingGated", message: "Scheduling is blocked due to non-empty scheduling gates" });

/** The pod strategy: a new pod is Pending, with its quality-of-service class. */
export const podStrategy: Strategy = {
  createStatus(object: Parts) {
    const spec = object.spec as unknown as PodSpec;
    const status = { phase: "Pending", qosClass: qosClassOf(spec) };
    return (spec.schedulingGates?.length ?? 0) === 0 ? status : { ...status, conditions: [gated] };
  },
};
