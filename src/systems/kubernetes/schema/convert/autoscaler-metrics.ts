/**
 * Metrics in autoscaling/v1's form, which only lives inside annotations: flat values instead of a target.
 * Source: pkg/apis/autoscaling/v1/conversion.go and k8s.io/api/autoscaling/v1/types.go.
 */
import type { CrossVersionObjectReference, LabelSelector, MetricIdentifier, MetricSpec, MetricStatus, MetricTarget, MetricValueStatus, Quantity } from "../../api/index.ts";

interface FlatObject { readonly target: CrossVersionObjectReference; readonly metricName: string; readonly targetValue?: Quantity; readonly currentValue?: Quantity; readonly selector?: LabelSelector; readonly averageValue?: Quantity }
interface FlatPods { readonly metricName: string; readonly targetAverageValue?: Quantity; readonly currentAverageValue?: Quantity; readonly selector?: LabelSelector }
interface FlatResource {
  readonly name: string; readonly targetAverageUtilization?: number; readonly targetAverageValue?: Quantity;
  readonly currentAverageUtilization?: number; readonly currentAverageValue?: Quantity; readonly container?: string;
}
interface FlatExternal {
  readonly metricName: string; readonly metricSelector?: LabelSelector; readonly targetValue?: Quantity; readonly targetAverageValue?: Quantity;
  readonly currentValue?: Quantity; readonly currentAverageValue?: Quantity;
}

/** A metric as the annotations hold it. */
export interface FlatMetric {
  readonly type: string;
  readonly object?: FlatObject;
  readonly pods?: FlatPods;
  readonly resource?: FlatResource;
  readonly external?: FlatExternal;
  readonly containerResource?: FlatResource;
}

/** Leaves out undefined values, as `omitempty` does. */
function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const empty = {};

/** A struct that Go always has: conversion comes before validation, so it may be missing here. */
function struct<T extends object>(value: T | undefined): T {
  return value ?? empty as T;
}

const zero: Quantity = "0";
const identifier = (name: string, selector: LabelSelector | undefined): MetricIdentifier => defined<MetricIdentifier>({ name, selector });

/** v2 → v1's form. */
export function flatSpec(metric: MetricSpec): FlatMetric {
  const { object, pods, resource, external, containerResource } = metric;
  return defined<FlatMetric>({
    type: metric.type,
    object: object && defined<FlatObject>({
      target: object.describedObject, metricName: struct(object.metric).name, targetValue: struct(object.target).value ?? zero, currentValue: undefined,
      selector: struct(object.metric).selector, averageValue: struct(object.target).averageValue,
    }),
    pods: pods && defined<FlatPods>({ metricName: struct(pods.metric).name, targetAverageValue: struct(pods.target).averageValue ?? zero, currentAverageValue: undefined, selector: struct(pods.metric).selector }),
    resource: resource && flatTarget(resource.name, struct(resource.target), undefined),
    external: external && defined<FlatExternal>({
      metricName: struct(external.metric).name, metricSelector: struct(external.metric).selector, targetValue: struct(external.target).value, targetAverageValue: struct(external.target).averageValue,
      currentValue: undefined, currentAverageValue: undefined,
    }),
    containerResource: containerResource && flatTarget(containerResource.name, struct(containerResource.target), containerResource.container),
  });
}

function flatTarget(name: string, target: MetricTarget, container: string | undefined): FlatResource {
  return defined<FlatResource>({
    name, targetAverageUtilization: target.averageUtilization, targetAverageValue: target.averageValue, currentAverageUtilization: undefined, currentAverageValue: undefined, container,
  });
}

/** v1's form → v2. The target's type follows from which value is set. */
export function specOf(metric: FlatMetric): MetricSpec {
  const { object, pods, resource, external, containerResource } = metric;
  return defined<MetricSpec>({
    type: metric.type,
    object: object && { describedObject: object.target, metric: identifier(object.metricName, object.selector), target: targetOf(undefined, object.targetValue, object.averageValue) },
    pods: pods && { metric: identifier(pods.metricName, pods.selector), target: { type: "AverageValue", averageValue: pods.targetAverageValue ?? zero } },
    resource: resource && { name: resource.name, target: targetOf(resource.targetAverageUtilization, undefined, resource.targetAverageValue) },
    external: external && { metric: identifier(external.metricName, external.metricSelector), target: targetOf(undefined, external.targetValue, external.targetAverageValue) },
    containerResource: containerResource && {
      name: containerResource.name, container: containerResource.container ?? "", target: targetOf(containerResource.targetAverageUtilization, undefined, containerResource.targetAverageValue),
    },
  });
}

function targetOf(averageUtilization: number | undefined, value: Quantity | undefined, averageValue: Quantity | undefined): MetricTarget {
  if (averageUtilization !== undefined) return { type: "Utilization", averageUtilization };
  if (averageValue !== undefined) return { type: "AverageValue", averageValue };
  return { type: "Value", value: value ?? zero };
}

/** v2 status → v1's form. */
export function flatStatus(metric: MetricStatus): FlatMetric {
  const { object, pods, resource, external, containerResource } = metric;
  return defined<FlatMetric>({
    type: metric.type,
    object: object && defined<FlatObject>({
      target: object.describedObject, metricName: struct(object.metric).name, targetValue: undefined, currentValue: struct(object.current).value ?? zero,
      selector: struct(object.metric).selector, averageValue: struct(object.current).averageValue,
    }),
    pods: pods && defined<FlatPods>({ metricName: struct(pods.metric).name, targetAverageValue: undefined, currentAverageValue: struct(pods.current).averageValue ?? zero, selector: struct(pods.metric).selector }),
    resource: resource && flatCurrent(resource.name, struct(resource.current), undefined),
    external: external && defined<FlatExternal>({
      metricName: struct(external.metric).name, metricSelector: struct(external.metric).selector, targetValue: undefined, targetAverageValue: undefined,
      currentValue: struct(external.current).value ?? zero, currentAverageValue: struct(external.current).averageValue,
    }),
    containerResource: containerResource && flatCurrent(containerResource.name, struct(containerResource.current), containerResource.container),
  });
}

function flatCurrent(name: string, current: MetricValueStatus, container: string | undefined): FlatResource {
  return defined<FlatResource>({
    name, targetAverageUtilization: undefined, targetAverageValue: undefined, currentAverageUtilization: current.averageUtilization, currentAverageValue: current.averageValue ?? zero, container,
  });
}

/** v1's form → v2 status. */
export function statusOf(metric: FlatMetric): MetricStatus {
  const { object, pods, resource, external, containerResource } = metric;
  const current = (averageUtilization: number | undefined, value: Quantity | undefined, averageValue: Quantity | undefined): MetricValueStatus =>
    defined<MetricValueStatus>({ averageUtilization, value, averageValue });
  return defined<MetricStatus>({
    type: metric.type,
    object: object && { describedObject: object.target, metric: identifier(object.metricName, object.selector), current: current(undefined, object.currentValue, object.averageValue) },
    pods: pods && { metric: identifier(pods.metricName, pods.selector), current: current(undefined, undefined, pods.currentAverageValue) },
    resource: resource && { name: resource.name, current: current(resource.currentAverageUtilization, undefined, resource.currentAverageValue) },
    external: external && { metric: identifier(external.metricName, external.metricSelector), current: current(undefined, external.currentValue, external.currentAverageValue) },
    containerResource: containerResource && {
      name: containerResource.name, container: containerResource.container ?? "",
      current: current(containerResource.currentAverageUtilization, undefined, containerResource.currentAverageValue),
    },
  });
}
