/**
 * The API server's refusals, as meta/v1 Status objects with upstream's wording.
 * Source: k8s.io/apimachinery v1.36 pkg/api/errors/errors.go (New… functions).
 */
import { quote } from "../../../../base/go-format/index.ts";
import type { ApiResponse, Status, StatusCause } from "../../api/index.ts";

/** API group ("" for core) and resource, as refusals name them: "deployments.apps". */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

/** "pods" or "deployments.apps". */
export function groupResourceText(target: GroupResource): string {
  return target.group === "" ? target.resource : `${target.resource}.${target.group}`;
}

type Details = NonNullable<Status["details"]>;

/** A failure as the response that carries it. */
export function failure(code: number, reason: string, message: string, details?: Details): ApiResponse {
  const status: Status = {
    apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, code,
    ...(reason === "" ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
  };
  const retry = details?.retryAfterSeconds;
  return { type: "api-response", code, body: status, ...(retry === undefined ? {} : { retryAfterSeconds: retry }) };
}

/** A failure from a Status made elsewhere (validation's 422). */
export function refusal(status: Status): ApiResponse {
  return { type: "api-response", code: status.code ?? 500, body: status };
}

function detailsOf(target: GroupResource, name: string, extra?: Partial<Details>): Details {
  return Object.assign(
    {},
    name === "" ? undefined : { name },
    target.group === "" ? undefined : { group: target.group },
    target.resource === "" ? undefined : { kind: target.resource },
    extra,
  );
}

/** 404: `pods "web" not found`. */
export function notFound(target: GroupResource, name: string): ApiResponse {
  return failure(404, "NotFound", `${groupResourceText(target)} ${quote(name)} not found`, detailsOf(target, name));
}

/** 404 for a path that leads nowhere. */
export function unknownResource(): ApiResponse {
  return failure(404, "NotFound", "the server could not find the requested resource", {});
}

/** 409 AlreadyExists: `pods "web" already exists`. */
export function alreadyExists(target: GroupResource, name: string): ApiResponse {
  return failure(409, "AlreadyExists", `${groupResourceText(target)} ${quote(name)} already exists`, detailsOf(target, name));
}

/** 409 AlreadyExists when eight generated names in a row were taken (registry/rest/create.go and NewGenerateNameConflict). */
export function generateNameConflict(target: GroupResource, name: string): ApiResponse {
  const message = `${groupResourceText(target)} ${quote(name)} already exists, the server was not able to generate a unique name for the object`;
  return failure(409, "AlreadyExists", message, detailsOf(target, name, { retryAfterSeconds: 1 }));
}

/** What a stale update is told (registry/generic/registry/store.go, OptimisticLockErrorMsg). */
export const OPTIMISTIC_LOCK = "the object has been modified; please apply your changes to the latest version and try again";

/** 409 Conflict: `Operation cannot be fulfilled on pods "web": …`. */
export function conflict(target: GroupResource, name: string, why: string): ApiResponse {
  const message = `Operation cannot be fulfilled on ${groupResourceText(target)} ${quote(name)}: ${why}`;
  return failure(409, "Conflict", message, detailsOf(target, name));
}

/** 403: `pods "web" is forbidden: …`. */
export function forbidden(target: GroupResource, name: string, why: string): ApiResponse {
  const about = groupResourceText(target);
  let message = `${about} ${quote(name)} is forbidden: ${why}`;
  if (name === "") message = `${about} is forbidden: ${why}`;
  if (target.resource === "") message = `forbidden: ${why}`;
  return failure(403, "Forbidden", message, detailsOf(target, name));
}

/** 400: the request itself is wrong. */
export function badRequest(message: string): ApiResponse {
  return failure(400, "BadRequest", message);
}

/** 405 without a resource: the path exists, the method doesn't. */
export function methodNotAllowed(): ApiResponse {
  return failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {});
}

/** 410: history before this revision is gone (NewResourceExpired). */
export function expired(message: string): ApiResponse {
  return failure(410, "Expired", message);
}

/** 410 for a watch or list from a revision that is no longer kept. */
export function tooOld(wanted: number, oldest: number): ApiResponse {
  return expired(`too old resource version: ${wanted} (${oldest})`);
}

/** 504: the cache hasn't got to the revision asked for (NewTooLargeResourceVersionError). */
export function tooLargeResourceVersion(wanted: number, current: number): ApiResponse {
  const causes: StatusCause[] = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  return failure(504, "Timeout", `Too large resource version: ${wanted}, current: ${current}`, { causes, retryAfterSeconds: 1 });
}

/** 422 from a message without field errors. */
export function unprocessable(message: string): ApiResponse {
  return failure(422, "Invalid", message);
}

/** 500 with upstream's prefix (NewInternalError). */
export function internalError(why: string): ApiResponse {
  return failure(500, "InternalError", `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

/** 500 for an error of etcd's client, passed on as it is (responsewriters/status.go, ErrorToAPIStatus). */
export function storeFailure(message: string): ApiResponse {
  return failure(500, "", message);
}

/** 504: the store didn't answer in time (endpoints/handlers/finisher). */
export function storeTimeout(): ApiResponse {
  return failure(504, "Timeout", "Timeout: request did not complete within requested timeout - context deadline exceeded", {});
}

/** 401 without more words. */
export function unauthorized(): ApiResponse {
  return failure(401, "Unauthorized", "Unauthorized");
}
