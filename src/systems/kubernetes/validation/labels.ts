/** Labels, annotations and label selectors. Source: apimachinery v1.36 pkg/apis/meta/v1/validation/validation.go. */
import { byteLength, labelValueErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { LabelSelector, LabelSelectorRequirement } from "../api/index.ts";
import { forbidden, invalid, required, tooLong, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, complainAt } from "./field-rules.ts";

type TextMap = Readonly<Record<string, string>> | undefined;

const ANNOTATIONS_LIMIT = 256 * 1024;

/** A map of labels: keys are qualified names, values label values. The path is the map's, as upstream has it. */
export function validateLabels(labels: TextMap, parent: FieldPath, name: string, errors: FieldErrors): void {
  for (const key in labels) {
    complain(errors, parent, name, key, qualifiedNameErrors(key));
    const value = labels[key] ?? "";
    complain(errors, parent, name, value, labelValueErrors(value));
  }
}

/** A map of annotations: keys are qualified names whatever their case; 256 KiB in all. */
export function validateAnnotations(annotations: TextMap, parent: FieldPath, name: string, errors: FieldErrors): void {
  let total = 0;
  for (const key in annotations) {
    complain(errors, parent, name, key, qualifiedNameErrors(key.toLowerCase()));
    total += byteLength(key) + byteLength(annotations[key] ?? "");
  }
  if (total > ANNOTATIONS_LIMIT) tooLong(errors, parent.child(name), ANNOTATIONS_LIMIT);
}

function validateRequirement(requirement: LabelSelectorRequirement, path: FieldPath, errors: FieldErrors): void {
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) required(errors, path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
      break;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) forbidden(errors, path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      break;
    default:
      invalid(errors, path.child("operator"), requirement.operator, "not a valid selector operator");
  }
  complain(errors, path, "key", requirement.key ?? "", qualifiedNameErrors(requirement.key ?? ""));
  values.forEach((value, index) => {
    const complaints = labelValueErrors(value);
    if (complaints.length > 0) complainAt(errors, path.child("values").index(index), value, complaints);
  });
}

/** A meta/v1 LabelSelector; absent is fine. */
export function validateLabelSelector(selector: LabelSelector | undefined, path: FieldPath, errors: FieldErrors): void {
  if (selector === undefined) return;
  validateLabels(selector.matchLabels, path, "matchLabels", errors);
  const expressions = selector.matchExpressions;
  if (expressions === undefined) return;
  const expressionsPath = path.child("matchExpressions");
  expressions.forEach((requirement, index) => validateRequirement(requirement, expressionsPath.index(index), errors));
}

/** True for a LabelSelector that is there and asks for nothing. */
export function selectsEverything(selector: LabelSelector): boolean {
  for (const _key in selector.matchLabels) return false;
  return (selector.matchExpressions?.length ?? 0) === 0;
}
