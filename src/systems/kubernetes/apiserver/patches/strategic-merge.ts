/**
 * Strategic merge patch: lists with a merge key are merged item by item, and directives ($patch, $retainKeys,
 * $deleteFromPrimitiveList, $setElementOrder) say the rest. Pure; unchanged parts are shared.
 * Source: k8s.io/apimachinery v1.36 pkg/util/strategicpatch/patch.go.
 */
import { deepEqual, isJsonObject, type JsonObject, type JsonValue, setOwn } from "../../../../base/json/index.ts";
import { fieldOf, type SchemaNode } from "../../schema/index.ts";
import { orderItems } from "./element-order.ts";

/** The patched document, or why the patch can't be applied. */
export type StrategicResult = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

const DIRECTIVE = "$patch";
const RETAIN_KEYS = "$retainKeys";
const DELETE_FROM = "$deleteFromPrimitiveList/";
const ELEMENT_ORDER = "$setElementOrder/";

class Refusal extends Error {}

/** Applies a patch to a document of this schema. */
export function applyStrategicMergePatch(document: JsonValue, patch: JsonValue, schema: SchemaNode): StrategicResult {
  if (!isJsonObject(patch)) return { ok: false, message: "Invalid JSON Patch" };
  try {
    return { ok: true, value: mergeObject(isJsonObject(document) ? document : {}, patch, schema) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.message };
    throw error;
  }
}

function mergeObject(original: JsonObject, patch: JsonObject, schema: SchemaNode | undefined): JsonObject {
  const directive = patch[DIRECTIVE];
  if (directive === "replace") return without(patch, DIRECTIVE);
  if (directive === "delete") return {};
  if (directive !== undefined && directive !== "merge") throw new Refusal(`unrecognized type: ${String(directive)}`);
  const copy: Record<string, JsonValue> = { ...retained(original, patch[RETAIN_KEYS]) };
  for (const key of Object.keys(patch)) {
    if (key.startsWith("$")) continue;
    mergeKeyInto(copy, key, patch[key] as JsonValue, patch, schema === undefined ? undefined : fieldOf(schema, key));
  }
  for (const key of Object.keys(patch)) applyListDirective(copy, key, patch, schema);
  return copy;
}

/** Directives about a list that the patch doesn't otherwise mention, and deletions from lists of plain values. */
function applyListDirective(copy: Record<string, JsonValue>, key: string, patch: JsonObject, schema: SchemaNode | undefined): void {
  if (key.startsWith(DELETE_FROM)) {
    const name = key.slice(DELETE_FROM.length);
    const gone = patch[key] as readonly JsonValue[];
    const list = copy[name];
    if (Array.isArray(list) && Array.isArray(gone)) setOwn(copy, name, (list as readonly JsonValue[]).filter((item) => !gone.some((one) => deepEqual(one, item))));
  } else if (key.startsWith(ELEMENT_ORDER)) {
    const name = key.slice(ELEMENT_ORDER.length);
    const list = copy[name];
    const order = patch[key];
    const mergeKey = (schema === undefined ? undefined : fieldOf(schema, name))?.patchMergeKey;
    if (Array.isArray(list) && Array.isArray(order)) setOwn(copy, name, orderItems(list as readonly JsonValue[], order as readonly JsonValue[], mergeKey));
  }
}

function mergeKeyInto(copy: Record<string, JsonValue>, key: string, change: JsonValue, _patch: JsonObject, schema: SchemaNode | undefined): void {
  const current = Object.hasOwn(copy, key) ? copy[key] : undefined;
  if (change === null) {
     
    delete copy[key];
    return;
  }
  const merges = schema?.patchStrategy?.split(",") ?? [];
  if (isJsonObject(change)) {
    const base = isJsonObject(current) && !merges.includes("replace") ? current : {};
    setOwn(copy, key, mergeObject(base, change, schema));
  } else if (Array.isArray(change) && merges.includes("merge")) {
    setOwn(copy, key, mergeList(Array.isArray(current) ? (current as readonly JsonValue[]) : [], change as readonly JsonValue[], schema as SchemaNode));
  } else setOwn(copy, key, change);
}

function retained(original: JsonObject, keys: JsonValue | undefined): JsonObject {
  if (!Array.isArray(keys)) return original;
  return Object.fromEntries(Object.entries(original).filter(([key]) => (keys as readonly JsonValue[]).includes(key)));
}

function without(object: JsonObject, key: string): JsonObject {
  const { [key]: _dropped, ...rest } = object;
  return rest;
}

function mergeList(original: readonly JsonValue[], patch: readonly JsonValue[], schema: SchemaNode): readonly JsonValue[] {
  const mergeKey = schema.patchMergeKey;
  if (mergeKey === undefined || !patch.every(isJsonObject)) return [...original, ...patch.filter((item) => !original.some((one) => deepEqual(one, item)))];
  const items = patch as readonly JsonObject[];
  if (items.some((item) => item[DIRECTIVE] === "replace")) return items.filter((item) => item[DIRECTIVE] !== "replace");
  const merged = original.slice();
  for (const item of items) mergeItem(merged, item, mergeKey, schema.items);
  return merged;
}

function mergeItem(merged: JsonValue[], item: JsonObject, mergeKey: string, schema: SchemaNode | undefined): void {
  const key = item[mergeKey];
  if (key === undefined) throw new Refusal(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
  const at = merged.findIndex((one) => isJsonObject(one) && one[mergeKey] !== undefined && deepEqual(one[mergeKey], key));
  if (item[DIRECTIVE] === "delete") {
    if (at >= 0) merged.splice(at, 1);
  } else if (at < 0) merged.push(mergeObject({}, item, schema));
  else merged[at] = mergeObject(merged[at] as JsonObject, item, schema);
}
