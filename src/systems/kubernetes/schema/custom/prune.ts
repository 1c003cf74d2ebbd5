/** Drops what a structural schema does not know. Source: apiextensions-apiserver pkg/apiserver/schema/pruning/algorithm.go. */
import { getOwn, setOwn } from "../../../../base/json/index.ts";
import type { SchemaNode } from "../node.ts";

type Json = Readonly<Record<string, unknown>>;
const rootFields: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"]);

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The object without unknown fields, or itself when it has none. `dropped` receives their paths ("spec.items[0].x").
 * apiVersion, kind and metadata of the root and of embedded resources stay.
 */
export function prune(object: Json, schema: SchemaNode, dropped: string[] = []): Json {
  return pruneObject(object, schema, "", true, dropped);
}

function pruneValue(value: unknown, schema: SchemaNode, path: string, dropped: string[]): unknown {
  if (Array.isArray(value)) return pruneList(value, schema, path, dropped);
  if (isJson(value)) return pruneObject(value, schema, path, schema.embeddedResource === true, dropped);
  return value;
}

function pruneList(list: readonly unknown[], schema: SchemaNode, path: string, dropped: string[]): readonly unknown[] {
  const items = schema.items;
  if (items === undefined) return list;
  let copy: unknown[] | undefined;
  list.forEach((item, at) => {
    const after = pruneValue(item, items, `${path}[${String(at)}]`, dropped);
    if (after !== item) (copy ??= [...list])[at] = after;
  });
  return copy ?? list;
}

function pruneObject(object: Json, schema: SchemaNode, path: string, isResource: boolean, dropped: string[]): Json {
  let copy: Record<string, unknown> | undefined;
  const keys = Object.keys(object);
  keys.forEach((key, at) => {
    const before = object[key];
    const after = pruneField(key, before, schema, path === "" ? key : `${path}.${key}`, isResource, dropped);
    if (after === before) {
      if (copy !== undefined) setOwn(copy, key, after);
      return;
    }
    copy ??= firstKeys(object, keys, at);
    if (after !== undefined) setOwn(copy, key, after);
  });
  return copy ?? object;
}

function firstKeys(object: Json, keys: readonly string[], count: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of keys.slice(0, count)) setOwn(copy, key, object[key]);
  return copy;
}

/** The pruned value of a field; undefined = unknown, so left out. */
function pruneField(key: string, value: unknown, schema: SchemaNode, path: string, isResource: boolean, dropped: string[]): unknown {
  if (isResource && rootFields.has(key)) return value;
  const child = (schema.properties === undefined ? undefined : getOwn(schema.properties, key)) ?? schema.additionalProperties;
  if (child !== undefined) return pruneValue(value, child, path, dropped);
  if (schema.preserveUnknownFields === true) return value;
  dropped.push(path);
  return undefined;
}
