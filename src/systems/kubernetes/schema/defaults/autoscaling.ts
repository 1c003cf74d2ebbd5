/** Defaults of horizontal pod autoscalers. Source: pkg/apis/autoscaling/v1/defaults.go and v2/defaults.go. */
import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerV1, HPAScalingRules, MetricSpec } from "../../api/index.ts";
import { always, fill, inside, type Filler } from "./edit.ts";

const PERIOD_SECONDS = 15;
const scaleUp: HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [{ type: "Pods", value: 4, periodSeconds: PERIOD_SECONDS }, { type: "Percent", value: 100, periodSeconds: PERIOD_SECONDS }],
};
/** The window for scaling down stays unset: the controller's flag decides. */
const scaleDown: HPAScalingRules = { selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: PERIOD_SECONDS }] };

/** autoscaling.DefaultCPUUtilization = 80. */
const cpuAt80: readonly MetricSpec[] = [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } }];

/** SetDefaults_HorizontalPodAutoscaler of v2. */
export const autoscaler: Filler<HorizontalPodAutoscaler> = (value) => always(value, "spec", (spec) => {
  let out = fill(spec, { minReplicas: 1 });
  if ((out.metrics?.length ?? 0) === 0) out = { ...out, metrics: cpuAt80 };
  return inside(out, "behavior", (behavior) => {
    const up = always(behavior, "scaleUp", (rules) => fill(rules, scaleUp));
    return always(up, "scaleDown", (rules) => fill(rules, scaleDown));
  });
});

/** SetDefaults_HorizontalPodAutoscaler of v1. */
export const autoscalerV1: Filler<HorizontalPodAutoscalerV1> = (value) => always(value, "spec", (spec) => fill(spec, { minReplicas: 1 }));
