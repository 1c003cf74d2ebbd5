/**
 * The API server's door, inside the simulation: what a client sends over the bus and what comes back.
 * The same values are made from HTTP (method, path, query, headers) by the API server's router, so that
 * controllers, the lab's terminal and real clients use one door.
 */
import type { KubeList, KubeObject, Status } from "./object.ts";

/** API verbs as authorization and admission see them. */
export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection";

/** The four patch content types. */
export type PatchType =
  | "application/json-patch+json"
  | "application/merge-patch+json"
  | "application/strategic-merge-patch+json"
  | "application/apply-patch+yaml";

/** Query parameters and DeleteOptions, named as in the API. Absent = the API's default. */
export interface RequestOptions {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: "Exact" | "NotOlderThan";
  readonly limit?: number;
  readonly continue?: string;
  readonly timeoutSeconds?: number;
  readonly allowWatchBookmarks?: boolean;
  readonly sendInitialEvents?: boolean;
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly force?: boolean;
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
  readonly patchType?: PatchType;
  readonly propagationPolicy?: "Orphan" | "Background" | "Foreground";
  readonly gracePeriodSeconds?: number;
  readonly orphanDependents?: boolean;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

/** One request to the API server. `body` is plain data: an object, a patch, or absent. */
export interface ApiRequest {
  readonly type: "api-request";
  readonly verb: Verb;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly body?: unknown;
  readonly options?: RequestOptions;
  /** Authenticated user name, e.g. "system:kube-scheduler", "system:node:node-1", "kubernetes-admin". */
  readonly user: string;
  /** Client program, e.g. "kube-scheduler"; the default field manager is made from it, as from the User-Agent header. */
  readonly agent: string;
  /** Bearer token or client certificate to authenticate instead of `user` (outside clients). */
  readonly token?: string;
}

/** The answer: HTTP status code, and an object, a list or a Status; warnings as in the Warning header. */
export interface ApiResponse {
  readonly type: "api-response";
  readonly code: number;
  readonly body: KubeObject | KubeList | Status;
  readonly warnings?: readonly string[];
  readonly retryAfterSeconds?: number;
}

/** One frame of a watch stream. For DELETED the object is the last state, with the revision of the deletion. */
export interface WatchEvent<T extends KubeObject = KubeObject> {
  readonly type: "watch-event";
  readonly event: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: T;
}

/** True for answers with a 2xx code. */
export function succeeded(response: ApiResponse): boolean {
  return response.code >= 200 && response.code < 300;
}
