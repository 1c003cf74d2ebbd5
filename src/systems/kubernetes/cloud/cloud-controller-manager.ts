/**
 * cloud-controller-manager: its service controller, which gets each Service of type LoadBalancer a load balancer.
 * The load balancers themselves are the cloud's (load-balancers.ts) and work on without it.
 */
import type { Behaviour, Context } from "../../../engine/bus/index.ts";
import { add, addAfter, createWorkQueue, timerFired } from "../../../engine/reconcile/index.ts";
import type { ApiResponse, KubeObject, Node, Service } from "../api/index.ts";
import { allSynced, createInformers, informerClosed, informerData, informerFailure, informerReply, type InformerSpecs, informerTimer, startInformers } from "../client/index.ts";
import { createRecorder, eventFailure, eventReply, eventTimer } from "../events/index.ts";
import type { BalancerAnswer } from "./balancer-messages.ts";
import { needsSync, takesTraffic } from "./service-needs.ts";
import type { CloudControllerState, StepTag } from "./state.ts";
import { CLIENT, stepAnswered, stepFailed, syncReady } from "./sync-service.ts";

const SPECS: InformerSpecs = {
  services: { group: "", version: "v1", resource: "services" },
  nodes: { group: "", version: "v1", resource: "nodes" },
};
/** Changes of nodes are gathered for so long before the load balancers are told. */
const NODE_SYNC_DELAY_MS = 1000;

/** The cloud-controller-manager. */
export const cloudControllerManager: Behaviour<CloudControllerState> = {
  type: "cloud-controller-manager",
  start(context) {
    const state: CloudControllerState = {
      informers: createInformers(CLIENT, SPECS), recorder: createRecorder("service-controller", ""), queue: createWorkQueue("service"), ensured: new Map(), nodes: new Set(), nodeNames: [],
    };
    startInformers(state.informers, SPECS, context);
    return state;
  },
  onReply(state, context, body, tag) {
    if (eventReply(state.recorder, context, CLIENT, body, tag)) return;
    if (!informerReply(state.informers, SPECS, context, body, tag, state, changed)) stepAnswered(state, context, tag as StepTag, body as ApiResponse | BalancerAnswer);
    work(state, context);
  },
  onFailure(state, context, reason, tag) {
    if (eventFailure(state.recorder, context, reason, tag) || informerFailure(state.informers, context, tag)) return;
    stepFailed(state, context, tag as StepTag, reason);
  },
  onData(state, context, body, stream, tag) {
    informerData(state.informers, SPECS, context, body, stream, tag, state, changed);
    work(state, context);
  },
  onClosed: (state, context, reason, stream, tag) => void informerClosed(state.informers, SPECS, context, reason, stream, tag),
  onTimer(state, context, name, body) {
    if (eventTimer(state.recorder, context, CLIENT, name, body) || informerTimer(state.informers, SPECS, context, name)) return;
    timerFired(state.queue, name, body);
    work(state, context);
  },
};

function work(state: CloudControllerState, context: Context): void {
  if (state.queue.ready.size > 0 && allSynced(state.informers)) syncReady(state, context);
}

function changed(state: CloudControllerState, context: Context, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
  if (informer === "nodes") nodeChanged(state, context, key, after as Node | undefined);
  else if (after === undefined) state.ensured.delete(key);
  else if (needsSync(before as Service | undefined, after as Service)) add(state.queue, key);
}

function nodeChanged(state: CloudControllerState, context: Context, name: string, node: Node | undefined): void {
  const usable = node !== undefined && takesTraffic(node);
  if (state.nodes.has(name) === usable) return;
  if (usable) state.nodes.add(name);
  else state.nodes.delete(name);
  state.nodeNames = [];
  for (const key of state.ensured.keys()) addAfter(state.queue, context, key, NODE_SYNC_DELAY_MS);
}
