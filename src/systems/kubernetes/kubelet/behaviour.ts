/**
 * kubelet/<node>: keeps the node registered and its lease fresh, and brings the pods bound to the node to what their
 * specs ask through the container runtime. It keeps nothing on disk: after a restart it learns what runs from the
 * runtime and what should run from the API.
 */
import type { Behaviour, Context, Message } from "../../../engine/bus/index.ts";
import type { ContainerEvent } from "../../containers/cri/index.ts";
import { type ApiResponse, isBeingDeleted, type KubeObject, type Node, type Pod, runtimeId } from "../api/index.ts";
import { createInformers, informerClosed, informerData, informerFailure, informerReply, informerTimer, startInformers } from "../client/index.ts";
import { createRecorder, eventFailure, eventReply, eventTimer } from "../events/index.ts";
import { apiAnswered, requestFailed, runtimeAnswered } from "./answers.ts";
import { kubeletClient, podSpecs, SERVICE_SPECS } from "./client.ts";
import { GARBAGE_TIMER, listGarbage } from "./garbage.ts";
import { HOOK_TIMER } from "./hooks.ts";
import { LEASE_TIMER, renewLease, startLease } from "./lease.ts";
import { NODE_STATUS_TIMER, nodeSeen, register, REGISTER_TIMER, writeNodeStatus } from "./node-registration.ts";
import { PROBE_TIMER, probeDue } from "./probes.ts";
import { meetRuntime, RUNTIME_TIMER, runtimeLost, startWorkers } from "./recover.ts";
import { recordOf } from "./records.ts";
import { type KubeletRequest, serveRequest } from "./serve.ts";
import { refreshSource, VOLUME_TIMER, volumeTimer } from "./source-changes.ts";
import type { KubeletConfig, KubeletState, ProbeState } from "./state.ts";
import { mirrorTimer } from "./static-pods.ts";
import { STATUS_TIMER, writeStatus } from "./status-writer.ts";
import { SYNC_TIMER, syncPod } from "./sync-pod.ts";
import type { ContainerTag, KubeletTag } from "./tags.ts";
import { containerExited, continueTermination, PRE_STOP_TIMER, preStopDone } from "./terminate.ts";
import { deleteTimer, followUp, podChanged, podDeleted } from "./workers.ts";

/** The kubelet of a node. */
export const kubelet: Behaviour<KubeletState, KubeletConfig> = {
  type: "kubelet",
  start(context, config) {
    const state = createState(context, config);
    register(state, context);
    startLease(state, context);
    startInformers(state.pods, podSpecs(config.node), context);
    meetRuntime(state, context);
    return state;
  },
  onRequest: (state, context, body, request) => serveRequest(state, context, body as KubeletRequest, request),
  onReply(state, context, body, tag, from) {
    if (from === state.runtime) runtimeAnswered(state, context, body, tag as KubeletTag);
    else if (eventReply(state.recorder, context, kubeletClient(state.config.node), body, tag)) return;
    else if (!fromInformer(state, context, body, tag)) apiAnswered(state, context, body as ApiResponse, tag as KubeletTag);
  },
  onFailure(state, context, reason, tag) {
    if (eventFailure(state.recorder, context, reason, tag)) return;
    if (!failedInformer(state, context, tag)) requestFailed(state, context, reason, tag as KubeletTag);
  },
  onData(state, context, body, stream, tag) {
    if ((tag as { op?: string }).op === "events") containerEvent(state, context, body as ContainerEvent);
    else watchData(state, context, body, stream, tag);
  },
  onClosed(state, context, reason, stream, tag) {
    if ((tag as { op?: string }).op === "events") {
      if (stream === state.eventStream) runtimeLost(state, context);
      return;
    }
    if (informerClosed(state.pods, podSpecs(state.config.node), context, reason, stream, tag)) return;
    if (informerClosed(state.services, SERVICE_SPECS, context, reason, stream, tag)) return;
    const source = state.sources.get((tag as { informer: string }).informer);
    if (source !== undefined) informerClosed(source.set, source.specs, context, reason, stream, tag);
  },
  onTimer: handleTimer,
};

function createState(context: Context, config: KubeletConfig): KubeletState {
  const client = kubeletClient(config.node);
  return {
    config, runtime: runtimeId(config.node), pods: createInformers(client, podSpecs(config.node)), services: createInformers(client, SERVICE_SPECS), servicesStarted: false,
    serviceEnv: { revision: 0, byNamespace: new Map() },
    sources: new Map(), recorder: createRecorder("kubelet", config.node), workers: new Map(), byKey: new Map(), waitingForName: new Map(), images: new Map(),
    pullQueue: [], pulling: undefined, nodeObject: undefined, registered: false, registerFailures: 0, lease: undefined, runtimeReady: false, recovered: false,
    staticStarted: false, inventory: { sandboxes: [], containers: [] }, eventStream: 0, runtimeFailures: 0, toldReady: false, bootedAt: context.now,
    usage: { cpuMillis: 0, memoryBytes: 0, pods: 0 }, imagesChanged: false,
  };
}

function objectChanged(state: KubeletState, context: Context, informer: string, _key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
  if (informer === "nodes") nodeSeen(state, context, after as Node | undefined);
  else if (informer !== "pods") return;
  else if (after === undefined) podDeleted(state, context, before as Pod);
  else podReplaced(state, context, before as Pod | undefined, after as Pod);
}

/** A deletion and a new pod of the same name may be seen as one change. */
function podReplaced(state: KubeletState, context: Context, before: Pod | undefined, after: Pod): void {
  if (before !== undefined && before.metadata?.uid !== after.metadata?.uid) podDeleted(state, context, before);
  if (isBeingDeleted(after) && !state.workers.has(after.metadata?.uid ?? "") && !state.recovered) return;
  podChanged(state, context, after);
}

function servicesChanged(): void {
  // Environment variables are worked out when a container starts; a service that changes later is not seen by it.
}

function fromInformer(state: KubeletState, context: Context, body: Message, tag: unknown): boolean {
  if (informerReply(state.pods, podSpecs(state.config.node), context, body, tag, state, objectChanged)) {
    startWorkers(state, context);
    return true;
  }
  if (informerReply(state.services, SERVICE_SPECS, context, body, tag, state, servicesChanged)) {
    for (const worker of state.workers.values()) syncPod(state, context, worker);
    return true;
  }
  const source = state.sources.get((tag as { informer?: string }).informer ?? "");
  if (source === undefined) return (tag as { informer?: string }).informer !== undefined;
  informerReply(source.set, source.specs, context, body, tag, state, refreshSource);
  for (const uid of source.users) {
    const worker = state.workers.get(uid);
    if (worker !== undefined) syncPod(state, context, worker);
  }
  return true;
}

function failedInformer(state: KubeletState, context: Context, tag: unknown): boolean {
  if (informerFailure(state.pods, context, tag) || informerFailure(state.services, context, tag)) return true;
  const source = state.sources.get((tag as { informer?: string }).informer ?? "");
  if (source !== undefined) informerFailure(source.set, context, tag);
  return (tag as { informer?: string }).informer !== undefined;
}

function watchData(state: KubeletState, context: Context, body: Message, stream: number, tag: unknown): void {
  if (informerData(state.pods, podSpecs(state.config.node), context, body, stream, tag, state, objectChanged)) return;
  if (informerData(state.services, SERVICE_SPECS, context, body, stream, tag, state, servicesChanged)) return;
  const source = state.sources.get((tag as { informer: string }).informer);
  if (source !== undefined) informerData(source.set, source.specs, context, body, stream, tag, state, refreshSource);
}

/** The runtime tells that a container has stopped by itself. */
function containerEvent(state: KubeletState, context: Context, event: ContainerEvent): void {
  const worker = state.workers.get(event.podUid);
  const status = event.container;
  const record = worker === undefined || status === undefined ? undefined : recordOf(worker, status.name);
  if (worker === undefined || record === undefined || status === undefined) return;
  if (!containerExited(context, worker, record, status)) return;
  if (worker.busy === record.name && state.pulling?.uid !== worker.uid) worker.busy = undefined;
  continueTermination(state, context, worker);
  syncPod(state, context, worker);
  if (worker.phase === "syncing" || worker.phase === "terminating") writeStatus(state, context, worker);
  followUp(state, context, worker);
}

function handleTimer(state: KubeletState, context: Context, name: string, body: unknown): void {
  if (name === LEASE_TIMER) renewLease(state, context);
  else if (name === NODE_STATUS_TIMER) writeNodeStatus(state, context);
  else if (name === REGISTER_TIMER) register(state, context);
  else if (name === GARBAGE_TIMER) listGarbage(state, context);
  else if (name === RUNTIME_TIMER) meetRuntime(state, context);
  else if (name.startsWith(PROBE_TIMER)) probeTimer(state, context, body as { uid: string; container: string; kind: ProbeState["kind"] });
  else if (name.startsWith(PRE_STOP_TIMER) || name.startsWith(HOOK_TIMER)) hookTimer(state, context, name, body as ContainerTag);
  else if (name.startsWith(VOLUME_TIMER)) volumeTimer(state, context, body as string);
  else if (!workerTimer(state, context, name, body as string)) otherTimer(state, context, name, body);
}

function workerTimer(state: KubeletState, context: Context, name: string, uid: string): boolean {
  const isSync = name.startsWith(SYNC_TIMER);
  if (!isSync && !name.startsWith(STATUS_TIMER)) return false;
  const worker = state.workers.get(uid);
  if (worker === undefined) return true;
  if (isSync) syncPod(state, context, worker);
  else writeStatus(state, context, worker);
  followUp(state, context, worker);
  return true;
}

function otherTimer(state: KubeletState, context: Context, name: string, body: unknown): void {
  const client = kubeletClient(state.config.node);
  if (eventTimer(state.recorder, context, client, name, body) || mirrorTimer(state, context, name) || deleteTimer(state, context, name)) return;
  if (informerTimer(state.pods, podSpecs(state.config.node), context, name) || informerTimer(state.services, SERVICE_SPECS, context, name)) return;
  const source = state.sources.get(name.slice("informer/".length));
  if (source !== undefined) informerTimer(source.set, source.specs, context, name);
}

function probeTimer(state: KubeletState, context: Context, body: { readonly uid: string; readonly container: string; readonly kind: ProbeState["kind"] }): void {
  const worker = state.workers.get(body.uid);
  const record = worker === undefined ? undefined : recordOf(worker, body.container);
  if (worker !== undefined && record !== undefined) probeDue(state, context, worker, record, body.kind);
}

/** A sleep hook is over, or a preStop hook is out of time. */
function hookTimer(state: KubeletState, context: Context, name: string, tag: ContainerTag): void {
  const worker = state.workers.get(tag.uid);
  const record = worker === undefined ? undefined : recordOf(worker, tag.container);
  if (worker === undefined || record === undefined) return;
  if (tag.op === "pre-stop") preStopDone(state, context, worker, record, tag, name.startsWith(HOOK_TIMER) ? { type: "cri/ok" } : undefined);
  else if (tag.op === "post-start") runtimeAnswered(state, context, { type: "cri/ok" }, tag);
}
