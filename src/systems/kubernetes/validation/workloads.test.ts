import { describe, expect, it } from "vitest";
import type { KubeObject } from "../api/index.ts";
import { createErrors, deploymentWith, objectOf, POD_SPEC, updateErrors } from "./testing.ts";

const TEMPLATE = { metadata: { labels: { app: "web" } }, spec: POD_SPEC };
const SELECTOR = { matchLabels: { app: "web" } };

function kindWith(kind: string, spec: object): KubeObject {
  return objectOf(kind, { spec });
}

describe("17 selector does not match the template's labels", () => {
  const other = { metadata: { labels: { app: "x" } }, spec: POD_SPEC };
  const error = 'spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`';

  it.each(["Deployment", "ReplicaSet"])("%s", (kind) => {
    expect(createErrors({ ...deploymentWith({ template: other }), kind }, "apps")).toEqual([error]);
  });

  it("DaemonSet, StatefulSet, ReplicationController", () => {
    const daemonSet = kindWith("DaemonSet", { selector: SELECTOR, template: other, updateStrategy: { type: "OnDelete" } });
    expect(createErrors(daemonSet, "apps")).toEqual([error]);
    const statefulSet = kindWith("StatefulSet", { selector: SELECTOR, template: other, podManagementPolicy: "OrderedReady", updateStrategy: { type: "RollingUpdate" } });
    expect(createErrors(statefulSet, "apps")).toEqual([error]);
    expect(createErrors(kindWith("ReplicationController", { selector: { app: "web" }, template: other }))).toEqual([error]);
  });
});

describe("Deployment", () => {
  it.each<[string, object, readonly string[]]>([
    ["valid", {}, []],
    ["negative replicas", { replicas: -1 }, ["spec.replicas: Invalid value: -1: must be greater than or equal to 0"]],
    ["no selector", { selector: undefined }, ["spec.selector: Required value", 'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`']],
    ["empty selector", { selector: {} }, ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"]],
    ["strategy", { strategy: { type: "Foo" } }, ['spec.strategy: Unsupported value: {"Type":"Foo","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"']],
    ["recreate with parameters", { strategy: { type: "Recreate", rollingUpdate: {} } }, ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]],
    ["both zero", { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: "0%" } } }, ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0']],
    ["no percentage", { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "x", maxUnavailable: 1 } } }, [`spec.strategy.rollingUpdate.maxSurge: Invalid value: "x": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`]],
    ["over 100%", { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: "120%" } } }, ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "120%": must not be greater than 100%']],
    ["deadline", { minReadySeconds: 600 }, ["spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds"]],
    ["restart policy", { template: { ...TEMPLATE, spec: { ...POD_SPEC, restartPolicy: "Never" } } }, ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"']],
    ["selector operator", { selector: { matchExpressions: [{ key: "app", operator: "Like" }] } }, ['spec.selector.matchExpressions[0].operator: Invalid value: "Like": not a valid selector operator', 'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Like"}]}: invalid label selector']],
  ])("%s", (_name, spec, errors) => {
    expect(createErrors(deploymentWith(spec), "apps")).toEqual(errors);
  });
});

describe("18 change of an immutable field: workloads", () => {
  it("Deployment selector", () => {
    const next = deploymentWith({ selector: { matchLabels: { app: "web", tier: "x" } }, template: { ...TEMPLATE, metadata: { labels: { app: "web", tier: "x" } } } });
    expect(updateErrors(next, deploymentWith(), "apps")).toEqual(['spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"x"}}: field is immutable']);
  });

  it("StatefulSet spec", () => {
    const spec = { selector: SELECTOR, template: TEMPLATE, serviceName: "web", podManagementPolicy: "OrderedReady", updateStrategy: { type: "RollingUpdate" }, replicas: 1 };
    const before = kindWith("StatefulSet", spec);
    expect(updateErrors(kindWith("StatefulSet", { ...spec, replicas: 3, minReadySeconds: 5 }), before, "apps")).toEqual([]);
    expect(updateErrors(kindWith("StatefulSet", { ...spec, serviceName: "other" }), before, "apps")).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ]);
  });

  it("Job completions, template and selector", () => {
    const labels = { "batch.kubernetes.io/controller-uid": "u-1", "batch.kubernetes.io/job-name": "web", "controller-uid": "u-1", "job-name": "web" };
    const spec = { completions: 1, selector: { matchLabels: { "batch.kubernetes.io/controller-uid": "u-1" } }, template: { metadata: { labels }, spec: { ...POD_SPEC, restartPolicy: "Never" } } };
    const before = kindWith("Job", spec);
    expect(createErrors(before, "batch")).toEqual([]);
    expect(updateErrors(kindWith("Job", { ...spec, parallelism: 2 }), before, "batch")).toEqual([]);
    expect(updateErrors(kindWith("Job", { ...spec, completions: 2 }), before, "batch")).toEqual(["spec.completions: Invalid value: 2: field is immutable"]);
    const other = { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, nodeName: "n1" } } };
    expect(updateErrors(kindWith("Job", other), before, "batch")[0]).toMatch(/^spec\.template: Invalid value: \{.*\}: field is immutable$/);
  });
});

describe("StatefulSet and DaemonSet", () => {
  it("mounts the claims' volumes", () => {
    const container = { ...POD_SPEC.containers[0], name: "app", volumeMounts: [{ name: "data", mountPath: "/d" }] };
    const template = { ...TEMPLATE, spec: { ...POD_SPEC, containers: [container] } };
    const spec = { selector: SELECTOR, template, podManagementPolicy: "OrderedReady", updateStrategy: { type: "RollingUpdate" } };
    expect(createErrors(kindWith("StatefulSet", spec), "apps")).toEqual(['spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"']);
    const claims = [{ metadata: { name: "data" }, spec: {} }];
    expect(createErrors(kindWith("StatefulSet", { ...spec, volumeClaimTemplates: claims }), "apps")).toEqual([]);
  });

  it("names StatefulSets by RFC 1123 labels", () => {
    const spec = { selector: SELECTOR, template: TEMPLATE, podManagementPolicy: "Later", updateStrategy: { type: "Foo" } };
    expect(createErrors(objectOf("StatefulSet", { spec }, { name: "a.b" }), "apps")).toEqual([
      'metadata.name: Invalid value: "a.b": must not contain dots',
      "spec.podManagementPolicy: Invalid value: \"Later\": must be 'OrderedReady' or 'Parallel'",
      `spec.updateStrategy: Invalid value: {"Type":"Foo","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`,
    ]);
  });

  it("lets a daemon surge or be unavailable, not both", () => {
    const strategy = (rollingUpdate: object): readonly string[] =>
      createErrors(kindWith("DaemonSet", { selector: SELECTOR, template: TEMPLATE, updateStrategy: { type: "RollingUpdate", rollingUpdate } }), "apps");
    expect(strategy({ maxSurge: 0, maxUnavailable: 1 })).toEqual([]);
    expect(strategy({ maxSurge: 1, maxUnavailable: 1 })).toEqual(["spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero"]);
    expect(strategy({ maxSurge: 0, maxUnavailable: 0 })).toEqual(["spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0"]);
  });
});

describe("Job and CronJob", () => {
  const job = (fields: object): object => ({ template: { metadata: {}, spec: { ...POD_SPEC, restartPolicy: "Never" } }, manualSelector: true, selector: { matchLabels: {} }, ...fields });

  it.each<[string, object, string]>([
    ["restart policy", { template: { spec: POD_SPEC } }, 'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ["indexed without count", { completionMode: "Indexed" }, "spec.completions: Required value: when completion mode is Indexed"],
    ["mode", { completionMode: "x" }, 'spec.completionMode: Unsupported value: "x": supported values: "NonIndexed", "Indexed"'],
    ["per index", { backoffLimitPerIndex: 1 }, "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode"],
    ["negative", { parallelism: -1 }, "spec.parallelism: Invalid value: -1: must be greater than or equal to 0"],
    ["policy", { podFailurePolicy: { rules: [{ action: "FailJob", onExitCodes: { operator: "In", values: [0] } }] } }, "spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator"],
    ["policy action", { podFailurePolicy: { rules: [{ action: "", onExitCodes: { operator: "In", values: [1] } }] } }, 'spec.podFailurePolicy.rules[0].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]'],
    ["policy without condition", { podFailurePolicy: { rules: [{ action: "FailJob" }] } }, "spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required"],
    ["success policy", { completionMode: "Indexed", completions: 2, successPolicy: { rules: [{}] } }, "spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified"],
    ["managed by", { managedBy: "me" }, 'spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")'],
  ])("%s", (_name, fields, error) => {
    expect(createErrors(kindWith("Job", job(fields)), "batch")).toEqual([error]);
  });

  const cron = (fields: object): KubeObject => kindWith("CronJob", { schedule: "*/5 * * * *", concurrencyPolicy: "Allow", jobTemplate: { spec: { template: { spec: { ...POD_SPEC, restartPolicy: "Never" } } } }, ...fields });

  it.each<[string, object, readonly string[]]>([
    ["valid", {}, []],
    ["schedule", { schedule: "61 * * * *" }, ['spec.schedule: Invalid value: "61 * * * *": end of range (61) above maximum (59): 61']],
    ["fields", { schedule: "* * *" }, ['spec.schedule: Invalid value: "* * *": expected exactly 5 fields, found 3: [* * *]']],
    ["zone in schedule", { schedule: "TZ=UTC 0 0 * * *" }, ['spec.schedule: Invalid value: "TZ=UTC 0 0 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead']],
    ["policy", { concurrencyPolicy: "x" }, ['spec.concurrencyPolicy: Unsupported value: "x": supported values: "Allow", "Forbid", "Replace"']],
    ["zone", { timeZone: "" }, ['spec.timeZone: Invalid value: "": timeZone must be nil or non-empty string']],
  ])("cron %s", (_name, fields, errors) => {
    expect(createErrors(cron(fields), "batch")).toEqual(errors);
  });

  it("leaves room in the name", () => {
    const name = "a".repeat(53);
    expect(createErrors({ ...cron({}), metadata: { ...cron({}).metadata, name } }, "batch")).toEqual([`metadata.name: Invalid value: "${name}": must be no more than 52 characters`]);
  });
});

describe("statuses", () => {
  it("cannot count more than there are", () => {
    const withStatus = (status: object): KubeObject => ({ ...deploymentWith(), status } as KubeObject);
    expect(updateErrors(withStatus({ replicas: 1, readyReplicas: 2, availableReplicas: 3 }), withStatus({}), "apps", true, "status")).toEqual([
      "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
      "status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas",
      "status.availableReplicas: Invalid value: 3: cannot be greater than readyReplicas",
    ]);
    expect(updateErrors(withStatus({ collisionCount: 1 }), withStatus({ collisionCount: 2 }), "apps", true, "status")).toEqual([
      "status.collisionCount: Invalid value: 1: cannot be decremented",
    ]);
  });
});
