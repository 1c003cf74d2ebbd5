/**
 * From an HTTP request to a call of the API server. Path shapes: https://kubernetes.io/docs/reference/using-api/api-concepts/
 * (resource URIs), verbs: k8s.io/apiserver pkg/endpoints/request/requestinfo.go.
 */
import type { PatchType, RequestOptions, Status, Verb } from "../api/index.ts";
import type { ApiCall } from "../client/index.ts";

/** An HTTP request with its body already read as plain data. `path` may carry a query. */
export interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** The call, or the Status the server answers without looking further. */
export type RoutedCall = { readonly call: ApiCall } | { readonly status: Status };

const PATCH_TYPES: ReadonlySet<string> = new Set(["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"]);

/** Routes a request: 404 for paths that are no resource, 405 for methods that no resource has, 415 for unknown patches. */
export function routeRequest({ method, path, body, contentType }: HttpCall): RoutedCall {
  const [route = "", search = ""] = path.split("?");
  const query = readQuery(search);
  const place = readPath(route);
  if (place === undefined) return refused(404, "NotFound", "the server could not find the requested resource");
  const verb = verbOf(method, place.name, query);
  if (verb === undefined) return refused(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  const type = (contentType ?? "application/json").split(";")[0]?.trim() ?? "";
  if (verb === "patch" && !PATCH_TYPES.has(type)) {
    return refused(415, "UnsupportedMediaType", `the body of the request was in an unknown format - accepted media types include: ${[...PATCH_TYPES].join(", ")}`);
  }
  const options = { ...optionsOf(query, verb === "delete" || verb === "deletecollection" ? body : undefined), ...(verb === "patch" ? { patchType: type as PatchType } : {}) };
  return { call: { ...place, verb, ...(body === undefined ? {} : { body }), ...(Object.keys(options).length === 0 ? {} : { options }) } };
}

type Place = Pick<ApiCall, "group" | "version" | "resource" | "subresource" | "namespace" | "name">;

/** /api/v1/…, /apis/GROUP/VERSION/…, then [namespaces/NS/]RESOURCE[/NAME[/SUBRESOURCE]]. */
function readPath(route: string): Place | undefined {
  const parts = route.split("/").filter((part) => part !== "").map(decodeURIComponent);
  const core = parts[0] === "api";
  if (!core && parts[0] !== "apis") return undefined;
  const [group, version] = core ? ["", parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(core ? 2 : 3);
  if (group === undefined || version === undefined || rest.length === 0) return undefined;
  const namespaced = rest[0] === "namespaces" && rest.length >= 3 && !(rest.length === 3 && (rest[2] === "status" || rest[2] === "finalize"));
  const [resource = "", name, subresource] = namespaced ? rest.slice(2) : rest;
  return {
    group, version, resource, ...(namespaced ? { namespace: rest[1] ?? "" } : {}),
    ...(name === undefined ? {} : { name }), ...(subresource === undefined ? {} : { subresource }),
  };
}

function verbOf(method: string, name: string | undefined, query: ReadonlyMap<string, string>): Verb | undefined {
  switch (method.toUpperCase()) {
    case "GET": case "HEAD": return isTrue(query.get("watch")) ? "watch" : name === undefined ? "list" : "get";
    case "POST": return "create";
    case "PUT": return name === undefined ? undefined : "update";
    case "PATCH": return name === undefined ? undefined : "patch";
    case "DELETE": return name === undefined ? "deletecollection" : "delete";
    default: return undefined;
  }
}

function readQuery(search: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const pair of search.split("&")) {
    const equals = pair.indexOf("=");
    if (pair !== "") query.set(decode(equals < 0 ? pair : pair.slice(0, equals)), equals < 0 ? "" : decode(pair.slice(equals + 1)));
  }
  return query;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}

function isTrue(text: string | undefined): boolean {
  return text === "true" || text === "1" || text === "";
}

const TEXTS = ["labelSelector", "fieldSelector", "resourceVersion", "resourceVersionMatch", "continue", "fieldManager", "fieldValidation", "propagationPolicy"] as const;
const NUMBERS = ["limit", "timeoutSeconds", "gracePeriodSeconds"] as const;
const FLAGS = ["allowWatchBookmarks", "sendInitialEvents", "force", "orphanDependents"] as const;

/** Query parameters, and for deletions the fields of a DeleteOptions body. */
function optionsOf(query: ReadonlyMap<string, string>, body: unknown): RequestOptions {
  const options: Record<string, unknown> = {};
  for (const name of TEXTS) if (query.has(name)) options[name] = query.get(name);
  for (const name of NUMBERS) if (query.has(name)) options[name] = Number(query.get(name));
  for (const name of FLAGS) if (query.has(name)) options[name] = isTrue(query.get(name));
  if (query.get("dryRun") === "All") options["dryRun"] = true;
  if (typeof body === "object" && body !== null) {
    for (const name of ["gracePeriodSeconds", "propagationPolicy", "orphanDependents", "preconditions"]) {
      const value = (body as Record<string, unknown>)[name];
      if (value !== undefined && value !== null) options[name] = value;
    }
    if (Array.isArray((body as Record<string, unknown>)["dryRun"])) options["dryRun"] = true;
  }
  return options as RequestOptions;
}

function refused(code: number, reason: string, message: string): { readonly status: Status } {
  return { status: { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason, details: {}, code } };
}
