/** Decoding, defaulting and validating bodies: what the schema and validation modules know, put in the pipeline's order. */
import type { ApiRequest, ApiResponse, KubeObject } from "../../api/index.ts";
import { apiVersionOf, decodeObject, lookupKind, type ResourceInfo } from "../../schema/index.ts";
import { badRequest } from "../answers/status.ts";
import type { Server } from "../state.ts";

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
  const { group, version } = splitVersion(apiVersion);
  const found = body.kind;
  return badRequest(`${found} in version "${version}" cannot be handled as a ${kind}: converting (${apiVersionOf(group, version)}.${found}) to (${apiVersion}.${kind}): unknown conversion`);
}

function splitVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? { group: "", version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** Fills in the defaults of a kind. */
export function applyKindDefaults(_server: Server, object: KubeObject): KubeObject {
  return object;
}

/** Validates a new object. */
export function validateNew(_server: Server, _info: ResourceInfo, _object: KubeObject): ApiResponse | undefined {
  return undefined;
}

/** Validates a changed object. */
export function validateChange(_server: Server, _info: ResourceInfo, _object: KubeObject, _old: KubeObject, _subresource: string): ApiResponse | undefined {
  return undefined;
}
