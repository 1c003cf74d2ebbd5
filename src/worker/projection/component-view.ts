import type { World } from "../../engine/bus/index.ts";
import type { ComponentView } from "../../protocol/index.ts";
import { API_SERVER, CLOUD_CONTROLLER_MANAGER, CLUSTER_DNS, CONTROLLER_MANAGER, ETCD, SCHEDULER } from "../../systems/kubernetes/api/index.ts";
import type { EtcdState } from "../../systems/kubernetes/etcd/index.ts";
import type { SchedulerState } from "../../systems/kubernetes/scheduler/index.ts";
import { partStatus } from "./node-view.ts";

const TITLES: readonly (readonly [string, string])[] = [
  [API_SERVER, "API server"], [ETCD, "etcd"], [SCHEDULER, "scheduler"],
  [CONTROLLER_MANAGER, "controller manager"], [CLOUD_CONTROLLER_MANAGER, "cloud controller"], [CLUSTER_DNS, "cluster DNS"],
];

/** The parts of the control plane with one short line each. */
export function componentViews(world: World): ComponentView[] {
  return TITLES.filter(([id]) => world.findCell(id) !== undefined).map(([id, title]) => {
    const status = partStatus(world, id);
    return { type: "component", id, title, status, line: status === "up" ? lineOf(world, id) : status === "paused" ? "paused" : "stopped" };
  });
}

function lineOf(world: World, id: string): string {
  if (id === ETCD) return `revision ${world.stateOf<EtcdState>(ETCD)?.store.revision ?? 0}`;
  if (id === SCHEDULER) return `queue ${schedulerQueue(world)}`;
  if (id === CONTROLLER_MANAGER) return "Deployment · ReplicaSet";
  return id === CLUSTER_DNS ? "names to addresses" : id === CLOUD_CONTROLLER_MANAGER ? "load balancers" : "v1.36";
}

function schedulerQueue(world: World): number {
  return world.stateOf<SchedulerState>(SCHEDULER)?.queue.pods.size ?? 0;
}
