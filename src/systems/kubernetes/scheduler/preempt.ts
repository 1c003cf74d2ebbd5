/** PostFilter: makes room for a pod by asking others of lower priority to go. Source: pkg/scheduler/framework/preemption/preemption.go. */
import type { Context } from "../../../engine/bus/index.ts";
import { type ApiResponse, type PodDisruptionBudget, splitKey, succeeded } from "../api/index.ts";
import { cacheOf, callApi } from "../client/index.ts";
import { recordEvent, referenceTo } from "../events/index.ts";
import type { Diagnosis } from "./framework/fit-error.ts";
import type { NodeInfo, PodInfo } from "./framework/node-info.ts";
import { unnominate } from "./framework/nominator.ts";
import type { Candidate, SelectionContext } from "./framework/select-node.ts";
import { findVictims } from "./plugins/default-preemption/default-preemption.ts";
import { patchStatus, STATUS_TAG, withCondition } from "./pod-status.ts";
import type { QueuedPod } from "./queue/scheduling-queue.ts";
import { requeue } from "./requeue/wake.ts";
import type { SchedulerState } from "./state.ts";

/** What PostFilter said. `nominatedNode` undefined = leave the nomination as it is, "" = clear it. */
export interface PreemptOutcome {
  readonly message: string;
  readonly nominatedNode: string | undefined;
}

/** Tag of the request that deletes a victim. */
export interface EvictTag {
  readonly preemptor: string;
  readonly victim: string;
  readonly uid: string;
  readonly node: string;
  readonly preemptorUid: string;
}

/** True for tags of requests that delete a victim. */
export function isEvictTag(tag: unknown): tag is EvictTag {
  return typeof tag === "object" && tag !== null && "preemptor" in tag;
}

/** The DynamicResources plugin, on by default, has its say before DefaultPreemption (plugins/dynamicresources, PostFilter). */
const NO_CLAIMS = "no new claims to deallocate";

function worded(cycle: SelectionContext, message: string): string {
  const own = message === "" ? [] : [`preemption: ${message}`];
  return (cycle.profile.dynamicResources ? [NO_CLAIMS, ...own] : own).join(", ");
}

/** Why a pod may not preempt now, "" when it may (PodEligibleToPreemptOthers). */
function ineligible(state: SchedulerState, cycle: SelectionContext, pod: QueuedPod): string {
  if (pod.pod.spec?.preemptionPolicy === "Never") return "not eligible due to preemptionPolicy=Never.";
  const { cluster } = state;
  const slot = pod.nominatedNode === "" ? undefined : cluster.slots.get(pod.nominatedNode);
  const node = slot === undefined ? undefined : cluster.nodes[slot];
  if (node?.node === undefined || cycle.plan.refusals[cycle.scratch.verdicts[node.index] as number]?.resolvable === false) return "";
  const waits = pod.victims.some((key) => cluster.pods.has(key)) || [...node.pods.values()].some((info) => info.priority < pod.priority && isPreempted(info));
  return waits ? "not eligible due to a terminating pod on the nominated node." : "";
}

function isPreempted(info: PodInfo): boolean {
  return info.terminating && info.pod.status?.conditions?.some((one) => one.type === "DisruptionTarget" && one.reason === "PreemptionByScheduler") === true;
}

/** See the module's comment. */
export function preempt(state: SchedulerState, context: Context, cycle: SelectionContext, pod: QueuedPod, candidate: Candidate, diagnosis: Diagnosis): PreemptOutcome {
  if (!cycle.profile.preemption) return { message: cycle.profile.dynamicResources ? NO_CLAIMS : "", nominatedNode: undefined };
  const reason = ineligible(state, cycle, pod);
  if (reason !== "") return { message: worded(cycle, reason), nominatedNode: undefined };
  const budgets = [...cacheOf<PodDisruptionBudget>(state.informers, "poddisruptionbudgets").items.values()];
  const result = findVictims(cycle, candidate, diagnosis.preFilterMessage !== "", budgets, state.budgetsVersion);
  if ("message" in result) return { message: worded(cycle, result.message), nominatedNode: "" };
  const node = state.cluster.nodes[result.best.slot] as NodeInfo;
  clearLowerPromises(state, context, node, pod);
  pod.victims = result.best.victims.map((info) => info.key);
  for (const victim of result.best.victims) evict(state, context, pod, victim, node);
  return { message: "", nominatedNode: node.name };
}

/** Pods of lower priority that were promised this node must look elsewhere. */
function clearLowerPromises(state: SchedulerState, context: Context, node: NodeInfo, pod: QueuedPod): void {
  for (const key of [...(state.nominator.byNode.get(node.name) ?? [])]) {
    const promise = state.nominator.pods.get(key);
    if (promise === undefined || promise.priority >= pod.priority) continue;
    unnominate(state.cluster, state.nominator, key);
    const queued = state.queue.pods.get(key);
    if (queued !== undefined) queued.nominatedNode = "";
    patchStatus(state, context, promise.pod, { nominatedNodeName: null }, STATUS_TAG);
  }
}

function evict(state: SchedulerState, context: Context, preemptor: QueuedPod, victim: PodInfo, node: NodeInfo): void {
  context.note("PodPreempted", `pods/${victim.key}`, { by: preemptor.key, node: node.name, priority: victim.priority, byPriority: preemptor.priority });
  const schedulerName = preemptor.pod.spec?.schedulerName ?? "default-scheduler";
  const message = `${schedulerName}: preempting to accommodate a higher priority pod`;
  const conditions = withCondition(victim.pod, { type: "DisruptionTarget", status: "True", reason: "PreemptionByScheduler", message }, context.now);
  if (conditions !== undefined) patchStatus(state, context, victim.pod, { conditions }, STATUS_TAG);
  const { namespace, name } = splitKey(victim.key);
  const uid = victim.pod.metadata?.uid ?? "";
  const tag: EvictTag = { preemptor: preemptor.key, victim: victim.key, uid, node: node.name, preemptorUid: preemptor.pod.metadata?.uid ?? "" };
  callApi(context, state.client, { verb: "delete", group: "", version: "v1", resource: "pods", namespace, name, options: { preconditions: { uid } } }, tag);
}

/** The API answered the deletion of a victim. */
export function evictAnswered(state: SchedulerState, context: Context, response: ApiResponse, tag: EvictTag): void {
  if (!succeeded(response) && response.code !== 404 && response.code !== 409) {
    evictFailed(state, context, tag);
    return;
  }
  const victim = state.cluster.pods.get(tag.victim);
  if (victim === undefined || !succeeded(response)) return;
  recordEvent(state.recorder, context, state.client, {
    regarding: referenceTo(victim.pod, "Pod"), type: "Normal", reason: "Preempted", action: "Preempting", message: `Preempted by pod ${tag.preemptorUid} on node ${tag.node}`,
    related: relatedTo(state, tag),
  });
}

function relatedTo(state: SchedulerState, tag: EvictTag): ReturnType<typeof referenceTo> {
  const preemptor = state.queue.pods.get(tag.preemptor)?.pod ?? state.cluster.pods.get(tag.preemptor)?.pod;
  return preemptor === undefined ? { kind: "Pod", uid: tag.preemptorUid } : referenceTo(preemptor, "Pod");
}

/** A victim could not be asked to go: the pod's promise is taken back and it is tried again. */
export function evictFailed(state: SchedulerState, context: Context, tag: EvictTag): void {
  const pod = state.queue.pods.get(tag.preemptor);
  if (pod === undefined) return;
  pod.victims = [];
  pod.nominatedNode = "";
  unnominate(state.cluster, state.nominator, pod.key);
  patchStatus(state, context, pod.pod, { nominatedNodeName: null }, STATUS_TAG);
  if (pod.place === "unschedulable") requeue(state, context, pod);
}
