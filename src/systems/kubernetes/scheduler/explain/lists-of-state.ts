import { cacheOf, type InformerSet } from "../../client/index.ts";
import type { CSINode, KubeObject, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, ReplicaSet, ReplicationController, Service, StatefulSet, StorageClass } from "../../api/index.ts";
import type { SchedulerState } from "../state.ts";
import type { ClusterLists } from "./cluster-lists.ts";

function listOf<T extends KubeObject>(informers: InformerSet, name: string): Iterable<T> {
  return cacheOf<T>(informers, name).items.values();
}

/** The pods as the scheduler counts them: as the API shows them, and those it is binding on their nodes. */
function podsOf(state: SchedulerState): Pod[] {
  const pods: Pod[] = [];
  for (const info of state.cluster.pods.values()) {
    const node = state.cluster.nodes[info.node]?.name ?? "";
    pods.push(info.assumed ? { ...info.pod, spec: { containers: [], ...info.pod.spec, nodeName: node } } : info.pod);
  }
  return pods;
}

/** What a scheduler knows, as lists: for {@link explainAttempt} of the present moment. */
export function listsOf(state: SchedulerState): ClusterLists {
  const { informers } = state;
  return {
    nodes: listOf<Node>(informers, "nodes"), pods: podsOf(state), namespaces: listOf<Namespace>(informers, "namespaces"), services: listOf<Service>(informers, "services"),
    replicaSets: listOf<ReplicaSet>(informers, "replicasets"), statefulSets: listOf<StatefulSet>(informers, "statefulsets"),
    replicationControllers: listOf<ReplicationController>(informers, "replicationcontrollers"), persistentVolumes: listOf<PersistentVolume>(informers, "persistentvolumes"),
    persistentVolumeClaims: listOf<PersistentVolumeClaim>(informers, "persistentvolumeclaims"), storageClasses: listOf<StorageClass>(informers, "storageclasses"), csiNodes: listOf<CSINode>(informers, "csinodes"),
  };
}
