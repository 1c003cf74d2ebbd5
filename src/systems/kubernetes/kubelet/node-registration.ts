/** Registering the node and keeping its status (pkg/kubelet/kubelet_node_status.go). */
import type { Context } from "../../../engine/bus/index.ts";
import { type ApiResponse, type KubeObject, type Node, succeeded } from "../api/index.ts";
import { callApi } from "../client/index.ts";
import { kubeletClient, nodeEvent } from "./client.ts";
import { newNode, nodeLabels, nodeStatus } from "./node-object.ts";
import type { KubeletState } from "./state.ts";
import type { NodeTag } from "./tags.ts";

/** Timers of this file. */
export const REGISTER_TIMER = "register";
export const NODE_STATUS_TIMER = "node-status";

/** An unchanged status is reported this often (nodeStatusReportFrequency). */
const REPORT_MS = 300_000;
/** First delay between attempts to register, doubling to the second (registerWithAPIServer: 100 ms to 7 s). */
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 7000;

const NODES = Object.freeze({ group: "", version: "v1", resource: "nodes" } as const);

/** Creates the Node object. */
export function register(state: KubeletState, context: Context): void {
  const tag: NodeTag = { op: "register" };
  callApi(context, kubeletClient(state.config.node), { ...NODES, verb: "create", body: newNode(state, context.now) }, tag);
}

/** The server answered the creation, or the search for an existing node. */
export function registerAnswered(state: KubeletState, context: Context, response: ApiResponse, tag: NodeTag): void {
  if (succeeded(response)) registered(state, context, response.body as Node, tag.op === "find-node");
  else if (response.code === 409) callApi(context, kubeletClient(state.config.node), { ...NODES, verb: "get", name: state.config.node }, { op: "find-node" } satisfies NodeTag);
  else registerFailed(state, context);
}

/** No answer, or a refusal: tried again later. */
export function registerFailed(state: KubeletState, context: Context): void {
  context.setTimer(REGISTER_TIMER, Math.min(FIRST_RETRY_MS * 2 ** Math.min(state.registerFailures++, 10), LAST_RETRY_MS));
}

function registered(state: KubeletState, context: Context, node: Node, existed: boolean): void {
  state.nodeObject = node;
  state.registered = true;
  state.registerFailures = 0;
  context.note("NodeRegistered", `nodes/${state.config.node}`, { node: state.config.node, cpuMillis: state.config.machine.cpuMillis, memoryBytes: state.config.machine.memoryBytes, existed });
  nodeEvent(state, context, "Normal", "Starting", "Starting kubelet.");
  if (existed) patchLabels(state, context, node);
  if (existed || state.toldReady !== state.runtimeReady) writeNodeStatus(state, context);
  else context.setTimer(NODE_STATUS_TIMER, REPORT_MS);
}

/** An existing node keeps its labels; the kubelet's own are set again. */
function patchLabels(state: KubeletState, context: Context, node: Node): void {
  const labels = nodeLabels(state.config);
  if (Object.keys(labels).every((key) => node.metadata?.labels?.[key] === labels[key])) return;
  callApi(context, kubeletClient(state.config.node), {
    ...NODES, verb: "patch", name: state.config.node, body: { metadata: { labels } }, options: { patchType: "application/merge-patch+json" },
  }, { op: "node-status" } satisfies NodeTag);
}

/** Writes the status now, and sets the time of the next report. */
export function writeNodeStatus(state: KubeletState, context: Context): void {
  if (!state.registered) return;
  const { capacity, allocatable, conditions, images, nodeInfo, addresses, daemonEndpoints } = nodeStatus(state, context.now);
  state.imagesChanged = false;
  state.toldReady = state.runtimeReady;
  const body = { status: { capacity, allocatable, conditions, images, nodeInfo, addresses, daemonEndpoints } };
  callApi(context, kubeletClient(state.config.node), {
    ...NODES, subresource: "status", verb: "patch", name: state.config.node, body, options: { patchType: "application/merge-patch+json" },
  }, { op: "node-status" } satisfies NodeTag);
  context.setTimer(NODE_STATUS_TIMER, REPORT_MS);
}

/** The server took the status, or not. A node that is gone is registered again. */
export function nodeStatusAnswered(state: KubeletState, context: Context, response: ApiResponse): void {
  if (succeeded(response)) state.nodeObject = response.body as KubeObject as Node;
  else if (response.code === 404) {
    state.registered = false;
    register(state, context);
  } else nodeStatusFailed(context);
}

/** Tried again at the next look (nodeStatusUpdateFrequency, 10 s). */
export function nodeStatusFailed(context: Context): void {
  context.setTimer(NODE_STATUS_TIMER, 10_000);
}

/** Something that the status says has changed: it is written soon (several changes at once make one write). */
export function nodeChanged(state: KubeletState, context: Context): void {
  if (state.registered) context.setTimer(NODE_STATUS_TIMER, state.toldReady === state.runtimeReady ? 10_000 : 0);
}

/** The watch showed the own node: what others changed is kept, and a Ready condition that isn't ours is written again. */
export function nodeSeen(state: KubeletState, context: Context, node: Node | undefined): void {
  if (!state.registered) return;
  if (node === undefined) {
    state.registered = false;
    state.nodeObject = undefined;
    register(state, context);
    return;
  }
  state.nodeObject = node;
  const ready = node.status?.conditions?.find((condition) => condition.type === "Ready");
  if (ready !== undefined && (ready.status === "True") !== state.toldReady) nodeChanged(state, context);
  if (ready?.status === "Unknown") context.setTimer(NODE_STATUS_TIMER, 0);
}
