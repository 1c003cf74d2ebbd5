import { describe, expect, it } from "vitest";
import type { KubeObject, Node, Pod, Stored } from "../api/index.ts";
import { pod, TestCluster } from "./testing/world.ts";

const inDefault = { namespace: "default" };
const kubelet = { user: "system:node:n1", agent: "kubelet" };

function make(cluster: TestCluster, resource: string, body: object, group = ""): KubeObject {
  return cluster.do({ verb: "create", resource, group, ...(["limitranges", "resourcequotas", "serviceaccounts", "pods"].includes(resource) ? inDefault : {}), body: body as KubeObject });
}

describe("admission", () => {
  it("gives pods an account's token, tolerations and a priority", () => {
    const cluster = new TestCluster({ apiServer: { disableAdmissionPlugins: [] } });
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: pod("web") }).message)
      .toBe('pods "web" is forbidden: error looking up service account default/default: serviceaccount "default" not found');
    make(cluster, "serviceaccounts", { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } });
    const made = make(cluster, "pods", pod("web", { priorityClassName: "system-node-critical" })) as Stored<Pod>;
    expect(made.spec).toMatchObject({ serviceAccountName: "default", serviceAccount: "default", priority: 2000001000, preemptionPolicy: "PreemptLowerPriority" });
    expect(made.spec?.tolerations?.map((one) => [one.key, one.tolerationSeconds])).toEqual([["node.kubernetes.io/not-ready", 300], ["node.kubernetes.io/unreachable", 300]]);
    const [volume] = made.spec?.volumes ?? [];
    expect(volume?.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(made.spec?.containers[0]?.volumeMounts).toEqual([{ name: volume?.name, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }]);
    expect(JSON.stringify(made.metadata.managedFields)).not.toContain("tolerations");
  });

  it("refuses a priority class that isn't there", () => {
    const cluster = new TestCluster();
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: pod("web", { priorityClassName: "gold" }) }).message)
      .toBe('pods "web" is forbidden: no PriorityClass with name gold was found');
  });

  it("applies limit ranges", () => {
    const cluster = new TestCluster();
    make(cluster, "limitranges", { apiVersion: "v1", kind: "LimitRange", metadata: { name: "l" }, spec: { limits: [{ type: "Container", default: { cpu: "500m" }, defaultRequest: { cpu: "250m" }, max: { cpu: "1" } }] } });
    const made = make(cluster, "pods", pod("web")) as Stored<Pod>;
    expect(made.spec?.containers[0]?.resources).toEqual({ limits: { cpu: "500m" }, requests: { cpu: "250m" } });
    expect(made.status?.qosClass).toBe("Burstable");
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: pod("big", { containers: [{ name: "c", image: "i", resources: { limits: { cpu: "2" } } }] }) }).message)
      .toBe('pods "big" is forbidden: maximum cpu usage per Container is 1, but limit is 2');
  });

  it("keeps namespaces within their quota", () => {
    const cluster = new TestCluster();
    make(cluster, "resourcequotas", { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "q" }, spec: { hard: { pods: "2", "requests.cpu": "1" } } });
    const wants = (name: string, cpu: string): KubeObject => pod(name, { containers: [{ name: "c", image: "i", resources: { requests: { cpu } } }] });
    make(cluster, "pods", wants("a", "700m"));
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: wants("b", "400m") }).message)
      .toBe('pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=400m, used: requests.cpu=700m, limited: requests.cpu=1');
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: pod("c") }).message)
      .toBe('pods "c" is forbidden: failed quota: q: must specify requests.cpu for: c');
    make(cluster, "pods", wants("b", "100m"));
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: wants("d", "100m") }).message)
      .toBe('pods "d" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2');
  });

  it("taints new nodes and keeps kubelets to their own", () => {
    const cluster = new TestCluster();
    const node = (name: string): KubeObject => ({ apiVersion: "v1", kind: "Node", metadata: { name }, status: { capacity: { cpu: "4" } } }) as KubeObject;
    const made = cluster.do<Stored<Node>>({ verb: "create", resource: "nodes", ...kubelet, body: node("n1") });
    expect(made.spec?.taints).toEqual([{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }]);
    expect(made.status?.capacity).toEqual({ cpu: "4" });
    expect(cluster.refused({ verb: "create", resource: "nodes", ...kubelet, body: node("n2") }).message).toBe('nodes "n2" is forbidden: node "n1" is not allowed to modify node "n2"');
  });

  it("gives claims and ingresses their default class, and volumes their protection", () => {
    const cluster = new TestCluster();
    make(cluster, "storageclasses", { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } }, provisioner: "x" }, "storage.k8s.io");
    const claim = cluster.do({ verb: "create", resource: "persistentvolumeclaims", ...inDefault, body: { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "c" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } } as KubeObject });
    expect(claim).toMatchObject({ metadata: { finalizers: ["kubernetes.io/pvc-protection"] }, spec: { storageClassName: "fast" }, status: { phase: "Pending" } });
  });
});

describe("custom resources", () => {
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "crontabs.stable.example.com" },
    spec: {
      group: "stable.example.com", scope: "Namespaced", names: { plural: "crontabs", singular: "crontab", kind: "CronTab" },
      versions: [{ name: "v1", served: true, storage: true, subresources: { status: {} }, schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object", required: ["cron"], properties: { cron: { type: "string" }, replicas: { type: "integer", minimum: 1, default: 1 } } }, status: { type: "object", "x-kubernetes-preserve-unknown-fields": true } } } } }],
    },
  } as unknown as KubeObject;
  const crontabs = { group: "stable.example.com", resource: "crontabs", ...inDefault } as const;
  const definitions = { group: "apiextensions.k8s.io", resource: "customresourcedefinitions" } as const;
  const tab = (spec: object): KubeObject => ({ apiVersion: "stable.example.com/v1", kind: "CronTab", metadata: { name: "t" }, spec }) as KubeObject;

  it("are served once their definition is established, with defaults and validation, and go with it", () => {
    const cluster = new TestCluster();
    expect(cluster.refused({ ...crontabs, verb: "list" })).toMatchObject({ code: 404, message: "the server could not find the requested resource" });
    cluster.do({ ...definitions, verb: "create", body: definition });
    cluster.pass(50);
    const established = cluster.do({ ...definitions, verb: "get", name: "crontabs.stable.example.com" });
    expect(established).toMatchObject({ status: { acceptedNames: { kind: "CronTab", listKind: "CronTabList" }, storedVersions: ["v1"], conditions: [{ type: "NamesAccepted", status: "True" }, { type: "Established", status: "True" }] } });
    const made = cluster.do({ ...crontabs, verb: "create", body: tab({ cron: "* * * * *" }) });
    expect(made).toMatchObject({ spec: { replicas: 1 }, metadata: { generation: 1 } });
    expect(cluster.refused({ ...crontabs, verb: "create", body: tab({ cron: "x", replicas: 0 }) }).message).toContain("spec.replicas: Invalid value: 0");
    const next = cluster.do({ ...crontabs, verb: "patch", name: "t", body: { spec: { cron: "x" }, status: { a: 1 } } });
    expect(next.metadata?.generation).toBe(2);
    expect(next).not.toHaveProperty("status");
    cluster.do({ ...definitions, verb: "delete", name: "crontabs.stable.example.com" });
    cluster.pass(100);
    expect(cluster.names(definitions)).toEqual([]);
    expect(cluster.refused({ ...crontabs, verb: "list" }).code).toBe(404);
  });

  it("come back after the API server restarts", () => {
    const cluster = new TestCluster();
    cluster.do({ ...definitions, verb: "create", body: definition });
    cluster.pass(50);
    cluster.do({ ...crontabs, verb: "create", body: tab({ cron: "* * * * *" }) });
    cluster.world.crash("kube-apiserver");
    cluster.world.startComponent("kube-apiserver");
    cluster.pass(100);
    expect(cluster.names(crontabs)).toEqual(["t"]);
  });
});
