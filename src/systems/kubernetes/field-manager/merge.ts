/** Putting a configuration into a live object, and taking out what is no longer wanted. Source: structured-merge-diff v6 typed/merge.go and typed/remove.go. */
import { deepEqual, type JsonValue } from "../../../base/json/index.ts";
import type { SchemaNode } from "../schema/index.ts";
import { childOf, type FieldSet, isMember } from "./field-set.ts";
import { fieldName, itemElement } from "./path-element.ts";
import { fieldNode, type Fields, shapeOf } from "./shape.ts";

/** The live value with what the configuration says; shares what stays the same. */
export function mergeConfiguration(live: unknown, wanted: unknown, node: SchemaNode | undefined): unknown {
  if (live === undefined || live === null) return wanted;
  const shape = shapeOf(node, wanted);
  if (shape === "leaf" || shapeOf(node, live) !== shape) return deepEqual(live as JsonValue, wanted as JsonValue) ? live : wanted;
  return shape === "items" ? mergeItems(live as readonly unknown[], wanted as readonly unknown[], node as SchemaNode) : mergeFields(live as Fields, wanted as Fields, node);
}

function mergeFields(live: Fields, wanted: Fields, node: SchemaNode | undefined): Fields {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(wanted)) {
    const merged = wanted[name] === null ? undefined : mergeConfiguration(live[name], wanted[name], fieldNode(node, name));
    if (merged === live[name]) continue;
    copy ??= Object.assign({}, live);
    if (merged === undefined) delete copy[name];
    else copy[name] = merged;
  }
  return copy ?? live;
}

/** Items that are there keep their places; new ones come after them in the configuration's order. */
function mergeItems(live: readonly unknown[], wanted: readonly unknown[], node: SchemaNode): readonly unknown[] {
  const fresh = new Map<string, unknown>();
  for (const item of wanted) fresh.set(itemElement(node, item) ?? "", item);
  let changed = false;
  const merged = live.map((item) => {
    const element = itemElement(node, item) ?? "";
    if (!fresh.has(element)) return item;
    const next = node.listType === "set" ? item : mergeConfiguration(item, fresh.get(element), node.items);
    fresh.delete(element);
    changed ||= next !== item;
    return next;
  });
  if (fresh.size > 0) return [...merged, ...fresh.values()];
  return changed ? merged : live;
}

/**
 * Takes out the fields of `gone` from a value. A list item or map key that is itself in `gone` goes with everything in it,
 * unless `kept` holds something in it; other objects go when they become empty. Undefined = nothing is left.
 */
export function removeFields(value: unknown, gone: FieldSet, kept: FieldSet | undefined, node: SchemaNode | undefined): unknown {
  const shape = shapeOf(node, value);
  if (shape === "leaf") return value;
  return shape === "items" ? removeItems(value as readonly unknown[], gone, kept, node as SchemaNode) : removeKeys(value as Fields, gone, kept, node);
}

function removeKeys(object: Fields, gone: FieldSet, kept: FieldSet | undefined, node: SchemaNode | undefined): Fields | undefined {
  let copy: Record<string, unknown> | undefined;
  for (const element of Object.keys(gone)) {
    const name = fieldName(element);
    if (name === undefined || object[name] === undefined) continue;
    const next = remaining(object[name], gone[element] as FieldSet, kept === undefined ? undefined : childOf(kept, element), fieldNode(node, name));
    if (next === object[name]) continue;
    copy ??= { ...object };
     
    if (next === undefined) delete copy[name];
    else copy[name] = next;
  }
  if (copy === undefined) return object;
  return Object.keys(copy).length === 0 ? undefined : copy;
}

function remaining(value: unknown, gone: FieldSet, kept: FieldSet | undefined, node: SchemaNode | undefined): unknown {
  if (isMember(gone) && kept === undefined) return undefined;
  return removeFields(value, gone, kept, node);
}

function removeItems(list: readonly unknown[], gone: FieldSet, kept: FieldSet | undefined, node: SchemaNode): readonly unknown[] | undefined {
  let changed = false;
  const left: unknown[] = [];
  for (const item of list) {
    const element = itemElement(node, item) ?? "";
    const removal = childOf(gone, element);
    const next = removal === undefined ? item : remaining(item, removal, kept === undefined ? undefined : childOf(kept, element), node.items);
    changed ||= next !== item;
    if (next !== undefined) left.push(next);
  }
  if (!changed) return list;
  return left.length === 0 ? undefined : left;
}

