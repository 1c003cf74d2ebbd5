/**
 * Fills a custom resource with its schema's defaults; nulls of fields that aren't nullable are dropped first.
 * Source: apiextensions-apiserver pkg/apiserver/schema/defaulting/algorithm.go and prunenulls.go.
 */
import { getOwn, setOwn } from "../../../../base/json/index.ts";
import type { SchemaNode } from "../node.ts";

type Json = Readonly<Record<string, unknown>>;

/** The object with defaults, or itself when nothing is missing. */
export function applyCustomDefaults<T extends object>(object: T, schema: SchemaNode): T {
  return filled(object, schema) as T;
}

function filled(value: unknown, schema: SchemaNode): unknown {
  if (Array.isArray(value)) return filledList(value, schema);
  if (typeof value !== "object" || value === null) return value;
  return filledObject(value as Json, schema);
}

function filledList(list: readonly unknown[], schema: SchemaNode): readonly unknown[] {
  const items = schema.items;
  if (items === undefined) return list;
  let copy: unknown[] | undefined;
  list.forEach((item, at) => {
    const after = filled(item, items);
    if (after !== item) (copy ??= [...list])[at] = after;
  });
  return copy ?? list;
}

function filledObject(object: Json, schema: SchemaNode): Json {
  const completed = withMissing(withoutNulls(object, schema), schema);
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(completed)) {
    const child = childOf(schema, key);
    if (child === undefined) continue;
    const after = filled(completed[key], child);
    if (after !== completed[key]) setOwn(copy ??= { ...completed }, key, after);
  }
  return copy ?? completed;
}

function childOf(schema: SchemaNode, key: string): SchemaNode | undefined {
  return (schema.properties === undefined ? undefined : getOwn(schema.properties, key)) ?? schema.additionalProperties;
}

function withoutNulls(object: Json, schema: SchemaNode): Json {
  const isDropped = (key: string): boolean => {
    const child = object[key] === null ? childOf(schema, key) : undefined;
    return child !== undefined && child.nullable !== true;
  };
  const keys = Object.keys(object);
  if (!keys.some(isDropped)) return object;
  const copy: Record<string, unknown> = {};
  for (const key of keys) if (!isDropped(key)) setOwn(copy, key, object[key]);
  return copy;
}

function withMissing(object: Json, schema: SchemaNode): Json {
  if (schema.properties === undefined) return object;
  let copy: Record<string, unknown> | undefined;
  for (const [key, child] of Object.entries(schema.properties)) {
    if (child.default === undefined || Object.hasOwn(object, key)) continue;
    setOwn(copy ??= { ...object }, key, child.default);
  }
  return copy ?? object;
}
