/** What server-side apply sees in a schema node: leaves, granular objects and lists. Source: structured-merge-diff v6 schema/elements.go. */
import { fieldOf, type SchemaNode } from "../schema/index.ts";

/** How a value is owned: as a whole, field by field, or item by item. */
export type Shape = "leaf" | "fields" | "items";

/** Any JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** How values of a node are owned. Lists without a stated type are atomic; so is what the schema doesn't know. */
export function shapeOf(node: SchemaNode | undefined, value: unknown): Shape {
  if (Array.isArray(value)) return node?.listType === "map" || node?.listType === "set" ? "items" : "leaf";
  if (typeof value !== "object" || value === null) return "leaf";
  if (node === undefined) return "fields";
  if (node.mapType === "atomic") return "leaf";
  return "fields";
}

/** The schema of a field, if there is one. */
export function fieldNode(node: SchemaNode | undefined, name: string): SchemaNode | undefined {
  return node === undefined ? undefined : fieldOf(node, name);
}

/** True when a field is one of the type's own, not a key of a map. */
export function isNamedField(node: SchemaNode | undefined, name: string): boolean {
  return node?.properties !== undefined && Object.hasOwn(node.properties, name);
}

/** Field names that no manager owns (managedfields/internal/stripmeta.go). */
const strippedTop: ReadonlySet<string> = new Set(["apiVersion", "kind"]);
const strippedMeta: ReadonlySet<string> = new Set([
  "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds",
]);

/** True for fields that are never owned. `depth` 0 = of the object, 1 in `metadata` = of its metadata. */
export function isStripped(path: readonly string[], name: string): boolean {
  if (path.length === 0) return strippedTop.has(name);
  return path.length === 1 && path[0] === "metadata" && strippedMeta.has(name);
}
