/** JSON values as plain data. They are never changed in place: a change is a new value that shares the unchanged parts. */

/** Anything JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Read keys that come from outside with `getOwn`: an absent key may otherwise find something inherited. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** True for an object that is neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for an array; unlike `Array.isArray` it narrows a JSON value correctly when arrays are read-only. */
export function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The word Go's encoding/json uses for the kind of a value in its messages: "object", "array", "string", "number", "bool". */
export function jsonKind(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}
