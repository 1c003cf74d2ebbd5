/** Decoding, defaulting and validating bodies: what the schema and validation modules know, put in the pipeline's order. */
import { rfc3339 } from "../../../../base/time/index.ts";
import type { ApiRequest, ApiResponse, KubeObject } from "../../api/index.ts";
import {
  apiVersionOf, applyDefaults, convert, decodeObject, type KindEntry, type KindStrategy, lookupKind, type ResourceInfo, splitApiVersion, strategyOf, validateCustomObject,
} from "../../schema/index.ts";
import { type FieldError, invalidStatus, validateCreate, validateStatusUpdate, validateUpdate, type ValidationInfo } from "../../validation/index.ts";
import { badRequest, refusal } from "../answers/status.ts";
import type { Server } from "../state.ts";
import { isCustom } from "./storage.ts";

/** A body read, or the refusal. */
export type Decoded = { readonly object: KubeObject; readonly warnings: readonly string[] | undefined } | { readonly refused: ApiResponse };

/**
 * Components inside the simulation send objects that the API once served or that are typed; reading them again would
 * only cost time. People and programs outside are read in full.
 */
export function isTrusted(call: ApiRequest): boolean {
  return call.token === undefined && call.user.startsWith("system:") && call.options?.fieldValidation === undefined;
}

/** Reads a request's body as an object of `apiVersion` and `kind`. */
export function decodeBody(server: Server, call: ApiRequest, info: ResourceInfo, apiVersion = info.apiVersion, kind = info.kind): Decoded {
  const body = call.body as KubeObject | undefined;
  if (typeof body !== "object" || (body as unknown) === null) return { refused: badRequest("the request body is empty: an object is needed") };
  const mismatch = wrongType(body, apiVersion, kind);
  if (mismatch !== undefined) return { refused: mismatch };
  const typed = body.apiVersion === apiVersion && body.kind === kind ? body : { ...body, apiVersion, kind };
  if (isTrusted(call)) return { object: typed, warnings: undefined };
  return readObject(server, call, typed, apiVersion, kind);
}

/** Reads an object as the decoder does: wrong types are refused, unknown fields dropped, told or refused. */
export function readObject(server: Server, call: ApiRequest, object: KubeObject, apiVersion: string, kind: string): Decoded {
  const entry = lookupKind(server.state.kinds, apiVersion, kind);
  if (entry === undefined) return { object, warnings: undefined };
  const { fieldValidation } = call.options ?? {};
  const result = decodeObject(object, entry, fieldValidation === undefined ? {} : { fieldValidation });
  if (!result.ok) return { refused: badRequest(result.message) };
  return { object: result.object, warnings: result.warnings.length === 0 ? undefined : result.warnings };
}

/** apiserver pkg/endpoints/handlers/create.go and runtime/serializer/versioning: the body must be of the kind of the path. */
function wrongType(body: KubeObject, apiVersion: string, kind: string): ApiResponse | undefined {
  if (body.apiVersion !== undefined && body.apiVersion !== "" && body.apiVersion !== apiVersion) {
    return badRequest(`the API version in the data (${body.apiVersion}) does not match the expected API version (${apiVersion})`);
  }
  if (body.kind === undefined || body.kind === "" || body.kind === kind) return undefined;
  const { group, version } = splitApiVersion(apiVersion);
  const found = body.kind;
  return badRequest(`${found} in version "${version}" cannot be handled as a ${kind}: converting (${apiVersionOf(group, version)}.${found}) to (${apiVersion}.${kind}): unknown conversion`);
}

/** The object with its kind's defaults, in the version it is stored as. Shares what doesn't change. */
export function complete(server: Server, info: ResourceInfo, object: KubeObject): KubeObject {
  const entry = kindOf(server, info);
  const filled = applyDefaults(object, entry, { now: rfc3339(server.context.now) });
  return toStored(info, filled);
}

/** The object in the version it is stored as. */
export function toStored(info: ResourceInfo, object: KubeObject): KubeObject {
  return info.apiVersion === info.storageVersion ? object : convert(object, info.storageVersion);
}

/** The schema entry of a resource's objects, in the version of the request. */
export function kindOf(server: Server, info: ResourceInfo): KindEntry {
  const known = entries.get(info);
  if (known !== undefined) return known;
  const entry = lookupKind(server.state.kinds, info.apiVersion, info.kind);
  if (entry === undefined) throw new Error(`no kind ${info.apiVersion}/${info.kind}`);
  entries.set(info, entry);
  return entry;
}

/** Entries found so far; a changed definition makes new infos. Pure derived data. */
const entries = new WeakMap<ResourceInfo, KindEntry>();

/** What the schema module knows of how a resource's objects are treated. */
export function factsOf(server: Server, info: ResourceInfo): KindStrategy {
  return strategyOf(kindOf(server, info));
}

/** Validates a new object, in its stored version. */
export function validateNew(server: Server, info: ResourceInfo, object: KubeObject): ApiResponse | undefined {
  return invalid(info, object, [...validateCreate(object, validationInfo(info)), ...customErrors(server, info, object)]);
}

const NO_ERRORS: readonly FieldError[] = [];

/** What a custom resource's schema has against an object. */
function customErrors(server: Server, info: ResourceInfo, object: KubeObject): readonly FieldError[] {
  const entry = kindOf(server, info);
  return entry.custom ? (validateCustomObject(object, entry.schema) as readonly FieldError[]) : NO_ERRORS;
}

function validationInfo(info: ResourceInfo): ValidationInfo {
  return { group: splitApiVersion(info.storageVersion).group, kind: info.kind, namespaced: info.namespaced };
}

/** Kinds of extension servers are held to the generic rules: a finalizer without a slash will do (apimachinery ValidateFinalizerName). */
function isFinalizerOfExtensions(info: ResourceInfo, error: FieldError): boolean {
  return (isCustom(info) || info.group === "apiextensions.k8s.io") && error.field.startsWith("metadata.finalizers[") && error.body.endsWith("nor is it fully qualified");
}

function invalid(info: ResourceInfo, object: KubeObject, found: readonly FieldError[]): ApiResponse | undefined {
  if (found.length === 0) return undefined;
  const errors = found.filter((error) => !isFinalizerOfExtensions(info, error));
  return errors.length === 0 ? undefined : refusal(invalidStatus({ group: info.group, kind: info.kind }, object.metadata?.name ?? "", errors));
}

/** Validates a changed object, in its stored version. */
export function validateChange(server: Server, info: ResourceInfo, object: KubeObject, old: KubeObject, subresource: string): ApiResponse | undefined {
  const about = validationInfo(info);
  if (subresource === "status") return invalid(info, object, validateStatusUpdate(object, old, about));
  return invalid(info, object, [...validateUpdate(object, old, subresource === "" ? about : { ...about, subresource }), ...customErrors(server, info, object)]);
}
