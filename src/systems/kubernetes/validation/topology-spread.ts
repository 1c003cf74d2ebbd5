/** Topology spread constraints. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validateTopologySpreadConstraints. */
import { qualifiedNameErrors } from "../../../base/names/index.ts";
import type { TopologySpreadConstraint } from "../api/index.ts";
import { duplicate, forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complainAt, isEmpty, NOT_POSITIVE, oneOf } from "./field-rules.ts";
import { validateLabelSelector } from "./labels.ts";

const ACTIONS: readonly string[] = ["DoNotSchedule", "ScheduleAnyway"];
const POLICIES: readonly string[] = ["Honor", "Ignore"];

function validateMinDomains(constraint: TopologySpreadConstraint, path: FieldPath, errors: FieldErrors): void {
  const { minDomains, whenUnsatisfiable } = constraint;
  if (minDomains === undefined) return;
  if (minDomains <= 0) invalid(errors, path, minDomains, NOT_POSITIVE);
  if (whenUnsatisfiable !== "DoNotSchedule") {
    invalid(errors, path, minDomains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`);
  }
}

function validateMatchLabelKeys(constraint: TopologySpreadConstraint, path: FieldPath, errors: FieldErrors): void {
  const keys = constraint.matchLabelKeys ?? [];
  if (keys.length === 0) return;
  const selector = constraint.labelSelector;
  if (selector === undefined) forbidden(errors, path, "must not be specified when labelSelector is not set");
  const selected = new Set([...Object.keys(selector?.matchLabels ?? {}), ...(selector?.matchExpressions ?? []).map(({ key }) => key)]);
  keys.forEach((key, index) => {
    complainAt(errors, path.index(index), key, qualifiedNameErrors(key));
    if (selected.has(key)) invalid(errors, path.index(index), key, "exists in both matchLabelKeys and labelSelector");
  });
}

function validateConstraint(constraint: TopologySpreadConstraint, later: readonly TopologySpreadConstraint[], path: FieldPath, errors: FieldErrors): void {
  const { maxSkew, topologyKey, whenUnsatisfiable } = constraint;
  if ((maxSkew ?? 0) <= 0) invalid(errors, path.child("maxSkew"), maxSkew ?? 0, NOT_POSITIVE);
  if (isEmpty(topologyKey)) required(errors, path.child("topologyKey"), "can not be empty");
  if (!ACTIONS.includes(whenUnsatisfiable)) notSupported(errors, path.child("whenUnsatisfiable"), whenUnsatisfiable ?? "", ACTIONS);
  if (later.some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable)) {
    duplicate(errors, path.child("{topologyKey, whenUnsatisfiable}"), `{${topologyKey}, ${whenUnsatisfiable}}`);
  }
  validateMinDomains(constraint, path.child("minDomains"), errors);
  oneOf(errors, path, "nodeAffinityPolicy", constraint.nodeAffinityPolicy, POLICIES);
  oneOf(errors, path, "nodeTaintsPolicy", constraint.nodeTaintsPolicy, POLICIES);
  validateMatchLabelKeys(constraint, path.child("matchLabelKeys"), errors);
  validateLabelSelector(constraint.labelSelector, path.child("labelSelector"), errors);
}

/** A pod's spread constraints. */
export function validateTopologySpread(constraints: readonly TopologySpreadConstraint[] | undefined, path: FieldPath, errors: FieldErrors): void {
  constraints?.forEach((constraint, index) => validateConstraint(constraint, constraints.slice(index + 1), path.index(index), errors));
}
