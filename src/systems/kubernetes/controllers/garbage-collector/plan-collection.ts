/** What is to be done about one object (garbagecollector.go, attemptToDeleteItem and orphanDependents). */
import { type KubeObject, type OwnerReference, splitKey } from "../../api/index.ts";
import type { ApiCall } from "../../client/index.ts";
import { findKind } from "../../schema/index.ts";
import { INFORMER_SPECS, informerName, NO_PLAN, type Plan, type PlannedRequest, planOf, type View } from "../runtime/index.ts";
import { blockingDependents, FOREGROUND, type Graph, type GraphNode, ORPHAN } from "./graph.ts";
import { DELETE } from "./observe.ts";

/** How long until a virtual owner that the API server has, but no informer shows, is asked for again. */
const ASK_AGAIN_MS = 5_000;

/** Where an object is found at the API server. */
export type Where = Pick<ApiCall, "group" | "version" | "resource" | "name"> & { readonly namespace?: string };

/** Should this object be deleted, and how? */
export function planDeletion(graph: Graph, uid: string, view: View): Plan {
  const node = graph.nodes.get(uid);
  if (node === undefined || node.state === "absent") return NO_PLAN;
  if (node.state === "virtual") return planAsking(graph, node, view);
  const object = view.find(node.informer, node.key);
  const where = whereIs(node.informer, node.key, view);
  if (object?.metadata?.uid !== uid || where === undefined) return NO_PLAN;
  if (node.deletingDependents) return planForeground(graph, node, object, where);
  if (object.metadata.deletionTimestamp !== undefined || node.owners.length === 0) return NO_PLAN;
  return planByOwners(graph, node, object, where);
}

function planByOwners(graph: Graph, node: GraphNode, object: KubeObject, where: Where): Plan {
  const solid: OwnerReference[] = [];
  let isWaitedFor = false;
  let gone: GraphNode | undefined;
  for (const reference of node.owners) {
    const owner = graph.nodes.get(reference.uid);
    if (owner?.state === "absent") gone = owner;
    else if (owner?.state === "real" && owner.deletingDependents) isWaitedFor = true;
    else solid.push(reference);
  }
  if (solid.length > 0) return solid.length === node.owners.length ? NO_PLAN : planOf([patchMetadata(object, where, { ownerReferences: solid })]);
  if (isWaitedFor && node.dependents.size > 0) {
    // Two objects that wait for each other would wait for ever: the hold is taken off one of them.
    const isCircle = [...node.dependents].some((uid) => graph.nodes.get(uid)?.deletingDependents === true);
    const unblocked = node.owners.map((owner) => ({ ...owner, blockOwnerDeletion: false }));
    const first = isCircle ? [[patchMetadata(object, where, { ownerReferences: unblocked })]] : [];
    return isCircle ? { steps: first, requeueAfterMs: 100 } : planOf([remove(object, where, "Foreground", gone)]);
  }
  return planOf([remove(object, where, policyOf(object), gone)]);
}

function policyOf(object: KubeObject): "Orphan" | "Foreground" | "Background" {
  const finalizers = object.metadata?.finalizers ?? [];
  return finalizers.includes(ORPHAN) ? "Orphan" : finalizers.includes(FOREGROUND) ? "Foreground" : "Background";
}

function remove(object: KubeObject, where: Where, propagationPolicy: "Orphan" | "Foreground" | "Background", gone: GraphNode | undefined): PlannedRequest {
  const { uid = "", resourceVersion = "" } = object.metadata ?? {};
  const place = where.namespace === undefined ? (where.name ?? "") : `${where.namespace}/${where.name ?? ""}`;
  return {
    call: { verb: "delete", ...where, options: { propagationPolicy, preconditions: { uid, resourceVersion } } },
    accept: [404],
    onSuccess: { note: { kind: "GarbageCollected", object: `${where.resource}/${place}`, data: { policy: propagationPolicy, owner: gone?.label ?? "", why: gone === undefined ? "its owner is being deleted" : "its owner is gone" } } },
  };
}

/** An object deleted in the foreground goes when nothing holds it back any more. */
function planForeground(graph: Graph, node: GraphNode, object: KubeObject, where: Where): Plan {
  const blocking = blockingDependents(graph, node);
  if (blocking.length === 0) return planOf([withoutFinalizer(object, where, FOREGROUND)]);
  return { steps: [], also: blocking.filter((dependent) => !dependent.deletingDependents).map((dependent) => DELETE + dependent.uid) };
}

/** Lets the dependents of an object go, then the object. */
export function planOrphaning(graph: Graph, uid: string, view: View): Plan {
  const node = graph.nodes.get(uid);
  const object = node === undefined ? undefined : view.find(node.informer, node.key);
  const where = node === undefined ? undefined : whereIs(node.informer, node.key, view);
  if (node === undefined || where === undefined || object?.metadata?.uid !== uid || object.metadata.finalizers?.includes(ORPHAN) !== true) return NO_PLAN;
  const releases: PlannedRequest[] = [];
  for (const dependentUid of node.dependents) {
    const dependent = graph.nodes.get(dependentUid);
    const dependentObject = dependent === undefined ? undefined : view.find(dependent.informer, dependent.key);
    const place = dependent === undefined ? undefined : whereIs(dependent.informer, dependent.key, view);
    if (dependent === undefined || dependentObject === undefined || place === undefined) continue;
    const left = dependent.owners.filter((owner) => owner.uid !== uid);
    releases.push({ ...patchMetadata(dependentObject, place, { ownerReferences: left.length === 0 ? null : left }), accept: [404] });
  }
  return { steps: [releases, [withoutFinalizer(object, where, ORPHAN)]] };
}

function withoutFinalizer(object: KubeObject, where: Where, finalizer: string): PlannedRequest {
  const left = (object.metadata?.finalizers ?? []).filter((name) => name !== finalizer);
  return { ...patchMetadata(object, where, { finalizers: left.length === 0 ? null : left }), accept: [404] };
}

function patchMetadata(object: KubeObject, where: Where, metadata: Readonly<Record<string, unknown>>): PlannedRequest {
  const { uid, resourceVersion } = object.metadata ?? {};
  return { call: { verb: "patch", ...where, body: { metadata: { ...metadata, uid, resourceVersion } }, options: { patchType: "application/merge-patch+json" } } };
}

/** Asks the API server itself whether an owner exists that no informer has shown. */
function planAsking(graph: Graph, node: GraphNode, view: View): Plan {
  for (const uid of node.dependents) {
    const dependent = graph.nodes.get(uid);
    const reference = dependent?.owners.find((owner) => owner.uid === node.uid);
    if (dependent === undefined || reference === undefined) continue;
    const where = whereIsOwner(reference, splitKey(dependent.key).namespace, view);
    if (where === undefined) return NO_PLAN;
    const cached = view.find(informerName(where.group, where.resource), where.namespace === undefined ? (where.name ?? "") : `${where.namespace}/${where.name ?? ""}`);
    if (cached?.metadata?.uid === node.uid) {
      node.state = "real";
      node.informer = informerName(where.group, where.resource);
      node.key = where.namespace === undefined ? (where.name ?? "") : `${where.namespace}/${where.name ?? ""}`;
      return NO_PLAN;
    }
    return { ...planOf([{ call: { verb: "get", ...where }, accept: [404] }]), requeueAfterMs: ASK_AGAIN_MS };
  }
  return NO_PLAN;
}

/** Where an owner is, by the kind it is said to have; undefined for a kind nobody serves: then nothing can be said about it. */
function whereIsOwner(owner: OwnerReference, namespace: string, view: View): Where | undefined {
  const info = findKind(owner.apiVersion, owner.kind);
  if (info !== undefined) {
    const { group, version, resource } = info;
    return info.namespaced ? { group, version, resource, name: owner.name, namespace } : { group, version, resource, name: owner.name };
  }
  for (const definition of view.all("customresourcedefinitions.apiextensions.k8s.io")) {
    const { spec } = definition;
    if (spec.names.kind !== owner.kind || !owner.apiVersion.startsWith(`${spec.group}/`)) continue;
    const place = { group: spec.group, version: owner.apiVersion.slice(spec.group.length + 1), resource: spec.names.plural, name: owner.name };
    return spec.scope === "Namespaced" ? { ...place, namespace } : place;
  }
  return undefined;
}

function whereIs(informer: string, key: string, view: View): Where | undefined {
  const spec = INFORMER_SPECS[informer] ?? customSpec(informer, view);
  if (spec === undefined) return undefined;
  const { namespace, name } = splitKey(key);
  const { group, version, resource } = spec;
  return namespace === "" ? { group, version, resource, name } : { group, version, resource, name, namespace };
}

function customSpec(informer: string, view: View): { readonly group: string; readonly version: string; readonly resource: string } | undefined {
  const definition = view.get("customresourcedefinitions.apiextensions.k8s.io", informer);
  const version = definition?.spec.versions.find((candidate) => candidate.served);
  return definition === undefined || version === undefined ? undefined : { group: definition.spec.group, version: version.name, resource: definition.spec.names.plural };
}
