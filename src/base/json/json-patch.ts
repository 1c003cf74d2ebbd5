/**
 * JSON patch (RFC 6902) as the API server applies it: gopkg.in/evanphx/json-patch.v4 v4.13 semantics and wording, among them
 * that `replace` may create a member, `copy` of an absent member copies null, and negative indices count from the end.
 * Sources: that module's patch.go; k8s.io/apiserver/pkg/endpoints/handlers/patch.go.
 */
import { existingIndex, insertionIndex } from "./array-index.ts";
import type { ArrayIndex } from "./array-index.ts";
import { deepEqual } from "./deep-equal.ts";
import type { JsonPatchOperation } from "./json-patch-decode.ts";
import { decodePointerToken } from "./json-pointer.ts";
import { isJsonArray, isJsonObject } from "./json-value.ts";
import type { JsonValue } from "./json-value.ts";
import { setOwn } from "./own-property.ts";

/** The patched document, or the message of the first operation that failed (HTTP 422). */
export type PatchResult = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly message: string };

type MutableObject = Record<string, JsonValue>;
type Container = JsonValue[] | MutableObject;

/** A document under change, and the containers in it that this patch has already copied and may change in place. */
interface Draft {
  root: JsonValue;
  owned: Set<unknown>;
}

/** Carries a refusal out of the nested steps of one operation; it never leaves this module. */
class Refusal extends Error {}

/**
 * Applies `operations` in order. `document` is not changed; the result shares with it everything no operation touched.
 * The API server applies at most 10,000 operations: see `decodeJsonPatch`.
 */
export function applyJsonPatch(document: JsonValue, operations: readonly JsonPatchOperation[]): PatchResult {
  const draft: Draft = { root: document, owned: new Set() };
  try {
    for (const operation of operations) applyOperation(draft, operation);
    return { ok: true, value: draft.root };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.message };
    throw error;
  }
}

function applyOperation(draft: Draft, operation: JsonPatchOperation): void {
  switch (operation.op) {
    case "add":
      return add(draft, operation);
    case "remove":
      return remove(draft, operation);
    case "replace":
      return replace(draft, operation);
    case "move":
      return move(draft, operation);
    case "copy":
      return copy(draft, operation);
    case "test":
      return test(draft, operation);
    default:
      throw new Refusal(`Unexpected kind: ${operation.op ?? "unknown"}`);
  }
}

function add(draft: Draft, operation: JsonPatchOperation): void {
  const path = operation.path ?? refuse("add operation failed to decode path: missing value");
  const place = open(draft, path) ?? refuse(`add operation does not apply: doc is missing path: "${path}": missing value`);
  within(`error in add for path: '${path}'`, insert(place, operation.value ?? null));
}

function remove(draft: Draft, operation: JsonPatchOperation): void {
  const path = operation.path ?? refuse("remove operation failed to decode path: missing value");
  const place = open(draft, path) ?? refuse(`remove operation does not apply: doc is missing path: "${path}": missing value`);
  within(`error in remove for path: '${path}'`, take(place));
}

function replace(draft: Draft, operation: JsonPatchOperation): void {
  const path = operation.path ?? refuse("replace operation failed to decode path: operation missing path field: missing value");
  const value = operation.value ?? null;
  if (path === "") {
    if (typeof value !== "object" || value === null) refuse("replace operation value must be object or array: %!w(<nil>)");
    draft.root = value;
    return;
  }
  const place = open(draft, path) ?? refuse(`replace operation does not apply: doc is missing path: ${path}: missing value`);
  const found = lookUp(place);
  if (found.message !== undefined) refuse(`replace operation does not apply: doc is missing key: ${path}: missing value`);
  if (Array.isArray(place.container)) place.container[found.index ?? 0] = value;
  else setOwn(place.container, place.key, value);
}

function move(draft: Draft, operation: JsonPatchOperation): void {
  const from = operation.from ?? refuse("move operation failed to decode from: operation, missing from field: missing value");
  const source = open(draft, from) ?? refuse(`move operation does not apply: doc is missing from path: ${from}: missing value`);
  const found = lookUp(source);
  within(`error in move for path: '${source.key}'`, found.message);
  within(`error in move for path: '${source.key}'`, take(source));
  const path = operation.path ?? refuse("move operation failed to decode path: operation missing path field: missing value");
  const target = open(draft, path) ?? refuse(`move operation does not apply: doc is missing destination path: ${path}: missing value`);
  within(`error in move for path: '${path}'`, insert(target, found.value ?? null));
}

function copy(draft: Draft, operation: JsonPatchOperation): void {
  const from = operation.from ?? refuse("copy operation failed to decode from: operation, missing from field: missing value");
  const source = open(draft, from) ?? refuse(`copy operation does not apply: doc is missing from path: ${from}: missing value`);
  const found = lookUp(source);
  within(`error in copy for from: '${from}'`, found.message);
  const path = operation.path ?? refuse("copy operation failed to decode path: missing value");
  const target = open(draft, path) ?? refuse(`copy operation does not apply: doc is missing destination path: ${path}: missing value`);
  within("error while adding value during copy", insert(target, found.value ?? null));
  // The value is now in two places: nothing in it may be changed in place any more.
  draft.owned = new Set();
}

function test(draft: Draft, operation: JsonPatchOperation): void {
  const path = operation.path ?? refuse("test operation failed to decode path: operation missing path field: missing value");
  const failed = `testing value ${path} failed: test failed`;
  if (path === "") {
    if (!deepEqual(draft.root, operation.value)) refuse(failed);
    return;
  }
  const place = open(draft, path) ?? refuse(`test operation does not apply: is missing path: ${path}: missing value`);
  const found = lookUp(place);
  within(`error in test for path: '${path}'`, found.message);
  if (!deepEqual(found.value ?? null, operation.value ?? null)) refuse(failed);
}

/** Where an operation acts: a container of the draft that may be changed, and the key in it. */
interface Place {
  readonly container: Container;
  readonly key: string;
}

/** Walks to the container of the last token, copying on the way what isn't ours yet; undefined when the way is missing. */
function open(draft: Draft, path: string): Place | undefined {
  const tokens = path.split("/");
  if (tokens.length < 2) return undefined;
  let container = ownedCopy(draft, draft.root);
  if (container === undefined) return undefined;
  draft.root = container;
  for (let i = 1; i < tokens.length - 1; i++) {
    const found = lookUp({ container, key: decodePointerToken(tokens[i] ?? "") });
    const next = found.value === undefined ? undefined : ownedCopy(draft, found.value);
    if (next === undefined) return undefined;
    if (Array.isArray(container)) container[found.index ?? 0] = next;
    else setOwn<JsonValue>(container, decodePointerToken(tokens[i] ?? ""), next);
    container = next;
  }
  return { container, key: decodePointerToken(tokens[tokens.length - 1] ?? "") };
}

function ownedCopy(draft: Draft, value: JsonValue): Container | undefined {
  if (draft.owned.has(value)) return value as Container;
  const fresh = isJsonArray(value) ? value.slice() : isJsonObject(value) ? { ...value } : undefined;
  if (fresh !== undefined) draft.owned.add(fresh);
  return fresh;
}

interface Found {
  readonly value?: JsonValue;
  readonly index?: number;
  readonly message?: string;
}

/** The element at a place. An absent member of an object is not an error here, an index out of range is. */
function lookUp(place: Place): Found {
  if (!Array.isArray(place.container)) return Object.hasOwn(place.container, place.key) ? { value: place.container[place.key] ?? null } : {};
  const at = existingIndex(place.key, place.container.length);
  return at.ok ? { value: place.container[at.index] ?? null, index: at.index } : { message: at.message };
}

function insert(place: Place, value: JsonValue): string | undefined {
  const { container, key } = place;
  if (!Array.isArray(container)) {
    setOwn(container, key, value);
    return undefined;
  }
  if (key === "-") {
    container.push(value);
    return undefined;
  }
  const at = insertionIndex(key, container.length);
  if (!at.ok) return at.message.startsWith("strconv") ? `value was not a proper array index: '${key}': ${at.message}` : at.message;
  container.splice(at.index, 0, value);
  return undefined;
}

function take(place: Place): string | undefined {
  const { container, key } = place;
  if (!Array.isArray(container)) {
    if (!Object.hasOwn(container, key)) return `Unable to remove nonexistent key: ${key}: missing value`;
    delete container[key];
    return undefined;
  }
  const at: ArrayIndex = existingIndex(key, container.length);
  if (!at.ok) return at.message;
  container.splice(at.index, 1);
  return undefined;
}

function refuse(message: string): never {
  throw new Refusal(message);
}

function within(context: string, message: string | undefined): void {
  if (message !== undefined) refuse(`${context}: ${message}`);
}
