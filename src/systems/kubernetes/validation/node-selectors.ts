/** Node selectors: node affinity, and where a volume can be reached. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go. */
import { dns1123SubdomainErrors, labelValueErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from "../api/index.ts";
import { forbidden, invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, complainAt } from "./field-rules.ts";

function validateValueCount(requirement: NodeSelectorRequirement, path: FieldPath, errors: FieldErrors): void {
  const count = requirement.values?.length ?? 0;
  switch (requirement.operator) {
    case "In":
    case "NotIn":
      if (count === 0) required(errors, path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
      break;
    case "Exists":
    case "DoesNotExist":
      if (count > 0) forbidden(errors, path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      break;
    case "Gt":
    case "Lt":
      if (count !== 1) required(errors, path.child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
      break;
    default:
      invalid(errors, path.child("operator"), requirement.operator ?? "", "not a valid selector operator");
  }
}

function validateExpression(requirement: NodeSelectorRequirement, checkValues: boolean, path: FieldPath, errors: FieldErrors): void {
  validateValueCount(requirement, path, errors);
  complain(errors, path, "key", requirement.key ?? "", qualifiedNameErrors(requirement.key ?? ""));
  if (!checkValues) return;
  requirement.values?.forEach((value, index) => complainAt(errors, path.child("values").index(index), value, labelValueErrors(value)));
}

function validateField(requirement: NodeSelectorRequirement, path: FieldPath, errors: FieldErrors): void {
  if (requirement.operator !== "In" && requirement.operator !== "NotIn") {
    invalid(errors, path.child("operator"), requirement.operator ?? "", "not a valid selector operator");
  } else if (requirement.values?.length !== 1) {
    required(errors, path.child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
  }
  if (requirement.key !== "metadata.name") {
    invalid(errors, path.child("key"), requirement.key ?? "", "not a valid field selector key");
    return;
  }
  requirement.values?.forEach((value, index) => complainAt(errors, path.child("values").index(index), value, dns1123SubdomainErrors(value)));
}

/** One term; the values of preferred terms are not checked. */
export function validateNodeSelectorTerm(term: NodeSelectorTerm, checkValues: boolean, path: FieldPath, errors: FieldErrors): void {
  term.matchExpressions?.forEach((requirement, index) => validateExpression(requirement, checkValues, path.child("matchExpressions").index(index), errors));
  term.matchFields?.forEach((requirement, index) => validateField(requirement, path.child("matchFields").index(index), errors));
}

/** A node selector: at least one term. */
export function validateNodeSelector(selector: NodeSelector, path: FieldPath, errors: FieldErrors): void {
  const terms = selector.nodeSelectorTerms ?? [];
  const at = path.child("nodeSelectorTerms");
  if (terms.length === 0) required(errors, at, "must have at least one node selector term");
  terms.forEach((term, index) => validateNodeSelectorTerm(term, true, at.index(index), errors));
}
