/**
 * CronJobs. Source: kubernetes v1.36 pkg/apis/batch/validation/validation.go, ValidateCronJob.
 * Simplified: a time zone is checked for its shape only, not against the zone database.
 */
import { parseCron } from "../../../base/cron/index.ts";
import type { CronJob, CronJobSpec, JobSpec } from "../api/index.ts";
import { invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { METADATA, SPEC } from "./field-path.ts";
import { isEmpty, nonNegative, requiredOneOf } from "./field-rules.ts";
import { validateJobSpecFields } from "./job.ts";
import { validateAnnotations, validateLabels } from "./labels.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { selectorValue } from "./pod-template.ts";

/** A CronJob's name leaves room for the 11 characters its jobs add. */
const NAME_MAX_LENGTH = 52;
const ZONE = /^[A-Za-z0-9_+\-.]+(?:\/[A-Za-z0-9_+\-.]+)*$/;

function validateTimeZone(zone: string | undefined, errors: FieldErrors): void {
  if (zone === undefined) return;
  const path = SPEC.child("timeZone");
  if (zone === "") invalid(errors, path, zone, "timeZone must be nil or non-empty string");
  else if (zone.toLowerCase() === "local") invalid(errors, path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
  else if (!ZONE.test(zone)) invalid(errors, path, zone, `unknown time zone ${zone}`);
}

function validateSchedule(spec: CronJobSpec, previous: CronJobSpec | undefined, errors: FieldErrors): void {
  const path = SPEC.child("schedule");
  const { schedule } = spec;
  if (isEmpty(schedule)) {
    required(errors, path);
    return;
  }
  const result = parseCron(schedule);
  if ("error" in result) invalid(errors, path, schedule, result.error);
  if (!schedule.includes("TZ")) return;
  if (previous?.schedule.includes("TZ") !== true) invalid(errors, path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
  else if (spec.timeZone !== undefined) invalid(errors, path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
}

function validateTemplate(spec: CronJobSpec, errors: FieldErrors): void {
  const path = SPEC.child("jobTemplate");
  const meta = spec.jobTemplate?.metadata;
  validateLabels(meta?.labels, path.child("metadata"), "labels", errors);
  validateAnnotations(meta?.annotations, path.child("metadata"), "annotations", errors);
  const job = spec.jobTemplate?.spec ?? ({} as JobSpec);
  const at = path.child("spec");
  validateJobSpecFields(job, at, errors);
  if (job.selector !== undefined) invalid(errors, at.child("selector"), selectorValue(job.selector), "`selector` will be auto-generated");
  if (job.manualSelector === true) notSupported(errors, at.child("manualSelector"), true, ["nil", "false"]);
}

function validateSpec(spec: CronJobSpec, previous: CronJobSpec | undefined, errors: FieldErrors): void {
  validateSchedule(spec, previous, errors);
  nonNegative(errors, SPEC, "startingDeadlineSeconds", spec.startingDeadlineSeconds);
  validateTimeZone(spec.timeZone, errors);
  requiredOneOf(errors, SPEC, "concurrencyPolicy", spec.concurrencyPolicy, ["Allow", "Forbid", "Replace"]);
  validateTemplate(spec, errors);
  nonNegative(errors, SPEC, "successfulJobsHistoryLimit", spec.successfulJobsHistoryLimit);
  nonNegative(errors, SPEC, "failedJobsHistoryLimit", spec.failedJobsHistoryLimit);
}

const NO_SPEC = {} as CronJobSpec;

/** A new CronJob. */
export function validateCronJob(cronJob: CronJob, errors: FieldErrors): void {
  validateObjectMeta(cronJob.metadata, true, subdomainName, errors);
  validateSpec(cronJob.spec ?? NO_SPEC, undefined, errors);
  const name = cronJob.metadata?.name ?? "";
  if (name.length > NAME_MAX_LENGTH) invalid(errors, METADATA.child("name"), name, `must be no more than ${NAME_MAX_LENGTH} characters`);
}

/** A changed CronJob. */
export function validateCronJobUpdate(next: CronJob, previous: CronJob, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec ?? NO_SPEC, previous.spec, errors);
}
