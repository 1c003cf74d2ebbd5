/** What changes of objects mean for the graph, and whom they concern (graph_builder.go, processGraphChanges). */
import { deepEqual } from "../../../../base/json/index.ts";
import { type KubeObject, type OwnerReference } from "../../api/index.ts";
import type { Enqueue } from "../runtime/index.ts";
import { drop, FOREGROUND, type Graph, type GraphNode, markAbsent, ORPHAN, ownersOf, realNode, setOwners, waitsFor } from "./graph.ts";

/** Queue key: should this object be deleted? */
export const DELETE = "delete/";
/** Queue key: let this object's dependents go. */
export const LET_GO = "orphan/";

/** Hears of a change in any resource. */
export function observe(graph: Graph, enqueue: Enqueue, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
  if (after === undefined) {
    if (before !== undefined) objectGone(graph, enqueue, before);
    return;
  }
  if (before !== undefined && before.metadata?.uid !== after.metadata?.uid) {
    objectGone(graph, enqueue, before);
    objectSeen(graph, enqueue, informer, key, undefined, after);
  } else if (!isSame(before, after)) {
    objectSeen(graph, enqueue, informer, key, before, after);
  }
}

/** True when nothing changed that matters here; what most updates come to. */
function isSame(before: KubeObject | undefined, after: KubeObject): boolean {
  const old = before?.metadata;
  const meta = after.metadata;
  if (old === undefined || meta === undefined || old.deletionTimestamp !== meta.deletionTimestamp) return false;
  return (old.ownerReferences === meta.ownerReferences || deepEqual(old.ownerReferences, meta.ownerReferences))
    && (old.finalizers === meta.finalizers || deepEqual(old.finalizers, meta.finalizers));
}

function objectSeen(graph: Graph, enqueue: Enqueue, informer: string, key: string, before: KubeObject | undefined, after: KubeObject): void {
  const owners = ownersOf(after);
  const foreground = waitsFor(after, FOREGROUND);
  const orphaning = waitsFor(after, ORPHAN);
  const known = graph.nodes.get(after.metadata?.uid ?? "");
  if (known === undefined && owners.length === 0 && !foreground && !orphaning) return;
  const node = realNode(graph, informer, key, after);
  changeOwners(graph, enqueue, node, owners, before === undefined);
  const starts = foreground && !node.deletingDependents;
  node.deletingDependents = foreground;
  node.orphaning = orphaning;
  if (starts) {
    for (const dependent of node.dependents) enqueue.add(DELETE + dependent);
    enqueue.add(DELETE + node.uid);
  }
  if (orphaning && !waitsFor(before, ORPHAN)) enqueue.add(LET_GO + node.uid);
  drop(graph, node);
}

function changeOwners(graph: Graph, enqueue: Enqueue, node: GraphNode, owners: readonly OwnerReference[], isNew: boolean): void {
  if (deepEqual(node.owners, owners)) return;
  const old = node.owners;
  for (const owner of setOwners(graph, node, owners)) enqueue.add(DELETE + owner.uid);
  for (const owner of old) if (graph.nodes.get(owner.uid)?.deletingDependents === true) enqueue.add(DELETE + owner.uid);
  // An owner that is gone or going takes its new dependent with it; other changes of owners may have left none.
  const isDoomed = owners.some((owner) => {
    const ownerNode = graph.nodes.get(owner.uid);
    return ownerNode?.state === "absent" || ownerNode?.deletingDependents === true;
  });
  if (isDoomed || !isNew) enqueue.add(DELETE + node.uid);
}

function objectGone(graph: Graph, enqueue: Enqueue, object: KubeObject): void {
  const node = graph.nodes.get(object.metadata?.uid ?? "");
  if (node === undefined) return;
  nodeGone(graph, enqueue, node);
}

/** An object is known to be gone: its dependents have lost an owner, and owners may have waited for it. */
export function nodeGone(graph: Graph, enqueue: Enqueue, node: GraphNode): void {
  const { owners } = node;
  for (const dependent of node.dependents) enqueue.add(DELETE + dependent);
  markAbsent(graph, node);
  for (const owner of owners) if (graph.nodes.get(owner.uid)?.deletingDependents === true) enqueue.add(DELETE + owner.uid);
}
