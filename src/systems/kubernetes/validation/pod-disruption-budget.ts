/** PodDisruptionBudgets. Source: kubernetes v1.36 pkg/apis/policy/validation/validation.go. */
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from "../api/index.ts";
import { invalid, type FieldErrors } from "./field-errors.ts";
import { SPEC } from "./field-path.ts";
import { oneOf } from "./field-rules.ts";
import { validateAtMost100Percent, validateIntOrPercent } from "./int-or-percent.ts";
import { validateLabelSelector } from "./labels.ts";
import { pathSegmentName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { selectorValue } from "./pod-template.ts";
import { validateCounts } from "./replica-counts.ts";

const COUNTS = ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"];

function validateSpec(spec: PodDisruptionBudgetSpec, errors: FieldErrors): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const shown = {
      MinAvailable: minAvailable, Selector: selector === undefined ? null : selectorValue(selector), MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
    };
    invalid(errors, SPEC, shown, "minAvailable and maxUnavailable cannot be both set");
  }
  for (const field of ["minAvailable", "maxUnavailable"] as const) {
    validateIntOrPercent(spec[field], SPEC, field, errors);
    validateAtMost100Percent(spec[field], SPEC, field, errors);
  }
  oneOf(errors, SPEC, "unhealthyPodEvictionPolicy", unhealthyPodEvictionPolicy, ["AlwaysAllow", "IfHealthyBudget"]);
  validateLabelSelector(selector, SPEC.child("selector"), errors);
}

/** A new PodDisruptionBudget. */
export function validatePodDisruptionBudget(budget: PodDisruptionBudget, errors: FieldErrors): void {
  validateObjectMeta(budget.metadata, true, pathSegmentName, errors);
  validateSpec(budget.spec ?? {}, errors);
}

/** A changed PodDisruptionBudget. */
export function validatePodDisruptionBudgetUpdate(next: PodDisruptionBudget, previous: PodDisruptionBudget, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec ?? {}, errors);
}

/** A PodDisruptionBudget whose status is replaced. */
export function validatePodDisruptionBudgetStatusUpdate(next: PodDisruptionBudget, previous: PodDisruptionBudget, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateCounts(next.status, COUNTS, errors);
}
