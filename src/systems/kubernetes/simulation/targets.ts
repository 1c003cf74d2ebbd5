import type { World } from "../../../engine/bus/index.ts";
import { list } from "../../../engine/store/index.ts";
import { ETCD, type KubeObject, type Pod, type Stored } from "../api/index.ts";
import type { EtcdState } from "../etcd/index.ts";

/** Objects below a prefix such as "/registry/pods/" in key order; none while etcd is down. */
export function storedObjects<T extends KubeObject>(world: World, prefix: string): Stored<T>[] {
  const cell = world.findCell(ETCD);
  const store = (cell?.state as EtcdState | undefined)?.store;
  return store === undefined ? [] : list(store, prefix).map((item) => item.value.object as Stored<T>);
}

/** A pod of a person's making that has a node: the one with this number, counted in a ring. */
export function chosenPod(world: World, number: number): Stored<Pod> | undefined {
  const pods = storedObjects<Pod>(world, "/registry/pods/").filter((pod) => pod.metadata.namespace !== "kube-system" && (pod.spec?.nodeName ?? "") !== "");
  return pods[number % Math.max(1, pods.length)];
}
