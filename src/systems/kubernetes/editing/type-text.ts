import type { SchemaNode } from "../schema/index.ts";

const FORMATS: Readonly<Record<string, string>> = {
  quantity: "quantity, e.g. 500m or 64Mi", "int-or-string": "number or percentage/name", byte: "base64 text", "date-time": "time, e.g. 2026-01-05T08:00:00Z", "micro-time": "time",
};

/** A value's type in a few words. */
export function typeText(schema: SchemaNode): string {
  if (schema.format !== undefined && FORMATS[schema.format] !== undefined) return FORMATS[schema.format] as string;
  if (schema.enum !== undefined) return schema.enum.map(String).join(" | ");
  if (schema.type === "array") return `list of ${schema.items === undefined ? "values" : plainName(schema.items)}`;
  if (schema.type === "map") return `map of ${schema.additionalProperties === undefined ? "values" : plainName(schema.additionalProperties)}`;
  return plainName(schema);
}

function plainName(schema: SchemaNode): string {
  if (schema.type === "object") return schema.definition ?? "object";
  return schema.type === "any" ? "any value" : schema.type === "integer" ? "whole number" : schema.type === "boolean" ? "true or false" : schema.type === "string" ? "text" : schema.type;
}
