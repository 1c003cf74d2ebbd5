/** What changes of everything but pods mean to the scheduler. Source: pkg/scheduler/eventhandlers.go. */
import type { Context } from "../../../engine/bus/index.ts";
import type { KubeObject, LabelSelector, Namespace, Node, ReplicaSet, ReplicationController, Service, StatefulSet } from "../api/index.ts";
import { objectKey, splitKey } from "../api/index.ts";
import { removeNode, setNamespace, upsertNode } from "./framework/cluster.ts";
import { wakeFor } from "./requeue/wake.ts";
import type { SchedulerState } from "./state.ts";

/** A node is new, has changed, or is gone. */
export function nodeChanged(state: SchedulerState, context: Context, before: Node | undefined, after: Node | undefined): void {
  if (after === undefined) {
    if (before === undefined) return;
    removeNode(state.cluster, before.metadata?.name ?? "");
    wakeFor(state, context, { kind: "nodeDeleted", before });
    return;
  }
  if (before !== undefined && isHeartbeat(before, after)) {
    const slot = state.cluster.slots.get(after.metadata?.name ?? "");
    const info = slot === undefined ? undefined : state.cluster.nodes[slot];
    if (info?.node !== undefined) {
      info.node = after;
      return;
    }
  }
  upsertNode(state.cluster, after);
  wakeFor(state, context, { kind: "node", before, after });
}

/** Nothing changed that scheduling looks at. */
function isHeartbeat(before: Node, after: Node): boolean {
  return before.spec === after.spec && before.metadata?.labels === after.metadata?.labels
    && before.status?.allocatable === after.status?.allocatable && before.status?.images === after.status?.images;
}

/** A namespace is new, has changed, or is gone. */
export function namespaceChanged(state: SchedulerState, name: string, after: KubeObject | undefined): void {
  setNamespace(state.cluster, name, after as Namespace | undefined);
}

/** A storage object is new, has changed, or is gone. */
export function storageChanged(state: SchedulerState, context: Context, resource: string, key: string): void {
  state.cluster.volumes.version++;
  wakeFor(state, context, { kind: "storage", resource, key });
}

function bumpWorkloads(state: SchedulerState, namespace: string): void {
  const { versions } = state.cluster.workloads;
  versions.set(namespace, (versions.get(namespace) ?? 0) + 1);
}

/** A service is new, has changed, or is gone. */
export function serviceChanged(state: SchedulerState, key: string, before: Service | undefined, after: Service | undefined): void {
  if (before?.spec?.selector !== undefined && before.spec.selector === after?.spec?.selector) return;
  const { namespace, name } = splitKey(key);
  const { services } = state.cluster.workloads;
  const known = services.get(namespace) ?? new Map<string, Service>();
  if (after === undefined) known.delete(name);
  else known.set(name, after);
  services.set(namespace, known);
  bumpWorkloads(state, namespace);
}

type Owner = ReplicaSet | StatefulSet | ReplicationController;

function selectorOf(kind: string, owner: Owner | undefined): LabelSelector | undefined {
  if (owner === undefined) return undefined;
  if (kind !== "ReplicationController") return (owner as ReplicaSet).spec?.selector;
  const matchLabels = (owner as ReplicationController).spec?.selector;
  return matchLabels === undefined ? undefined : { matchLabels };
}

/** An owner of pods is new, has changed, or is gone. */
export function ownerChanged(state: SchedulerState, kind: string, before: Owner | undefined, after: Owner | undefined): void {
  const object = after ?? before;
  if (object === undefined) return;
  if (before !== undefined && after !== undefined && before.spec?.selector === after.spec?.selector) return;
  const { selectors } = state.cluster.workloads;
  const key = `${kind}/${objectKey(object)}`;
  const selector = selectorOf(kind, after);
  if (selector === undefined) selectors.delete(key);
  else selectors.set(key, selector);
  bumpWorkloads(state, object.metadata?.namespace ?? "");
}
