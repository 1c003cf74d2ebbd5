/** One scheduling cycle. Source: pkg/scheduler/schedule_one.go, ScheduleOne. */
import type { Context } from "../../../engine/bus/index.ts";
import type { NodeInfo } from "./framework/node-info.ts";
import { type Diagnosis, diagnose, diagnoseAll, fitErrorMessage } from "./framework/fit-error.ts";
import { nominate, unnominate } from "./framework/nominator.ts";
import { type Candidate, type Selection, type SelectionContext, selectNode } from "./framework/select-node.ts";
import { assume } from "./binding.ts";
import { donePlan, planFor } from "./plans.ts";
import { preempt } from "./preempt.ts";
import { markError, markUnschedulable, popNext, type QueuedPod } from "./queue/scheduling-queue.ts";
import { setUnscheduled } from "./pod-status.ts";
import type { SchedulerState } from "./state.ts";
import { armTimers } from "./timers.ts";
import { bindWhenVolumesAre } from "./volume-wait.ts";
import { whyWon } from "./why-won.ts";

/** Most attempts remembered. */
const MOST_RECORDS = 50_000;

/** Takes the next pod and looks for a node. */
export function scheduleOne(state: SchedulerState, context: Context): void {
  if (!state.synced) return;
  const pod = popNext(state.queue);
  if (pod === undefined) return;
  state.queue.pods.delete(pod.key);
  const profile = state.profiles.get(pod.pod.spec?.schedulerName ?? "default-scheduler");
  if (profile === undefined) return;
  const plan = planFor(state, profile, pod.shape);
  const { cluster, scratch, nominator, cursor } = state;
  const cycle: SelectionContext = { cluster, profile, plan, scratch, nominator, cursor, random: context.random };
  const candidate: Candidate = { key: pod.key, priority: pod.priority, nominatedNode: pod.nominatedNode };
  const selection = selectNode(cycle, candidate);
  if (selection.slot >= 0) placed(state, context, cycle, pod, selection);
  else failed(state, context, cycle, pod, candidate, selection);
  donePlan(state, profile, plan);
}

function remember(state: SchedulerState, pod: QueuedPod, selection: Selection, atMs: number, reasons: Readonly<Record<string, number>>, message: string): void {
  const { cluster, attempts } = state;
  const nameOf = (slot: number): string => (slot < 0 ? "" : (cluster.nodes[slot] as NodeInfo).name);
  attempts.delete(pod.key);
  attempts.set(pod.key, {
    atMs, attempts: pod.attempts, node: nameOf(selection.slot), feasible: selection.feasible, evaluated: selection.evaluated, score: selection.score,
    runnerUp: nameOf(selection.runnerUp), runnerUpScore: selection.runnerUpScore, reasons, message,
  });
  if (attempts.size > MOST_RECORDS) for (const oldest of attempts.keys()) { attempts.delete(oldest); break; }
}

const NO_REASONS = Object.freeze({});

function placed(state: SchedulerState, context: Context, cycle: SelectionContext, pod: QueuedPod, selection: Selection): void {
  const node = state.cluster.nodes[selection.slot] as NodeInfo;
  remember(state, pod, selection, context.now, NO_REASONS, "");
  context.note("PodScheduled", `pods/${pod.key}`, { node: node.name, feasible: selection.feasible, evaluated: selection.evaluated, nodes: state.cluster.nodeCount, ...whyWon(cycle, selection) });
  assume(state, pod, selection.slot);
  bindWhenVolumesAre(state, context, pod, node);
}

function failed(state: SchedulerState, context: Context, cycle: SelectionContext, pod: QueuedPod, candidate: Candidate, selection: Selection): void {
  const { cluster } = state;
  if (cluster.nodeCount === 0) {
    noNodes(state, context, pod, selection);
    return;
  }
  const diagnosis = selection.refusedAll === undefined ? diagnose(cluster, cycle.plan, cycle.scratch) : diagnoseAll(cluster, selection.refusedAll);
  const outcome = preempt(state, context, cycle, pod, candidate, diagnosis);
  const message = fitErrorMessage(diagnosis, outcome.message);
  applyNomination(state, pod, outcome.nominatedNode);
  tellFailure(state, context, pod, selection, diagnosis, message);
  setUnscheduled(state, context, pod, "Unschedulable", message, outcome.nominatedNode);
  markUnschedulable(state.queue, pod, diagnosis.plugins, context.now);
  armTimers(state, context);
}

/** Without nodes no plugin is to blame, so nothing in particular could wake the pod: it backs off and is tried again. */
function noNodes(state: SchedulerState, context: Context, pod: QueuedPod, selection: Selection): void {
  const message = "no nodes available to schedule pods";
  tellFailure(state, context, pod, selection, { nodes: 0, reasons: new Map(), plugins: [], preFilterMessage: message }, message);
  setUnscheduled(state, context, pod, "Unschedulable", message, undefined);
  markError(state.queue, pod, context.now);
  armTimers(state, context);
}

function applyNomination(state: SchedulerState, pod: QueuedPod, node: string | undefined): void {
  if (node === undefined) return;
  pod.nominatedNode = node;
  if (node === "") unnominate(state.cluster, state.nominator, pod.key);
  else nominate(state.cluster, state.nominator, { key: pod.key, node, priority: pod.priority, pod: pod.pod, shape: pod.shape });
}

/** The kinds of reasons, without how many nodes gave each; the message where no node was looked at. */
function kindsOf(reasons: Readonly<Record<string, number>>, message: string): string {
  const kinds = Object.keys(reasons);
  return kinds.length === 0 ? message : kinds.sort().join("\n");
}

/** Told when a pod fails for the first time, and when other reasons keep it waiting than before. */
function tellFailure(state: SchedulerState, context: Context, pod: QueuedPod, selection: Selection, diagnosis: Diagnosis, message: string): void {
  const reasons = Object.fromEntries(diagnosis.reasons);
  const before = state.attempts.get(pod.key);
  remember(state, pod, selection, context.now, reasons, message);
  if (before !== undefined && before.node === "" && kindsOf(before.reasons, before.message) === kindsOf(reasons, message)) return;
  context.note("PodUnschedulable", `pods/${pod.key}`, { nodes: diagnosis.nodes, reasons, plugins: diagnosis.plugins, ...(diagnosis.preFilterMessage === "" ? {} : { message: diagnosis.preFilterMessage }) });
}
