/** Which mutation belongs to which operation, and what is answered when it is done. */
import type { ApiRequest, ApiResponse, KubeObject, Status, Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { releaseFailed } from "../resources/allocations.ts";
import { isShown } from "../resources/audience.ts";
import { shownAs } from "../resources/shown.ts";
import type { Server } from "../state.ts";
import { bindingMutation } from "../subresources/binding.ts";
import { chargeBudgetMutation, evictMutation } from "../subresources/eviction.ts";
import { scaleMutation, scaleOf } from "../subresources/scale.ts";
import { applyMutation } from "./apply.ts";
import { createMutation } from "./create.ts";
import { deleteMutation } from "./delete.ts";
import { type Operation, type OperationTable, startOperation } from "./operation.ts";
import { patchMutation } from "./patch.ts";
import { updateMutation } from "./update.ts";

/** Sends a response to whoever asked; 0 = nobody. People's requests are noted. */
export function reply(server: Server, request: number, call: ApiRequest, response: ApiResponse): void {
  if (request !== 0) server.context.reply(request, response);
  if (isShown(call)) noteServed(server, call, response);
}

function noteServed(server: Server, call: ApiRequest, response: ApiResponse): void {
  if (call.options?.dryRun === true) return; // Nothing was written, so there is nothing to tell.
  const refused = response.code >= 400;
  if (!refused && (call.verb === "get" || call.verb === "list" || call.verb === "watch")) return;
  const name = call.name ?? (response.body as KubeObject).metadata?.name ?? "";
  const path = [call.resource, call.namespace, name].filter((part) => part !== undefined && part !== "").join("/");
  const data = { verb: call.verb, resource: call.resource, user: call.user, agent: call.agent, code: response.code, ...(call.subresource === undefined ? {} : { subresource: call.subresource }) };
  if (refused) server.context.note("RequestRefused", path, { ...data, reason: (response.body as Status).reason ?? "", message: (response.body as Status).message ?? "" });
  else server.context.note("RequestServed", path, data);
}

/** A Status that says it went well. */
export function success(code: number, details?: Status["details"]): ApiResponse {
  const body: Status = { apiVersion: "v1", kind: "Status", metadata: {}, status: "Success", ...(details === undefined ? { code } : { details }) };
  return { type: "api-response", code, body };
}

function respond(server: Server, operation: Operation, value: EtcdValue, gone: boolean): ApiResponse {
  const { call, info, name } = operation;
  if (name === "binding" || name === "evict") return success(201);
  if (name === "scale" || call.subresource === "scale") return { type: "api-response", code: 200, body: scaleOf(value.object) };
  if (name === "delete" && gone) return success(200, deletedDetails(operation, value.object));
  const body = shownAs(server.state.kinds, value.object, value.fields, info.apiVersion, isShown(call));
  const created = name === "create" || isFirst(operation, value);
  return withWarnings({ type: "api-response", code: created ? 201 : 200, body }, operation.warnings);
}

/** A PUT or apply that made the object is answered with 201. */
function isFirst(operation: Operation, value: EtcdValue): boolean {
  return operation.madeUid !== undefined && operation.madeUid === value.object.metadata.uid;
}

function deletedDetails(operation: Operation, object: Stored): NonNullable<Status["details"]> {
  const { info, objectName } = operation;
  return { name: objectName, ...(info.group === "" ? {} : { group: info.group }), kind: info.resource, uid: object.metadata.uid };
}

function withWarnings(response: ApiResponse, warnings: readonly string[] | undefined): ApiResponse {
  return warnings === undefined ? response : { ...response, warnings };
}

function answer(server: Server, operation: Operation, response: ApiResponse): void {
  if (response.code >= 400 && operation.storage === "services" && operation.madeUid !== undefined) releaseFailed(server.state.allocations, operation.madeUid);
  if (operation.name === "evict-budget" && response.code < 300) startOperation(server, operations, operation.call.body as Operation);
  else if (operation.batch !== 0) countDown(server, operation, response);
  else reply(server, operation.request, operation.call, withWarnings(response, response.warnings ?? operation.warnings));
}

/** One of a deletecollection's objects is done; what has gone meanwhile counts as done. */
function countDown(server: Server, operation: Operation, response: ApiResponse): void {
  const batch = server.state.batches.get(operation.batch);
  if (batch === undefined) return;
  if (response.code >= 400 && response.code !== 404) batch.refusal ??= response;
  if (--batch.waiting > 0) return;
  server.state.batches.delete(operation.batch);
  reply(server, batch.request, batch.call, batch.refusal ?? success(200, { kind: batch.call.resource, ...(batch.call.group === "" ? {} : { group: batch.call.group }) }));
}

/** All operations. */
export const operations: OperationTable = {
  mutations: {
    create: createMutation, update: updateMutation, patch: patchMutation, apply: applyMutation,
    delete: deleteMutation, binding: bindingMutation, scale: scaleMutation, evict: evictMutation, "evict-budget": chargeBudgetMutation,
  },
  answer, respond,
};
