/** kube-scheduler as a component of the bus. See MODEL.md for what is modelled. */
import type { Behaviour, Context } from "../../../engine/bus/index.ts";
import type { ApiResponse, KubeObject, Node, Pod, ReplicaSet, Service } from "../api/index.ts";
import { API_SERVER } from "../api/index.ts";
import { allSynced, type ApiClient, cacheOf, createInformers, informerClosed, informerData, informerFailure, informerReply, informerTimer, startInformers } from "../client/index.ts";
import { createRecorder, eventFailure, eventReply, eventTimer } from "../events/index.ts";
import { bindAnswered, bindFailed, isBindTag } from "./binding.ts";
import { createCluster } from "./framework/cluster.ts";
import { createNominator } from "./framework/nominator.ts";
import { createScratch } from "./framework/score.ts";
import { INFORMERS } from "./informer-specs.ts";
import { evictAnswered, evictFailed, isEvictTag } from "./preempt.ts";
import type { SchedulerConfig } from "./profile/config.ts";
import { resolveProfiles } from "./profile/profile.ts";
import { createQueue } from "./queue/scheduling-queue.ts";
import { askForCycle } from "./requeue/wake.ts";
import { scheduleOne } from "./schedule-one.ts";
import type { SchedulerState } from "./state.ts";
import { queueTimer } from "./timers.ts";
import { volumesChanged, volumeTimer } from "./volume-wait.ts";
import { namespaceChanged, nodeChanged, ownerChanged, serviceChanged, storageChanged } from "./watch-cluster.ts";
import { podChanged } from "./watch-pods.ts";

const CLIENT: ApiClient = Object.freeze({ server: API_SERVER, user: "system:kube-scheduler", agent: "kube-scheduler" });
const OWNER_KINDS: Readonly<Record<string, string>> = { replicasets: "ReplicaSet", statefulsets: "StatefulSet", replicationcontrollers: "ReplicationController" };

/** A scheduler that knows nothing yet. */
function createSchedulerState(config: SchedulerConfig, host: string): SchedulerState {
  const informers = createInformers(CLIENT, INFORMERS);
  const cluster = createCluster();
  cluster.volumes.claims = cacheOf(informers, "persistentvolumeclaims").items;
  cluster.volumes.volumes = cacheOf(informers, "persistentvolumes").items;
  cluster.volumes.classes = cacheOf<KubeObject & { readonly provisioner: string }>(informers, "storageclasses").items;
  cluster.volumes.csiNodes = cacheOf<KubeObject & { readonly spec: { readonly drivers: readonly never[] } }>(informers, "csinodes").items;
  return {
    client: CLIENT, informers, profiles: resolveProfiles(config), cluster,
    queue: createQueue((config.podInitialBackoffSeconds ?? 1) * 1000, (config.podMaxBackoffSeconds ?? 10) * 1000),
    nominator: createNominator(), plans: new Map(), scratch: createScratch(cluster.capacity), cursor: { next: 0 }, binding: new Map(), awaitingVolumes: new Map(), attempts: new Map(),
    recorder: createRecorder("default-scheduler", host, "events.k8s.io"), cycleMs: config.cycleMs ?? 1, nextCycleAtMs: 0, synced: false, budgetsVersion: 0,
  };
}

function changed(state: SchedulerState, context: Context, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
  switch (informer) {
    case "pods": podChanged(state, context, key, before as Pod | undefined, after as Pod | undefined); return;
    case "nodes": nodeChanged(state, context, before as Node | undefined, after as Node | undefined); return;
    case "namespaces": namespaceChanged(state, key, after); return;
    case "services": serviceChanged(state, key, before as Service | undefined, after as Service | undefined); return;
    case "poddisruptionbudgets": state.budgetsVersion++; return;
    case "replicasets": case "statefulsets": case "replicationcontrollers":
      ownerChanged(state, OWNER_KINDS[informer] as string, before as ReplicaSet | undefined, after as ReplicaSet | undefined); return;
    default:
      storageChanged(state, context, informer, key);
      volumesChanged(state, context);
  }
}

/** Cycles start when every cache has been filled once. */
function startWhenSynced(state: SchedulerState, context: Context): void {
  if (state.synced || !allSynced(state.informers)) return;
  state.synced = true;
  for (let waiting = state.queue.active.length; waiting > 0; waiting--) askForCycle(state, context);
}

/** The component. */
export const scheduler: Behaviour<SchedulerState, SchedulerConfig | undefined> = {
  type: "kube-scheduler",
  start(context, config) {
    const state = createSchedulerState(config ?? {}, context.host);
    startInformers(state.informers, INFORMERS, context);
    return state;
  },
  onMessage(state, context, body) {
    if (body.type === "schedule-one") scheduleOne(state, context);
  },
  onReply(state, context, body, tag) {
    if (informerReply(state.informers, INFORMERS, context, body, tag, state, changed)) startWhenSynced(state, context);
    else if (isBindTag(tag)) bindAnswered(state, context, body as ApiResponse, tag);
    else if (isEvictTag(tag)) evictAnswered(state, context, body as ApiResponse, tag);
    else eventReply(state.recorder, context, state.client, body, tag);
  },
  onFailure(state, context, reason, tag) {
    if (informerFailure(state.informers, context, tag)) return;
    if (isBindTag(tag)) bindFailed(state, context, tag, `the API server could not be reached: ${reason}`);
    else if (isEvictTag(tag)) evictFailed(state, context, tag);
    else eventFailure(state.recorder, context, reason, tag);
  },
  onData(state, context, body, stream, tag) {
    informerData(state.informers, INFORMERS, context, body, stream, tag, state, changed);
  },
  onClosed(state, context, reason, stream, tag) {
    informerClosed(state.informers, INFORMERS, context, reason, stream, tag);
  },
  onTimer(state, context, name, body) {
    if (informerTimer(state.informers, INFORMERS, context, name)) return;
    if (queueTimer(state, context, name) || volumeTimer(state, context, name)) return;
    eventTimer(state.recorder, context, state.client, name, body);
  },
};
