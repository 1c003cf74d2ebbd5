/**
 * Complaints about fields, worded as the API server words them.
 * Source: k8s.io/apimachinery v1.36 pkg/util/validation/field/errors.go.
 */
import { goStructJson, quote, sortedKeys } from "../../../base/go-format/index.ts";
import type { FieldPath } from "./field-path.ts";

/** The kinds of complaint; they are the `reason` of a Status cause. */
export type FieldErrorType =
  | "FieldValueNotFound" | "FieldValueRequired" | "FieldValueDuplicate" | "FieldValueInvalid" | "FieldValueNotSupported"
  | "FieldValueForbidden" | "FieldValueTooLong" | "FieldValueTooMany" | "InternalError" | "FieldValueTypeInvalid";

/** One complaint: what is wrong (`body`, e.g. `Invalid value: 0: must be between 1 and 65535, inclusive`) and where. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  readonly body: string;
}

/** Where validators put their complaints. */
export type FieldErrors = FieldError[];

/** The complaint as it stands in a Status message: "field: body". */
export function fieldErrorText(error: FieldError): string {
  return `${error.field}: ${error.body}`;
}

/** The JSON value of a map type: keys sorted, as Go writes maps. */
export function asMap(value: Readonly<Record<string, unknown>> | undefined): unknown {
  return value === undefined ? null : sortedKeys(value);
}

function shown(value: unknown): string {
  if (typeof value === "string") return quote(value);
  return value === undefined ? "null" : goStructJson(value);
}

function push(errors: FieldErrors, type: FieldErrorType, path: FieldPath, head: string, detail: string): void {
  errors.push({ type, field: path.toString(), body: detail === "" ? head : `${head}: ${detail}` });
}

/** "Required value". */
export function required(errors: FieldErrors, path: FieldPath, detail = ""): void {
  push(errors, "FieldValueRequired", path, "Required value", detail);
}

/** "Invalid value: VALUE: detail". */
export function invalid(errors: FieldErrors, path: FieldPath, value: unknown, detail: string): void {
  push(errors, "FieldValueInvalid", path, `Invalid value: ${shown(value)}`, detail);
}

/** "Invalid value: detail", for values too large to show. */
export function invalidUnshown(errors: FieldErrors, path: FieldPath, detail: string): void {
  push(errors, "FieldValueInvalid", path, "Invalid value", detail);
}

/** "Duplicate value: VALUE". */
export function duplicate(errors: FieldErrors, path: FieldPath, value: unknown, detail = ""): void {
  push(errors, "FieldValueDuplicate", path, `Duplicate value: ${shown(value)}`, detail);
}

/** "Not found: VALUE". */
export function notFound(errors: FieldErrors, path: FieldPath, value: unknown, detail = ""): void {
  push(errors, "FieldValueNotFound", path, `Not found: ${shown(value)}`, detail);
}

/** "Forbidden: detail". */
export function forbidden(errors: FieldErrors, path: FieldPath, detail: string): void {
  push(errors, "FieldValueForbidden", path, "Forbidden", detail);
}

/** `Unsupported value: "x": supported values: "a", "b"`. */
export function notSupported(errors: FieldErrors, path: FieldPath, value: unknown, supported: readonly string[]): void {
  const detail = supported.length === 0 ? "" : `supported values: ${supported.map(quote).join(", ")}`;
  push(errors, "FieldValueNotSupported", path, `Unsupported value: ${shown(value)}`, detail);
}

/** "Too long: may not be more than N bytes"; the value itself is not shown. */
export function tooLong(errors: FieldErrors, path: FieldPath, maxLength: number, unit: "byte" | "character" = "byte"): void {
  push(errors, "FieldValueTooLong", path, "Too long", `may not be more than ${maxLength} ${unit}${maxLength === 1 ? "" : "s"}`);
}

/** "Too many: N: must have at most M items". */
export function tooMany(errors: FieldErrors, path: FieldPath, actual: number, most: number): void {
  push(errors, "FieldValueTooMany", path, `Too many: ${actual}`, `must have at most ${most} ${most === 1 ? "item" : "items"}`);
}

/** "Internal error: detail". */
export function internalError(errors: FieldErrors, path: FieldPath, detail: string): void {
  push(errors, "InternalError", path, "Internal error", detail);
}
