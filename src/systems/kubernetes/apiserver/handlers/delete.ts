/**
 * Deleting: at once, gracefully, or after finalizers. Source: k8s.io/apiserver v1.36 pkg/registry/rest/delete.go
 * (BeforeDelete) and pkg/registry/generic/registry/store.go (Delete, deletionFinalizersForGarbageCollection).
 */
import { parseRfc3339, rfc3339 } from "../../../../base/time/index.ts";
import type { ApiResponse, ObjectMeta, Pod, RequestOptions, Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { checkAdmission } from "../admission/index.ts";
import { conflict, notFound } from "../answers/status.ts";
import { withMeta } from "../resources/object-meta.ts";
import { strategyOf } from "../strategies/index.ts";
import type { Server } from "../state.ts";
import { NOTHING, type Operation, type Outcome, refuse } from "./operation.ts";

const ORPHAN = "orphan";
const FOREGROUND = "foregroundDeletion";

/** The mutation of DELETE. */
export function deleteMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const { info, objectName, call, storage, namespace } = operation;
  if (existing === undefined) return refuse(notFound(info, objectName));
  const old = existing.object;
  const options = call.options ?? {};
  const refused = checkDeletePreconditions(operation, options, old)
    ?? checkAdmission(server, { call, info, storage, verb: "delete", subresource: "", namespace, name: objectName, object: undefined, old });
  if (refused !== undefined) return refuse(refused);
  if (storage === "namespaces") return deleteNamespace(server, old, existing);
  const finalizers = finalizersFor(operation, old, options);
  const grace = storage === "pods" ? podGracePeriod(old as Stored<Pod>, options) : 0;
  return plan(server, existing, finalizers, grace, options);
}

function plan(server: Server, existing: EtcdValue, finalizers: readonly string[] | undefined, grace: number, options: RequestOptions): Outcome {
  const old = existing.object;
  const meta = old.metadata;
  if (meta.deletionTimestamp !== undefined) return deleteAgain(existing, finalizers, grace, options);
  const waits = finalizers === undefined ? (meta.finalizers?.length ?? 0) > 0 : finalizers.length > 0;
  if (grace <= 0 && !waits) return { do: "remove" };
  const changes = { ...marked(server.context.now, meta, grace), ...(finalizers === undefined ? {} : { finalizers }) };
  return { do: "put", object: withMeta(old, changes), fields: existing.fields };
}

/** A second DELETE may only shorten the grace period; when that is over and nothing else waits, the object goes. */
function deleteAgain(existing: EtcdValue, finalizers: readonly string[] | undefined, grace: number, options: RequestOptions): Outcome {
  const old = existing.object;
  const meta = old.metadata;
  const waits = (finalizers ?? meta.finalizers ?? []).length > 0;
  const before = meta.deletionGracePeriodSeconds ?? 0;
  const shorter = options.gracePeriodSeconds !== undefined && grace < before;
  if ((before === 0 || grace <= 0 && options.gracePeriodSeconds !== undefined) && !waits) return { do: "remove" };
  if (!shorter && finalizers === undefined) return NOTHING;
  const started = parseRfc3339(meta.deletionTimestamp ?? "") - before * 1000;
  const times = shorter ? { deletionTimestamp: rfc3339(Math.max(started + grace * 1000, 0)), deletionGracePeriodSeconds: grace } : {};
  return { do: "put", object: withMeta(old, { ...times, ...(finalizers === undefined ? {} : { finalizers }) }), fields: existing.fields };
}

/** deletionTimestamp is when the grace period will be over; a pending deletion counts as a change of generation. */
function marked(now: number, meta: ObjectMeta, grace: number): Partial<ObjectMeta> {
  const generation = meta.generation === undefined || meta.generation === 0 ? {} : { generation: meta.generation + 1 };
  return { deletionTimestamp: rfc3339(now + grace * 1000), deletionGracePeriodSeconds: grace, ...generation };
}

function checkDeletePreconditions(operation: Operation, options: RequestOptions, old: Stored): ApiResponse | undefined {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { info, objectName } = operation;
  if (uid !== undefined && uid !== old.metadata.uid) {
    return conflict(info, objectName, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`);
  }
  if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
    return conflict(info, objectName, `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${old.metadata.resourceVersion}`);
  }
  return undefined;
}

/** kubernetes v1.36 pkg/registry/core/pod/strategy.go, CheckGracefulDelete. */
function podGracePeriod(pod: Stored<Pod>, options: RequestOptions): number {
  const period = options.gracePeriodSeconds ?? pod.spec?.terminationGracePeriodSeconds ?? 0;
  if ((pod.spec?.nodeName ?? "") === "") return 0;
  const phase = pod.status?.phase;
  if (phase === "Failed" || phase === "Succeeded") return 0;
  return period < 0 ? 1 : period;
}

/** The finalizers that the deletion's propagation asks for; undefined = as they are. */
function finalizersFor(operation: Operation, old: Stored, options: RequestOptions): readonly string[] | undefined {
  const before = old.metadata.finalizers ?? [];
  const orphans = shouldOrphan(operation, before, options);
  const foreground = shouldWaitForDependents(before, options);
  if (orphans === before.includes(ORPHAN) && foreground === before.includes(FOREGROUND)) return undefined;
  const rest = before.filter((name) => name !== ORPHAN && name !== FOREGROUND);
  return [...rest, ...(orphans ? [ORPHAN] : []), ...(foreground ? [FOREGROUND] : [])];
}

function shouldOrphan(operation: Operation, before: readonly string[], options: RequestOptions): boolean {
  if (options.orphanDependents !== undefined) return options.orphanDependents;
  if (options.propagationPolicy !== undefined) return options.propagationPolicy === "Orphan";
  if (before.includes(ORPHAN)) return true;
  if (before.includes(FOREGROUND)) return false;
  return strategyOf(operation.storage).propagation === "Orphan";
}

function shouldWaitForDependents(before: readonly string[], options: RequestOptions): boolean {
  if (options.orphanDependents !== undefined) return false;
  if (options.propagationPolicy !== undefined) return options.propagationPolicy === "Foreground";
  return before.includes(FOREGROUND);
}

/** kubernetes v1.36 pkg/registry/core/namespace/storage/storage.go: first Terminating, then gone when spec.finalizers is empty. */
function deleteNamespace(server: Server, old: Stored, existing: EtcdValue): Outcome {
  const { spec, status } = old as { readonly spec?: { readonly finalizers?: readonly string[] }; readonly status?: object };
  if (old.metadata.deletionTimestamp === undefined) {
    const object = { ...withMeta(old, { deletionTimestamp: rfc3339(server.context.now) }), status: { ...status, phase: "Terminating" } };
    return { do: "put", object, fields: existing.fields };
  }
  const waits = (spec?.finalizers?.length ?? 0) > 0 || (old.metadata.finalizers?.length ?? 0) > 0;
  return waits ? NOTHING : { do: "remove" };
}
