/** The fields a configuration names, i.e. what applying it owns. Source: structured-merge-diff v6 typed/tofieldset.go. */
import type { SchemaNode } from "../schema/index.ts";
import { buildSet, createBuilder, descend, type FieldSet, type SetBuilder } from "./field-set.ts";
import { fieldElement, itemElement } from "./path-element.ts";
import { fieldNode, type Fields, isNamedField, isStripped, shapeOf } from "./shape.ts";

/** All fields of an object of this schema. */
export function fieldsOf(object: unknown, schema: SchemaNode | undefined): FieldSet {
  const builder = createBuilder();
  ofFields(builder, object as Fields, schema, []);
  return buildSet(builder);
}

function visit(builder: SetBuilder, value: unknown, node: SchemaNode | undefined, path: readonly string[]): void {
  const shape = shapeOf(node, value);
  if (shape === "leaf") builder.member = true;
  else if (shape === "items") ofItems(builder, value as readonly unknown[], node as SchemaNode);
  else ofFields(builder, value as Fields, node, path);
}

function ofFields(builder: SetBuilder, object: Fields, node: SchemaNode | undefined, path: readonly string[]): void {
  for (const name of Object.keys(object)) {
    if (path.length < 2 && isStripped(path, name)) continue;
    const value = object[name];
    if (value === undefined) continue;
    const child = descend(builder, fieldElement(name));
    visit(child, value, fieldNode(node, name), path.length < 2 ? [...path, name] : path);
    if (isEmptyValue(value) || !isNamedField(node, name)) child.member = true;
  }
}

function ofItems(builder: SetBuilder, list: readonly unknown[], node: SchemaNode): void {
  for (const item of list) {
    const element = itemElement(node, item);
    if (element === undefined) continue;
    const child = descend(builder, element);
    child.member = true;
    if (node.listType === "map") visit(child, item, node.items, DEEP);
  }
}

/** Stands for any path longer than those where fields are stripped. */
const DEEP: readonly string[] = ["", ""];

function isEmptyValue(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== "object" || Array.isArray(value)) return false;
  for (const _key in value) return false;
  return true;
}
