/**
 * Reading a JSON patch body, with the API server's refusals (HTTP 400 and 413) and strict-decoding findings.
 * Source: k8s.io/apiserver/pkg/endpoints/handlers/patch.go (applyJSPatch, maxJSONPatchOperations).
 */
import { isJsonObject, jsonKind } from "./json-value.ts";
import type { JsonValue } from "./json-value.ts";
import { getOwn } from "./own-property.ts";

/** One operation. Which members are needed depends on `op`; what is missing is refused when it is applied. */
export interface JsonPatchOperation {
  readonly op?: string;
  readonly path?: string;
  readonly from?: string;
  readonly value?: JsonValue;
}

/** `code` is the HTTP code of the refusal. `strict` lists unknown fields, worded for fieldValidation=Strict and Warn. */
export type DecodedPatch =
  | { readonly ok: true; readonly operations: readonly JsonPatchOperation[]; readonly strict: readonly string[] }
  | { readonly ok: false; readonly code: 400 | 413; readonly message: string };

const MAX_OPERATIONS = 10_000;
const TEXT_FIELDS = ["op", "path", "from"] as const;
const FIELDS: readonly string[] = [...TEXT_FIELDS, "value"];

/** Reads the parsed body of an `application/json-patch+json` request. */
export function decodeJsonPatch(body: JsonValue): DecodedPatch {
  if (body === null) return { ok: true, operations: [], strict: [] };
  if (!Array.isArray(body)) return refused(`json: cannot unmarshal ${jsonKind(body)} into Go value of type []handlers.jsonPatchOp`);
  const strict: string[] = [];
  for (const [index, item] of (body as readonly JsonValue[]).entries()) {
    const message = checkOperation(item);
    if (message !== undefined) return refused(message);
    if (isJsonObject(item)) for (const key of Object.keys(item)) if (!FIELDS.includes(key)) strict.push(`json patch unknown field "[${String(index)}].${key}"`);
  }
  if (body.length > MAX_OPERATIONS) {
    const message = `The allowed maximum operations in a JSON patch is ${String(MAX_OPERATIONS)}, got ${String(body.length)}`;
    return { ok: false, code: 413, message };
  }
  return { ok: true, operations: (body as readonly JsonValue[]).map(toOperation), strict };
}

function refused(message: string): DecodedPatch {
  return { ok: false, code: 400, message: `error decoding patch: ${message}` };
}

function checkOperation(item: JsonValue): string | undefined {
  if (item === null) return undefined;
  if (!isJsonObject(item)) return `json: cannot unmarshal ${jsonKind(item)} into Go value of type handlers.jsonPatchOp`;
  for (const field of Object.keys(item)) {
    const value = item[field];
    if (!(TEXT_FIELDS as readonly string[]).includes(field) || typeof value === "string" || value === null) continue;
    return `json: cannot unmarshal ${jsonKind(value)} into Go struct field jsonPatchOp.${field} of type string`;
  }
  return undefined;
}

function toOperation(item: JsonValue): JsonPatchOperation {
  if (!isJsonObject(item)) return {};
  const operation: { op?: string; path?: string; from?: string; value?: JsonValue } = {};
  for (const field of TEXT_FIELDS) {
    const text = getOwn(item, field);
    if (typeof text === "string") operation[field] = text;
  }
  const value = getOwn(item, "value");
  if (value !== undefined) operation.value = value;
  return operation;
}
