/**
 * Job (pkg/controller/job): pods that run to their end. Not modelled yet: podFailurePolicy, successPolicy, backoffLimitPerIndex,
 * managedBy.
 */
import { parseRfc3339 } from "../../../../base/time/index.ts";
import { controllerOf, isBeingDeleted, type Job, namespacedKey, type Pod } from "../../api/index.ts";
import { deletePod, isPodReady } from "../pods/index.ts";
import { type Controller, NO_PLAN, type Plan, type PlannedRequest, planOf, type Tell, type View } from "../runtime/index.ts";
import { countJob, type JobCount } from "./job-count.ts";
import { createJobPod, indexOf, isIndexed, regarding, TRACKING, untrack } from "./job-pods.ts";
import { enqueueOrphan, enqueuePodsOf, heldPods, orphanKey, planOrphan } from "./orphan-pods.ts";
import { differs, isFinished, nextStatus, trueCondition, untilDeadline, type Verdict, verdictOf } from "./job-status.ts";

export { isFinished, trueCondition } from "./job-status.ts";

/** After failures new pods wait 10 s, doubling to 10 min (DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff). */
const BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 600_000;
/** Pods made in one sync (MaxPodCreateDeletePerSync). */
const MAX_PODS_PER_SYNC = 500;

/** Runs Jobs. */
export const jobController: Controller<null> = {
  name: "job",
  workers: 5,
  needs: ["jobs.batch", "pods"],
  createMemory: () => null,
  on: {
    "jobs.batch": (_memory, enqueue, view, key, before, after) => {
      enqueue.add(key);
      if (before !== undefined && before.metadata?.uid !== after?.metadata?.uid) enqueuePodsOf(enqueue, view, before.metadata?.uid ?? "");
    },
    pods: (_memory, enqueue, view, _key, before, after) => {
      enqueueOrphan(enqueue, view, after);
      const owner = controllerOf(after ?? before ?? {});
      if (owner?.kind === "Job") enqueue.add(namespacedKey((after ?? before)?.metadata?.namespace, owner.name));
    },
  },
  plan: (key, view, _memory, now) => planJob(key, view, now),
  conclude: (key, view, _memory, now) => concludeJob(key, view, now),
};

function planJob(key: string, view: View, now: number): Plan {
  const orphan = orphanKey(key);
  if (orphan !== undefined) return planOrphan(view, orphan);
  const job = view.get("jobs.batch", key);
  if (job === undefined) return NO_PLAN;
  if (isBeingDeleted(job)) return planOf(heldPods(view, job.metadata?.uid ?? "").map(untrack));
  const count = countJob(job, view);
  if (isFinished(job)) return planOf(releasable(job, count));
  const untracked = count.tracked.map(untrack);
  const verdict = verdictOf(job, count, now);
  if (verdict !== undefined || job.spec?.suspend === true) {
    return planOf([...untracked, ...count.active.map((pod) => deletePod(pod, regarding(job), verdict === undefined ? "the Job is suspended" : "the Job has ended"))]);
  }
  const pods = planPods(job, count, now);
  return { steps: [untracked, ...pods.steps], ...(pods.waitMs === undefined ? {} : { requeueAfterMs: pods.waitMs }) };
}

/** A finished Job holds no pods back. */
function releasable(job: Job, count: JobCount): PlannedRequest[] {
  void job;
  return [...count.tracked, ...count.fresh, ...count.active].filter((pod) => pod.metadata?.finalizers?.includes(TRACKING) === true).map(untrack);
}

function planPods(job: Job, count: JobCount, now: number): { readonly steps: PlannedRequest[][]; readonly waitMs?: number } {
  const wanted = wantedActive(job, count);
  const surplus = count.active.length - wanted;
  if (surplus > 0) {
    const spare = [...count.active].sort((a, b) => Number(isPodReady(a)) - Number(isPodReady(b))).slice(0, surplus);
    return { steps: [spare.map((pod) => deletePod(pod, regarding(job), "more pods than wanted"))] };
  }
  const missing = Math.min(-surplus - (job.spec?.podReplacementPolicy === "Failed" ? count.terminating : 0), MAX_PODS_PER_SYNC);
  if (missing <= 0) return { steps: [] };
  const waitMs = backoff(count, now);
  if (waitMs > 0) return { steps: [], waitMs };
  const requests = isIndexed(job) ? freeIndexes(job, count, missing).map((index) => createJobPod(job, index)) : new Array<PlannedRequest>(missing).fill(createJobPod(job, undefined));
  const steps: PlannedRequest[][] = [];
  for (let from = 0, size = 1; from < requests.length; from += size, size *= 2) steps.push(requests.slice(from, from + size));
  return { steps };
}

function wantedActive(job: Job, count: JobCount): number {
  const parallelism = job.spec?.parallelism ?? 1;
  const { completions } = job.spec ?? {};
  if (completions === undefined) return count.succeeded > 0 ? count.active.length : parallelism;
  const done = isIndexed(job) ? count.succeededIndexes.size : count.succeeded;
  return Math.min(parallelism, Math.max(0, completions - done));
}

function freeIndexes(job: Job, count: JobCount, wanted: number): number[] {
  const busy = new Set(count.active.map(indexOf));
  const free: number[] = [];
  for (let index = 0; index < (job.spec?.completions ?? 0) && free.length < wanted; index++) {
    if (!count.succeededIndexes.has(index) && !busy.has(index)) free.push(index);
  }
  return free;
}

/** Time left of the back-off after the latest failures, ms (backoff_utils.go, getRemainingTime). */
function backoff(count: JobCount, now: number): number {
  let last = 0;
  for (const pod of count.failedPods) last = Math.max(last, failedAt(pod));
  if (last === 0 || count.failed === 0) return 0;
  return Math.max(0, last + Math.min(BACKOFF_MS * 2 ** Math.min(count.failed - 1, 20), MAX_BACKOFF_MS) - now);
}

function failedAt(pod: Pod): number {
  let latest = 0;
  for (const { state } of pod.status?.containerStatuses ?? []) latest = Math.max(latest, parseRfc3339(state?.terminated?.finishedAt ?? "") || 0);
  return latest === 0 ? parseRfc3339(pod.metadata?.deletionTimestamp ?? pod.metadata?.creationTimestamp ?? "") || 0 : latest;
}

function concludeJob(key: string, view: View, now: number): Plan {
  const job = view.get("jobs.batch", key);
  if (job === undefined || isBeingDeleted(job) || isFinished(job)) return NO_PLAN;
  const count = countJob(job, view);
  const verdict = verdictOf(job, count, now);
  const status = nextStatus(job, count, verdict, now);
  const wait = untilDeadline({ ...job, status }, now);
  if (!differs(job.status ?? {}, status)) return planOf([], wait === undefined || wait === 0 ? undefined : wait);
  const { namespace = "", name = "" } = job.metadata ?? {};
  const body: Job = { ...job, apiVersion: "batch/v1", kind: "Job", status };
  const request: PlannedRequest = { call: { verb: "update", group: "batch", version: "v1", resource: "jobs", subresource: "status", namespace, name, body }, accept: [404] };
  const told = ending(job, body, verdict);
  return { ...planOf([told === undefined ? request : { ...request, onSuccess: told }], wait), };
}

/** What is told when the status ends or suspends a Job. */
function ending(before: Job, after: Job, verdict: Verdict | undefined): Tell | undefined {
  const { namespace = "", name = "" } = after.metadata ?? {};
  if (verdict !== undefined && isFinished(after)) {
    const isGood = verdict.type === "Complete";
    return {
      note: { kind: isGood ? "JobCompleted" : "JobFailed", object: `jobs/${namespace}/${name}`, data: { reason: verdict.reason } },
      event: { regarding: regarding(after), type: isGood ? "Normal" : "Warning", reason: isGood ? "Completed" : verdict.reason, message: isGood ? "Job completed" : verdict.message },
    };
  }
  const was = trueCondition(before, "Suspended") !== undefined;
  const is = trueCondition(after, "Suspended") !== undefined;
  if (was === is) return undefined;
  return { event: { regarding: regarding(after), type: "Normal", reason: is ? "Suspended" : "Resumed", message: is ? "Job suspended" : "Job resumed" } };
}
