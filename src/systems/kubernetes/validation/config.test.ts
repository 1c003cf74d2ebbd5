import { describe, expect, it } from "vitest";
import type { KubeObject } from "../api/index.ts";
import { createErrors, objectOf, updateErrors } from "./testing.ts";

describe("ConfigMap and Secret", () => {
  const FROZEN = "Forbidden: field is immutable when `immutable` is set";
  it("checks keys and size", () => {
    expect(createErrors(objectOf("ConfigMap", { data: { "a b": "x" } }))[0]).toBe(
      "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    );
    expect(createErrors(objectOf("ConfigMap", { data: { a: "x".repeat(1048577) } }))).toEqual(["[]: Too long: may not be more than 1048576 bytes"]);
    expect(createErrors(objectOf("ConfigMap", { data: { a: "x" }, binaryData: { a: "eA==" } }))).toEqual(['data[a]: Invalid value: "a": duplicate of key present in binaryData']);
  });

  it("18 change of an immutable field: frozen data", () => {
    const before = objectOf("ConfigMap", { data: { a: "1" }, immutable: true });
    expect(updateErrors(objectOf("ConfigMap", { data: { a: "2" } }), before)).toEqual([`immutable: ${FROZEN}`, `data: ${FROZEN}`]);
    const secret = objectOf("Secret", { type: "Opaque", data: { a: "MQ==" } });
    expect(updateErrors(objectOf("Secret", { type: "kubernetes.io/tls", data: { "tls.crt": "", "tls.key": "" } }), secret)).toEqual(['type: Invalid value: "kubernetes.io/tls": field is immutable']);
  });

  it.each<[string, object, readonly string[]]>([
    ["tls", { type: "kubernetes.io/tls", data: {} }, ["data[tls.crt]: Required value", "data[tls.key]: Required value"]],
    ["basic auth", { type: "kubernetes.io/basic-auth" }, ["data[username]: Required value", "data[password]: Required value"]],
    ["ssh", { type: "kubernetes.io/ssh-auth" }, ["data[ssh-privatekey]: Required value"]],
    ["token", { type: "kubernetes.io/service-account-token" }, ["metadata.annotations[kubernetes.io/service-account.name]: Required value"]],
    ["docker missing", { type: "kubernetes.io/dockerconfigjson" }, ["data[.dockerconfigjson]: Required value"]],
    ["docker garbage", { type: "kubernetes.io/dockerconfigjson", data: { ".dockerconfigjson": "eA==" } }, [`data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character 'x' looking for beginning of value`]],
    ["docker good", { type: "kubernetes.io/dockerconfigjson", data: { ".dockerconfigjson": "e30=" } }, []],
  ])("secret type %s", (_name, fields, errors) => {
    expect(createErrors(objectOf("Secret", { ...fields }))).toEqual(errors);
  });
});

describe("Namespace, Event, Lease", () => {
  it("names namespaces by labels and ties their phase to deletion", () => {
    expect(createErrors(objectOf("Namespace", {}, { name: "a.b", namespace: "" }), "", false)).toEqual(['metadata.name: Invalid value: "a.b": must not contain dots']);
    const namespace = (phase: string): KubeObject => objectOf("Namespace", { status: { phase } }, { namespace: "" });
    expect(updateErrors(namespace("Terminating"), namespace("Active"), "", false, "status")).toEqual([
      "status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty",
    ]);
  });

  it("keeps events beside what they are about", () => {
    const event = objectOf("Event", { involvedObject: { kind: "Pod", namespace: "other" } });
    expect(createErrors(event)).toEqual(['involvedObject.namespace: Invalid value: "other": does not match event.namespace']);
    expect(createErrors(objectOf("Lease", { spec: { leaseDurationSeconds: 0 } }), "coordination.k8s.io")).toEqual(["spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"]);
  });
});

describe("ResourceQuota and LimitRange", () => {
  const quota = (spec: object): readonly string[] => createErrors(objectOf("ResourceQuota", { spec }));
  it.each<[string, object, readonly string[]]>([
    ["valid", { hard: { pods: "10", "requests.cpu": "4", "count/jobs.batch": "3" } }, []],
    ["half a pod", { hard: { pods: "500m" } }, ['spec.hard[pods]: Invalid value: "500m": must be an integer']],
    ["unknown", { hard: { podz: "1" } }, ['spec.hard[podz]: Invalid value: "podz": must be a standard resource type or fully qualified', 'spec.hard[podz]: Invalid value: "podz": must be a standard resource for quota']],
    ["scope", { hard: { pods: "1" }, scopes: ["x"] }, ['spec.scopes: Invalid value: ["x"]: unsupported scope', 'spec.scopes: Invalid value: ["x"]: unsupported scope applied to resource']],
    ["scopes", { hard: { pods: "1" }, scopes: ["BestEffort", "NotBestEffort"] }, ['spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: conflicting scopes']],
    ["scope resource", { hard: { "requests.cpu": "1" }, scopes: ["BestEffort"] }, ['spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource']],
  ])("quota %s", (_name, spec, errors) => {
    expect(quota(spec)).toEqual(errors);
  });

  const range = (...limits: readonly object[]): readonly string[] => createErrors(objectOf("LimitRange", { spec: { limits } }));
  it.each<[string, object, readonly string[]]>([
    ["valid", { type: "Container", min: { cpu: "100m" }, max: { cpu: "1" }, default: { cpu: "500m" }, defaultRequest: { cpu: "200m" } }, []],
    ["type", { type: "Node" }, ['spec.limits[0].type: Invalid value: "Node": must be a standard limit type or fully qualified']],
    ["min above max", { type: "Container", min: { cpu: "2" }, max: { cpu: "1" } }, ['spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1']],
    ["default above max", { type: "Container", max: { cpu: "1" }, default: { cpu: "2" } }, ['spec.limits[0].default[cpu]: Invalid value: "1": default value 2 is greater than max value 1']],
    ["pod default", { type: "Pod", default: { cpu: "1" } }, ["spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"]],
    ["ratio", { type: "Container", min: { cpu: "1" }, max: { cpu: "2" }, maxLimitRequestRatio: { cpu: "3" } }, ['spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "3": ratio 3 is greater than max/min = 2.000000']],
    ["claim", { type: "PersistentVolumeClaim" }, ["spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided"]],
  ])("range %s", (_name, item, errors) => {
    expect(range(item)).toEqual(errors);
  });

  it("keeps the scopes of a quota", () => {
    const before = objectOf("ResourceQuota", { spec: { hard: { pods: "1" }, scopes: ["BestEffort"] } });
    expect(updateErrors(objectOf("ResourceQuota", { spec: { hard: { pods: "1" } } }), before)).toEqual(["spec.scopes: Invalid value: null: field is immutable"]);
    expect(range({ type: "Pod" }, { type: "Pod" })).toEqual(['spec.limits[1].type: Duplicate value: "Pod"']);
  });
});

describe("PodDisruptionBudget and HorizontalPodAutoscaler", () => {
  it("wants one bound", () => {
    const budget = objectOf("PodDisruptionBudget", { spec: { minAvailable: 1, maxUnavailable: "50%", selector: { matchLabels: { a: "b" } } } });
    expect(createErrors(budget, "policy")).toEqual([
      'spec: Invalid value: {"MinAvailable":1,"Selector":{"matchLabels":{"a":"b"}},"MaxUnavailable":"50%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
    ]);
    expect(createErrors(objectOf("PodDisruptionBudget", { spec: { minAvailable: "150%" } }), "policy")).toEqual(['spec.minAvailable: Invalid value: "150%": must not be greater than 100%']);
  });

  const TARGET = { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas: 1, maxReplicas: 5 };
  const cpu = { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } };
  it.each<[string, object, readonly string[]]>([
    ["valid", { metrics: [cpu] }, []],
    ["bounds", { minReplicas: 6 }, ["spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`"]],
    ["zero", { minReplicas: 0 }, ["spec.minReplicas: Invalid value: 0: must be greater than or equal to 1"]],
    ["no target", { scaleTargetRef: { kind: "Deployment", name: "" } }, ["spec.scaleTargetRef.name: Required value"]],
    ["type", { metrics: [{ ...cpu, type: "x" }] }, ['spec.metrics[0].type: Unsupported value: "x": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"']],
    ["utilization", { metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization" } } }] }, ["spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization"]],
    ["window", { behavior: { scaleDown: { stabilizationWindowSeconds: 4000, policies: [{ type: "Pods", value: 1, periodSeconds: 15 }] } } }, ["spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600"]],
  ])("autoscaler %s", (_name, spec, errors) => {
    expect(createErrors(objectOf("HorizontalPodAutoscaler", { spec: { ...TARGET, ...spec } }), "autoscaling")).toEqual(errors);
  });
});
