/**
 * JSON as Go's encoding/json writes structs: no spaces, fields in order, and <, > and & escaped (for maps see base/json).
 * Source: the Go library, encoding/json (HTMLEscape is on by default).
 */

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ["<", "\\u003c"], [">", "\\u003e"], ["&", "\\u0026"], ["\u2028", "\\u2028"], ["\u2029", "\\u2029"],
]);

/** The text of a Go struct: compact JSON with Go's extra escapes, fields in their given order. */
export function goStructJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.replace(/[<>&\u2028\u2029]/g, (char) => ESCAPED.get(char) ?? char);
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A copy whose map keys are sorted, as Go writes map types. Struct fields must be ordered by the caller. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (value === null || typeof value !== "object") return value;
  const record = value as Readonly<Record<string, unknown>>;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(record).sort(byText)) sorted[key] = sortedKeys(record[key]);
  return sorted;
}
