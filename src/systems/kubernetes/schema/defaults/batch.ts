/** Defaults of the batch group. Source: pkg/apis/batch/v1/defaults.go. */
import type { CronJob, Job, JobSpec } from "../../api/index.ts";
import { always, eachOf, fill, inside, type Filler } from "./edit.ts";
import { podTemplate } from "./pod.ts";

/** With a limit per index the overall limit is as good as none: math.MaxInt32. */
const NO_LIMIT = 2147483647;
const BACKOFF_LIMIT = 6;

/** What a CronJob's template gets too: the pod template and the failure policy's conditions. */
const jobTemplateSpec: Filler<JobSpec> = (spec) => {
  const out = inside(spec, "podFailurePolicy", (policy) => eachOf(policy, "rules", (rule) =>
    eachOf(rule, "onPodConditions", (pattern) => fill(pattern, { status: "True" }))));
  return inside(out, "template", podTemplate);
};

const jobSpec: Filler<JobSpec> = (spec) => {
  const out = spec.completions === undefined && spec.parallelism === undefined ? { ...spec, completions: 1, parallelism: 1 } : fill(spec, { parallelism: 1 });
  return jobTemplateSpec(fill(out, {
    backoffLimit: out.backoffLimitPerIndex === undefined ? BACKOFF_LIMIT : NO_LIMIT,
    completionMode: "NonIndexed",
    suspend: false,
    podReplacementPolicy: out.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed",
    manualSelector: false,
  }));
};

/** SetDefaults_Job: also labels from the template when the job has none. */
export const job: Filler<Job> = (value) => {
  const labels = value.spec?.template?.metadata?.labels;
  const out = always(value, "spec", jobSpec);
  if (labels === undefined || Object.keys(out.metadata?.labels ?? {}).length > 0) return out;
  return always(out, "metadata", (meta) => ({ ...meta, labels }));
};

/** SetDefaults_CronJob. */
export const cronJob: Filler<CronJob> = (value) => always(value, "spec", (spec) => {
  const out = fill(spec, { concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  return inside(out, "jobTemplate", (template) => inside(template, "spec", jobTemplateSpec));
});
