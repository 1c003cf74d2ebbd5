import { describe, expect, it } from "vitest";
import type { EventsV1Event, Event, HorizontalPodAutoscaler, HorizontalPodAutoscalerV1, MetricSpec } from "../../api/index.ts";
import { convert } from "./convert.ts";

const target = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
const metrics: readonly MetricSpec[] = [
  { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } },
  { type: "Resource", resource: { name: "memory", target: { type: "AverageValue", averageValue: "1Gi" } } },
  { type: "Pods", pods: { metric: { name: "qps" }, target: { type: "AverageValue", averageValue: "10" } } },
  { type: "Object", object: { describedObject: target, metric: { name: "hits", selector: { matchLabels: { a: "b" } } }, target: { type: "Value", value: "5" } } },
  { type: "External", external: { metric: { name: "queue" }, target: { type: "AverageValue", averageValue: "30" } } },
  { type: "ContainerResource", containerResource: { name: "cpu", container: "app", target: { type: "Utilization", averageUtilization: 60 } } },
];

const full: HorizontalPodAutoscaler = {
  apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "web", annotations: { mine: "x" } },
  spec: { scaleTargetRef: target, minReplicas: 1, maxReplicas: 5, metrics, behavior: { scaleUp: { selectPolicy: "Max" } } },
  status: {
    currentReplicas: 2, desiredReplicas: 3,
    currentMetrics: [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: 33, averageValue: "330m" } } }],
    conditions: [{ type: "AbleToScale", status: "True" }],
  },
};

const asV1 = (hpa: HorizontalPodAutoscaler): HorizontalPodAutoscalerV1 => convert(hpa, "autoscaling/v1") as HorizontalPodAutoscalerV1;
const asV2 = (hpa: HorizontalPodAutoscalerV1): HorizontalPodAutoscaler => convert(hpa, "autoscaling/v2") as HorizontalPodAutoscaler;

describe("autoscalers", () => {
  it("become v1 with what it can't say in annotations", () => {
    const v1 = asV1(full);
    expect(v1.spec).toEqual({ scaleTargetRef: target, minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 50 });
    expect(v1.status).toEqual({ currentReplicas: 2, desiredReplicas: 3, currentCPUUtilizationPercentage: 33 });
    const annotations = v1.metadata?.annotations ?? {};
    expect(annotations["mine"]).toBe("x");
    expect(JSON.parse(annotations["autoscaling.alpha.kubernetes.io/metrics"] ?? "")).toEqual([
      { type: "Resource", resource: { name: "memory", targetAverageValue: "1Gi" } },
      { type: "Pods", pods: { metricName: "qps", targetAverageValue: "10" } },
      { type: "Object", object: { target, metricName: "hits", targetValue: "5", selector: { matchLabels: { a: "b" } } } },
      { type: "External", external: { metricName: "queue", targetAverageValue: "30" } },
      { type: "ContainerResource", containerResource: { name: "cpu", targetAverageUtilization: 60, container: "app" } },
    ]);
    expect(annotations["autoscaling.alpha.kubernetes.io/current-metrics"]).toBe('[{"type":"Resource","resource":{"name":"cpu","currentAverageUtilization":33,"currentAverageValue":"330m"}}]');
  });

  it("come back whole", () => {
    expect(asV2(asV1(full))).toEqual(full);
  });

  it("get v1's implicit target when they have no metric", () => {
    const v2 = asV2({ apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler", spec: { scaleTargetRef: target, maxReplicas: 3 } });
    expect(v2.spec.metrics).toEqual([{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } }]);
  });

  it("ignore annotations that are no JSON of the right shape", () => {
    const annotations = { "autoscaling.alpha.kubernetes.io/metrics": "{", "autoscaling.alpha.kubernetes.io/behavior": "[]", "autoscaling.alpha.kubernetes.io/conditions": "[1]" };
    const v2 = asV2({ apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler", metadata: { annotations }, spec: { scaleTargetRef: target, maxReplicas: 3, targetCPUUtilizationPercentage: 70 } });
    expect(v2.spec).toEqual({ scaleTargetRef: target, maxReplicas: 3, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }] });
    expect(v2.metadata).toEqual({});
  });

  it("add no annotations when there is nothing to save", () => {
    const v1 = asV1({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "a" }, spec: { scaleTargetRef: target, maxReplicas: 3, metrics: metrics.slice(0, 1) } });
    expect(v1).toEqual({ apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler", metadata: { name: "a" }, spec: { scaleTargetRef: target, maxReplicas: 3, targetCPUUtilizationPercentage: 50 } });
  });
});

describe("events", () => {
  const stored: Event = {
    apiVersion: "v1", kind: "Event", metadata: { name: "a", namespace: "b" }, involvedObject: { kind: "Pod", name: "p" }, reason: "Scheduled", message: "hello", type: "Normal",
    source: { component: "scheduler" }, firstTimestamp: "2026-01-01T00:00:00Z", lastTimestamp: "2026-01-01T00:00:00Z", count: 2, reportingComponent: "scheduler", reportingInstance: "x",
  };

  it("are renamed for events.k8s.io and back", () => {
    const served = convert(stored, "events.k8s.io/v1") as EventsV1Event;
    expect(served).toEqual({
      apiVersion: "events.k8s.io/v1", kind: "Event", metadata: stored.metadata, regarding: { kind: "Pod", name: "p" }, reason: "Scheduled", note: "hello", type: "Normal",
      deprecatedSource: { component: "scheduler" }, deprecatedFirstTimestamp: "2026-01-01T00:00:00Z", deprecatedLastTimestamp: "2026-01-01T00:00:00Z", deprecatedCount: 2,
      reportingController: "scheduler", reportingInstance: "x",
    });
    expect(convert(served, "v1")).toEqual(stored);
  });

  it("always say what they are about", () => {
    expect(convert({ apiVersion: "events.k8s.io/v1", kind: "Event", metadata: {} }, "v1")).toMatchObject({ involvedObject: {} });
  });
});

describe("other kinds", () => {
  it("change their apiVersion only, as the strategy None of custom resources", () => {
    const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "a" } };
    expect(convert(widget, "example.com/v2")).toEqual({ ...widget, apiVersion: "example.com/v2" });
    expect(convert(widget, "example.com/v1")).toBe(widget);
  });
});
