/** Resources of a whole pod against those of its containers. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validatePodResources. */
import { compareQuantityTexts, sumQuantities } from "../../../base/quantity/index.ts";
import type { Container, PodSpec, Quantity } from "../api/index.ts";
import { forbidden, invalid, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { quantityText, validatePodResourceName, validateResourceRequirements } from "./resources.ts";

function larger(a: Quantity, b: Quantity): Quantity {
  return compareQuantityTexts(a, b) < 0 ? b : a;
}

function requestOf(container: Container, name: string): Quantity {
  return container.resources?.requests?.[name] ?? 0;
}

/** What the containers ask for together: all regular and restartable ones, or the largest init step if that is more. */
function aggregateRequest(spec: PodSpec, name: string): Quantity {
  const inits = spec.initContainers ?? [];
  let sidecars: Quantity = "0";
  let peak: Quantity = "0";
  for (const container of inits) {
    const step = sumQuantities([sidecars, requestOf(container, name)]);
    if (container.restartPolicy === "Always") sidecars = step;
    peak = larger(peak, step);
  }
  return larger(sumQuantities([...(spec.containers ?? []).map((container) => requestOf(container, name)), sidecars]), peak);
}

function requestedNames(spec: PodSpec): ReadonlySet<string> {
  const names = new Set<string>();
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) for (const name in container.resources?.requests) names.add(name);
  return names;
}

function validateAggregate(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  for (const name of requestedNames(spec)) {
    const whole = spec.resources?.requests?.[name] ?? "0";
    const parts = aggregateRequest(spec, name);
    if (compareQuantityTexts(parts, whole) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container requests of ${quantityText(parts)}`;
    invalid(errors, path.child("requests").key(name), quantityText(whole), detail);
  }
}

function validateLimits(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  spec.containers?.forEach((container, index) => {
    const limits = container.resources?.limits;
    for (const name in limits) {
      const limit = limits[name] ?? 0;
      const whole = spec.resources?.limits?.[name];
      if (whole === undefined || compareQuantityTexts(limit, whole) <= 0) continue;
      const at = path.child("containers").index(index).key(name).child("limits");
      invalid(errors, at, quantityText(limit), `must be less than or equal to pod limits of ${quantityText(whole)}`);
    }
  });
}

/** spec.resources of a pod. */
export function validatePodResources(spec: PodSpec, claimNames: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): void {
  if (spec.resources === undefined) return;
  if (spec.resources.claims !== undefined) forbidden(errors, path.child("claims"), "claims cannot be set for Resources at pod-level");
  validateResourceRequirements(spec.resources, validatePodResourceName, claimNames, path, errors);
  validateAggregate(spec, path, errors);
  validateLimits(spec, path, errors);
}
