/** Whether a configuration fits its schema. Source: structured-merge-diff v6 typed/validate.go (wording of its errors). */
import type { SchemaNode } from "../schema/index.ts";
import { fieldElement, itemElement, pathText } from "./path-element.ts";
import { fieldNode, type Fields, shapeOf } from "./shape.ts";

/** What is wrong with a configuration, as `.path: complaint`. */
export function typedErrors(object: unknown, schema: SchemaNode): readonly string[] {
  const errors: string[] = [];
  check(object, schema, [], errors);
  return errors;
}

function check(value: unknown, node: SchemaNode, path: readonly string[], errors: string[]): void {
  if (value === null || value === undefined) return;
  const complaint = typeComplaint(value, node);
  if (complaint !== undefined) {
    errors.push(`${pathText(path)}: ${complaint}`);
    return;
  }
  if (Array.isArray(value)) checkList(value, node, path, errors);
  else if (typeof value === "object" && node.type !== "any") checkFields(value as Fields, node, path, errors);
}

function checkFields(object: Fields, node: SchemaNode, path: readonly string[], errors: string[]): void {
  for (const name of Object.keys(object)) {
    const child = fieldNode(node, name);
    const here = [...path, fieldElement(name)];
    if (child !== undefined) check(object[name], child, here, errors);
    else if (node.preserveUnknownFields !== true) errors.push(`${pathText(here)}: field not declared in schema`);
  }
}

function checkList(list: readonly unknown[], node: SchemaNode, path: readonly string[], errors: string[]): void {
  const seen = new Set<string>();
  const named = shapeOf(node, list) === "items";
  for (const [index, item] of list.entries()) {
    const element = named ? itemElement(node, item) : `i:${index}`;
    if (element === undefined) {
      errors.push(`${pathText(path)}: element ${index}: associative list with keys has an element that omits key field ${JSON.stringify(node.listMapKeys?.[0] ?? "")} (and doesn't have default value)`);
      continue;
    }
    if (seen.has(element)) errors.push(`${pathText(path)}: duplicate entries for key ${pathText([element])}`);
    seen.add(element);
    if (node.items !== undefined) check(item, node.items, [...path, element], errors);
  }
}

function typeComplaint(value: unknown, node: SchemaNode): string | undefined {
  const shown = `&value.valueUnstructured{Value:${JSON.stringify(value)}}`;
  const { type, format } = node;
  if (type === "any" || format === "int-or-string" || format === "quantity") return undefined;
  if (type === "object" || type === "map") return typeof value === "object" && !Array.isArray(value) ? undefined : `expected map, got ${shown}`;
  if (type === "array") return Array.isArray(value) ? undefined : `expected list, got ${shown}`;
  if (type === "string") return typeof value === "string" ? undefined : `expected string, got ${shown}`;
  if (type === "boolean") return typeof value === "boolean" ? undefined : `expected boolean, got ${shown}`;
  return typeof value === "number" ? undefined : `expected numeric (int or float), got ${typeof value}`;
}
