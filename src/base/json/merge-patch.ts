/**
 * JSON merge patch (RFC 7386) as the API server applies it: gopkg.in/evanphx/json-patch.v4 merge.go.
 * It differs from the RFC in one point that shows: nulls inside a newly added list of objects are removed too.
 */
import { deepEqual } from "./deep-equal.ts";
import { isJsonObject, jsonKind } from "./json-value.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { getOwn, setOwn } from "./own-property.ts";

/** The message (HTTP 400) for a merge patch body that isn't an object; undefined when it is one. */
export function mergePatchRefusal(patch: JsonValue): string | undefined {
  if (patch === null) return "Invalid JSON Patch";
  return isJsonObject(patch) ? undefined : `error decoding patch: json: cannot unmarshal ${jsonKind(patch)} into Go value of type map[string]interface {}`;
}

/** Merges `patch` into `document`. Neither is changed; unchanged parts, and an unchanged whole, are shared. */
export function applyMergePatch(document: JsonValue, patch: JsonValue): JsonValue {
  if (!isJsonObject(document)) return pruneNulls(patch);
  return isJsonObject(patch) ? mergeObjects(document, patch) : patch;
}

function mergeObjects(document: JsonObject, patch: JsonObject): JsonObject {
  let copy: Record<string, JsonValue> | undefined;
  for (const key of Object.keys(patch)) {
    const change = patch[key] ?? null;
    const current = getOwn(document, key);
    if (change === null) {
      if (current === undefined) continue;
      copy ??= Object.assign({}, document);
      delete copy[key];
      continue;
    }
    const merged = current === undefined || current === null ? pruneNulls(change) : applyMergePatch(current, change);
    if (current !== undefined && deepEqual(current, merged)) continue;
    copy ??= Object.assign({}, document);
    setOwn(copy, key, merged);
  }
  return copy ?? document;
}

function pruneNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const pruned = items.map(pruneNulls);
    return pruned.every((item, i) => item === items[i]) ? value : pruned;
  }
  if (!isJsonObject(value)) return value;
  let changed = false;
  const kept: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const member = value[key] ?? null;
    const pruned = member === null ? undefined : pruneNulls(member);
    if (pruned !== undefined) setOwn(kept, key, pruned);
    changed ||= pruned !== member;
  }
  return changed ? kept : value;
}

/** The merge patch that turns `original` into `modified`: what `kubectl edit` and client-side apply of custom resources send. */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch: Record<string, JsonValue> = {};
  for (const key of Object.keys(modified)) {
    const before = getOwn(original, key);
    const after = modified[key] ?? null;
    if (before !== undefined && deepEqual(before, after)) continue;
    setOwn(patch, key, isJsonObject(before) && isJsonObject(after) ? createMergePatch(before, after) : after);
  }
  for (const key of Object.keys(original)) if (getOwn(modified, key) === undefined) setOwn(patch, key, null);
  return patch;
}
