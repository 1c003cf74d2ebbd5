/**
 * Turns a CustomResourceDefinition's openAPIV3Schema into a structural schema.
 * Source: apiextensions-apiserver pkg/apiserver/schema/convert.go and https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.
 */
import type { SchemaNode, SchemaType, ValueRules } from "../node.ts";

type Json = Readonly<Record<string, unknown>>;
type Mutable<T> = { -readonly [K in keyof T]?: T[K] };

const ruleNames: readonly (keyof ValueRules)[] = [
  "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems",
  "uniqueItems", "minProperties", "maxProperties", "not", "allOf", "anyOf", "oneOf", "x-kubernetes-validations",
];

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The structural schema of an openAPIV3Schema, as plain data. Parts that are no schema count as "any". */
export function structuralSchema(schema: unknown): SchemaNode {
  if (!isJson(schema)) return { type: "any", preserveUnknownFields: true };
  const node: Mutable<SchemaNode> = {};
  addShape(node, schema);
  addMarks(node, schema);
  addValues(node, schema);
  return { ...node, type: typeOf(schema, node) };
}

function typeOf(schema: Json, node: Mutable<SchemaNode>): SchemaType {
  if (schema["x-kubernetes-int-or-string"] === true) return "string";
  switch (schema["type"]) {
    case "object": return node.additionalProperties !== undefined && node.properties === undefined ? "map" : "object";
    case "array": return "array";
    case "string": return "string";
    case "integer": return "integer";
    case "number": return "number";
    case "boolean": return "boolean";
    default: return node.properties === undefined ? "any" : "object";
  }
}

function addShape(node: Mutable<SchemaNode>, schema: Json): void {
  const { properties, items, additionalProperties, required } = schema;
  if (isJson(properties)) node.properties = Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, structuralSchema(child)]));
  if (isJson(items)) node.items = structuralSchema(items);
  if (isJson(additionalProperties)) node.additionalProperties = structuralSchema(additionalProperties);
  else if (additionalProperties === true) node.additionalProperties = { type: "any", preserveUnknownFields: true };
  if (Array.isArray(required)) node.required = required.filter((name) => typeof name === "string");
}

function addMarks(node: Mutable<SchemaNode>, schema: Json): void {
  if (schema["x-kubernetes-preserve-unknown-fields"] === true) node.preserveUnknownFields = true;
  if (schema["x-kubernetes-embedded-resource"] === true) node.embeddedResource = true;
  if (schema["nullable"] === true) node.nullable = true;
  const listType = schema["x-kubernetes-list-type"];
  if (listType === "atomic" || listType === "set" || listType === "map") node.listType = listType;
  const keys = schema["x-kubernetes-list-map-keys"];
  if (Array.isArray(keys)) node.listMapKeys = keys.filter((key) => typeof key === "string");
  const mapType = schema["x-kubernetes-map-type"];
  if (mapType === "atomic" || mapType === "granular") node.mapType = mapType;
}

function addValues(node: Mutable<SchemaNode>, schema: Json): void {
  if (schema["x-kubernetes-int-or-string"] === true) node.format = "int-or-string";
  else if (typeof schema["format"] === "string") node.format = schema["format"];
  if (schema["default"] !== undefined) node.default = schema["default"];
  if (Array.isArray(schema["enum"])) node.enum = schema["enum"];
  if (typeof schema["description"] === "string") node.description = schema["description"];
  const rules = ruleNames.filter((name) => schema[name] !== undefined);
  if (rules.length > 0) node.rules = Object.fromEntries(rules.map((name) => [name, schema[name]])) as ValueRules;
}
