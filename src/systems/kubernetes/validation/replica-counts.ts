/** Counts in the status of workloads. Source: kubernetes v1.36 pkg/apis/apps/validation/validation.go, Validate*Status. */
import { invalid, type FieldErrors } from "./field-errors.ts";
import { STATUS } from "./field-path.ts";
import { nonNegative } from "./field-rules.ts";

/** Counts by field name. */
export type Counts = Readonly<Record<string, unknown>>;

/** The count in a field; absent is 0. */
export function countOf(status: object | undefined, field: string): number {
  const value = (status as Counts | undefined)?.[field];
  return typeof value === "number" ? value : 0;
}

/** None may be negative. */
export function validateCounts(status: object | undefined, fields: readonly string[], errors: FieldErrors): void {
  for (const field of fields) nonNegative(errors, STATUS, field, countOf(status, field));
}

/** None may exceed status.replicas; available ones may not exceed ready ones. */
export function validateWithinReplicas(status: object | undefined, fields: readonly string[], readyWords: string, errors: FieldErrors): void {
  const replicas = countOf(status, "replicas");
  for (const field of fields) {
    const count = countOf(status, field);
    if (count > replicas) invalid(errors, STATUS.child(field), count, "cannot be greater than status.replicas");
  }
  const available = countOf(status, "availableReplicas");
  if (available > countOf(status, "readyReplicas")) invalid(errors, STATUS.child("availableReplicas"), available, `cannot be greater than ${readyWords}`);
}

/** The count of name collisions only grows. */
export function validateCollisionCount(next: object | undefined, previous: object | undefined, errors: FieldErrors): void {
  const before = (previous as Counts | undefined)?.["collisionCount"];
  const after = (next as Counts | undefined)?.["collisionCount"];
  if (typeof before !== "number" || (typeof after === "number" && after >= before)) return;
  invalid(errors, STATUS.child("collisionCount"), typeof after === "number" ? after : 0, "cannot be decremented");
}
