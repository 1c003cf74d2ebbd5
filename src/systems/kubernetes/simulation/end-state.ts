import type { World } from "../../../engine/bus/index.ts";
import { viewCluster } from "./cluster-view.ts";
import { podProblems } from "./end-pods.ts";
import { cacheProblems, queueProblems } from "./end-quiet.ts";
import { serviceProblems, trafficProblems } from "./end-services.ts";
import { workloadProblems } from "./end-workloads.ts";

/** In what the cluster is not yet at rest as desired; empty when it is. Requests that failed before `trafficSinceMs` don't count. */
export function endStateProblems(world: World, trafficSinceMs: number): string[] {
  const view = viewCluster(world);
  return [...podProblems(view), ...workloadProblems(view), ...serviceProblems(view), ...trafficProblems(view, trafficSinceMs), ...queueProblems(view), ...cacheProblems(world)];
}
