/** JSON text with one spelling for one value: keys sorted, no spaces. For hashes, signatures, comparisons and annotations. */
import { compareCodePoints } from "./compare-text.ts";

/**
 * Canonical text of plain data: keys sorted by code point (as Go sorts map keys), undefined properties left out.
 * Equal values (see `deepEqual`) give equal text.
 */
export function canonicalJson(value: unknown): string {
  return write(value, JSON.stringify);
}

/**
 * The text Go's `json.Marshal` gives for a map: as {@link canonicalJson}, and with `<`, `>`, `&`, U+2028 and U+2029 escaped.
 * It is what kubectl stores in the last-applied-configuration annotation. Source: https://pkg.go.dev/encoding/json#Marshal.
 */
export function goJson(value: unknown): string {
  return write(value, goString);
}

function goString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function write(value: unknown, string: (text: string) => string): string {
  if (typeof value === "string") return string(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map((item) => write(item, string)).join(",")}]`;
  const object = value as Record<string, unknown>;
  let text = "";
  for (const key of Object.keys(object).sort(compareCodePoints)) {
    if (object[key] !== undefined) text += `${text === "" ? "" : ","}${string(key)}:${write(object[key], string)}`;
  }
  return `{${text}}`;
}
