/**
 * What changed between two states of an object, as field sets. Source: structured-merge-diff v6 typed/compare.go.
 * Parts that both states share are passed over at once.
 */
import { deepEqual, type JsonValue } from "../../../base/json/index.ts";
import type { SchemaNode } from "../schema/index.ts";
import { buildSet, createBuilder, descend, type FieldSet, type SetBuilder } from "./field-set.ts";
import { fieldElement, itemElement } from "./path-element.ts";
import { fieldNode, type Fields, isStripped, shapeOf } from "./shape.ts";

/** Paths added, removed and changed. */
export interface Comparison {
  readonly added: FieldSet;
  readonly removed: FieldSet;
  readonly modified: FieldSet;
}

interface Found {
  readonly added: SetBuilder;
  readonly removed: SetBuilder;
  readonly modified: SetBuilder;
}

/**
 * Structs that Go writes even when they are empty: they are there before anything in them is, so adding something in them
 * doesn't add them.
 */
const alwaysThere: ReadonlySet<string> = new Set(["metadata", "spec", "status", "template", "strategy", "updateStrategy", "jobTemplate", "containers"]);

/** Compares two states; `before` undefined = there was no object. */
export function compareFields(before: unknown, after: unknown, schema: SchemaNode | undefined): Comparison {
  const found: Found = { added: createBuilder(), removed: createBuilder(), modified: createBuilder() };
  compareObjects(found, (before ?? NOTHING) as Fields, after as Fields, schema, []);
  return { added: buildSet(found.added), removed: buildSet(found.removed), modified: buildSet(found.modified) };
}

const NOTHING: Fields = Object.freeze({});

function below(found: Found, element: string): Found {
  return { added: descend(found.added, element), removed: descend(found.removed, element), modified: descend(found.modified, element) };
}

function compareObjects(found: Found, before: Fields, after: Fields, node: SchemaNode | undefined, path: readonly string[]): void {
  for (const name in after) {
    if (before[name] === after[name] || (path.length < 2 && isStripped(path, name))) continue;
    compareValues(below(found, fieldElement(name)), before[name], after[name], fieldNode(node, name), path.length < 2 ? [...path, name] : path, alwaysThere.has(name));
  }
  for (const name in before) {
    if (name in after || (path.length < 2 && isStripped(path, name))) continue;
    compareValues(below(found, fieldElement(name)), before[name], undefined, fieldNode(node, name), path.length < 2 ? [...path, name] : path, alwaysThere.has(name));
  }
}

function compareValues(found: Found, before: unknown, after: unknown, node: SchemaNode | undefined, path: readonly string[], silent: boolean): void {
  if (before === after) return;
  const shape = shapeOf(node, after ?? before);
  if (shape === "leaf" || (isEmpty(before) && isEmpty(after)) || (before !== undefined && after !== undefined && shapeOf(node, before) !== shape)) {
    leaf(found, before, after);
    return;
  }
  if (before === undefined && !silent) found.added.member = true;
  if (after === undefined && !silent) found.removed.member = true;
  if (shape === "items") compareItems(found, (before ?? []) as readonly unknown[], (after ?? []) as readonly unknown[], node as SchemaNode);
  else compareObjects(found, (before ?? NOTHING) as Fields, (after ?? NOTHING) as Fields, node, path);
}

function leaf(found: Found, before: unknown, after: unknown): void {
  if (before === undefined || before === null) found.added.member = after !== undefined && after !== null;
  else if (after === undefined || after === null) found.removed.member = true;
  else if (!deepEqual(before as JsonValue, after as JsonValue)) found.modified.member = true;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== "object") return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const _key in value) return false;
  return true;
}

const DEEP: readonly string[] = ["", ""];

function compareItems(found: Found, before: readonly unknown[], after: readonly unknown[], node: SchemaNode): void {
  const old = new Map<string, unknown>();
  for (const item of before) {
    const element = itemElement(node, item);
    if (element !== undefined) old.set(element, item);
  }
  for (const item of after) {
    const element = itemElement(node, item);
    if (element === undefined) continue;
    const previous = old.get(element);
    old.delete(element);
    if (node.listType === "set") {
      if (previous === undefined) descend(found.added, element).member = true;
    } else compareValues(below(found, element), previous, item, node.items, DEEP, false);
  }
  for (const [element, item] of old) {
    if (node.listType === "set") descend(found.removed, element).member = true;
    else compareValues(below(found, element), item, undefined, node.items, DEEP, false);
  }
}
