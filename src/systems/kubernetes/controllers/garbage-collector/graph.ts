/**
 * The graph of owners and dependents, kept up with every change of every resource
 * (pkg/controller/garbagecollector/graph_builder.go). Only objects that own or are owned, or that wait for their
 * dependents, are in it; an object without such ties costs one look-up.
 */
import type { KubeObject, OwnerReference } from "../../api/index.ts";

/** real = the informers have it; virtual = somebody names it as owner, but the informers haven't shown it; absent = it is gone. */
export type NodeState = "real" | "virtual" | "absent";

/** One object in the graph. */
export interface GraphNode {
  readonly uid: string;
  state: NodeState;
  /** Where the object is: its informer and key. Empty for a virtual node whose kind is unknown. */
  informer: string;
  key: string;
  /** Kind and name, for people. */
  readonly label: string;
  owners: readonly OwnerReference[];
  /** Uids of what names it as owner. */
  readonly dependents: Set<string>;
  /** Waits for its dependents to be deleted (foreground). */
  deletingDependents: boolean;
  /** Waits for its dependents to be let go (orphan). */
  orphaning: boolean;
}

/** The graph. Plain data. */
export interface Graph {
  readonly nodes: Map<string, GraphNode>;
}

/** Nothing seen yet. */
export function createGraph(): Graph {
  return { nodes: new Map() };
}

/** Finalizer of an object that goes after its dependents (meta/v1 FinalizerDeleteDependents). */
export const FOREGROUND = "foregroundDeletion";
/** Finalizer of an object whose dependents are to be let go first (meta/v1 FinalizerOrphanDependents). */
export const ORPHAN = "orphan";

const NO_OWNERS: readonly OwnerReference[] = [];

/** The owners an object names. */
export function ownersOf(object: KubeObject | undefined): readonly OwnerReference[] {
  return object?.metadata?.ownerReferences ?? NO_OWNERS;
}

/** True when a deleted object carries a finalizer. */
export function waitsFor(object: KubeObject | undefined, finalizer: string): boolean {
  const meta = object?.metadata;
  return meta?.deletionTimestamp !== undefined && meta.finalizers?.includes(finalizer) === true;
}

/** Adds the object to the graph, or makes what stood for it real. */
export function realNode(graph: Graph, informer: string, key: string, object: KubeObject): GraphNode {
  const uid = object.metadata?.uid ?? "";
  const known = graph.nodes.get(uid);
  if (known !== undefined) {
    known.state = "real";
    known.informer = informer;
    known.key = key;
    return known;
  }
  const node: GraphNode = {
    uid, state: "real", informer, key, label: `${object.kind ?? informer}/${object.metadata?.name ?? ""}`, owners: NO_OWNERS, dependents: new Set(), deletingDependents: false, orphaning: false,
  };
  graph.nodes.set(uid, node);
  return node;
}

/** Sets a node's owners and enters it with them; returns owners that were not in the graph before and stand there virtually now. */
export function setOwners(graph: Graph, node: GraphNode, owners: readonly OwnerReference[]): GraphNode[] {
  const added: GraphNode[] = [];
  for (const old of node.owners) if (!owners.some((owner) => owner.uid === old.uid)) leave(graph, node, old.uid);
  for (const owner of owners) {
    let ownerNode = graph.nodes.get(owner.uid);
    if (ownerNode === undefined) {
      ownerNode = virtualNode(owner);
      graph.nodes.set(owner.uid, ownerNode);
      added.push(ownerNode);
    }
    ownerNode.dependents.add(node.uid);
  }
  node.owners = owners;
  return added;
}

function virtualNode(owner: OwnerReference): GraphNode {
  return { uid: owner.uid, state: "virtual", informer: "", key: "", label: `${owner.kind}/${owner.name}`, owners: NO_OWNERS, dependents: new Set(), deletingDependents: false, orphaning: false };
}

function leave(graph: Graph, node: GraphNode, ownerUid: string): void {
  const owner = graph.nodes.get(ownerUid);
  if (owner === undefined) return;
  owner.dependents.delete(node.uid);
  drop(graph, owner);
}

/** Takes a node out when nothing needs it any more. */
export function drop(graph: Graph, node: GraphNode): void {
  if (node.dependents.size > 0 || (node.state === "real" && (node.owners.length > 0 || node.deletingDependents || node.orphaning))) return;
  graph.nodes.delete(node.uid);
}

/** The object is gone: it leaves its owners, and stays as absent while somebody still names it. */
export function markAbsent(graph: Graph, node: GraphNode): void {
  for (const owner of node.owners) leave(graph, node, owner.uid);
  node.owners = NO_OWNERS;
  node.deletingDependents = false;
  node.orphaning = false;
  node.state = "absent";
  drop(graph, node);
}

/** Dependents that hold their owner back (blockOwnerDeletion). */
export function blockingDependents(graph: Graph, node: GraphNode): GraphNode[] {
  const blocking: GraphNode[] = [];
  for (const uid of node.dependents) {
    const dependent = graph.nodes.get(uid);
    if (dependent?.owners.some((owner) => owner.uid === node.uid && owner.blockOwnerDeletion === true) === true) blocking.push(dependent);
  }
  return blocking;
}
