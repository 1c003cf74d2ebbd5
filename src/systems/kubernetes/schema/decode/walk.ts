/**
 * Where a decoder is and what it has met.
 * Paths come in two forms, as upstream: Go's (fields only, for type errors) and the strict decoder's (with indexes and map keys).
 * Source: sigs.k8s.io/json internal/golang/encoding/json decode.go and kubernetes_patch.go.
 */
import { quote } from "../../../../base/go-format/index.ts";

/** The state of one decoding. */
export interface Walk {
  /** Field names, list indexes, and map keys marked with a leading NUL. */
  readonly path: (string | number)[];
  /** Go names of the structs around the value, innermost last. */
  readonly structs: string[];
  /** First error that decoding goes on after (wrong type, bad base64). */
  softError: string | undefined;
  /** First error of a type that reads itself (quantity, time): it ends upstream's decoding and wins. */
  hardError: string | undefined;
  /** Whether unknown fields are to be told. */
  readonly tellUnknown: boolean;
  readonly unknown: string[];
}

/** Upstream stops collecting strict errors here (saveStrictError). */
const MAX_STRICT_ERRORS = 100;
const KEY_MARK = "\0";

/** A fresh state. */
export function newWalk(tellUnknown: boolean): Walk {
  return { path: [], structs: [], softError: undefined, hardError: undefined, tellUnknown, unknown: [] };
}

/** A map key as a path element. */
export function keyElement(key: string): string {
  return KEY_MARK + key;
}

function strictPath(path: readonly (string | number)[], last: string): string {
  let text = "";
  for (const element of path) text = appended(text, element);
  return appended(text, last);
}

function appended(text: string, element: string | number): string {
  if (typeof element === "number") return `${text}[${String(element)}]`;
  const name = element.startsWith(KEY_MARK) ? element.slice(1) : element;
  return text === "" ? name : `${text}.${name}`;
}

/** Notes an unknown field of the struct at the current path. */
export function noteUnknown(walk: Walk, field: string): void {
  if (!walk.tellUnknown || walk.unknown.length >= MAX_STRICT_ERRORS) return;
  const error = `unknown field ${quote(strictPath(walk.path, field))}`;
  if (!walk.unknown.includes(error)) walk.unknown.push(error);
}

/** encoding/json's name of a value that does not fit; numbers that merely don't fit carry their text. */
function valueWord(value: unknown, wantsInteger: boolean): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return wantsInteger ? `number ${String(value)}` : "number";
  return typeof value === "string" ? "string" : "object";
}

/** Notes that `value` can't become `goType`, in encoding/json's words. */
export function noteMismatch(walk: Walk, value: unknown, goType: string): void {
  if (walk.softError !== undefined) return;
  const word = valueWord(value, goType === "int32" || goType === "int64");
  const struct = walk.structs[walk.structs.length - 1];
  const place = struct === undefined ? "Go value" : `Go struct field ${struct}.${goPath(walk.path)}`;
  walk.softError = `json: cannot unmarshal ${word} into ${place} of type ${goType}`;
}

function goPath(path: readonly (string | number)[]): string {
  return path.filter((element) => typeof element === "string" && !element.startsWith(KEY_MARK)).join(".");
}

/** Notes an error of a type that reads itself: `json: cannot unmarshal bool into Go value of type int32`. */
export function noteOwnMismatch(walk: Walk, value: unknown, goType: string): void {
  walk.hardError ??= `json: cannot unmarshal ${valueWord(value, goType === "int32")} into Go value of type ${goType}`;
}
