/**
 * Path elements: `f:name` a field, `k:{"name":"web"}` an item of a list with keys, `v:"x"` an item of a set.
 * Source: sigs.k8s.io/structured-merge-diff v6 fieldpath/serialize-pe.go, fieldpath/element.go (String) and typed/helpers.go.
 */
import type { SchemaNode } from "../schema/index.ts";

type Item = Readonly<Record<string, unknown>>;

/** Keys that the API gives a value when they are absent (the published schema's defaults of list map keys). */
const keyDefaults: ReadonlyMap<string, unknown> = new Map([["protocol", "TCP"]]);

/** The element of a field. */
export function fieldElement(name: string): string {
  return `f:${name}`;
}

/** The field name of an `f:` element. */
export function fieldName(element: string): string | undefined {
  return element.startsWith("f:") ? element.slice(2) : undefined;
}

/** The element of an item of a list with keys or of a set; undefined when the item lacks all its keys. */
export function itemElement(node: SchemaNode, item: unknown): string | undefined {
  if (node.listType === "set") return `v:${JSON.stringify(item)}`;
  if (typeof item !== "object" || item === null) return undefined;
  const keys: Record<string, unknown> = {};
  let any = false;
  for (const key of [...(node.listMapKeys ?? [])].sort()) {
    const value = (item as Item)[key] ?? keyDefaults.get(key);
    if (value === undefined) continue;
    keys[key] = value;
    any = true;
  }
  return any ? `k:${JSON.stringify(keys)}` : undefined;
}

/** An element as conflict messages write it: `.image`, `[name="web"]`, `[="x"]`. */
export function elementText(element: string): string {
  const kind = element.charAt(0);
  const rest = element.slice(2);
  if (kind === "f") return `.${rest}`;
  if (kind === "v") return `[=${rest}]`;
  if (kind === "i") return `[${rest}]`;
  const keys = JSON.parse(rest) as Item;
  return `[${Object.keys(keys).map((key) => `${key}=${JSON.stringify(keys[key])}`).join(",")}]`;
}

/** A path as text: `.spec.template.spec.containers[name="web"].image`. */
export function pathText(path: readonly string[]): string {
  return path.map(elementText).join("");
}
