/** How a Job ends, and its status (pkg/controller/job/job_controller.go). */
import { deepEqual } from "../../../../base/json/index.ts";
import { parseRfc3339, rfc3339 } from "../../../../base/time/index.ts";
import type { Job, JobCondition, JobStatus } from "../../api/index.ts";
import type { JobCount } from "./job-count.ts";
import { formatIndexes, isIndexed } from "./job-pods.ts";

/** A condition that decides a Job. */
export interface Verdict {
  readonly type: "Complete" | "Failed";
  readonly reason: string;
  readonly message: string;
}

/** The condition of a type, when it is True. */
export function trueCondition(job: Job, type: string): JobCondition | undefined {
  return job.status?.conditions?.find((condition) => condition.type === type && condition.status === "True");
}

/** True when nothing more happens to a Job. */
export function isFinished(job: Job): boolean {
  return trueCondition(job, "Complete") !== undefined || trueCondition(job, "Failed") !== undefined;
}

/** Whether a Job has come to its end, and which. A verdict once written stays (SuccessCriteriaMet, FailureTarget). */
export function verdictOf(job: Job, count: JobCount, now: number): Verdict | undefined {
  const failing = trueCondition(job, "FailureTarget");
  if (failing !== undefined) return { type: "Failed", reason: failing.reason ?? "", message: failing.message ?? "" };
  const met = trueCondition(job, "SuccessCriteriaMet");
  if (met !== undefined) return { type: "Complete", reason: met.reason ?? "", message: met.message ?? "" };
  if (count.failed > (job.spec?.backoffLimit ?? 6)) return { type: "Failed", reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
  if (untilDeadline(job, now) === 0) return { type: "Failed", reason: "DeadlineExceeded", message: "Job was active longer than specified deadline" };
  return isComplete(job, count) ? { type: "Complete", reason: "CompletionsReached", message: "Reached expected number of succeeded pods" } : undefined;
}

function isComplete(job: Job, count: JobCount): boolean {
  const completions = job.spec?.completions;
  if (isIndexed(job)) return count.succeededIndexes.size >= (completions ?? 0);
  // Without a number of completions any success ends the Job once its pods have stopped (a work queue).
  if (completions === undefined) return count.succeeded > 0 && count.active.length === 0;
  return count.succeeded >= completions;
}

/** Time until activeDeadlineSeconds is over, ms; undefined without one. */
export function untilDeadline(job: Job, now: number): number | undefined {
  const seconds = job.spec?.activeDeadlineSeconds;
  const start = job.status?.startTime;
  if (seconds === undefined || start === undefined || job.spec?.suspend === true) return undefined;
  return Math.max(0, parseRfc3339(start) + seconds * 1000 - now);
}

/** The status after this sync, and whether it ends the Job. */
export function nextStatus(job: Job, count: JobCount, verdict: Verdict | undefined, now: number): JobStatus {
  const old = job.status ?? {};
  const at = rfc3339(now);
  const uncounted = uncountedAfter(old, count);
  const isSettled = uncounted.succeeded.length === 0 && uncounted.failed.length === 0 && count.fresh.length === 0;
  const isEnd = verdict !== undefined && isSettled && count.active.length === 0 && count.terminating === 0;
  const conditions = conditionsAfter(job, verdict, isEnd, at);
  const suspended = job.spec?.suspend === true;
  const startTime = suspended ? undefined : (old.startTime ?? at);
  const succeeded = isIndexed(job) ? count.succeededIndexes.size : (old.succeeded ?? 0) + count.settledSucceeded.length;
  const failed = (old.failed ?? 0) + count.settledFailed.length;
  const indexes = isIndexed(job) ? formatIndexes([...count.succeededIndexes]) : "";
  return {
    ...(count.active.length === 0 ? {} : { active: count.active.length }), ready: count.ready, terminating: count.terminating,
    ...(succeeded === 0 ? {} : { succeeded }), ...(failed === 0 ? {} : { failed }), ...(indexes === "" ? {} : { completedIndexes: indexes }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(isEnd && verdict.type === "Complete" ? { completionTime: at } : {}), ...(conditions.length === 0 ? {} : { conditions }),
    uncountedTerminatedPods: {
      ...(uncounted.succeeded.length === 0 ? {} : { succeeded: uncounted.succeeded }), ...(uncounted.failed.length === 0 ? {} : { failed: uncounted.failed }),
    },
  };
}

function uncountedAfter(old: JobStatus, count: JobCount): { readonly succeeded: readonly string[]; readonly failed: readonly string[] } {
  const fresh = (wanted: boolean): string[] => count.fresh.filter((pod) => (pod.status?.phase === "Succeeded") === wanted).map((pod) => pod.metadata?.uid ?? "");
  return {
    succeeded: [...(old.uncountedTerminatedPods?.succeeded ?? []).filter((uid) => !count.settledSucceeded.includes(uid)), ...fresh(true)],
    failed: [...(old.uncountedTerminatedPods?.failed ?? []).filter((uid) => !count.settledFailed.includes(uid)), ...fresh(false)],
  };
}

function conditionsAfter(job: Job, verdict: Verdict | undefined, isEnd: boolean, at: string): readonly JobCondition[] {
  let conditions = suspension(job, job.status?.conditions ?? [], at);
  if (verdict === undefined) return conditions;
  const { reason, message } = verdict;
  const add = (type: string): void => {
    if (!conditions.some((condition) => condition.type === type)) conditions = [...conditions, { type, status: "True", lastProbeTime: at, lastTransitionTime: at, reason, message }];
  };
  add(verdict.type === "Complete" ? "SuccessCriteriaMet" : "FailureTarget");
  if (isEnd) add(verdict.type);
  return conditions;
}

function suspension(job: Job, conditions: readonly JobCondition[], at: string): readonly JobCondition[] {
  const known = conditions.find((condition) => condition.type === "Suspended");
  const isSuspended = job.spec?.suspend === true;
  if (isSuspended === (known?.status === "True") || (!isSuspended && known === undefined)) return conditions;
  const condition: JobCondition = {
    type: "Suspended", status: isSuspended ? "True" : "False", lastProbeTime: at, lastTransitionTime: at,
    reason: isSuspended ? "JobSuspended" : "JobResumed", message: isSuspended ? "Job suspended" : "Job resumed",
  };
  return [...conditions.filter((other) => other.type !== "Suspended"), condition];
}

/** True when writing the status would change it; zero counts and absent ones are the same. */
export function differs(a: JobStatus, b: JobStatus): boolean {
  const full = (status: JobStatus): JobStatus => ({ ready: 0, terminating: 0, uncountedTerminatedPods: {}, ...status });
  return !deepEqual(full(a), full(b));
}
