/**
 * PreBind of VolumeBinding: asks for the volumes a pod was promised and holds its binding back until they are bound.
 * Source: plugins/volumebinding/binder.go (AssumePodVolumes, BindPodVolumes, checkBindings).
 */
import type { Context } from "../../../engine/bus/index.ts";
import { splitKey } from "../api/index.ts";
import { callApi } from "../client/index.ts";
import { bind, bindFailed } from "./binding.ts";
import type { NodeInfo } from "./framework/node-info.ts";
import { STATUS_TAG } from "./pod-status.ts";
import { isBound } from "./plugins/volume-binding/match-volume.ts";
import { planVolumes, type VolumePlan } from "./plugins/volume-binding/volume-binding.ts";
import type { QueuedPod } from "./queue/scheduling-queue.ts";
import type { SchedulerState } from "./state.ts";

const TIMER_PREFIX = "volumes/";
/** How long volumes are waited for (bindTimeoutSeconds). */
const BIND_TIMEOUT_MS = 600_000;
const SELECTED_NODE = "volume.kubernetes.io/selected-node";

/** Binds a pod at once, or when its claims are bound. */
export function bindWhenVolumesAre(state: SchedulerState, context: Context, pod: QueuedPod, node: NodeInfo): void {
  if (pod.shape.claims.length === 0 || node.node === undefined) {
    bind(state, context, pod, node.name);
    return;
  }
  const plan = planVolumes(pod.shape, state.cluster, node.node);
  if ("plugin" in plan || (plan.volumes.size === 0 && plan.provisioned.length === 0)) {
    bind(state, context, pod, node.name);
    return;
  }
  askForVolumes(state, context, plan, node.name);
  state.awaitingVolumes.set(pod.key, node.name);
  context.setTimer(TIMER_PREFIX + pod.key, BIND_TIMEOUT_MS);
}

function askForVolumes(state: SchedulerState, context: Context, plan: VolumePlan, node: string): void {
  const { claims, assumed } = state.cluster.volumes;
  for (const [key, volume] of plan.volumes) {
    assumed.set(volume, key);
    const claim = claims.get(key);
    const { namespace, name } = splitKey(key);
    const claimRef = { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid: claim?.metadata?.uid ?? "", resourceVersion: claim?.metadata?.resourceVersion ?? "" };
    const body = { metadata: { annotations: { "pv.kubernetes.io/bound-by-controller": "yes" } }, spec: { claimRef } };
    callApi(context, state.client, { verb: "patch", group: "", version: "v1", resource: "persistentvolumes", name: volume, body, options: { patchType: "application/merge-patch+json" } }, STATUS_TAG);
  }
  for (const key of plan.provisioned) {
    const { namespace, name } = splitKey(key);
    const body = { metadata: { annotations: { [SELECTED_NODE]: node } } };
    callApi(context, state.client, { verb: "patch", group: "", version: "v1", resource: "persistentvolumeclaims", namespace, name, body, options: { patchType: "application/merge-patch+json" } }, STATUS_TAG);
  }
}

/** Storage changed: pods whose claims are all bound now go on. */
export function volumesChanged(state: SchedulerState, context: Context): void {
  for (const [key, node] of [...state.awaitingVolumes]) {
    const pod = state.binding.get(key);
    if (pod !== undefined && !pod.shape.claims.every((claim) => isBoundNow(state, claim))) continue;
    settle(state, context, key);
    if (pod !== undefined) bind(state, context, pod, node);
  }
}

function isBoundNow(state: SchedulerState, key: string): boolean {
  const claim = state.cluster.volumes.claims.get(key);
  return claim !== undefined && isBound(claim);
}

function settle(state: SchedulerState, context: Context, key: string): void {
  state.awaitingVolumes.delete(key);
  context.cancelTimer(TIMER_PREFIX + key);
  const claims = state.binding.get(key)?.shape.claims ?? [];
  for (const [volume, claim] of state.cluster.volumes.assumed) if (claims.includes(claim)) state.cluster.volumes.assumed.delete(volume);
}

/** A timer fired; true if it was one of these: the volumes did not come in time. */
export function volumeTimer(state: SchedulerState, context: Context, name: string): boolean {
  if (!name.startsWith(TIMER_PREFIX)) return false;
  const key = name.slice(TIMER_PREFIX.length);
  const node = state.awaitingVolumes.get(key) ?? "";
  const uid = state.binding.get(key)?.pod.metadata?.uid ?? "";
  settle(state, context, key);
  bindFailed(state, context, { bind: key, uid, node }, "binding volumes: timed out waiting for the condition");
  return true;
}
