/** Patching. Source: k8s.io/apiserver v1.36 pkg/endpoints/handlers/patch.go. */
import { applyJsonPatch, applyMergePatch, decodeJsonPatch, type JsonValue, mergePatchRefusal } from "../../../../base/json/index.ts";
import type { ApiResponse, KubeObject } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { badRequest, conflict, failure, notFound, OPTIMISTIC_LOCK, unprocessable } from "../answers/status.ts";
import { isTrusted, kindOf, readObject } from "../resources/completion.ts";
import { applyStrategicMergePatch } from "../patches/strategic-merge.ts";
import { convert, type KindEntry, lookupKind, type SchemaNode } from "../../schema/index.ts";
import { scaleMutation, scaleOf } from "../subresources/scale.ts";
import type { Server } from "../state.ts";
import { type Operation, type Outcome, refuse } from "./operation.ts";
import { changeTo } from "./update.ts";

type Patched = { readonly value: JsonValue } | { readonly refused: ApiResponse };

/** The mutation of PATCH: the patch is worked out anew against each state of the object that is tried. */
export function patchMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const { call, info, objectName } = operation;
  if (existing === undefined) return refuse(notFound(info, objectName));
  if (call.subresource === "scale") return patchScale(server, operation, existing);
  const patched = applyPatch(kindOf(server, info), convert(existing.object, info.apiVersion) as unknown as JsonValue, call.options?.patchType ?? "application/merge-patch+json", call.body as JsonValue);
  if ("refused" in patched) return refuse(patched.refused);
  const object = patched.value as unknown as KubeObject;
  if (object.metadata?.resourceVersion !== undefined && object.metadata.resourceVersion !== existing.object.metadata.resourceVersion) {
    return refuse(conflict(info, objectName, OPTIMISTIC_LOCK));
  }
  if (isTrusted(call)) return changeTo(server, operation, existing, object);
  const read = readObject(server, call, object, info.apiVersion, info.kind);
  return "refused" in read ? refuse(read.refused) : changeTo(server, operation, existing, read.object);
}

function patchScale(server: Server, operation: Operation, existing: EtcdValue): Outcome {
  const { options, body } = operation.call;
  const patched = applyPatch(scaleEntry(server), scaleOf(existing.object) as unknown as JsonValue, options?.patchType ?? "application/merge-patch+json", body as JsonValue);
  if ("refused" in patched) return refuse(patched.refused);
  return scaleMutation(server, { ...operation, body: patched.value as unknown as KubeObject }, existing);
}

function applyPatch(entry: KindEntry, document: JsonValue, type: string, body: JsonValue): Patched {
  switch (type) {
    case "application/json-patch+json": return jsonPatch(document, body);
    case "application/merge-patch+json": return mergePatch(document, body);
    case "application/strategic-merge-patch+json": return entry.custom ? unsupported(NO_STRATEGIC) : strategicPatch(document, body, entry.schema);
    default: return unsupported(ALL_TYPES);
  }
}

/** Custom resources have no strategic merge patch (apiextensions-apiserver pkg/apiserver/customresource_handler.go, serveResource). */
const NO_STRATEGIC = "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";
const ALL_TYPES = `application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml`;

function unsupported(accepted: string): Patched {
  return { refused: failure(415, "UnsupportedMediaType", `the body of the request was in an unknown format - accepted media types include: ${accepted}`) };
}

function scaleEntry(server: Server): KindEntry {
  const entry = lookupKind(server.state.kinds, "autoscaling/v1", "Scale");
  if (entry === undefined) throw new Error("no kind Scale");
  return entry;
}

function strategicPatch(document: JsonValue, body: JsonValue, schema: SchemaNode): Patched {
  const result = applyStrategicMergePatch(document, body, schema);
  return result.ok ? { value: result.value } : { refused: badRequest(result.message) };
}

function jsonPatch(document: JsonValue, body: JsonValue): Patched {
  const decoded = decodeJsonPatch(body);
  if (!decoded.ok) return { refused: decoded.code === 413 ? failure(413, "RequestEntityTooLarge", decoded.message) : badRequest(decoded.message) };
  const result = applyJsonPatch(document, decoded.operations);
  return result.ok ? { value: result.value } : { refused: unprocessable(result.message) };
}

function mergePatch(document: JsonValue, body: JsonValue): Patched {
  const refused = mergePatchRefusal(body);
  return refused === undefined ? { value: applyMergePatch(document, body) } : { refused: badRequest(refused) };
}
