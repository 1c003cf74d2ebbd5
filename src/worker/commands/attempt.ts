/** The scheduler's table for a pod: node × plugin, worked out anew from the store as it was just before the pod was placed. */
import { listAt, type Store } from "../../engine/store/index.ts";
import type { AttemptRow, AttemptView, Commands } from "../../protocol/index.ts";
import { ETCD, type KubeObject, type Pod, SCHEDULER, type Stored } from "../../systems/kubernetes/api/index.ts";
import type { EtcdState, EtcdValue } from "../../systems/kubernetes/etcd/index.ts";
import { type AttemptTable, type ClusterLists, explainAttempt, type SchedulerState } from "../../systems/kubernetes/scheduler/index.ts";
import type { CommandHost } from "../command-host.ts";
import { findObject } from "../store-reader.ts";

/** The table of a pod's last attempt, or null when there is no such pod. */
export function attempt(host: CommandHost, { ref }: Commands["attempt"]["input"]): AttemptView | null {
  const { world } = host.stage.session;
  const pod = findObject(world, ref) as (Pod & Stored) | undefined;
  const store = world.stateOf<EtcdState>(ETCD)?.store;
  if (pod === undefined || store === undefined) return null;
  const table = explainAttempt(listsAt(store, revisionBeforeBinding(store, pod)), { ...pod, spec: { ...pod.spec, nodeName: "" } } as Pod);
  const record = world.stateOf<SchedulerState>(SCHEDULER)?.attempts.get(table.pod);
  return { pod: table.pod, at: record?.atMs ?? world.now, message: pod.spec?.nodeName === undefined || pod.spec.nodeName === "" ? (schedulingMessage(pod) ?? table.message) : "", rows: table.rows.map((row) => viewOf(table, row, pod)) };
}

function viewOf(table: AttemptTable, row: AttemptTable["rows"][number], pod: Pod): AttemptRow {
  const reason = row.refusedBy === "" ? "" : row.filters[row.refusedBy];
  return {
    node: row.node, refusedBy: row.refusedBy, reason: Array.isArray(reason) ? reason.join(", ") : "",
    scores: table.scorers.flatMap(({ plugin }) => {
      const cell = row.scores[plugin];
      return cell === undefined ? [] : [{ plugin, raw: cell.raw, normalised: cell.normalised, weight: cell.weight }];
    }),
    total: row.total, chosen: row.node === pod.spec?.nodeName,
  };
}

/** What the scheduler told the API, preemption's part included. */
function schedulingMessage(pod: Pod): string | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === "PodScheduled" && condition.status === "False")?.message;
}

/** The revision before the write that gave the pod its node; the present one while it has none or history is gone. */
function revisionBeforeBinding(store: Store<EtcdValue>, pod: Pod & Stored): number {
  if (pod.spec?.nodeName === undefined || pod.spec.nodeName === "") return store.revision;
  for (let index = store.log.length - 1; index >= 0; index--) {
    const change = store.log[index];
    const after = change?.value?.object as (Pod & Stored) | undefined;
    if (change === undefined || after?.metadata.uid !== pod.metadata.uid) continue;
    if ((change.previous?.value.object as Pod | undefined)?.spec?.nodeName !== pod.spec.nodeName) return change.revision - 1;
  }
  return store.revision;
}

function listsAt(store: Store<EtcdValue>, revision: number): ClusterLists {
  const kinds = new Map<string, KubeObject[]>();
  for (const prefix of store.prefixes.keys()) {
    const items = listAt(store, prefix, Math.max(revision, store.compactedRevision));
    if ("compacted" in items) continue;
    const first = items[0]?.value.object.kind;
    if (first !== undefined) kinds.set(first, items.map((item) => item.value.object));
  }
  const of = <T extends KubeObject>(kind: string): T[] => (kinds.get(kind) ?? []) as T[];
  return {
    nodes: of("Node"), pods: of("Pod"), namespaces: of("Namespace"), services: of("Service"), replicaSets: of("ReplicaSet"), statefulSets: of("StatefulSet"),
    replicationControllers: of("ReplicationController"), persistentVolumes: of("PersistentVolume"), persistentVolumeClaims: of("PersistentVolumeClaim"), storageClasses: of("StorageClass"), csiNodes: of("CSINode"),
  };
}

