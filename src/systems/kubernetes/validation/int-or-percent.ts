/** Counts that may be percentages. Source: kubernetes v1.36 pkg/apis/apps/validation/validation.go, ValidatePositiveIntOrPercent. */
import { percentErrors } from "../../../base/names/index.ts";
import type { IntOrString } from "../api/index.ts";
import { invalid, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, nonNegative } from "./field-rules.ts";

/** The number, or the number before "%"; 0 for text that is neither. */
export function amountOf(value: IntOrString | undefined): number {
  if (typeof value === "number") return value;
  return value !== undefined && percentErrors(value).length === 0 ? Number(value.slice(0, -1)) : 0;
}

/** A whole number that is not negative, or a percentage. */
export function validateIntOrPercent(value: IntOrString | undefined, parent: FieldPath, name: string, errors: FieldErrors): void {
  if (typeof value === "string") complain(errors, parent, name, value, percentErrors(value));
  else nonNegative(errors, parent, name, value);
}

/** A percentage of at most 100. */
export function validateAtMost100Percent(value: IntOrString | undefined, parent: FieldPath, name: string, errors: FieldErrors): void {
  if (typeof value === "string" && amountOf(value) > 100) invalid(errors, parent.child(name), value, "must not be greater than 100%");
}
