/** Wires the plan of a set to what changes. */
import { deepEqual } from "../../../../base/json/index.ts";
import { controllerOf, namespacedKey, objectKey, type OwnerReference, type Pod } from "../../api/index.ts";
import { BY_CONTROLLER, type Controller, type Enqueue, NO_PLAN, orphansOf, type View } from "../runtime/index.ts";
import { isAdoptable, namespaceOf, planSet, setsMatching } from "./plan-set.ts";
import { countPod, createSetMemory, NO_PODS, type SetMemory } from "./pod-sums.ts";
import { REPLICA_SET, type ReplicaSetLike, REPLICATION_CONTROLLER, type SetKind, setOf } from "./set-kind.ts";
import { planSetStatus } from "./set-status.ts";

function createSetController(kind: SetKind, name: string): Controller<SetMemory> {
  return {
    name,
    eventSource: kind.eventSource,
    workers: 5,
    needs: [kind.informer, "pods"],
    createMemory: createSetMemory,
    on: {
      pods: (memory, enqueue, view, _key, before, after) => {
        podChanged(kind, memory, enqueue, view, before as Pod | undefined, after as Pod | undefined);
      },
      [kind.informer]: (memory, enqueue, view, key, before, after) => {
        enqueue.add(key);
        if (after !== undefined && (before as ReplicaSetLike | undefined)?.spec?.selector !== (after as ReplicaSetLike).spec?.selector) {
          findOrphans(kind, memory, view, key, before as ReplicaSetLike | undefined, after as ReplicaSetLike);
        }
      },
    },
    plan: (key, view, memory, now) => planSet(kind, key, view, memory, now),
    conclude: (key, view, memory, now, outcome) => {
      const set = setOf(kind, view, key);
      if (set === undefined) return NO_PLAN;
      return planSetStatus(kind, set, memory.sums.get(set.metadata?.uid ?? "") ?? NO_PODS, view, outcome.failures, now);
    },
  };
}

/** A pod came, went or changed: its set has something to do if a sum changed. */
function podChanged(kind: SetKind, memory: SetMemory, enqueue: Enqueue, view: View, before: Pod | undefined, after: Pod | undefined): void {
  const oldOwner = before === undefined ? undefined : controllerOf(before);
  const owner = after === undefined ? undefined : controllerOf(after);
  if (!concerns(kind, oldOwner) && !concerns(kind, owner)) {
    if (after !== undefined && owner === undefined) orphanChanged(kind, memory, enqueue, view, before, after);
    return;
  }
  if (!countPod(memory, before, after)) return;
  const namespace = (after ?? before)?.metadata?.namespace;
  if (oldOwner !== undefined && oldOwner.kind === kind.kind) enqueue.add(namespacedKey(namespace, oldOwner.name));
  if (owner !== undefined && owner.kind === kind.kind && owner.uid !== oldOwner?.uid) enqueue.add(namespacedKey(namespace, owner.name));
  if (after !== undefined && owner === undefined) orphanChanged(kind, memory, enqueue, view, before, after);
}

function concerns(kind: SetKind, owner: OwnerReference | undefined): boolean {
  return owner !== undefined && owner.kind === kind.kind && owner.apiVersion === kind.apiVersion;
}

/** A pod without a controller wakes the sets that could adopt it, when it is new, lost its owner or changed its labels. */
function orphanChanged(kind: SetKind, memory: SetMemory, enqueue: Enqueue, view: View, before: Pod | undefined, after: Pod): void {
  const isNews = before === undefined || controllerOf(before) !== undefined || !deepEqual(before.metadata?.labels, after.metadata?.labels);
  if (!isNews || !isAdoptable(after)) return;
  for (const key of setsMatching(kind, view, after)) {
    addCandidate(memory, key, objectKey(after));
    enqueue.add(key);
  }
}

function addCandidate(memory: SetMemory, key: string, pod: string): void {
  const known = memory.candidates.get(key);
  if (known === undefined) memory.candidates.set(key, new Set([pod]));
  else known.add(pod);
}

function findOrphans(kind: SetKind, memory: SetMemory, view: View, key: string, before: ReplicaSetLike | undefined, after: ReplicaSetLike): void {
  if (before !== undefined && deepEqual(before.spec?.selector, after.spec?.selector)) return;
  const matches = kind.matcher(after);
  for (const podKey of view.keys("pods", BY_CONTROLLER, orphansOf(namespaceOf(key)))) {
    const pod = view.get("pods", podKey);
    if (pod !== undefined && isAdoptable(pod) && matches(pod.metadata?.labels)) addCandidate(memory, key, podKey);
  }
}

/** Keeps as many pods as a ReplicaSet asks for. */
export const replicaSetController: Controller<SetMemory> = createSetController(REPLICA_SET, "replicaset");
/** Keeps as many pods as a ReplicationController asks for. */
export const replicationController: Controller<SetMemory> = createSetController(REPLICATION_CONTROLLER, "replicationmanager");
