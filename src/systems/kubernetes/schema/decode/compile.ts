/** Compiles a built-in schema into decoder closures, once per definition. */
import { setOwn } from "../../../../base/json/index.ts";
import type { SchemaNode } from "../node.ts";
import { ABSENT, scalarDecoder, zeroValue, type Decode } from "./scalars.ts";
import { keyElement, noteMismatch, noteUnknown, type Walk } from "./walk.ts";

interface Field { readonly decode: Decode; readonly dropEmpty: boolean; readonly dropZero: boolean }
type Fields = ReadonlyMap<string, Field>;

/** Only JSONSchemaProps nests without end. Upstream's limit (encoding/json maxNestingDepth) is 10000; ours keeps clear of the stack's. */
const MAX_DEPTH = 500;

const compiled = new WeakMap<SchemaNode, Decode>();

/** The decoder of a node; made at the first use. */
export function decoderOf(node: SchemaNode): Decode {
  let decode = compiled.get(node);
  if (decode === undefined) {
    decode = compile(node);
    compiled.set(node, decode);
  }
  return decode;
}

function compile(node: SchemaNode): Decode {
  switch (node.type) {
    case "object": return structDecoder(node);
    case "map": return mapDecoder(node);
    case "array": return listDecoder(node);
    case "any": return (value) => value;
    default: return scalarDecoder(node);
  }
}

function compileFields(node: SchemaNode): Fields {
  const required = new Set(node.required);
  const fields = new Map<string, Field>();
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const collection = child.type === "array" || child.type === "map";
    const dropEmpty = collection && !required.has(name) && child.keepsEmpty !== true;
    fields.set(name, { decode: decoderOf(child), dropEmpty, dropZero: child.omitsZero === true });
  }
  return fields;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value as object) return false;
  return true;
}

function structDecoder(node: SchemaNode): Decode {
  let fields: Fields | undefined;
  const goType = node.goType ?? "";
  const structName = node.definition ?? "";
  return (value, walk) => {
    if (!isRecord(value)) {
      noteMismatch(walk, value, goType);
      return value;
    }
    if (walk.structs.length >= MAX_DEPTH) {
      walk.hardError ??= "exceeded max depth";
      return value;
    }
    fields ??= compileFields(node);
    walk.structs.push(structName);
    const result = decodeFields(value, fields, walk);
    walk.structs.pop();
    return result;
  };
}

/** Decodes the fields in the document's order; copies the object at the first field that changes. */
function decodeFields(record: Readonly<Record<string, unknown>>, fields: Fields, walk: Walk): unknown {
  const keys = Object.keys(record);
  let copy: Record<string, unknown> | undefined;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    const before = record[key];
    const after = decodeField(key, before, fields, walk);
    if (after === before) {
      if (copy !== undefined) copy[key] = after;
      continue;
    }
    copy ??= firstFields(record, keys, at);
    if (after !== ABSENT) copy[key] = after;
  }
  return copy ?? record;
}

function firstFields(record: Readonly<Record<string, unknown>>, keys: readonly string[], count: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (let at = 0; at < count; at++) {
    const key = keys[at] as string;
    copy[key] = record[key];
  }
  return copy;
}

function decodeField(key: string, value: unknown, fields: Fields, walk: Walk): unknown {
  const field = fields.get(key);
  if (field === undefined) {
    noteUnknown(walk, key);
    return ABSENT;
  }
  if (value === null || value === undefined) return ABSENT;
  walk.path.push(key);
  const decoded = field.decode(value, walk);
  walk.path.pop();
  if (field.dropZero && (decoded === "" || decoded === false || decoded === 0)) return ABSENT;
  return field.dropEmpty && typeof decoded === "object" && decoded !== null && isEmpty(decoded) ? ABSENT : decoded;
}

function listDecoder(node: SchemaNode): Decode {
  const items = node.items ?? { type: "any" };
  const goType = node.goType ?? "[]interface {}";
  let decodeItem: Decode | undefined;
  return (value, walk) => {
    if (!Array.isArray(value)) {
      noteMismatch(walk, value, goType);
      return value;
    }
    decodeItem ??= decoderOf(items);
    const list = value as readonly unknown[];
    let copy: unknown[] | undefined;
    for (let at = 0; at < list.length; at++) {
      const before = list[at];
      walk.path.push(at);
      const after = before === null ? zeroValue(items) : decodeItem(before, walk);
      walk.path.pop();
      if (after !== before) copy ??= list.slice(0, at);
      copy?.push(after);
    }
    return copy ?? list;
  };
}

function mapDecoder(node: SchemaNode): Decode {
  const values = node.additionalProperties ?? { type: "any" };
  const goType = node.goType ?? "map[string]interface {}";
  let decodeValue: Decode | undefined;
  return (value, walk) => {
    if (!isRecord(value)) {
      noteMismatch(walk, value, goType);
      return value;
    }
    decodeValue ??= decoderOf(values);
    return decodeEntries(value, values, decodeValue, walk);
  };
}

function decodeEntries(record: Readonly<Record<string, unknown>>, values: SchemaNode, decodeValue: Decode, walk: Walk): unknown {
  const nested = values.type === "object" || values.type === "array" || values.type === "map";
  let changed: Map<string, unknown> | undefined;
  for (const key of Object.keys(record)) {
    const before = record[key];
    if (nested) walk.path.push(keyElement(key));
    const after = before === null ? zeroValue(values) : decodeValue(before, walk);
    if (nested) walk.path.pop();
    if (after !== before) (changed ??= new Map()).set(key, after);
  }
  if (changed === undefined) return record;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) setOwn(copy, key, changed.has(key) ? changed.get(key) : record[key]);
  return copy;
}
