/**
 * HTTP requests as API requests: method, path, query, headers and the body already read. Pure.
 * Source: k8s.io/apiserver v1.36 pkg/endpoints/installer.go (which methods a path has) and pkg/endpoints/handlers.
 */
import type { ApiRequest, ApiResponse, PatchType, RequestOptions, Verb } from "../api/index.ts";
import { type KindRegistry, lookupResource, type ResourceInfo } from "../schema/index.ts";
import { type ApiPath, parsePath } from "./path.ts";
import { flag, optionsOf, parseQuery, type Query } from "./query.ts";

/** An HTTP request. Header names are in lower case; `body` is the JSON or YAML value, undefined when there is none. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Where a request goes: to the API, to a watch, to a discovery document, to something else, or nowhere. */
export type Routed =
  | { readonly to: "api" | "watch"; readonly call: ApiRequest }
  | { readonly to: "discovery"; readonly level: "legacy" | "groups" | "group" | "resources"; readonly group: string; readonly version: string }
  | { readonly to: "other"; readonly path: string }
  | { readonly to: "refusal"; readonly response: ApiResponse }
  /** 404 with the text "404 page not found", as Go's mux answers. */
  | { readonly to: "nowhere" };

/** Routes a request. `user` is whom the connection is authenticated as, used when there is no bearer token. */
export function routeRequest(kinds: KindRegistry, http: HttpRequest, user: string): Routed {
  const mark = http.target.indexOf("?");
  const path = parsePath(mark < 0 ? http.target : http.target.slice(0, mark));
  if (path === undefined) return { to: "nowhere" };
  if (path.kind === "other") return { to: "other", path: path.path };
  if (path.kind === "discovery") return { to: "discovery", level: path.level, group: path.group, version: path.version };
  const info = lookupResource(kinds, path.group, path.version, path.resource);
  if (info === undefined) return { to: "refusal", response: status(404, "NotFound", "the server could not find the requested resource") };
  return routeResource(http, path, info, parseQuery(mark < 0 ? "" : http.target.slice(mark + 1)), user);
}

type ResourcePath = Extract<ApiPath, { readonly kind: "resource" }>;

function routeResource(http: HttpRequest, path: ResourcePath, info: ResourceInfo, query: Query, user: string): Routed {
  const verb = verbOf(http.method, path, query);
  if (verb === undefined || !hasMethod(info, path, verb)) return refusal(status(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"));
  const read = optionsOf(query, optionsKind(verb));
  if ("refused" in read) return refusal(read.refused);
  const patchType = verb === "patch" ? patchTypeOf(http.headers["content-type"] ?? "") : undefined;
  if (verb === "patch" && patchType === undefined) return refusal(status(415, "UnsupportedMediaType", UNKNOWN_FORMAT));
  const options: RequestOptions = { ...read.options, ...(verb === "delete" || verb === "deletecollection" ? deleteOptions(http.body) : {}), ...(patchType === undefined ? {} : { patchType }) };
  const call = callOf(http, path, verb, options, user, query);
  return verb === "watch" ? { to: "watch", call } : { to: "api", call };
}

function refusal(response: ApiResponse): Routed {
  return { to: "refusal", response };
}

function status(code: number, reason: string, message: string): ApiResponse {
  return { type: "api-response", code, body: { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason, details: {}, code } };
}

function verbOf(method: string, path: ResourcePath, query: Query): Verb | undefined {
  const { name, subresource } = path;
  switch (method) {
    case "GET":
    case "HEAD":
      if (path.watch || (flag(query, "watch") === true && subresource === "")) return "watch";
      return name === "" ? "list" : "get";
    case "POST": return name === "" || subresource !== "" ? "create" : undefined;
    case "PUT": return name === "" ? undefined : "update";
    case "PATCH": return name === "" ? undefined : "patch";
    case "DELETE": return name === "" ? "deletecollection" : "delete";
    default: return undefined;
  }
}

function hasMethod(info: ResourceInfo, path: ResourcePath, verb: Verb): boolean {
  if (path.subresource === "") return info.verbs.includes(verb) && (info.namespaced || path.namespace === "" || path.resource === "namespaces");
  const sub = info.subresources.find((candidate) => candidate.name === path.subresource);
  return sub !== undefined && (sub.verbs.includes(verb) || sub.verbs.includes("connect"));
}

function optionsKind(verb: Verb): string {
  const kinds: Readonly<Partial<Record<Verb, string>>> = { create: "CreateOptions", update: "UpdateOptions", patch: "PatchOptions", delete: "DeleteOptions", deletecollection: "DeleteOptions" };
  return kinds[verb] ?? "ListOptions";
}

const patchTypes: readonly PatchType[] = ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"];
const UNKNOWN_FORMAT = `the body of the request was in an unknown format - accepted media types include: ${patchTypes.join(", ")}`;

function patchTypeOf(contentType: string): PatchType | undefined {
  const semicolon = contentType.indexOf(";");
  const type = (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim();
  return patchTypes.find((candidate) => candidate === type);
}

/** DeleteOptions may come as the body; what it says counts. */
function deleteOptions(body: unknown): RequestOptions {
  if (typeof body !== "object" || body === null) return {};
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions, dryRun } = body as RequestOptions & { readonly dryRun?: unknown };
  return {
    ...(typeof gracePeriodSeconds === "number" ? { gracePeriodSeconds } : {}),
    ...(propagationPolicy === undefined || (propagationPolicy as unknown) === null ? {} : { propagationPolicy }),
    ...(typeof orphanDependents === "boolean" ? { orphanDependents } : {}),
    ...(preconditions === undefined || (preconditions as unknown) === null ? {} : { preconditions }),
    ...(Array.isArray(dryRun) && dryRun.includes("All") ? { dryRun: true } : {}),
  };
}

function callOf(http: HttpRequest, path: ResourcePath, verb: Verb, options: RequestOptions, user: string, query: Query): ApiRequest {
  const { group, version, resource, subresource, name } = path;
  const bearer = /^Bearer\s+(\S+)$/i.exec(http.headers["authorization"] ?? "")?.[1];
  const namespace = resource === "namespaces" ? "" : path.namespace;
  const body = connects(subresource) ? connectOptions(query, path.rest) : http.body;
  return {
    type: "api-request", verb, group, version, resource, user, agent: http.headers["user-agent"] ?? "", options,
    ...(subresource === "" ? {} : { subresource }), ...(namespace === "" ? {} : { namespace }), ...(name === "" ? {} : { name }),
    ...(body === undefined || verb === "delete" || verb === "deletecollection" ? {} : { body }), ...(bearer === undefined ? {} : { token: bearer }),
  };
}

function connects(subresource: string): boolean {
  return subresource === "log" || subresource === "exec" || subresource === "attach" || subresource === "portforward" || subresource === "proxy";
}

/** Options of log, exec and the like: all query parameters, single values as texts, `command` as a list. */
function connectOptions(query: Query, rest: string): object {
  const options: Record<string, unknown> = {};
  for (const [name, values] of query) options[name] = name === "command" || values.length > 1 ? values : (values[0] ?? "");
  return rest === "" ? options : { ...options, path: rest };
}
