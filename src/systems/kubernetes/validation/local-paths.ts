/** Paths inside volumes. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validateLocalDescendingPath and kin. */
import { invalid, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";

/** True when a part of the path is "..". */
export function hasBacksteps(path: string): boolean {
  return path.includes("..") && path.split("/").includes("..");
}

/** No part may be "..". */
export function validateNoBacksteps(value: string, path: FieldPath, errors: FieldErrors): void {
  if (hasBacksteps(value)) invalid(errors, path, value, "must not contain '..'");
}

/** Relative, and no part is "..". */
export function validateLocalDescendingPath(value: string, path: FieldPath, errors: FieldErrors): void {
  if (value.startsWith("/")) invalid(errors, path, value, "must be a relative path");
  validateNoBacksteps(value, path, errors);
}

/** As {@link validateLocalDescendingPath}, and not beginning with "..". */
export function validateLocalNonReservedPath(value: string, path: FieldPath, errors: FieldErrors): void {
  validateLocalDescendingPath(value, path, errors);
  if (value.startsWith("..") && !value.startsWith("../")) invalid(errors, path, value, "must not start with '..'");
}
