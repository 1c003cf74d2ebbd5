import { describe, expect, it } from "vitest";
import { emptyRegistry, lookupKind } from "../kind-registry.ts";
import { applyDefaults, hasDefaults } from "./apply-defaults.ts";

function defaulted(apiVersion: string, kind: string, object: object, now?: string): Record<string, unknown> {
  const entry = lookupKind(emptyRegistry, apiVersion, kind);
  if (entry === undefined) throw new Error(kind);
  const context = now === undefined ? {} : { now };
  const once = applyDefaults(object, entry, context);
  expect(applyDefaults(once, entry, context)).toBe(once);
  return once as Record<string, unknown>;
}

// Expectations: pkg/apis/<group>/v1/defaults_test.go and what `kubectl get -o yaml` shows of new objects.
describe("workloads", () => {
  it("Deployment", () => {
    expect(defaulted("apps/v1", "Deployment", { spec: {} })).toEqual({
      spec: { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } } },
    });
    expect(defaulted("apps/v1", "Deployment", { spec: { replicas: 0, strategy: { type: "Recreate" } } })).toMatchObject({ spec: { replicas: 0, strategy: { type: "Recreate" } } });
    expect(defaulted("apps/v1", "Deployment", { spec: { strategy: { rollingUpdate: { maxSurge: 0 } } } })).toMatchObject({ spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: "25%" } } } });
  });

  it("ReplicaSet, with its template", () => {
    expect(defaulted("apps/v1", "ReplicaSet", { spec: { template: { spec: { containers: [] } } } })).toMatchObject({ spec: { replicas: 1, template: { spec: { restartPolicy: "Always" } } } });
  });

  it("DaemonSet", () => {
    expect(defaulted("apps/v1", "DaemonSet", { spec: {} })).toEqual({ spec: { revisionHistoryLimit: 10, updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } } });
    expect(defaulted("apps/v1", "DaemonSet", { spec: { updateStrategy: { type: "OnDelete" } } })).toMatchObject({ spec: { updateStrategy: { type: "OnDelete" } } });
  });

  it("StatefulSet, with its claims", () => {
    expect(defaulted("apps/v1", "StatefulSet", { spec: { volumeClaimTemplates: [{ metadata: { name: "d" }, spec: {} }] } })).toEqual({
      spec: {
        podManagementPolicy: "OrderedReady", replicas: 1, revisionHistoryLimit: 10, updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0, maxUnavailable: 1 } },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        volumeClaimTemplates: [{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "d" }, spec: { volumeMode: "Filesystem", resources: {} }, status: { phase: "Pending" } }],
      },
    });
    expect(defaulted("apps/v1", "StatefulSet", { spec: { updateStrategy: { type: "RollingUpdate" } } })).toMatchObject({ spec: { updateStrategy: { type: "RollingUpdate" } } });
  });

  it("ReplicationController: selector and labels from the template", () => {
    expect(defaulted("v1", "ReplicationController", { spec: { template: { metadata: { labels: { a: "b" } } } } })).toMatchObject({ metadata: { labels: { a: "b" } }, spec: { replicas: 1, selector: { a: "b" } } });
    expect(defaulted("v1", "ReplicationController", { metadata: { labels: { x: "y" } }, spec: { selector: { c: "d" }, template: { metadata: { labels: { a: "b" } } } } })).toMatchObject({ metadata: { labels: { x: "y" } }, spec: { selector: { c: "d" } } });
  });

  it("Job", () => {
    expect(defaulted("batch/v1", "Job", { spec: {} })).toEqual({
      spec: { completions: 1, parallelism: 1, backoffLimit: 6, completionMode: "NonIndexed", suspend: false, podReplacementPolicy: "TerminatingOrFailed", manualSelector: false },
    });
    expect(defaulted("batch/v1", "Job", { spec: { completions: 3, backoffLimitPerIndex: 1, podFailurePolicy: { rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] }] } } })).toMatchObject({
      spec: { completions: 3, parallelism: 1, backoffLimit: 2147483647, podReplacementPolicy: "Failed", podFailurePolicy: { rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }] } },
    });
    const queue = defaulted("batch/v1", "Job", { spec: { parallelism: 2, template: { metadata: { labels: { a: "b" } } } } });
    expect(queue).toMatchObject({ metadata: { labels: { a: "b" } }, spec: { parallelism: 2 } });
    expect(queue["spec"]).not.toHaveProperty("completions");
  });

  it("CronJob: its template's job gets none of a job's own defaults", () => {
    expect(defaulted("batch/v1", "CronJob", { spec: { schedule: "* * * * *", jobTemplate: { spec: { template: { spec: { containers: [], restartPolicy: "Never" } } } } } })).toEqual({
      spec: {
        schedule: "* * * * *", concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1,
        jobTemplate: { spec: { template: { spec: { containers: [], restartPolicy: "Never", dnsPolicy: "ClusterFirst", securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: "default-scheduler" } } } },
      },
    });
  });

  it("HorizontalPodAutoscaler", () => {
    expect(defaulted("autoscaling/v1", "HorizontalPodAutoscaler", { spec: { maxReplicas: 2 } })).toEqual({ spec: { maxReplicas: 2, minReplicas: 1 } });
    expect(defaulted("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { maxReplicas: 2, behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } } })).toEqual({
      spec: {
        maxReplicas: 2, minReplicas: 1, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } }],
        behavior: {
          scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: "Max", policies: [{ type: "Pods", value: 4, periodSeconds: 15 }, { type: "Percent", value: 100, periodSeconds: 15 }] },
          scaleDown: { stabilizationWindowSeconds: 60, selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] },
        },
      },
    });
  });
});

describe("services", () => {
  it("of the usual type", () => {
    expect(defaulted("v1", "Service", { spec: { ports: [{ port: 80 }, { port: 81, targetPort: "http", protocol: "UDP" }] } })).toEqual({
      spec: { sessionAffinity: "None", type: "ClusterIP", internalTrafficPolicy: "Cluster", ports: [{ port: 80, protocol: "TCP", targetPort: 80 }, { port: 81, targetPort: "http", protocol: "UDP" }] },
      status: { loadBalancer: {} },
    });
  });

  it("that are reachable from outside", () => {
    expect(defaulted("v1", "Service", { spec: { type: "NodePort" } })).toMatchObject({ spec: { externalTrafficPolicy: "Cluster", internalTrafficPolicy: "Cluster" } });
    expect(defaulted("v1", "Service", { spec: { externalIPs: ["1.2.3.4"] } })).toMatchObject({ spec: { externalTrafficPolicy: "Cluster" } });
    expect(defaulted("v1", "Service", { spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "1.2.3.4" }, { hostname: "x" }] } } })).toMatchObject({
      spec: { externalTrafficPolicy: "Cluster", allocateLoadBalancerNodePorts: true }, status: { loadBalancer: { ingress: [{ ip: "1.2.3.4", ipMode: "VIP" }, { hostname: "x" }] } },
    });
  });

  it("with an external name have no traffic policy", () => {
    expect(defaulted("v1", "Service", { spec: { type: "ExternalName", externalName: "x" } })["spec"]).toEqual({ type: "ExternalName", externalName: "x", sessionAffinity: "None" });
  });

  it("with client affinity", () => {
    expect(defaulted("v1", "Service", { spec: { sessionAffinity: "ClientIP" } })).toMatchObject({ spec: { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } } } });
    expect(defaulted("v1", "Service", { spec: { sessionAffinityConfig: { clientIP: { timeoutSeconds: 1 } } } })["spec"]).not.toHaveProperty("sessionAffinityConfig");
  });
});

describe("the rest of the core group", () => {
  it.each<[string, object, object]>([
    ["Namespace", { metadata: { name: "a" } }, { metadata: { name: "a", labels: { "kubernetes.io/metadata.name": "a" } }, status: { phase: "Active" } }],
    ["Namespace", { metadata: { generateName: "a-" } }, { metadata: { generateName: "a-" }, status: { phase: "Active" } }],
    ["Namespace", { metadata: { name: "a", labels: { "kubernetes.io/metadata.name": "b" } } }, { metadata: { name: "a", labels: { "kubernetes.io/metadata.name": "a" } }, status: { phase: "Active" } }],
    ["Node", { status: { capacity: { cpu: "4" } } }, { status: { capacity: { cpu: "4" }, allocatable: { cpu: "4" } } }],
    ["Secret", { stringData: { a: "é" }, data: { a: "eA==", b: "eA==" } }, { type: "Opaque", data: { a: "w6k=", b: "eA==" } }],
    ["Secret", { type: "kubernetes.io/tls" }, { type: "kubernetes.io/tls" }],
    ["ConfigMap", { data: { a: "b" } }, { data: { a: "b" } }],
    ["Endpoints", { subsets: [{ ports: [{ port: 1 }] }] }, { subsets: [{ ports: [{ port: 1, protocol: "TCP" }] }] }],
    ["PersistentVolume", { spec: { hostPath: { path: "/x" } } }, { spec: { hostPath: { path: "/x", type: "" }, persistentVolumeReclaimPolicy: "Retain", volumeMode: "Filesystem" }, status: { phase: "Pending" } }],
    ["PersistentVolumeClaim", { spec: { volumeMode: "Block", resources: { requests: { storage: "1Gi" } } } }, { spec: { volumeMode: "Block", resources: { requests: { storage: "1Gi" } } }, status: { phase: "Pending" } }],
    ["ResourceQuota", { spec: { hard: { cpu: "1u" } } }, { spec: { hard: { cpu: "1m" } } }],
    ["PodTemplate", { template: { spec: { containers: [], restartPolicy: "Never" } } }, { template: { spec: { containers: [], restartPolicy: "Never", dnsPolicy: "ClusterFirst", securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: "default-scheduler" } } }],
    [
      "LimitRange", { spec: { limits: [{ type: "Container", max: { cpu: "2" }, min: { memory: "1Mi" }, default: { memory: "1Gi" } }, { type: "Pod", max: { cpu: "4" } }] } },
      { spec: { limits: [{ type: "Container", max: { cpu: "2" }, min: { memory: "1Mi" }, default: { memory: "1Gi", cpu: "2" }, defaultRequest: { memory: "1Gi", cpu: "2" } }, { type: "Pod", max: { cpu: "4" } }] } },
    ],
  ])("%s %#", (kind, object, expected) => {
    expect(defaulted("v1", kind, object)).toEqual(expected);
  });
});

describe("other groups", () => {
  it.each<[string, string, object, object]>([
    ["networking.k8s.io/v1", "NetworkPolicy", { spec: { egress: [{ ports: [{ port: 53 }] }] } }, { spec: { policyTypes: ["Ingress", "Egress"], egress: [{ ports: [{ port: 53, protocol: "TCP" }] }] } }],
    ["networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {} } }, { spec: { podSelector: {}, policyTypes: ["Ingress"] } }],
    ["networking.k8s.io/v1", "Ingress", { spec: {} }, { spec: {}, status: { loadBalancer: {} } }],
    ["networking.k8s.io/v1", "IngressClass", { spec: { parameters: { kind: "a", name: "b" } } }, { spec: { parameters: { kind: "a", name: "b", scope: "Cluster" } } }],
    ["discovery.k8s.io/v1", "EndpointSlice", { ports: [{ port: 1 }] }, { ports: [{ port: 1, name: "", protocol: "TCP" }] }],
    ["storage.k8s.io/v1", "StorageClass", { provisioner: "p" }, { provisioner: "p", reclaimPolicy: "Delete", volumeBindingMode: "Immediate" }],
    [
      "storage.k8s.io/v1", "CSIDriver", { spec: { attachRequired: false } },
      { spec: { attachRequired: false, podInfoOnMount: false, storageCapacity: false, fsGroupPolicy: "ReadWriteOnceWithFSType", requiresRepublish: false, seLinuxMount: false, volumeLifecycleModes: ["Persistent"] } },
    ],
    ["scheduling.k8s.io/v1", "PriorityClass", { value: 1 }, { value: 1, preemptionPolicy: "PreemptLowerPriority" }],
    [
      "rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { kind: "Role", name: "r" }, subjects: [{ kind: "User", name: "u" }, { kind: "ServiceAccount", name: "s" }] },
      { roleRef: { kind: "Role", name: "r", apiGroup: "rbac.authorization.k8s.io" }, subjects: [{ kind: "User", name: "u", apiGroup: "rbac.authorization.k8s.io" }, { kind: "ServiceAccount", name: "s" }] },
    ],
    ["authentication.k8s.io/v1", "TokenRequest", { spec: { audiences: [] } }, { spec: { audiences: [], expirationSeconds: 3600 } }],
    ["flowcontrol.apiserver.k8s.io/v1", "FlowSchema", { spec: {} }, { spec: { matchingPrecedence: 1000 } }],
    [
      "flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration", { spec: { limited: { limitResponse: { queuing: { queues: 2 } } } } },
      { spec: { limited: { nominalConcurrencyShares: 30, lendablePercent: 0, limitResponse: { queuing: { queues: 2, handSize: 8, queueLengthLimit: 50 } } } } },
    ],
    [
      "admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", { webhooks: [{ name: "w", clientConfig: { service: { name: "s" } }, rules: [{ resources: ["pods"] }] }] },
      { webhooks: [{ name: "w", clientConfig: { service: { name: "s", port: 443 } }, rules: [{ resources: ["pods"], scope: "*" }], failurePolicy: "Fail", matchPolicy: "Equivalent", namespaceSelector: {}, objectSelector: {}, timeoutSeconds: 10, reinvocationPolicy: "Never" }] },
    ],
    [
      "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", { spec: { matchConstraints: { resourceRules: [{}] } } },
      { spec: { failurePolicy: "Fail", matchConstraints: { matchPolicy: "Equivalent", namespaceSelector: {}, objectSelector: {}, resourceRules: [{ scope: "*" }] } } },
    ],
    [
      "apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec: { names: { kind: "CronTab", plural: "crontabs" }, versions: [{ name: "v1beta1" }, { name: "v1", storage: true }] } },
      { spec: { names: { kind: "CronTab", plural: "crontabs", singular: "crontab", listKind: "CronTabList" }, conversion: { strategy: "None" }, versions: [{ name: "v1beta1" }, { name: "v1", storage: true }] }, status: { storedVersions: ["v1"] } },
    ],
    ["apiregistration.k8s.io/v1", "APIService", { spec: { service: { name: "a" } } }, { spec: { service: { name: "a", port: 443 } } }],
    [
      "resource.k8s.io/v1", "ResourceClaim", { spec: { devices: { requests: [{ name: "a", exactly: { tolerations: [{}] } }, { name: "b", firstAvailable: [{ allocationMode: "All" }] }] } } },
      { spec: { devices: { requests: [{ name: "a", exactly: { allocationMode: "ExactCount", count: 1, tolerations: [{ operator: "Equal" }] } }, { name: "b", firstAvailable: [{ allocationMode: "All" }] }] } } },
    ],
  ])("%s %s %#", (apiVersion, kind, object, expected) => {
    expect(defaulted(apiVersion, kind, object)).toEqual(expected);
  });

  it("stamps device taints with the time of the request", () => {
    const slice = { spec: { devices: [{ name: "a", taints: [{ key: "k", effect: "NoSchedule" }] }] } };
    expect(defaulted("resource.k8s.io/v1", "ResourceSlice", slice, "2026-01-01T00:00:00Z")).toMatchObject({ spec: { devices: [{ taints: [{ timeAdded: "2026-01-01T00:00:00Z" }] }] } });
  });

  it("leaves kinds without defaults alone", () => {
    const lease = { metadata: { name: "a" } };
    expect(defaulted("coordination.k8s.io/v1", "Lease", lease)).toBe(lease);
    expect(hasDefaults("coordination.k8s.io/v1", "Lease")).toBe(false);
    expect(hasDefaults("v1", "Pod")).toBe(true);
  });
});
