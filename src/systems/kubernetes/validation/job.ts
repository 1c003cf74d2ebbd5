/**
 * Jobs. Source: kubernetes v1.36 pkg/apis/batch/validation/validation.go.
 * Simplified: a template that may not change is printed as the API's own JSON, not as Go's internal structs.
 */
import { byteLength, dns1123LabelErrors } from "../../../base/names/index.ts";
import { matchesSelector, selectorFromLabelSelector } from "../selectors/index.ts";
import type { Job, JobSpec, PodTemplateSpec } from "../api/index.ts";
import { asMap, invalid, notSupported, required, tooLong, type FieldErrors } from "./field-errors.ts";
import { METADATA, SPEC, STATUS, type FieldPath } from "./field-path.ts";
import { immutable, isEmpty, nonNegative } from "./field-rules.ts";
import { validatePodFailurePolicy, validateReplacementPolicy, validateSuccessPolicy } from "./job-policies.ts";
import { validateLabelSelector } from "./labels.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { selectorValue, validatePodTemplate, validateTemplateMatches } from "./pod-template.ts";
import { semanticEqual } from "./semantic-equal.ts";
import { validateDomainPrefixedPath } from "./domain-paths.ts";

const MAX_INDEXES = 100_000;
const MANAGED_BY_MAX_LENGTH = 63;
const COUNTS = ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex"] as const;
const NO_SPEC = {} as JobSpec;
const MANY = "must be less than or equal to 100000";

function validateIndexed(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const { completions, parallelism, maxFailedIndexes } = spec;
  if (completions === undefined) required(errors, path.child("completions"), "when completion mode is Indexed");
  if ((parallelism ?? 0) > MAX_INDEXES) invalid(errors, path.child("parallelism"), parallelism, `${MANY} when completion mode is Indexed`);
  if (completions !== undefined && (maxFailedIndexes ?? 0) > completions) {
    invalid(errors, path.child("maxFailedIndexes"), maxFailedIndexes, "must be less than or equal to completions");
  }
  if ((maxFailedIndexes ?? 0) > MAX_INDEXES) invalid(errors, path.child("maxFailedIndexes"), maxFailedIndexes, MANY);
  if ((completions ?? 0) <= MAX_INDEXES || spec.backoffLimitPerIndex === undefined) return;
  const above = "when completions are above 100000 and used with backoff limit per index";
  if (maxFailedIndexes === undefined) required(errors, path.child("maxFailedIndexes"), "must be specified when completions is above 100000");
  if ((parallelism ?? 0) > 10_000) invalid(errors, path.child("parallelism"), parallelism, `must be less than or equal to 10000 ${above}`);
  if ((maxFailedIndexes ?? 0) > 10_000) invalid(errors, path.child("maxFailedIndexes"), maxFailedIndexes, `must be less than or equal to 10000 ${above}`);
}

function validateCompletionMode(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const mode = spec.completionMode;
  if (mode !== undefined && mode !== "NonIndexed" && mode !== "Indexed") notSupported(errors, path.child("completionMode"), mode, ["NonIndexed", "Indexed"]);
  if (mode === "Indexed") validateIndexed(spec, path, errors);
  if (mode !== undefined && mode !== "NonIndexed") return;
  for (const field of ["backoffLimitPerIndex", "maxFailedIndexes"] as const) {
    if (spec[field] !== undefined) invalid(errors, path.child(field), spec[field], "requires indexed completion mode");
  }
}

function validateRestartPolicy(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const at = path.child("template").child("spec").child("restartPolicy");
  const policy: string = spec.template?.spec?.restartPolicy ?? "";
  if (policy === "" || policy === "Always") required(errors, at, 'valid values: "OnFailure", "Never"');
  else if (policy !== "OnFailure" && policy !== "Never") notSupported(errors, at, policy, ["OnFailure", "Never"]);
  else if (spec.podFailurePolicy !== undefined && policy !== "Never") {
    invalid(errors, at, policy, 'only "Never" is supported when podFailurePolicy is specified');
  }
}

function validateManagedBy(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  if (spec.managedBy === undefined) return;
  validateDomainPrefixedPath(spec.managedBy, path.child("managedBy"), errors);
  if (byteLength(spec.managedBy) > MANAGED_BY_MAX_LENGTH) tooLong(errors, path.child("managedBy"), MANAGED_BY_MAX_LENGTH);
}

/** The part of a Job's spec that a CronJob's template shares. */
export function validateJobSpecFields(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  for (const field of COUNTS) nonNegative(errors, path, field, spec[field]);
  if (spec.maxFailedIndexes !== undefined) {
    nonNegative(errors, path, "maxFailedIndexes", spec.maxFailedIndexes);
    if (spec.backoffLimitPerIndex === undefined) required(errors, path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
  }
  validateManagedBy(spec, path, errors);
  validateCompletionMode(spec, path, errors);
  if (spec.podFailurePolicy !== undefined) validatePodFailurePolicy(spec, spec.podFailurePolicy, path.child("podFailurePolicy"), errors);
  if (spec.successPolicy !== undefined) validateSuccessPolicy(spec, spec.successPolicy, path.child("successPolicy"), errors);
  validateReplacementPolicy(spec, path, errors);
  validatePodTemplate(spec.template, path.child("template"), errors);
  validateRestartPolicy(spec, path, errors);
}

function validateHasLabel(template: PodTemplateSpec | undefined, key: string, expected: string, errors: FieldErrors): void {
  const labels = template?.metadata?.labels;
  const path = SPEC.child("template").child("metadata").child("labels").key(key);
  const actual = labels?.[key];
  if (actual === undefined) required(errors, path, `must be '${expected}'`);
  else if (actual !== expected) invalid(errors, path, asMap(labels), `must be '${expected}'`);
}

/** The selector the API server makes must still be there: user labels may not stand in its way. */
function validateGeneratedSelector(job: Job, errors: FieldErrors): void {
  const spec = job.spec ?? NO_SPEC;
  if (spec.manualSelector === true || spec.selector === undefined) return;
  const uid = job.metadata?.uid ?? "";
  const name = job.metadata?.name ?? "";
  if (uid === "") required(errors, METADATA.child("uid"));
  const expected = { "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": name, "controller-uid": uid, "job-name": name };
  for (const [key, value] of Object.entries(expected)) validateHasLabel(spec.template, key, value, errors);
  const result = selectorFromLabelSelector(spec.selector);
  if ("selector" in result && !matchesSelector(result.selector, expected)) {
    invalid(errors, SPEC.child("selector"), selectorValue(spec.selector), "`selector` not auto-generated");
  }
}

function validateSpec(spec: JobSpec, errors: FieldErrors): void {
  validateJobSpecFields(spec, SPEC, errors);
  if (spec.selector === undefined) required(errors, SPEC.child("selector"));
  else validateLabelSelector(spec.selector, SPEC.child("selector"), errors);
  validateTemplateMatches(spec.selector, spec.template, SPEC.child("template"), errors);
}

/** The last pod of an indexed job is named after the job and must be a valid host. */
function validateIndexedName(job: Job, errors: FieldErrors): void {
  const completions = job.spec?.completions ?? 0;
  if (job.spec?.completionMode !== "Indexed" || completions <= 0 || isEmpty(job.metadata?.name)) return;
  const complaints = dns1123LabelErrors(`${job.metadata?.name ?? ""}-${completions - 1}`);
  if (complaints.length === 0) return;
  invalid(errors, METADATA.child("name"), job.metadata?.name, `will not able to create pod with invalid DNS label: ${job.metadata?.name ?? ""}-${completions - 1}`);
}

/** A new Job. */
export function validateJob(job: Job, errors: FieldErrors): void {
  validateObjectMeta(job.metadata, true, subdomainName, errors);
  validateGeneratedSelector(job, errors);
  validateSpec(job.spec ?? NO_SPEC, errors);
  validateIndexedName(job, errors);
}

function validateCompletionsChange(next: JobSpec, previous: JobSpec, errors: FieldErrors): void {
  const path = SPEC.child("completions");
  if (next.completionMode !== "Indexed") immutable(errors, path, next.completions, previous.completions);
  else if (next.completions !== previous.completions && (next.completions !== next.parallelism || next.completions === undefined)) {
    invalid(errors, path, next.completions, "can only be modified in tandem with spec.parallelism");
  }
}

const DIRECTIVES = ["nodeSelector", "tolerations", "schedulingGates"] as const;

/** While a job is suspended and has not run, where its pods may go can still change. */
function withPreviousDirectives(next: PodTemplateSpec, previous: PodTemplateSpec): PodTemplateSpec {
  const spec: Record<string, unknown> = { ...next.spec, affinity: previous.spec?.affinity };
  for (const field of DIRECTIVES) spec[field] = previous.spec?.[field];
  const metadata = { ...next.metadata, labels: previous.metadata?.labels ?? {}, annotations: previous.metadata?.annotations ?? {} };
  return { metadata, spec: spec as unknown as NonNullable<PodTemplateSpec["spec"]> };
}

function validateTemplateChange(next: Job, previous: Job, errors: FieldErrors): void {
  const after = next.spec?.template;
  const before = previous.spec?.template;
  const suspended = previous.spec?.suspend === true && (previous.status?.startTime === undefined || (previous.status.active ?? 0) === 0);
  const compared = suspended && after !== undefined && before !== undefined ? withPreviousDirectives(after, before) : after;
  if (!semanticEqual(compared, before)) immutable(errors, SPEC.child("template"), after, before);
}

/** A changed Job: most of its spec stays. */
export function validateJobUpdate(next: Job, previous: Job, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  const after = next.spec ?? NO_SPEC;
  const before = previous.spec ?? NO_SPEC;
  validateSpec(after, errors);
  validateCompletionsChange(after, before, errors);
  if (!semanticEqual(after.selector, before.selector)) {
    immutable(errors, SPEC.child("selector"), after.selector === undefined ? null : selectorValue(after.selector), before.selector);
  }
  validateTemplateChange(next, previous, errors);
  for (const field of ["completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"] as const) {
    immutable(errors, SPEC.child(field), after[field], before[field]);
  }
}

/** A Job whose status is replaced. */
export function validateJobStatusUpdate(next: Job, previous: Job, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  for (const field of ["active", "succeeded", "failed", "ready", "terminating"] as const) {
    nonNegative(errors, STATUS, field, next.status?.[field]);
  }
}
