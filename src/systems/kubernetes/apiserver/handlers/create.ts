/** Creating. Source: k8s.io/apiserver v1.36 pkg/endpoints/handlers/create.go, pkg/registry/rest/create.go. */
import { extended } from "../../../../base/plain/index.ts";
import type { ApiRequest, KubeObject, ObjectMeta } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import type { ResourceInfo } from "../../schema/index.ts";
import { admit, type AdmissionAttributes, checkAdmission } from "../admission/index.ts";
import { alreadyExists, badRequest, failure, generateNameConflict } from "../answers/status.ts";
import { createdMeta, generateName, newUid } from "../resources/object-meta.ts";
import { createdFields } from "../resources/ownership.ts";
import { complete, decodeBody, factsOf, validateNew } from "../resources/completion.ts";
import { allocate, releaseAllocations } from "../resources/allocations.ts";
import { isCustom } from "../resources/storage.ts";
import { type Parts, strategyOf } from "../strategies/index.ts";
import type { Server } from "../state.ts";
import { type Operation, type OperationTable, type Outcome, proceed, refuse } from "./operation.ts";

/** Tries of a generated name before giving up (registry/generic/registry/store.go, maxNameGenerationCreateAttempts). */
const NAME_ATTEMPTS = 8;

/** Reads the body and starts the creation of an object. */
export function startCreate(server: Server, table: OperationTable, operation: Operation): void {
  const { call, info } = operation;
  const decoded = decodeBody(server, call, info);
  if ("refused" in decoded) {
    table.answer(server, operation, decoded.refused);
    return;
  }
  const wrong = namespaceMismatch(call, decoded.object, info);
  if (wrong !== undefined) {
    table.answer(server, operation, wrong);
    return;
  }
  proceed(server, table, { ...operation, body: decoded.object, warnings: decoded.warnings }, undefined, true);
}

/** apiserver pkg/registry/rest/meta.go, EnsureObjectNamespaceMatchesRequestNamespace. */
export function namespaceMismatch(call: ApiRequest, body: KubeObject, info: ResourceInfo): ReturnType<typeof badRequest> | undefined {
  const given = body.metadata?.namespace;
  if (given === undefined || given === "") return undefined;
  const expected = info.namespaced ? (call.namespace ?? "") : "";
  if (given === expected) return undefined;
  if (expected === "") return undefined;
  return badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
}

/** The mutation: with no object there, the new object; else the refusal, or another generated name. */
export function createMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const { info, body } = operation;
  if (existing === undefined) return buildNew(server, operation, body as KubeObject);
  const meta = body?.metadata;
  if (meta?.name !== undefined && meta.name !== "") return refuse(alreadyExists(info, operation.objectName));
  if (operation.attempt >= NAME_ATTEMPTS) return refuse(generateNameConflict(info, operation.objectName));
  return buildNew(server, operation, body as KubeObject);
}

/** The new object that a body comes to, through defaults, strategy, admission and validation. */
export function buildNew(server: Server, operation: Operation, body: KubeObject): Outcome {
  const { info, call } = operation;
  const named = nameObject(server, operation, body);
  if (named === undefined) return refuse(nameRequired(info));
  const object = complete(server, info, named);
  const name = object.metadata?.name ?? "";
  const attributes: AdmissionAttributes = { call, info, storage: operation.storage, verb: "create", subresource: "", namespace: operation.namespace, name, object, old: undefined };
  const admitted = admit(server, attributes);
  if ("refused" in admitted) return refuse(admitted.refused);
  const allocated = allocate(server.state, server.context.random, operation.storage, prepareNew(server, operation, admitted.object), undefined, call.options?.dryRun === true);
  if ("refused" in allocated) return refuse(allocated.refused);
  const invalid = validateNew(server, info, allocated.object) ?? checkAdmission(server, { ...attributes, object: allocated.object });
  if (invalid === undefined) return { do: "put", object: allocated.object, fields: createdFields(server, call, object, allocated.object) };
  releaseAllocations(server.state.allocations, allocated.object);
  return refuse(invalid);
}

function nameRequired(info: ResourceInfo): ReturnType<typeof badRequest> {
  const group = info.group === "" ? info.kind : `${info.kind}.${info.group}`;
  const details = { ...(info.group === "" ? {} : { group: info.group }), kind: info.kind, causes: [{ reason: "FieldValueRequired", message: "Required value: name or generateName is required", field: "metadata.name" }] };
  return failure(422, "Invalid", `${group} "" is invalid: metadata.name: Required value: name or generateName is required`, details);
}

function nameObject(server: Server, operation: Operation, body: KubeObject): KubeObject | undefined {
  const meta: ObjectMeta = body.metadata ?? {};
  let name = meta.name ?? "";
  if (name === "") {
    if (meta.generateName === undefined || meta.generateName === "") return undefined;
    name = generateName(server.context.random, meta.generateName);
  }
  const { random, now } = server.context;
  const generation = factsOf(server, operation.info).generationPaths === undefined ? 0 : 1;
  const namespace = operation.info.namespaced ? operation.namespace : "";
  return { ...body, metadata: createdMeta(meta, namespace, name, newUid(random), now, generation) };
}

function prepareNew(server: Server, operation: Operation, object: Parts): KubeObject {
  const { info, storage } = operation;
  const strategy = strategyOf(storage);
  const prepared = strategy.prepareForCreate === undefined ? object : strategy.prepareForCreate(object);
  if (!factsOf(server, info).resetsStatusOnCreate) return prepared;
  if (strategy.createStatus !== undefined) return extended(prepared, { status: strategy.createStatus(prepared) }) as Parts;
  if (!isCustom(info)) return extended(prepared, { status: {} }) as Parts;
  if (prepared.status === undefined) return prepared;
  const { status: _dropped, ...rest } = prepared;
  return rest as KubeObject;
}

