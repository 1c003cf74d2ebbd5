/** HorizontalPodAutoscalers. Source: kubernetes v1.36 pkg/apis/autoscaling/validation/validation.go. */
import { milliValue } from "../../../base/quantity/index.ts";
import { pathSegmentErrors } from "../../../base/names/index.ts";
import type { CrossVersionObjectReference, HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec, HPAScalingRules, MetricIdentifier, MetricSpec, MetricTarget, Scale } from "../api/index.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { SPEC, type FieldPath } from "./field-path.ts";
import { complain, isEmpty, nonNegative, NOT_POSITIVE, oneOf } from "./field-rules.ts";
import { validateLabelSelector } from "./labels.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { validateCounts } from "./replica-counts.ts";
import { quantityText } from "./resources.ts";

const MAX_PERIOD_SECONDS = 1800;
const MAX_WINDOW_SECONDS = 3600;
const METRIC_TYPES: readonly string[] = ["ContainerResource", "External", "Object", "Pods", "Resource"];
const SOURCES = ["object", "external", "pods", "resource", "containerResource"] as const;
const EXPECTED: Readonly<Record<string, (typeof SOURCES)[number]>> = {
  Object: "object", Pods: "pods", Resource: "resource", External: "external", ContainerResource: "containerResource",
};

type Source = (typeof SOURCES)[number];

function validateReference(reference: CrossVersionObjectReference | undefined, path: FieldPath, errors: FieldErrors): void {
  for (const field of ["kind", "name"] as const) {
    const value = reference?.[field] ?? "";
    if (value === "") required(errors, path.child(field));
    else complain(errors, path, field, value, pathSegmentErrors(value));
  }
}

function validateIdentifier(metric: MetricIdentifier | undefined, path: FieldPath, errors: FieldErrors): void {
  const name = metric?.name ?? "";
  if (name === "") required(errors, path.child("name"), "must specify a metric name");
  else complain(errors, path, "name", name, pathSegmentErrors(name));
  validateLabelSelector(metric?.selector, path.child("selector"), errors);
}

function validateTarget(target: MetricTarget, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(target.type)) required(errors, path.child("type"), "must specify a metric target type");
  if (!["Utilization", "Value", "AverageValue"].includes(target.type)) {
    invalid(errors, path.child("type"), target.type ?? "", "must be either Utilization, Value, or AverageValue");
  }
  for (const field of ["value", "averageValue"] as const) {
    const value = target[field];
    if (value !== undefined && milliValue(value) <= 0) invalid(errors, path.child(field), quantityText(value), "must be positive");
  }
  const utilization = target.averageUtilization;
  if (utilization !== undefined && utilization < 1) invalid(errors, path.child("averageUtilization"), utilization, "must be greater than 0");
}

function validateResourceTarget(target: MetricTarget, path: FieldPath, errors: FieldErrors): void {
  const { averageUtilization, averageValue } = target;
  if (averageUtilization === undefined && averageValue === undefined) {
    required(errors, path.child("averageUtilization"), "must set either a target raw value or a target utilization");
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    forbidden(errors, path.child("averageValue"), "may not set both a target raw value and a target utilization");
  }
}

function validateValueTarget(metric: MetricSpec, target: MetricTarget, source: Source, path: FieldPath, errors: FieldErrors): void {
  const { value, averageValue } = target;
  const neither = value === undefined && averageValue === undefined;
  if (source === "object") {
    validateReference(metric.object?.describedObject, path.child("describedObject"), errors);
    if (neither) required(errors, path.child("target").child("averageValue"), "must set either a target value or averageValue");
  } else if (source === "external") {
    if (neither) required(errors, path.child("target").child("averageValue"), "must set either a target value for metric or a per-pod target");
    if (value !== undefined && averageValue !== undefined) {
      forbidden(errors, path.child("target").child("value"), "may not set both a target value for metric and a per-pod target");
    }
  } else if (averageValue === undefined || milliValue(averageValue) <= 0) {
    required(errors, path.child("target").child("averageValue"), "must specify a positive target averageValue");
  }
}

function validateSource(metric: MetricSpec, source: Source, path: FieldPath, errors: FieldErrors): void {
  const target = metric[source]?.target ?? { type: "" };
  if (source === "resource" || source === "containerResource") {
    if (source === "containerResource" && isEmpty(metric.containerResource?.container)) required(errors, path.child("container"), "must specify a container");
    if (isEmpty(metric[source]?.name)) required(errors, path.child("name"), "must specify a resource name");
    validateTarget(target, path.child("target"), errors);
    validateResourceTarget(target, path.child("target"), errors);
    return;
  }
  validateIdentifier(metric[source]?.metric, path.child("metric"), errors);
  validateTarget(target, path.child("target"), errors);
  validateValueTarget(metric, target, source, path, errors);
}

function validateMetric(metric: MetricSpec, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(metric.type)) required(errors, path.child("type"), "must specify a metric source type");
  const present = SOURCES.filter((source) => metric[source] !== undefined);
  const expected = EXPECTED[metric.type];
  if (expected === undefined) notSupported(errors, path.child("type"), metric.type ?? "", METRIC_TYPES);
  const [first] = present;
  if (first !== undefined) validateSource(metric, first, path.child(first), errors);
  if (expected !== undefined && metric[expected] === undefined) required(errors, path.child(expected), "must populate information for the given metric source");
  if (present.length === 1) return;
  for (const source of present) if (source !== expected) forbidden(errors, path.child(source), "must populate the given metric source only");
}

function validatePolicies(rules: HPAScalingRules, path: FieldPath, errors: FieldErrors): void {
  const policies = rules.policies ?? [];
  const at = path.child("policies");
  if (policies.length === 0) required(errors, at, "must specify at least one Policy");
  policies.forEach((policy, index) => {
    oneOf(errors, at.index(index), "type", policy.type ?? "", ["Percent", "Pods"]);
    if ((policy.value ?? 0) <= 0) invalid(errors, at.index(index).child("value"), policy.value ?? 0, NOT_POSITIVE);
    const period = policy.periodSeconds ?? 0;
    if (period <= 0) invalid(errors, at.index(index).child("periodSeconds"), period, NOT_POSITIVE);
    if (period > MAX_PERIOD_SECONDS) invalid(errors, at.index(index).child("periodSeconds"), period, `must be less than or equal to ${MAX_PERIOD_SECONDS}`);
  });
}

function validateScalingRules(rules: HPAScalingRules | undefined, path: FieldPath, errors: FieldErrors): void {
  if (rules === undefined) return;
  const window = rules.stabilizationWindowSeconds;
  if (window !== undefined && window < 0) invalid(errors, path.child("stabilizationWindowSeconds"), window, "must be greater than or equal to zero");
  if (window !== undefined && window > MAX_WINDOW_SECONDS) {
    invalid(errors, path.child("stabilizationWindowSeconds"), window, `must be less than or equal to ${MAX_WINDOW_SECONDS}`);
  }
  oneOf(errors, path, "selectPolicy", rules.selectPolicy, ["Disabled", "Max", "Min"]);
  validatePolicies(rules, path, errors);
}

function validateSpec(spec: HorizontalPodAutoscalerSpec, errors: FieldErrors): void {
  const { minReplicas } = spec;
  const maxReplicas = spec.maxReplicas ?? 0;
  if (minReplicas !== undefined && minReplicas < 1) invalid(errors, SPEC.child("minReplicas"), minReplicas, "must be greater than or equal to 1");
  if (maxReplicas < 1) invalid(errors, SPEC.child("maxReplicas"), maxReplicas, "must be greater than 0");
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    invalid(errors, SPEC.child("maxReplicas"), maxReplicas, "must be greater than or equal to `minReplicas`");
  }
  validateReference(spec.scaleTargetRef, SPEC.child("scaleTargetRef"), errors);
  spec.metrics?.forEach((metric, index) => validateMetric(metric, SPEC.child("metrics").index(index), errors));
  validateScalingRules(spec.behavior?.scaleUp, SPEC.child("behavior").child("scaleUp"), errors);
  validateScalingRules(spec.behavior?.scaleDown, SPEC.child("behavior").child("scaleDown"), errors);
}

const NO_SPEC = {} as HorizontalPodAutoscalerSpec;

/** A new HorizontalPodAutoscaler (version v2; what v1 lacks is absent). */
export function validateHorizontalPodAutoscaler(autoscaler: HorizontalPodAutoscaler, errors: FieldErrors): void {
  validateObjectMeta(autoscaler.metadata, true, subdomainName, errors);
  validateSpec(autoscaler.spec ?? NO_SPEC, errors);
}

/** A changed HorizontalPodAutoscaler. */
export function validateHorizontalPodAutoscalerUpdate(next: HorizontalPodAutoscaler, previous: HorizontalPodAutoscaler, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec ?? NO_SPEC, errors);
}

/** A HorizontalPodAutoscaler whose status is replaced. */
export function validateHorizontalPodAutoscalerStatusUpdate(next: HorizontalPodAutoscaler, previous: HorizontalPodAutoscaler, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateCounts(next.status, ["currentReplicas", "desiredReplicas"], errors);
}

/** A Scale: the number of replicas through the scale subresource. */
export function validateScale(scale: Scale, errors: FieldErrors): void {
  validateObjectMeta(scale.metadata, true, subdomainName, errors);
  nonNegative(errors, SPEC, "replicas", scale.spec?.replicas);
}
