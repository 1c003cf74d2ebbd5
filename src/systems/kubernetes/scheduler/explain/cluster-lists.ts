/** The cluster as plain lists, and the scheduler's picture made of them. */
import type {
  CSINode, KubeObject, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, ReplicaSet, ReplicationController, Service, StatefulSet, StorageClass,
} from "../../api/index.ts";
import { objectKey } from "../../api/index.ts";
import { createCluster, holdShape, placePod, setNamespace, slotOf, upsertNode } from "../framework/cluster.ts";
import type { Cluster } from "../framework/cluster-types.ts";

/** Objects at one moment, e.g. at a revision; what is left out counts as empty. */
export interface ClusterLists {
  readonly nodes: Iterable<Node>;
  /** All pods; those without a node and those that are over are left aside. */
  readonly pods: Iterable<Pod>;
  readonly namespaces?: Iterable<Namespace>;
  readonly services?: Iterable<Service>;
  readonly replicaSets?: Iterable<ReplicaSet>;
  readonly statefulSets?: Iterable<StatefulSet>;
  readonly replicationControllers?: Iterable<ReplicationController>;
  readonly persistentVolumes?: Iterable<PersistentVolume>;
  readonly persistentVolumeClaims?: Iterable<PersistentVolumeClaim>;
  readonly storageClasses?: Iterable<StorageClass>;
  readonly csiNodes?: Iterable<CSINode>;
}

function byKey<T extends KubeObject>(objects: Iterable<T> | undefined): Map<string, T> {
  const map = new Map<string, T>();
  for (const object of objects ?? []) map.set(objectKey(object), object);
  return map;
}

function placeAll(cluster: Cluster, pods: Iterable<Pod>, except: string): void {
  for (const pod of pods) {
    const key = objectKey(pod);
    const node = pod.spec?.nodeName ?? "";
    if (node === "" || key === except || pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed") continue;
    placePod(cluster, { key, pod, shape: holdShape(cluster, pod), priority: pod.spec?.priority ?? 0, node: slotOf(cluster, node).index, assumed: false, terminating: pod.metadata?.deletionTimestamp !== undefined });
  }
}

function addWorkloads(cluster: Cluster, lists: ClusterLists): void {
  const { services, selectors } = cluster.workloads;
  for (const service of lists.services ?? []) {
    const namespace = service.metadata?.namespace ?? "";
    const known = services.get(namespace) ?? new Map<string, Service>();
    known.set(service.metadata?.name ?? "", service);
    services.set(namespace, known);
  }
  for (const one of lists.replicaSets ?? []) if (one.spec?.selector !== undefined) selectors.set(`ReplicaSet/${objectKey(one)}`, one.spec.selector);
  for (const one of lists.statefulSets ?? []) if (one.spec?.selector !== undefined) selectors.set(`StatefulSet/${objectKey(one)}`, one.spec.selector);
  for (const one of lists.replicationControllers ?? []) if (one.spec?.selector !== undefined) selectors.set(`ReplicationController/${objectKey(one)}`, { matchLabels: one.spec.selector });
}

/** The scheduler's picture of listed objects. `except` is a pod that is left out, "namespace/name". */
export function clusterFromLists(lists: ClusterLists, except = ""): Cluster {
  const cluster = createCluster();
  const { volumes } = cluster;
  volumes.claims = byKey(lists.persistentVolumeClaims);
  volumes.volumes = byKey(lists.persistentVolumes);
  volumes.classes = byKey(lists.storageClasses);
  volumes.csiNodes = byKey(lists.csiNodes);
  for (const namespace of lists.namespaces ?? []) setNamespace(cluster, namespace.metadata?.name ?? "", namespace);
  for (const node of lists.nodes) upsertNode(cluster, node);
  addWorkloads(cluster, lists);
  placeAll(cluster, lists.pods, except);
  return cluster;
}
