/** At rest: nothing waits in a queue, and nothing is written again and again. */
import type { World } from "../../../engine/bus/index.ts";
import { changesSince } from "../../../engine/store/index.ts";
import { CONTROLLER_MANAGER, ETCD, objectKey, SCHEDULER } from "../api/index.ts";
import type { InformerSet } from "../client/index.ts";
import type { ManagerState } from "../controllers/index.ts";
import type { EtcdState } from "../etcd/index.ts";
import type { SchedulerState } from "../scheduler/index.ts";
import type { ClusterView } from "./cluster-view.ts";
import { storedObjects } from "./targets.ts";

/** Keys that wait or are being worked on, without end. A moment's work is no problem: callers look more than once. */
export function queueProblems(view: ClusterView): string[] {
  const problems: string[] = [];
  for (const desk of view.world.stateOf<ManagerState>(CONTROLLER_MANAGER)?.desks ?? []) {
    const stuck = [...desk.queue.ready, ...desk.queue.working.keys(), ...desk.blocked.keys()];
    const failing = [...desk.queue.failures.keys()];
    if (!desk.started) problems.push(`controller ${desk.queue.name} has not started`);
    if (stuck.length > 0) problems.push(`controller ${desk.queue.name} has work: ${stuck.slice(0, 3).join(", ")}`);
    if (failing.length > 0) problems.push(`controller ${desk.queue.name} fails at ${failing.slice(0, 3).join(", ")}`);
  }
  const pending = new Set(view.pods.filter((pod) => (pod.spec?.nodeName ?? "") === "").map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`));
  for (const [key, pod] of view.world.stateOf<SchedulerState>(SCHEDULER)?.queue.pods ?? []) {
    if (!pending.has(key)) problems.push(`the scheduler keeps pod ${key}, which doesn't wait for a node (${pod.place})`);
  }
  for (const key of view.world.stateOf<SchedulerState>(SCHEDULER)?.binding.keys() ?? []) problems.push(`the scheduler is still binding ${key}`);
  return problems;
}

/** Informers whose caches are compared with the store, and where the store has their objects. */
const CACHED: Readonly<Record<string, string>> = {
  pods: "pods", nodes: "minions", services: "services/specs", namespaces: "namespaces", "replicasets.apps": "replicasets", "deployments.apps": "deployments",
  "statefulsets.apps": "statefulsets", "daemonsets.apps": "daemonsets", "jobs.batch": "jobs", "endpointslices.discovery.k8s.io": "endpointslices",
};

/** A list and the watch from it come to what a later list would say (invariants 2 and 3): caches equal the store at rest. */
export function cacheProblems(world: World): string[] {
  const sets: readonly (readonly [string, InformerSet | undefined])[] = [
    [CONTROLLER_MANAGER, world.stateOf<ManagerState>(CONTROLLER_MANAGER)?.informers], [SCHEDULER, world.stateOf<SchedulerState>(SCHEDULER)?.informers],
  ];
  return sets.flatMap(([component, set]) => [...(set?.informers.values() ?? [])].flatMap((informer) => {
    const path = CACHED[informer.name];
    if (path === undefined || (component === SCHEDULER && path === "pods")) return [];
    const stored = new Map(storedObjects(world, `/registry/${path}/`).map((object) => [objectKey(object), object.metadata.resourceVersion]));
    const stale = [...informer.cache.items].filter(([key, object]) => stored.get(key) !== object.metadata?.resourceVersion).map(([key]) => key);
    const missing = [...stored.keys()].filter((key) => !informer.cache.items.has(key));
    return [...stale.map((key) => `${component} has an old ${informer.name} ${key}`), ...missing.map((key) => `${component} knows nothing of ${informer.name} ${key}`)];
  }));
}

/** Heartbeats are no work: leases, and the node status that is written every five minutes (kubelet's nodeStatusReportFrequency). */
const HEARTBEATS = /^\/registry\/(leases|minions|events)\//;
/** A container in crash back-off is written a few times per attempt; more than this in the window is a loop. */
const MOST_WRITES = 12;

/** Keys that were written too often since a revision. */
export function hotProblems(world: World, sinceRevision: number): string[] {
  const store = world.stateOf<EtcdState>(ETCD)?.store;
  const changes = store === undefined ? [] : changesSince(store, Math.max(sinceRevision, store.compactedRevision));
  if ("compacted" in changes) return [];
  const counts = new Map<string, number>();
  for (const { key } of changes) if (!HEARTBEATS.test(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const creations = [...counts.keys()].filter((key) => /^\/registry\/pods\//.test(key)).length;
  const hot = [...counts].filter(([, count]) => count > MOST_WRITES).map(([key, count]) => `${key} was written ${count} times at rest`);
  return creations > 60 ? [...hot, `${creations} pods were written at rest`] : hot;
}
