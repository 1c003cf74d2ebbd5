/** Go's %v of maps, slices and scalars: "map[a:1 b:2]", "[x y]". Source: the Go library, package fmt. */

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What fmt's %v prints for plain data: maps with sorted keys, slices in brackets, nil as "<nil>". */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(plainValue).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const record = value as Readonly<Record<string, unknown>>;
  const fields = Object.keys(record).sort(byText).map((key) => `${key}:${plainValue(record[key])}`);
  return `map[${fields.join(" ")}]`;
}

/** What fmt's %q prints for a slice of strings: `["a" "b"]`; `quoteOne` is strconv.Quote. */
export function quotedList(values: readonly string[], quoteOne: (text: string) => string): string {
  return `[${values.map(quoteOne).join(" ")}]`;
}
