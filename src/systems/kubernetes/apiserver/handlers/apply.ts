/** Server-side apply. Source: k8s.io/apiserver v1.36 pkg/endpoints/handlers/patch.go (applyPatcher). */
import { rfc3339 } from "../../../../base/time/index.ts";
import type { ApiResponse, KubeObject, ObjectMeta, Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { applyConfiguration, conflictStatus, settledLedger, typedErrors } from "../../field-manager/index.ts";
import { convert } from "../../schema/index.ts";
import { badRequest, conflict, failure, OPTIMISTIC_LOCK, refusal, storeFailure } from "../answers/status.ts";
import { kindOf, readObject } from "../resources/completion.ts";
import { ownersOf, writerOf } from "../resources/ownership.ts";
import type { Server } from "../state.ts";
import { buildNew, namespaceMismatch } from "./create.ts";
import { type Operation, type Outcome, refuse } from "./operation.ts";
import { changeTo } from "./update.ts";

/** What is wrong with an apply before the object is looked at; undefined = nothing. */
export function applyRefusal(server: Server, operation: Operation): ApiResponse | undefined {
  const { call, info, objectName } = operation;
  const body = call.body as KubeObject | undefined;
  if ((call.options?.fieldManager ?? "") === "") return optionsInvalid("fieldManager", "Required value: is required for apply patch");
  if (typeof body !== "object" || (body as unknown) === null) return badRequest("error decoding YAML: the body is empty");
  if (body.metadata?.managedFields !== undefined && body.metadata.managedFields.length > 0) return badRequest("metadata.managedFields must be nil");
  const { apiVersion, kind } = info;
  if (body.apiVersion !== apiVersion || body.kind !== kind) {
    return badRequest(`failed to create typed patch object (${place(operation)}; ${body.apiVersion ?? ""}, Kind=${body.kind ?? ""}): the body must be of ${apiVersion}, Kind=${kind}`);
  }
  const named = body.metadata?.name;
  if (named !== undefined && named !== objectName) return badRequest(`the name of the object (${named}) does not match the name on the URL (${objectName})`);
  const elsewhere = namespaceMismatch(call, body, info);
  if (elsewhere !== undefined) return elsewhere;
  const errors = typedErrors(body, kindOf(server, info).schema);
  if (errors.length === 0) return undefined;
  const list = errors.length === 1 ? (errors[0] ?? "") : `errors:\n${errors.map((error) => `  ${error}`).join("\n")}`;
  return storeFailure(`failed to create typed patch object (${place(operation)}; ${apiVersion}, Kind=${kind}): ${list}`);
}

function place({ namespace, objectName, info }: Operation): string {
  return info.namespaced ? `${namespace}/${objectName}` : `/${objectName}`;
}

function optionsInvalid(field: string, body: string): ApiResponse {
  const reason = body.startsWith("Required") ? "FieldValueRequired" : "FieldValueForbidden";
  const details = { group: "meta.k8s.io", kind: "PatchOptions", causes: [{ reason, message: body, field }] };
  return failure(422, "Invalid", `PatchOptions.meta.k8s.io "" is invalid: ${field}: ${body}`, details);
}

/** `force` is for apply alone. */
export function forceRefusal(operation: Operation): ApiResponse | undefined {
  return operation.call.options?.force === undefined ? undefined : optionsInvalid("force", "Forbidden: may not be specified for non-apply patch");
}

/** The mutation of an apply: merged anew with each state of the object that is tried; without an object, it makes one. */
export function applyMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const { call, info, objectName } = operation;
  const body = call.body as KubeObject;
  const { resourceVersion = "", uid = "" } = body.metadata ?? {};
  if (existing === undefined) return applyNew(server, operation, body);
  const live = existing.object;
  if (resourceVersion !== "" && resourceVersion !== live.metadata.resourceVersion) return refuse(conflict(info, objectName, OPTIMISTIC_LOCK));
  if (uid !== "" && uid !== live.metadata.uid) {
    return refuse(conflict(info, objectName, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`));
  }
  return applyTo(server, operation, existing, body);
}

function applyTo(server: Server, operation: Operation, existing: EtcdValue, body: KubeObject): Outcome {
  const { call, info } = operation;
  const { kinds } = server.state;
  const live = info.apiVersion === info.storageVersion ? existing.object : (convert(existing.object, info.apiVersion) as Stored);
  const owners = ownersOf(kinds, existing.object, existing.fields);
  const { schema } = kindOf(server, info);
  const applied = applyConfiguration(live, owners, configurationOf(body), writerOf(call), rfc3339(server.context.now), call.options?.force === true, schema);
  if ("conflicts" in applied) return refuse(refusal(conflictStatus(applied.conflicts)));
  const read = readObject(server, call, applied.object, info.apiVersion, info.kind);
  if ("refused" in read) return refuse(read.refused);
  const fields = settledLedger(applied.owners);
  const outcome = changeTo(server, operation, existing, read.object, fields);
  return outcome.do === "nothing" && owners !== applied.owners && ownersDiffer(owners, applied.owners)
    ? { do: "put", object: existing.object, fields }
    : outcome;
}

function ownersDiffer(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length !== b.length || b.some((owner) => !a.includes(owner));
}

/** The configuration without what nobody applies. */
function configurationOf(body: KubeObject): KubeObject {
  const meta = body.metadata;
  if (meta === undefined) return body;
  const { resourceVersion: _version, uid: _uid, managedFields: _fields, creationTimestamp: _created, ...metadata } = meta;
  return { ...body, metadata: metadata as ObjectMeta };
}

function applyNew(server: Server, operation: Operation, body: KubeObject): Outcome {
  const { call, info, objectName } = operation;
  if ((call.subresource ?? "") !== "") return refuse(failure(404, "NotFound", `${info.resource} "${objectName}" not found`));
  if ((body.metadata?.uid ?? "") !== "") {
    return refuse(conflict(info, objectName, `uid mismatch: the provided object specified uid ${body.metadata?.uid ?? ""}, and no existing object was found`));
  }
  const read = readObject(server, call, body, info.apiVersion, info.kind);
  if ("refused" in read) return refuse(read.refused);
  const named = { ...read.object, metadata: { ...read.object.metadata, name: objectName } };
  const outcome = buildNew(server, operation, named);
  if (outcome.do !== "put") return outcome;
  const { schema } = kindOf(server, info);
  const applied = applyConfiguration({}, [], configurationOf(body), writerOf(call), rfc3339(server.context.now), true, schema);
  return "conflicts" in applied ? outcome : { ...outcome, fields: settledLedger(applied.owners) };
}
