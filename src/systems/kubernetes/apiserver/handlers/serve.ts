/** The pipeline's front: who asks, may they, what for, and which handler does it. */
import type { ApiRequest, ApiResponse, Verb } from "../../api/index.ts";
import { lookupResource, type ResourceInfo } from "../../schema/index.ts";
import { authenticate } from "../access/authenticate.ts";
import { authorize } from "../access/authorize.ts";
import { badRequest, methodNotAllowed, notFound, unauthorized, unknownResource } from "../answers/status.ts";
import { decodeBody } from "../resources/completion.ts";
import { pickItems, selectionOf } from "../resources/selection.ts";
import { isStored, storageName } from "../resources/storage.ts";
import type { Server } from "../state.ts";
import { applyRefusal, forceRefusal } from "./apply.ts";
import { startCreate } from "./create.ts";
import { cacheOf, type Operation, type OperationName, startOperation } from "./operation.ts";
import { startGet, startList } from "./read.ts";
import { planEviction } from "../subresources/eviction.ts";
import { kubeletSubresources, passToKubelet } from "../subresources/proxy.ts";
import { answerReview, answerTokenRequest } from "../subresources/reviews.ts";
import { operations, reply, success } from "./table.ts";
import { refuseWatch, startWatch } from "./watch.ts";

type Answered = ApiResponse | undefined;

/** Serves a request. */
export function serveRequest(server: Server, call: ApiRequest, request: number): void {
  const refused = serve(server, call, request);
  if (refused !== undefined) reply(server, request, call, refused);
}

function serve(server: Server, call: ApiRequest, request: number): Answered {
  const known = known401(server, call);
  if ("refused" in known) return known.refused;
  const info = lookupResource(server.state.kinds, call.group, call.version, call.resource);
  if (info === undefined) return unknownResource();
  if (!isServed(info, known.call)) return methodNotAllowed();
  if (!isStored(info)) return answerUnstored(server, known.call, info);
  if (server.state.caches.get(storageName(info))?.ready !== true) {
    server.state.held.push({ call, request, stream: 0 });
    return undefined;
  }
  return route(server, known.call, request, info);
}

/** Reviews are answered; nothing else that isn't kept is served. */
function answerUnstored(server: Server, call: ApiRequest, info: ResourceInfo): Answered {
  if (call.verb !== "create") return info.resource === "componentstatuses" ? componentStatuses(call, info) : methodNotAllowed();
  const decoded = decodeBody(server, call, info);
  return "refused" in decoded ? decoded.refused : (answerReview(server, call, decoded.object) ?? bindingByResource(server, call));
}

/** POST bindings is the old way to pods/NAME/binding. */
function bindingByResource(_server: Server, _call: ApiRequest): ApiResponse {
  return unknownResource();
}

function componentStatuses(call: ApiRequest, info: ResourceInfo): ApiResponse {
  const healthy = [{ type: "Healthy", status: "True", message: "ok" }];
  const items = ["scheduler", "controller-manager", "etcd-0"].map((name) => ({ apiVersion: "v1", kind: "ComponentStatus", metadata: { name }, conditions: healthy }));
  if (call.verb === "list") return { type: "api-response", code: 200, body: { apiVersion: "v1", kind: "ComponentStatusList", metadata: {}, items }, warnings: ["v1 ComponentStatus is deprecated in v1.19+"] };
  const found = items.find((item) => item.metadata.name === call.name);
  return found === undefined ? notFound(info, call.name ?? "") : { type: "api-response", code: 200, body: found };
}

function known401(server: Server, call: ApiRequest): { readonly call: ApiRequest } | { readonly refused: ApiResponse } {
  const user = authenticate(server.state, call);
  if (user === undefined) return { refused: unauthorized() };
  const known = user === call.user ? call : { ...call, user };
  const denied = authorize(server.state, known);
  return denied === undefined ? { call: known } : { refused: denied };
}

function isServed(info: ResourceInfo, call: ApiRequest): boolean {
  if (call.subresource === undefined || call.subresource === "") return info.verbs.includes(call.verb);
  return info.subresources.some((sub) => sub.name === call.subresource && (sub.verbs.includes(call.verb) || sub.verbs.includes("connect")));
}

function route(server: Server, call: ApiRequest, request: number, info: ResourceInfo): Answered {
  if (info.resource === "pods" && kubeletSubresources.has(call.subresource ?? "")) return passToKubelet(server, call, request);
  switch (call.verb) {
    case "get": startGet(server, call, request, info, reply); return undefined;
    case "list": startList(server, call, request, info, reply); return undefined;
    case "deletecollection": return deleteCollection(server, call, request, info);
    case "watch": return badRequest("a watch is a stream");
    default: return write(server, call, request, info);
  }
}

/** What a write needs to know about itself. */
export function operationFor(call: ApiRequest, request: number, info: ResourceInfo, name: OperationName): Operation {
  return {
    tag: "operation", name, call, request, info, storage: storageName(info), namespace: call.namespace ?? "", objectName: call.name ?? "",
    attempt: 0, step: "read", body: undefined, warnings: undefined, batch: 0, madeUid: undefined,
  };
}

const names: Readonly<Partial<Record<Verb, OperationName>>> = { create: "create", update: "update", patch: "patch", delete: "delete" };

function write(server: Server, call: ApiRequest, request: number, info: ResourceInfo): Answered {
  const { subresource = "" } = call;
  if (subresource === "eviction") return evict(server, operationFor(call, request, info, "evict"));
  if (subresource === "token") return token(server, call, info);
  if (subresource === "binding") return withBody(server, operationFor(call, request, info, "binding"), "v1", "Binding");
  if (subresource === "scale" && call.verb === "update") return withBody(server, operationFor(call, request, info, "scale"), "autoscaling/v1", "Scale");
  const name = names[call.verb];
  if (name === undefined) return methodNotAllowed();
  const operation = operationFor(call, request, info, name);
  if (name === "create") startCreate(server, operations, operation);
  else if (name === "patch") return startPatch(server, operation);
  else if (name === "update") return withBody(server, operation, info.apiVersion, info.kind);
  else startOperation(server, operations, operation);
  return undefined;
}

function evict(server: Server, operation: Operation): Answered {
  const decoded = decodeBody(server, operation.call, operation.info, "policy/v1", "Eviction");
  if ("refused" in decoded) return decoded.refused;
  const plan = planEviction(server, { ...operation, body: decoded.object });
  if ("refused" in plan) return plan.refused;
  startOperation(server, operations, "charge" in plan ? plan.charge : plan.remove);
  return undefined;
}

function token(server: Server, call: ApiRequest, info: ResourceInfo): Answered {
  const decoded = decodeBody(server, call, info, "authentication.k8s.io/v1", "TokenRequest");
  return "refused" in decoded ? decoded.refused : answerTokenRequest(server, call, decoded.object);
}

/** Starts a write of the API server's own. */
export function startInternal(server: Server, operation: Operation): void {
  startOperation(server, operations, operation);
}

/** Server-side apply and the other patches part here. */
function startPatch(server: Server, operation: Operation): Answered {
  const applies = operation.call.options?.patchType === "application/apply-patch+yaml";
  const refused = applies ? applyRefusal(server, operation) : forceRefusal(operation);
  if (refused !== undefined) return refused;
  startOperation(server, operations, applies ? { ...operation, name: "apply" } : operation);
  return undefined;
}

function withBody(server: Server, operation: Operation, apiVersion: string, kind: string): Answered {
  const decoded = decodeBody(server, operation.call, operation.info, apiVersion, kind);
  if ("refused" in decoded) return decoded.refused;
  startOperation(server, operations, { ...operation, body: decoded.object, warnings: decoded.warnings });
  return undefined;
}

/** Deletes everything selected, each as its own operation. */
function deleteCollection(server: Server, call: ApiRequest, request: number, info: ResourceInfo): Answered {
  const selection = selectionOf(server, call, info);
  if ("refused" in selection) return selection.refused;
  const values = pickItems(cacheOf(server, storageName(info)), selection);
  if (values.length === 0) return success(200, { kind: info.resource, ...(info.group === "" ? {} : { group: info.group }) });
  const batch = ++server.state.nextNumber;
  server.state.batches.set(batch, { call, request, waiting: values.length, refusal: undefined });
  const { labelSelector: _l, fieldSelector: _f, ...options } = call.options ?? {};
  for (const { object } of values) {
    const single: ApiRequest = { ...call, verb: "delete", name: object.metadata.name, options, ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }) };
    startOperation(server, operations, { ...operationFor(single, 0, info, "delete"), batch });
  }
  return undefined;
}

/** Serves a watch. */
export function serveWatch(server: Server, call: ApiRequest, stream: number): void {
  const known = known401(server, call);
  if ("refused" in known) {
    refuseWatch(server, stream, known.refused);
    return;
  }
  const info = lookupResource(server.state.kinds, call.group, call.version, call.resource);
  if (info === undefined || !isStored(info)) refuseWatch(server, stream, unknownResource());
  else if (server.state.caches.get(storageName(info))?.ready !== true) server.state.held.push({ call, request: 0, stream });
  else startWatch(server, known.call, stream, info);
}
