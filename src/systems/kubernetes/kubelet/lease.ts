/** The node's heartbeat: a Lease of 40 s in kube-node-lease, renewed every 10 s (component-helpers/apimachinery/lease, kubelet nodeLeaseDurationSeconds). */
import { rfc3339Micro } from "../../../base/time/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import { nextBelow } from "../../../engine/random/index.ts";
import { type ApiResponse, type Lease, succeeded } from "../api/index.ts";
import { type ApiCall, callApi } from "../client/index.ts";
import { kubeletClient } from "./client.ts";
import type { KubeletState } from "./state.ts";
import type { NodeTag } from "./tags.ts";

/** Timer of the heartbeat. */
export const LEASE_TIMER = "lease";
/** How long the lease holds, and how often it is renewed (a quarter of that). */
export const LEASE_SECONDS = 40;
export const RENEW_MS = 10_000;
/** First wait before another try at creating the lease, doubling to the second (maxBackoff 7 s). */
const RETRY_MS = 1000;

const LEASES = Object.freeze({ group: "coordination.k8s.io", version: "v1", resource: "leases", namespace: "kube-node-lease" } as const);

/** Starts the heartbeat. */
export function startLease(state: KubeletState, context: Context): void {
  send(state, context, { ...LEASES, verb: "get", name: state.config.node }, "get");
}

function send(state: KubeletState, context: Context, call: ApiCall, step: "create" | "get" | "renew"): void {
  const tag: NodeTag = { op: "lease", step };
  callApi(context, kubeletClient(state.config.node), call, tag, RENEW_MS);
}

/** Renews the lease, or makes it where there is none. */
export function renewLease(state: KubeletState, context: Context): void {
  const { lease } = state;
  if (lease === undefined) {
    startLease(state, context);
    return;
  }
  const body: Lease = {
    apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: lease.metadata ?? {},
    spec: { holderIdentity: state.config.node, leaseDurationSeconds: LEASE_SECONDS, renewTime: rfc3339Micro(context.now) },
  };
  send(state, context, { ...LEASES, verb: "update", name: state.config.node, body }, "renew");
  context.setTimer(LEASE_TIMER, RENEW_MS);
}

/** The server answered. */
export function leaseAnswered(state: KubeletState, context: Context, response: ApiResponse, step: "create" | "get" | "renew"): void {
  if (succeeded(response)) {
    const first = state.lease === undefined;
    state.lease = response.body as Lease;
    if (step === "get") renewLease(state, context);
    else if (step === "create" && first) context.setTimer(LEASE_TIMER, RENEW_MS - nextBelow(context.random, RENEW_MS));
  } else if (response.code === 404 && step !== "create") createLease(state, context);
  else {
    state.lease = undefined;
    context.setTimer(LEASE_TIMER, RETRY_MS);
  }
}

function createLease(state: KubeletState, context: Context): void {
  const { node } = state.config;
  state.lease = undefined;
  const uid = state.nodeObject?.metadata?.uid;
  const body: Lease = {
    apiVersion: "coordination.k8s.io/v1", kind: "Lease",
    metadata: { name: node, namespace: LEASES.namespace, ...(uid === undefined ? {} : { ownerReferences: [{ apiVersion: "v1", kind: "Node", name: node, uid }] }) },
    spec: { holderIdentity: node, leaseDurationSeconds: LEASE_SECONDS, renewTime: rfc3339Micro(context.now) },
  };
  send(state, context, { ...LEASES, verb: "create", body }, "create");
}

/** No answer: the next renewal is tried in time, a lease that isn't there yet sooner. */
export function leaseFailed(state: KubeletState, context: Context): void {
  if (state.lease === undefined) context.setTimer(LEASE_TIMER, RETRY_MS);
}
