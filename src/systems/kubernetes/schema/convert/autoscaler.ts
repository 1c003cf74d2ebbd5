/**
 * autoscaling/v1 ↔ v2 HorizontalPodAutoscaler. What v1 has no field for travels in annotations.
 * Source: pkg/apis/autoscaling/v1/conversion.go, pkg/apis/autoscaling/annotations.go and helpers.go.
 */
import type {
  HorizontalPodAutoscaler, HorizontalPodAutoscalerBehavior, HorizontalPodAutoscalerCondition, HorizontalPodAutoscalerSpecV1, HorizontalPodAutoscalerStatus,
  HorizontalPodAutoscalerStatusV1, HorizontalPodAutoscalerV1, MetricSpec, MetricStatus, ObjectMeta,
} from "../../api/index.ts";
import { flatSpec, flatStatus, specOf, statusOf, type FlatMetric } from "./autoscaler-metrics.ts";

const PREFIX = "autoscaling.alpha.kubernetes.io/";
const METRICS = `${PREFIX}metrics`;
const CURRENT_METRICS = `${PREFIX}current-metrics`;
const CONDITIONS = `${PREFIX}conditions`;
const BEHAVIOR = `${PREFIX}behavior`;
const ROUND_TRIP: readonly string[] = [METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR];
/** autoscaling.DefaultCPUUtilization. */
const DEFAULT_CPU_PERCENT = 80;

const cpuMetric = (averageUtilization: number): MetricSpec => ({ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization } } });

/** Whether v1's targetCPUUtilizationPercentage can say it. */
function isCpuUtilization(metric: MetricSpec): boolean {
  return metric.type === "Resource" && metric.resource?.name === "cpu" && percentOf(metric.resource.target) !== undefined;
}

/** Conversion comes before validation: the struct may be missing. */
function percentOf(target: { readonly averageUtilization?: number } | undefined): number | undefined {
  return target?.averageUtilization;
}

/** v2 → v1. */
export function autoscalerToV1(hpa: HorizontalPodAutoscaler): HorizontalPodAutoscalerV1 {
  const { metadata, spec, status } = hpa;
  const meta = withAnnotations(metadata, annotationsOf(hpa));
  return {
    apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler",
    ...(meta === undefined ? {} : { metadata: meta }),
    spec: specToV1(spec),
    ...(status === undefined ? {} : { status: statusToV1(status) }),
  };
}

function annotationsOf(hpa: HorizontalPodAutoscaler): Readonly<Record<string, string>> {
  const others = (hpa.spec?.metrics ?? []).filter((metric) => !isCpuUtilization(metric)).map(flatSpec);
  const current = (hpa.status?.currentMetrics ?? []).map(flatStatus);
  const conditions = hpa.status?.conditions ?? [];
  const behavior = hpa.spec?.behavior;
  return {
    ...(others.length > 0 ? { [METRICS]: JSON.stringify(others) } : {}),
    ...(current.length > 0 ? { [CURRENT_METRICS]: JSON.stringify(current) } : {}),
    ...(conditions.length > 0 ? { [CONDITIONS]: JSON.stringify(conditions) } : {}),
    ...(behavior === undefined ? {} : { [BEHAVIOR]: JSON.stringify(behavior) }),
  };
}

/** The metadata with these round-trip annotations and no others. */
function withAnnotations(meta: ObjectMeta | undefined, added: Readonly<Record<string, string>>): ObjectMeta | undefined {
  const kept = Object.entries(meta?.annotations ?? {}).filter(([name]) => !ROUND_TRIP.includes(name));
  const entries = [...kept, ...Object.entries(added)];
  if (entries.length > 0) return { ...meta, annotations: Object.fromEntries(entries) };
  if (meta?.annotations === undefined) return meta;
  const { annotations: _, ...rest } = meta;
  return rest;
}

function specToV1(spec: HorizontalPodAutoscaler["spec"]): HorizontalPodAutoscalerSpecV1 {
  const cpu = percentOf(spec.metrics?.find((metric) => metric.type === "Resource" && metric.resource?.name === "cpu")?.resource?.target);
  return {
    scaleTargetRef: spec.scaleTargetRef,
    ...(spec.minReplicas === undefined ? {} : { minReplicas: spec.minReplicas }),
    maxReplicas: spec.maxReplicas,
    ...(cpu === undefined ? {} : { targetCPUUtilizationPercentage: cpu }),
  };
}

function statusToV1(status: HorizontalPodAutoscalerStatus): HorizontalPodAutoscalerStatusV1 {
  const { currentMetrics, conditions: _, ...rest } = status;
  const cpu = percentOf(currentMetrics?.find((metric) => metric.type === "Resource" && metric.resource?.name === "cpu")?.resource?.current);
  return {
    ...rest, currentReplicas: status.currentReplicas ?? 0, desiredReplicas: status.desiredReplicas,
    ...(cpu === undefined ? {} : { currentCPUUtilizationPercentage: cpu }),
  };
}

/** An annotation's JSON; text that is none, or no list or object as wanted, is ignored as upstream does. */
function readJson(text: string | undefined, isWanted: (value: unknown) => boolean): unknown {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isWanted(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isObjectList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isObject);
}

/** v1 → v2. Without any metric the implicit CPU target of v1 becomes explicit. */
export function autoscalerToV2(hpa: HorizontalPodAutoscalerV1): HorizontalPodAutoscaler {
  const annotations = hpa.metadata?.annotations ?? {};
  const meta = withAnnotations(hpa.metadata, {});
  return {
    apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler",
    ...(meta === undefined ? {} : { metadata: meta }),
    spec: specToV2(hpa.spec, annotations),
    ...(hpa.status === undefined ? {} : { status: statusToV2(hpa.status, annotations) }),
  };
}

function specToV2(spec: HorizontalPodAutoscalerSpecV1, annotations: Readonly<Record<string, string>>): HorizontalPodAutoscaler["spec"] {
  const { targetCPUUtilizationPercentage: percent, ...rest } = spec;
  const others = (readJson(annotations[METRICS], isObjectList) ?? []) as readonly FlatMetric[];
  const metrics = [...(percent === undefined ? [] : [cpuMetric(percent)]), ...others.map(specOf)];
  const behavior = readJson(annotations[BEHAVIOR], isObject) as HorizontalPodAutoscalerBehavior | undefined;
  return { ...rest, metrics: metrics.length === 0 ? [cpuMetric(DEFAULT_CPU_PERCENT)] : metrics, ...(behavior === undefined ? {} : { behavior }) };
}

function statusToV2(status: HorizontalPodAutoscalerStatusV1, annotations: Readonly<Record<string, string>>): HorizontalPodAutoscalerStatus {
  const { currentCPUUtilizationPercentage: percent, ...rest } = status;
  const saved = readJson(annotations[CURRENT_METRICS], isObjectList) as readonly FlatMetric[] | undefined;
  const conditions = readJson(annotations[CONDITIONS], isObjectList) as readonly HorizontalPodAutoscalerCondition[] | undefined;
  const fromField: readonly MetricStatus[] = percent === undefined ? [] : [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: percent } } }];
  const currentMetrics = saved === undefined ? fromField : saved.map(statusOf);
  return { ...rest, ...(currentMetrics.length > 0 ? { currentMetrics } : {}), ...(conditions === undefined ? {} : { conditions }) };
}
