/** What stands in a cluster's store, by kind, with the relations that end-state checks ask for. */
import type { World } from "../../../engine/bus/index.ts";
import { controllerOf, type DaemonSet, type Deployment, type EndpointSlice, type Job, type KubeObject, type Namespace, type Node, type Pod, type ReplicaSet, type Service, type StatefulSet, type Stored } from "../api/index.ts";
import { storedObjects } from "./targets.ts";

/** See the module's comment. `podsOf`: pods by the uid of their controller. */
export interface ClusterView {
  readonly world: World;
  readonly nodes: readonly Stored<Node>[];
  readonly pods: readonly Stored<Pod>[];
  readonly namespaces: readonly Stored<Namespace>[];
  readonly deployments: readonly Stored<Deployment>[];
  readonly replicaSets: readonly Stored<ReplicaSet>[];
  readonly statefulSets: readonly Stored<StatefulSet>[];
  readonly daemonSets: readonly Stored<DaemonSet>[];
  readonly jobs: readonly Stored<Job>[];
  readonly services: readonly Stored<Service>[];
  readonly slices: readonly Stored<EndpointSlice>[];
  readonly podsOf: ReadonlyMap<string, readonly Stored<Pod>[]>;
}

/** Reads the store as it is now. */
export function viewCluster(world: World): ClusterView {
  const of = <T extends KubeObject>(path: string): Stored<T>[] => storedObjects<T>(world, `/registry/${path}/`);
  const pods = of<Pod>("pods");
  const podsOf = new Map<string, Stored<Pod>[]>();
  for (const pod of pods) {
    const owner = controllerOf(pod)?.uid ?? "";
    const known = podsOf.get(owner);
    if (known === undefined) podsOf.set(owner, [pod]);
    else known.push(pod);
  }
  return {
    world, pods, podsOf, nodes: of<Node>("minions"), namespaces: of<Namespace>("namespaces"), deployments: of<Deployment>("deployments"), replicaSets: of<ReplicaSet>("replicasets"),
    statefulSets: of<StatefulSet>("statefulsets"), daemonSets: of<DaemonSet>("daemonsets"), jobs: of<Job>("jobs"), services: of<Service>("services/specs"), slices: of<EndpointSlice>("endpointslices"),
  };
}

/** True while a condition of this type says "True". */
export function holds(object: { readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] } | undefined }, type: string): boolean {
  return object.status?.conditions?.some((condition) => condition.type === type && condition.status === "True") === true;
}

/** Succeeded or Failed. */
export function isOver(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

/** "Pod default/web-1". */
export function title(object: KubeObject): string {
  const { namespace, name } = object.metadata ?? {};
  return `${object.kind ?? ""} ${namespace === undefined ? "" : `${namespace}/`}${name ?? ""}`;
}
