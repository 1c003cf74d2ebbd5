/** What a Job makes of failures and successes. Source: kubernetes v1.36 pkg/apis/batch/validation/validation.go. */
import { qualifiedNameErrors } from "../../../base/names/index.ts";
import type { JobSpec, PodFailurePolicy, PodFailurePolicyRule, SuccessPolicy } from "../api/index.ts";
import { duplicate, invalid, invalidUnshown, notSupported, required, tooMany, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, isEmpty, NEGATIVE } from "./field-rules.ts";

const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;
const ACTIONS: readonly string[] = ["Count", "FailIndex", "FailJob", "Ignore"];
const STATUSES: readonly string[] = ["False", "True", "Unknown"];

type ExitCodes = NonNullable<PodFailurePolicyRule["onExitCodes"]>;
type Conditions = NonNullable<PodFailurePolicyRule["onPodConditions"]>;

function validateExitCodes(codes: ExitCodes, containers: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(codes.operator)) required(errors, path.child("operator"), 'valid values: ["In" "NotIn"]');
  else if (codes.operator !== "In" && codes.operator !== "NotIn") notSupported(errors, path.child("operator"), codes.operator, ["In", "NotIn"]);
  if (codes.containerName !== undefined && !containers.has(codes.containerName)) {
    invalid(errors, path.child("containerName"), codes.containerName, "must be one of the container or initContainer names in the pod template");
  }
  const values = codes.values ?? [];
  const at = path.child("values");
  if (values.length === 0) invalid(errors, at, values, "at least one value is required");
  else if (values.length > MAX_EXIT_CODES) tooMany(errors, at, values.length, MAX_EXIT_CODES);
  let ordered = true;
  values.forEach((value, index) => {
    if (codes.operator === "In" && value === 0) invalid(errors, at.index(index), value, "must not be 0 for the In operator");
    if (values.indexOf(value) < index) duplicate(errors, at.index(index), value);
    if (index > 0 && value < (values[index - 1] ?? 0)) ordered = false;
  });
  if (!ordered) invalid(errors, at, values, "must be ordered");
}

function validateConditions(conditions: Conditions, path: FieldPath, errors: FieldErrors): void {
  if (conditions.length > MAX_RULES) tooMany(errors, path, conditions.length, MAX_RULES);
  conditions.forEach((condition, index) => {
    const at = path.index(index);
    complain(errors, at, "type", condition.type ?? "", qualifiedNameErrors(condition.type ?? ""));
    if (isEmpty(condition.status)) required(errors, at.child("status"), 'valid values: ["False" "True" "Unknown"]');
    else if (!STATUSES.includes(condition.status ?? "")) notSupported(errors, at.child("status"), condition.status, STATUSES);
  });
}

function validateRule(rule: PodFailurePolicyRule, spec: JobSpec, containers: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(rule.action)) required(errors, path.child("action"), 'valid values: ["Count" "FailIndex" "FailJob" "Ignore"]');
  else if (rule.action === "FailIndex" && spec.backoffLimitPerIndex === undefined) {
    invalid(errors, path.child("action"), rule.action, "requires the backoffLimitPerIndex to be set");
  } else if (!ACTIONS.includes(rule.action)) notSupported(errors, path.child("action"), rule.action, ACTIONS);
  const { onExitCodes, onPodConditions } = rule;
  if (onExitCodes !== undefined) validateExitCodes(onExitCodes, containers, path.child("onExitCodes"), errors);
  const conditions = onPodConditions ?? [];
  if (conditions.length > 0) validateConditions(conditions, path.child("onPodConditions"), errors);
  if (onExitCodes !== undefined && conditions.length > 0) {
    invalidUnshown(errors, path, "specifying both OnExitCodes and OnPodConditions is not supported");
  }
  if (onExitCodes === undefined && conditions.length === 0) invalidUnshown(errors, path, "specifying one of OnExitCodes and OnPodConditions is required");
}

/** podFailurePolicy. */
export function validatePodFailurePolicy(spec: JobSpec, policy: PodFailurePolicy, path: FieldPath, errors: FieldErrors): void {
  const rules = policy.rules ?? [];
  if (rules.length > MAX_RULES) tooMany(errors, path.child("rules"), rules.length, MAX_RULES);
  const podSpec = spec.template?.spec;
  const containers = new Set([...(podSpec?.containers ?? []), ...(podSpec?.initContainers ?? [])].map(({ name }) => name));
  rules.forEach((rule, index) => validateRule(rule, spec, containers, path.child("rules").index(index), errors));
}

/** successPolicy: which indexes of an indexed job must succeed. */
export function validateSuccessPolicy(spec: JobSpec, policy: SuccessPolicy, path: FieldPath, errors: FieldErrors): void {
  if (spec.completionMode !== "Indexed") {
    invalid(errors, path, policy, "requires indexed completion mode");
    return;
  }
  const rules = policy.rules ?? [];
  const at = path.child("rules");
  if (rules.length === 0) required(errors, at, "at least one rules must be specified when the successPolicy is specified");
  if (rules.length > MAX_RULES) tooMany(errors, at, rules.length, MAX_RULES);
  rules.forEach((rule, index) => {
    if (rule.succeededCount === undefined && rule.succeededIndexes === undefined) {
      required(errors, at.index(index), "at least one of succeededCount or succeededIndexes must be specified");
    }
    const count = rule.succeededCount;
    if (count !== undefined && count < 0) invalid(errors, at.index(index).child("succeededCount"), count, NEGATIVE);
    if (count !== undefined && spec.completions !== undefined && count > spec.completions) {
      invalid(errors, at.index(index).child("succeededCount"), count, `must be less than or equal to ${spec.completions} (the number of specified completions)`);
    }
  });
}

/** podReplacementPolicy: with a failure policy pods are replaced once they have failed. */
export function validateReplacementPolicy(spec: JobSpec, path: FieldPath, errors: FieldErrors): void {
  const policy = spec.podReplacementPolicy;
  if (policy === undefined) return;
  const supported = spec.podFailurePolicy === undefined ? ["Failed", "TerminatingOrFailed"] : ["Failed"];
  if (!supported.includes(policy)) notSupported(errors, path.child("podReplacementPolicy"), policy, supported);
}
