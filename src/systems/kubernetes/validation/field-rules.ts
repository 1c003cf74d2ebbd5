/** Small rules that many kinds share. They build a path only when they complain. */
import { rangeComplaint } from "../../../base/names/index.ts";
import { invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { semanticEqual } from "./semantic-equal.ts";

/** The API server's words for a change of a field that may not change. */
export const IMMUTABLE = "field is immutable";
/** The API server's words for a negative number. */
export const NEGATIVE = "must be greater than or equal to 0";
/** The API server's words for a number that is not positive. */
export const NOT_POSITIVE = "must be greater than zero";

const MAX_PORT = 65535;

/** True for an absent or empty text. */
export function isEmpty(text: string | undefined): boolean {
  return text === undefined || text === "";
}

/** One "Invalid value" for each complaint about a field of `parent`. */
export function complain(errors: FieldErrors, parent: FieldPath, name: string, value: unknown, complaints: readonly string[]): void {
  for (const complaint of complaints) invalid(errors, parent.child(name), value, complaint);
}

/** One "Invalid value" for each complaint about the value at `path` itself. */
export function complainAt(errors: FieldErrors, path: FieldPath, value: unknown, complaints: readonly string[]): void {
  for (const complaint of complaints) invalid(errors, path, value, complaint);
}

/** A field that must be there and well-formed. */
export function requiredName(
  errors: FieldErrors, parent: FieldPath, name: string, value: string | undefined, rule: (value: string) => readonly string[],
): void {
  if (value === undefined || value === "") required(errors, parent.child(name));
  else complain(errors, parent, name, value, rule(value));
}

/** A field that must be well-formed when it is there. */
export function optionalName(
  errors: FieldErrors, parent: FieldPath, name: string, value: string | undefined, rule: (value: string) => readonly string[],
): void {
  if (value !== undefined && value !== "") complain(errors, parent, name, value, rule(value));
}

/** A field that must not be empty. */
export function requiredText(errors: FieldErrors, parent: FieldPath, name: string, value: string | undefined): void {
  if (value === undefined || value === "") required(errors, parent.child(name));
}

/** A number that must not be negative; absent is fine. */
export function nonNegative(errors: FieldErrors, parent: FieldPath, name: string, value: number | undefined): void {
  if (value !== undefined && value < 0) invalid(errors, parent.child(name), value, NEGATIVE);
}

/** A field with a fixed set of values; absent is fine. */
export function oneOf(errors: FieldErrors, parent: FieldPath, name: string, value: string | undefined, supported: readonly string[]): void {
  if (value !== undefined && !supported.includes(value)) notSupported(errors, parent.child(name), value, supported);
}

/** A field with a fixed set of values that must be there. */
export function requiredOneOf(
  errors: FieldErrors, parent: FieldPath, name: string, value: string | undefined, supported: readonly string[],
): void {
  if (value === undefined || value === "") required(errors, parent.child(name));
  else oneOf(errors, parent, name, value, supported);
}

/** Complaints about a port number. */
export function portNumberErrors(port: number): readonly string[] {
  return port >= 1 && port <= MAX_PORT ? [] : [rangeComplaint(1, MAX_PORT)];
}

/** A field that may not change; quantities and empty values are compared by meaning. */
export function immutable(errors: FieldErrors, path: FieldPath, next: unknown, previous: unknown): void {
  if (!semanticEqual(next, previous)) invalid(errors, path, next, IMMUTABLE);
}
