/** CronJob (pkg/controller/cronjob/cronjob_controllerv2.go): makes Jobs by a schedule. Time zones other than UTC are read as UTC. */
import { nextCronTime, parseCron } from "../../../../base/cron/index.ts";
import { deepEqual } from "../../../../base/json/index.ts";
import { parseRfc3339, rfc3339 } from "../../../../base/time/index.ts";
import { controllerOf, type CronJob, type CronJobStatus, isBeingDeleted, type Job, namespacedKey, type ObjectReference } from "../../api/index.ts";
import { isFinished, trueCondition } from "../job/index.ts";
import { controllerRef } from "../ownership/index.ts";
import { BY_CONTROLLER, type Controller, NO_PLAN, type Plan, type PlannedRequest, type Regarding, type View } from "../runtime/index.ts";

const SCHEDULED_AT = "batch.kubernetes.io/cronjob-scheduled-timestamp";
/** More missed times than this are reported and not counted one by one. */
const TOO_MANY_MISSED = 100;
/** A little later than the time itself, as upstream (nextScheduledTimeDuration). */
const MARGIN_MS = 100;

/** Makes Jobs by schedules. */
export const cronJobController: Controller<null> = {
  name: "cronjob",
  workers: 5,
  needs: ["cronjobs.batch", "jobs.batch"],
  createMemory: () => null,
  on: {
    "cronjobs.batch": (_memory, enqueue, _view, key) => {
      enqueue.add(key);
    },
    "jobs.batch": (_memory, enqueue, _view, _key, before, after) => {
      const owner = controllerOf(after ?? before ?? {});
      if (owner?.kind === "CronJob") enqueue.add(namespacedKey((after ?? before)?.metadata?.namespace, owner.name));
    },
  },
  plan: (key, view, _memory, now) => planCronJob(key, view, now),
};

function regarding(cronJob: CronJob): Regarding {
  return { apiVersion: "batch/v1", kind: "CronJob", metadata: cronJob.metadata ?? {} };
}

function planCronJob(key: string, view: View, now: number): Plan {
  const cronJob = view.get("cronjobs.batch", key);
  if (cronJob === undefined || isBeingDeleted(cronJob)) return NO_PLAN;
  const jobs = view.list("jobs.batch", BY_CONTROLLER, cronJob.metadata?.uid ?? "");
  const old = planHistory(cronJob, jobs);
  const status = statusFrom(cronJob, jobs);
  const schedule = parseCron(cronJob.spec?.schedule ?? "");
  if ("error" in schedule || cronJob.spec?.suspend === true) return { steps: [old, ...writeStatus(cronJob, status)] };
  const due = dueTime(cronJob, schedule.schedule, now);
  const next = nextCronTime(schedule.schedule, now);
  const waitMs = next === undefined ? {} : { requeueAfterMs: next - now + MARGIN_MS };
  const active = jobs.filter((job) => !isFinished(job) && !isBeingDeleted(job));
  if (due === undefined || isMade(jobs, cronJob, due)) return { steps: [old, ...writeStatus(cronJob, status)], ...waitMs };
  if (cronJob.spec?.concurrencyPolicy === "Forbid" && active.length > 0) {
    const message = "Not starting job because prior execution is running and concurrency policy is Forbid";
    return { steps: [old, ...writeStatus(cronJob, status)], ...waitMs, tell: [{ event: { regarding: regarding(cronJob), type: "Normal", reason: "JobAlreadyActive", message } }] };
  }
  const replaced = cronJob.spec?.concurrencyPolicy === "Replace" ? active.map((job) => deleteJob(cronJob, job)) : [];
  const stamped = { ...status, lastScheduleTime: rfc3339(due) };
  return { steps: [[...old, ...replaced], [createJob(cronJob, due)], ...writeStatus(cronJob, stamped)], ...waitMs };
}

/** The latest time that should have started a Job and hasn't, or undefined (mostRecentScheduleTime, startingDeadlineSeconds). */
function dueTime(cronJob: CronJob, schedule: Parameters<typeof nextCronTime>[0], now: number): number | undefined {
  const created = parseRfc3339(cronJob.metadata?.creationTimestamp ?? "");
  const last = cronJob.status?.lastScheduleTime;
  const deadline = cronJob.spec?.startingDeadlineSeconds;
  let from = last === undefined ? created : parseRfc3339(last);
  if (deadline !== undefined) from = Math.max(from, now - deadline * 1000);
  let due: number | undefined;
  for (let count = 0; count < TOO_MANY_MISSED * 100; count++) {
    const next = nextCronTime(schedule, due ?? from);
    if (next === undefined || next > now) break;
    due = next;
  }
  return due;
}

function jobName(cronJob: CronJob, due: number): string {
  return `${cronJob.metadata?.name ?? ""}-${String(Math.floor(due / 60_000))}`;
}

function isMade(jobs: readonly Job[], cronJob: CronJob, due: number): boolean {
  const last = cronJob.status?.lastScheduleTime;
  return jobs.some((job) => job.metadata?.name === jobName(cronJob, due)) || (last !== undefined && parseRfc3339(last) >= due);
}

function createJob(cronJob: CronJob, due: number): PlannedRequest {
  const { namespace = "" } = cronJob.metadata ?? {};
  const template = cronJob.spec?.jobTemplate;
  const name = jobName(cronJob, due);
  const { labels, annotations } = template?.metadata ?? {};
  const body: Job = {
    apiVersion: "batch/v1", kind: "Job",
    metadata: {
      name, namespace, ...(labels === undefined ? {} : { labels }), annotations: { ...annotations, [SCHEDULED_AT]: rfc3339(due) },
      ownerReferences: [controllerRef(cronJob, "batch/v1", "CronJob")],
    },
    ...(template?.spec === undefined ? {} : { spec: template.spec }),
  };
  const owner = regarding(cronJob);
  return {
    call: { verb: "create", group: "batch", version: "v1", resource: "jobs", namespace, body }, accept: [409],
    onSuccess: {
      note: { kind: "JobCreatedByCronJob", object: `jobs/${namespace}/${name}`, data: { cronJob: cronJob.metadata?.name ?? "" } },
      event: { regarding: owner, type: "Normal", reason: "SuccessfulCreate", message: `Created job ${name}` },
    },
    onFailure: { event: { regarding: owner, type: "Warning", reason: "FailedCreate", message: "Error creating job: {error}" } },
  };
}

function deleteJob(cronJob: CronJob, job: Job): PlannedRequest {
  const { namespace = "", name = "", uid = "" } = job.metadata ?? {};
  return {
    call: { verb: "delete", group: "batch", version: "v1", resource: "jobs", namespace, name, options: { preconditions: { uid }, propagationPolicy: "Background" } }, accept: [404],
    onSuccess: { event: { regarding: regarding(cronJob), type: "Normal", reason: "SuccessfulDelete", message: `Deleted job ${name}` } },
  };
}

/** Finished Jobs beyond the limits go, oldest first. */
function planHistory(cronJob: CronJob, jobs: readonly Job[]): PlannedRequest[] {
  const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } = cronJob.spec ?? {};
  const spare = (type: string, limit: number): Job[] => {
    const ended = jobs.filter((job) => trueCondition(job, type) !== undefined && !isBeingDeleted(job)).sort(byStart);
    return ended.slice(0, Math.max(0, ended.length - limit));
  };
  return [...spare("Complete", successfulJobsHistoryLimit), ...spare("Failed", failedJobsHistoryLimit)].map((job) => deleteJob(cronJob, job));
}

function byStart(a: Job, b: Job): number {
  const left = `${a.status?.startTime ?? ""}/${a.metadata?.name ?? ""}`;
  const right = `${b.status?.startTime ?? ""}/${b.metadata?.name ?? ""}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

function statusFrom(cronJob: CronJob, jobs: readonly Job[]): CronJobStatus {
  const active: ObjectReference[] = jobs.filter((job) => !isFinished(job)).map((job) => {
    const { name = "", namespace = "", uid = "", resourceVersion = "" } = job.metadata ?? {};
    const known = cronJob.status?.active?.find((reference) => reference.uid === uid);
    return known ?? { apiVersion: "batch/v1", kind: "Job", name, namespace, uid, resourceVersion };
  });
  let last = cronJob.status?.lastSuccessfulTime;
  for (const job of jobs) {
    const at = trueCondition(job, "Complete") === undefined ? undefined : job.status?.completionTime;
    if (at !== undefined && (last === undefined || at > last)) last = at;
  }
  const { lastScheduleTime } = cronJob.status ?? {};
  return {
    ...(active.length === 0 ? {} : { active }), ...(lastScheduleTime === undefined ? {} : { lastScheduleTime }), ...(last === undefined ? {} : { lastSuccessfulTime: last }),
  };
}

function writeStatus(cronJob: CronJob, status: CronJobStatus): PlannedRequest[][] {
  if (deepEqual(cronJob.status ?? {}, status)) return [];
  const { namespace = "", name = "" } = cronJob.metadata ?? {};
  const body: CronJob = { ...cronJob, apiVersion: "batch/v1", kind: "CronJob", status };
  return [[{ call: { verb: "update", group: "batch", version: "v1", resource: "cronjobs", subresource: "status", namespace, name, body }, accept: [404] }]];
}

