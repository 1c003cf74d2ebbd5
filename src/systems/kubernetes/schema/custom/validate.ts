/**
 * Checks a custom resource against its schema's value rules, with the API server's words.
 * Source: apiextensions-apiserver pkg/apiserver/validation/validation.go, pkg/apiserver/schema/listtype/validation.go
 * and kube-openapi pkg/validation. Rules in the Common Expression Language (x-kubernetes-validations) are not evaluated.
 */
import { quote } from "../../../../base/go-format/index.ts";
import { canonicalJson, getOwn, type JsonValue } from "../../../../base/json/index.ts";
import type { SchemaNode } from "../node.ts";
import { checkRules } from "./value-rules.ts";
import type { SchemaViolation } from "./violation.ts";

type Json = Readonly<Record<string, unknown>>;

/** Every violation, in the schema's order; empty when the object is valid. metadata is not looked at. */
export function validateCustomObject(object: object, schema: SchemaNode): readonly SchemaViolation[] {
  const found: SchemaViolation[] = [];
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (name !== "metadata") checkField(object as Json, name, child, "", found);
  }
  checkRequired(object as Json, schema, "", found);
  checkRules(object, schema, "", found, checkValue);
  return found;
}

function checkValue(value: unknown, schema: SchemaNode, path: string, found: SchemaViolation[]): void {
  if (value === null && schema.nullable === true) return;
  if (!hasType(value, schema)) {
    const actual = typeName(value);
    found.push({ type: "FieldValueTypeInvalid", field: path, body: `Invalid value: ${quote(actual)}: ${path} in body must be of type ${wantedType(schema)}: ${quote(actual)}` });
    return;
  }
  checkRules(value, schema, path, found, checkValue);
  if (Array.isArray(value)) checkList(value, schema, path, found);
  else if (typeof value === "object" && value !== null) checkObject(value as Json, schema, path, found);
}

function checkField(object: Json, name: string, child: SchemaNode, path: string, found: SchemaViolation[]): void {
  const value = getOwn(object, name);
  if (value !== undefined) checkValue(value, child, path === "" ? name : `${path}.${name}`, found);
}

function checkObject(object: Json, schema: SchemaNode, path: string, found: SchemaViolation[]): void {
  checkRequired(object, schema, path, found);
  for (const name of Object.keys(object)) {
    const child = (schema.properties === undefined ? undefined : getOwn(schema.properties, name)) ?? schema.additionalProperties;
    if (child !== undefined) checkField(object, name, child, path, found);
  }
}

function checkRequired(object: Json, schema: SchemaNode, path: string, found: SchemaViolation[]): void {
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(object, name)) found.push({ type: "FieldValueRequired", field: path === "" ? name : `${path}.${name}`, body: "Required value" });
  }
}

function checkList(list: readonly unknown[], schema: SchemaNode, path: string, found: SchemaViolation[]): void {
  const items = schema.items;
  if (items !== undefined) list.forEach((item, at) => { checkValue(item, items, `${path}[${String(at)}]`, found); });
  if (schema.listType === "set") checkUnique(list.map((item) => item as JsonValue), path, found);
  if (schema.listType === "map") checkUnique(list.map((item) => keysOf(item, schema)), path, found);
}

/** The key fields of a list's element; a missing one takes its default. */
function keysOf(item: unknown, schema: SchemaNode): JsonValue {
  const object = (typeof item === "object" && item !== null ? item : {}) as Json;
  const entries = (schema.listMapKeys ?? []).map((key) => [key, getOwn(object, key) ?? schema.items?.properties?.[key]?.default] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as JsonValue;
}

function checkUnique(keys: readonly JsonValue[], path: string, found: SchemaViolation[]): void {
  const seen = new Set<string>();
  keys.forEach((key, at) => {
    const text = canonicalJson(key);
    if (seen.has(text)) found.push({ type: "FieldValueDuplicate", field: `${path}[${String(at)}]`, body: `Duplicate value: ${text}` });
    seen.add(text);
  });
}

function hasType(value: unknown, schema: SchemaNode): boolean {
  if (schema.format === "int-or-string") return typeof value === "string" || (typeof value === "number" && Number.isInteger(value));
  switch (schema.type) {
    case "any": return true;
    case "object": case "map": return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array": return Array.isArray(value);
    case "integer": return typeof value === "number" && Number.isInteger(value);
    default: return typeof value === schema.type;
  }
}

function wantedType(schema: SchemaNode): string {
  if (schema.format === "int-or-string") return "integer,string";
  return schema.type === "map" ? "object" : schema.type;
}

/** kube-openapi's name of a value's type. */
function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}
