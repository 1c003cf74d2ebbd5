/**
 * Reads the rows of the generated tables. A row is `marks field field …`:
 * marks: `#` a kind with apiVersion and kind of its own, `~` an atomic map.
 * field: `name[!]:[~|^]type[|patchStrategy|patchMergeKey]` where `!` = required, `~`/`^` = atomic/granular at this place.
 * type: `@Name` or `@group.version/Name` a definition · `*T` a map of T · `[L]T` a list of T with
 * L = `a` atomic, `s` set, `mkey,key` map, empty unset · scalars: s string, i int32, l int64, d double, b boolean,
 * y base64 bytes, t time, u micro time, q quantity, x int-or-string, o object of any shape, j any JSON,
 * A/B/S JSONSchemaProps or array/boolean/strings.
 */
import { keepsEmpty, omitsZero } from "./go-fields.ts";
import { valuesOf } from "./named-strings.ts";
import type { SchemaNode } from "./node.ts";

/** A definition's row, read. */
export interface TableRow {
  readonly isKind: boolean;
  readonly atomic: boolean;
  readonly fields: readonly (readonly [name: string, required: boolean, code: string])[];
}

/** Splits a row into marks and fields. */
export function readRow(row: string): TableRow {
  const [marks = "", ...parts] = row.split(" ");
  const fields = parts.map((part) => {
    const colon = part.indexOf(":");
    const required = part[colon - 1] === "!";
    return [part.slice(0, required ? colon - 1 : colon), required, part.slice(colon + 1)] as const;
  });
  return { isKind: marks.includes("#"), atomic: marks.includes("~"), fields };
}

const schemaProps = "apiextensions.v1/JSONSchemaProps";
const scalars: Readonly<Record<string, SchemaNode>> = {
  s: { type: "string", goType: "string" },
  i: { type: "integer", format: "int32", goType: "int32" },
  l: { type: "integer", format: "int64", goType: "int64" },
  d: { type: "number", format: "double", goType: "float64" },
  b: { type: "boolean", goType: "bool" },
  y: { type: "string", format: "byte", goType: "[]uint8" },
  t: { type: "string", format: "date-time", goType: "v1.Time" },
  u: { type: "string", format: "micro-time", goType: "v1.MicroTime" },
  q: { type: "string", format: "quantity", goType: "resource.Quantity" },
  x: { type: "string", format: "int-or-string", goType: "intstr.IntOrString" },
  o: { type: "any", preserveUnknownFields: true },
  j: { type: "any", preserveUnknownFields: true },
};

/** Builds the node of a field's code. `link` finds the node of a `@` reference. `where` is `group.version/Definition.field`. */
export function nodeOfCode(code: string, where: string, link: (reference: string) => SchemaNode): SchemaNode {
  const [type = "", patchStrategy = "", patchMergeKey = ""] = code.split("|");
  const marked = type.startsWith("~") || type.startsWith("^");
  const plain = nodeOfType(marked ? type.slice(1) : type, where, link);
  const base = isScalar(plain) && omitsZero(where) ? { ...plain, omitsZero: true } : plain;
  if (!marked && patchStrategy === "" && patchMergeKey === "") return base;
  return annotated(base, {
    ...(marked ? { mapType: type.startsWith("~") ? "atomic" as const : "granular" as const } : {}),
    ...(patchStrategy === "" ? {} : { patchStrategy }),
    ...(patchMergeKey === "" ? {} : { patchMergeKey }),
  });
}

function isScalar(node: SchemaNode): boolean {
  return node.type === "string" || node.type === "integer" || node.type === "number" || node.type === "boolean";
}

/** A node like `base` with more annotations; lazily linked parts stay lazy. */
function annotated(base: SchemaNode, extra: Partial<SchemaNode>): SchemaNode {
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(base), ...Object.getOwnPropertyDescriptors(extra) }) as SchemaNode;
}

function nodeOfType(type: string, where: string, link: (reference: string) => SchemaNode): SchemaNode {
  const first = type.charAt(0);
  if (first === "@") return link(type.slice(1));
  if (first === "*") return mapNode(nodeOfType(type.slice(1), where, link));
  if (first === "[") return listNode(type, where, link);
  if (first === "A" || first === "B" || first === "S") return annotated(link(schemaProps), { type: "any", preserveUnknownFields: true });
  const scalar = scalars[type];
  if (scalar === undefined) throw new Error(`unknown type code ${type} at ${where}`);
  return type === "s" ? namedString(where, scalar) : scalar;
}

function namedString(where: string, plain: SchemaNode): SchemaNode {
  const named = valuesOf(where);
  if (named === undefined) return plain;
  return named.values.length === 0 ? { type: "string", goType: named.goType } : { type: "string", goType: named.goType, enum: named.values };
}

function mapNode(value: SchemaNode): SchemaNode {
  // ResourceList is the one named map type in the API (core/v1 types.go).
  const goType = value.format === "quantity" ? "v1.ResourceList" : `map[string]${value.goType ?? "interface {}"}`;
  return { type: "map", additionalProperties: value, goType };
}

function listNode(type: string, where: string, link: (reference: string) => SchemaNode): SchemaNode {
  const close = type.indexOf("]");
  const semantics = type.slice(1, close);
  const items = nodeOfType(type.slice(close + 1), where, link);
  const goType = `[]${items.goType ?? "interface {}"}`;
  return keepsEmpty(where) ? { ...typedList(semantics, items, goType), keepsEmpty: true } : typedList(semantics, items, goType);
}

function typedList(semantics: string, items: SchemaNode, goType: string): SchemaNode {
  if (semantics.startsWith("m")) return { type: "array", items, goType, listType: "map", listMapKeys: semantics.slice(1).split(",") };
  if (semantics === "") return { type: "array", items, goType };
  return { type: "array", items, goType, listType: semantics === "s" ? "set" : "atomic" };
}
