/** Updating. Source: k8s.io/apiserver v1.36 pkg/registry/generic/registry/store.go (Update) and pkg/registry/rest/update.go. */
import { deepEqual, type JsonValue } from "../../../../base/json/index.ts";
import type { ApiResponse, KubeObject, ObjectMeta, Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { admit, type AdmissionAttributes, checkAdmission } from "../admission/index.ts";
import { badRequest, conflict, failure, notFound, OPTIMISTIC_LOCK } from "../answers/status.ts";
import { allocate } from "../resources/allocations.ts";
import { complete, factsOf, toStored, validateChange } from "../resources/completion.ts";
import { updatedFields } from "../resources/ownership.ts";
import { isCustom } from "../resources/storage.ts";
import type { KindStrategy } from "../../schema/index.ts";
import { type Parts, partialChange, type Strategy, strategyOf } from "../strategies/index.ts";
import type { Server } from "../state.ts";
import { createMutation } from "./create.ts";
import { type Operation, type Outcome, NOTHING, refuse } from "./operation.ts";

/** The mutation of PUT, on the object or its status. */
export function updateMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const body = operation.body as KubeObject;
  if (existing === undefined) return updateOfNothing(server, operation);
  const refused = checkPreconditions(server, operation, body, existing.object);
  return refused === undefined ? changeTo(server, operation, existing, body) : refuse(refused);
}

function updateOfNothing(server: Server, operation: Operation): Outcome {
  const given = operation.body?.metadata?.resourceVersion ?? "";
  if (!factsOf(server, operation.info).createOnUpdate || (operation.call.subresource ?? "") !== "" || (given !== "" && given !== "0")) {
    return refuse(notFound(operation.info, operation.objectName));
  }
  const body = operation.body ?? {};
  return createMutation(server, { ...operation, body: { ...body, metadata: { ...body.metadata, name: operation.objectName } } }, undefined);
}

function checkPreconditions(server: Server, operation: Operation, body: KubeObject, old: Stored): ApiResponse | undefined {
  const { info, objectName } = operation;
  const version = body.metadata?.resourceVersion ?? "";
  const uid = body.metadata?.uid ?? "";
  if (uid !== "" && uid !== old.metadata.uid) {
    return conflict(info, objectName, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`);
  }
  if (version === old.metadata.resourceVersion) return undefined;
  if (version !== "" && version !== "0") return conflict(info, objectName, OPTIMISTIC_LOCK);
  return factsOf(server, info).unconditionalUpdate ? undefined : versionNeeded(info, objectName);
}

function versionNeeded(info: Operation["info"], name: string): ApiResponse {
  const kind = info.group === "" ? info.kind : `${info.kind}.${info.group}`;
  const body = "Invalid value: 0: must be specified for an update";
  const details = { name, ...(info.group === "" ? {} : { group: info.group }), kind: info.kind, causes: [{ reason: "FieldValueInvalid", message: body, field: "metadata.resourceVersion" }] };
  return failure(422, "Invalid", `${kind} "${name}" is invalid: metadata.resourceVersion: ${body}`, details);
}

/** Brings a stored object to a new state that a PUT or a patch asks for: the common road of all updates. `fields` = its ownership, if worked out already. */
export function changeTo(server: Server, operation: Operation, existing: EtcdValue, wanted: KubeObject, fields?: unknown): Outcome {
  const { info, storage, call, objectName } = operation;
  const old = existing.object;
  const subresource = call.subresource ?? "";
  if (wanted.metadata?.name !== undefined && wanted.metadata.name !== objectName) {
    return refuse(badRequest(`the name of the object (${wanted.metadata.name}) does not match the name on the URL (${objectName})`));
  }
  const strategy = strategyOf(storage);
  const object = prepareChange(server, operation, strategy, wanted, old);
  const attributes: AdmissionAttributes = { call, info, storage, verb: "update", subresource, namespace: operation.namespace, name: objectName, object, old };
  const admitted = admit(server, attributes);
  if ("refused" in admitted) return refuse(admitted.refused);
  if (isUnchanged(admitted.object, old)) return NOTHING;
  const allocated = subresource === "" ? allocate(server.state, server.context.random, storage, admitted.object, old, call.options?.dryRun === true) : admitted;
  if ("refused" in allocated) return refuse(allocated.refused);
  const invalid = validateChange(server, info, allocated.object, old, subresource) ?? checkAdmission(server, { ...attributes, object: allocated.object });
  if (invalid !== undefined) return refuse(invalid);
  return finishChange(server, operation, existing, allocated.object, fields);
}

/** Writes the change, or deletes the object when its last finalizer has just gone. */
export function finishChange(server: Server, operation: Operation, existing: EtcdValue, object: KubeObject, fields?: unknown): Outcome {
  if (isReadyToGo(object.metadata as ObjectMeta, existing.object.metadata, object)) return { do: "remove" };
  return { do: "put", object, fields: fields ?? updatedFields(server, operation.call, existing.object, existing.fields) };
}

/** store.go, ShouldDeleteDuringUpdate: the last finalizer went and nothing is being waited for. */
function isReadyToGo(meta: ObjectMeta, old: ObjectMeta, object: KubeObject): boolean {
  if (meta.deletionTimestamp === undefined || (meta.finalizers?.length ?? 0) > 0) return false;
  if (object.kind === "Namespace" && ((object as Parts).spec?.["finalizers"] as readonly string[] | undefined)?.length !== undefined) {
    if (((object as Parts).spec?.["finalizers"] as readonly string[]).length > 0) return false;
  }
  const grace = meta.deletionGracePeriodSeconds;
  return (grace === undefined || grace === 0) && (old.deletionGracePeriodSeconds === undefined || old.deletionGracePeriodSeconds === 0);
}

function isUnchanged(object: KubeObject, old: Stored): boolean {
  if (object === old) return true;
  const a = object as unknown as Readonly<Record<string, unknown>>;
  const b = old as unknown as Readonly<Record<string, unknown>>;
  for (const key in a) if (key !== "metadata" && a[key] !== b[key] && !deepEqual(a[key] as JsonValue, b[key] as JsonValue)) return false;
  for (const key in b) if (!(key in a)) return false;
  return sameMeta(a["metadata"] as ObjectMeta, old.metadata);
}

function sameMeta(a: ObjectMeta, b: ObjectMeta): boolean {
  if (a.labels !== b.labels && !deepEqual((a.labels ?? {}) as JsonValue, (b.labels ?? {}) as JsonValue)) return false;
  if (a.annotations !== b.annotations && !deepEqual((a.annotations ?? {}) as JsonValue, (b.annotations ?? {}) as JsonValue)) return false;
  if (a.finalizers !== b.finalizers && !deepEqual((a.finalizers ?? []) as JsonValue, (b.finalizers ?? []) as JsonValue)) return false;
  if (a.ownerReferences !== b.ownerReferences && !deepEqual((a.ownerReferences ?? []) as unknown as JsonValue, (b.ownerReferences ?? []) as unknown as JsonValue)) return false;
  return a.generation === b.generation && a.deletionTimestamp === b.deletionTimestamp;
}

function prepareChange(server: Server, operation: Operation, strategy: Strategy, wanted: Parts, old: Parts): KubeObject {
  const subresource = operation.call.subresource ?? "";
  if (subresource === "status") return statusOnly(operation, strategy, toStored(operation.info, wanted), old);
  const part = partialChange(operation.storage, subresource);
  if (part !== undefined) return withNextGeneration(server, operation, part(wanted, old), old);
  const defaulted = wanted.spec !== undefined && wanted.spec === old.spec ? wanted : (complete(server, operation.info, wanted) as Parts);
  const facts = factsOf(server, operation.info);
  const withStatus = facts.hasStatus ? replaced(defaulted, "status", old.status) : defaulted;
  const prepared = strategy.prepareForUpdate === undefined ? withStatus : strategy.prepareForUpdate(withStatus, old);
  return withNextGeneration(server, operation, prepared, old);
}

function withNextGeneration(server: Server, operation: Operation, object: Parts, old: Parts): KubeObject {
  const generation = nextGeneration(operation, factsOf(server, operation.info), object, old);
  return { ...object, metadata: updatedMeta(object.metadata ?? {}, old.metadata as ObjectMeta, generation) };
}

function replaced(object: Parts, field: "status" | "spec", value: unknown): Parts {
  if ((object as unknown as Record<string, unknown>)[field] === value) return object;
  if (value !== undefined) return { ...object, [field]: value };
  const { [field]: _dropped, ...rest } = object;
  return rest;
}

function statusOnly(operation: Operation, strategy: Strategy, wanted: Parts, old: Parts): KubeObject {
  const custom = isCustom(operation.info);
  const meta = wanted.metadata ?? {};
  const before = old.metadata as ObjectMeta;
  const labels = custom || strategy.statusKeepsLabels === true ? before.labels : meta.labels;
  const annotations = custom ? before.annotations : meta.annotations;
  const metadata = updatedMeta({ ...meta, labels, annotations, finalizers: custom ? before.finalizers : meta.finalizers, ownerReferences: before.ownerReferences } as ObjectMeta, before, before.generation);
  const object: Parts = { ...old, metadata };
  return replaced(object, "status", wanted.status);
}

function nextGeneration(operation: Operation, facts: KindStrategy, object: Parts, old: Parts): number | undefined {
  const generation = old.metadata?.generation;
  if (facts.generationPaths === undefined) return generation;
  return contentChanged(isCustom(operation.info), facts.generationPaths, object, old) ? (generation ?? 0) + 1 : generation;
}

function contentChanged(custom: boolean, paths: readonly string[], object: Parts, old: Parts): boolean {
  const a = object as unknown as Readonly<Record<string, JsonValue>>;
  const b = old as unknown as Readonly<Record<string, JsonValue>>;
  if (custom) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (key !== "metadata" && key !== "status" && !same(a[key], b[key])) return true;
    }
    return false;
  }
  for (const path of paths) {
    if (path === "metadata.annotations" ? !same(annotationsOf(object), annotationsOf(old)) : !same(a[path], b[path])) return true;
  }
  return false;
}

function annotationsOf(object: Parts): JsonValue {
  return object.metadata?.annotations ?? {};
}

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && deepEqual(a, b));
}

/** metadata of an update: what the server wrote stays as it was (rest/update.go, BeforeUpdate). */
function updatedMeta(meta: ObjectMeta, old: ObjectMeta, generation: number | undefined): ObjectMeta {
  const { labels, annotations, ownerReferences, finalizers } = meta;
  const same = labels === old.labels && annotations === old.annotations && ownerReferences === old.ownerReferences && finalizers === old.finalizers;
  if (same && generation === old.generation) return old;
  const next: Record<string, unknown> = { name: old.name };
  if (old.generateName !== undefined) next["generateName"] = old.generateName;
  if (old.namespace !== undefined) next["namespace"] = old.namespace;
  next["uid"] = old.uid;
  next["resourceVersion"] = old.resourceVersion;
  if (generation !== undefined) next["generation"] = generation;
  next["creationTimestamp"] = old.creationTimestamp;
  if (old.deletionTimestamp !== undefined) next["deletionTimestamp"] = old.deletionTimestamp;
  if (old.deletionGracePeriodSeconds !== undefined) next["deletionGracePeriodSeconds"] = old.deletionGracePeriodSeconds;
  if (labels !== undefined) next["labels"] = labels;
  if (annotations !== undefined) next["annotations"] = annotations;
  if (ownerReferences !== undefined && ownerReferences.length > 0) next["ownerReferences"] = ownerReferences;
  if (finalizers !== undefined && finalizers.length > 0) next["finalizers"] = finalizers;
  return next as ObjectMeta;
}
