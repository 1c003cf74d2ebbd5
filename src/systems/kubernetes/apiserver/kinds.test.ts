import { describe, expect, it } from "vitest";
import type { Job, KubeObject, Namespace, Pod, PodDisruptionBudget, Service, Stored } from "../api/index.ts";
import { type Call, pod, TestCluster } from "./testing/world.ts";

const inDefault = { namespace: "default" };
const system = { user: "system:kube-controller-manager", agent: "kube-controller-manager" };

function service(name: string, spec: object): Call {
  return { verb: "create", resource: "services", ...inDefault, body: { apiVersion: "v1", kind: "Service", metadata: { name }, spec: { selector: { app: "web" }, ports: [{ port: 80 }], ...spec } } as KubeObject };
}

describe("start-up objects", () => {
  it("has the namespaces, the API's own Service and the priority classes", () => {
    const cluster = new TestCluster();
    expect(cluster.names({ resource: "namespaces" })).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
    const kubernetes = cluster.do<Stored<Service>>({ verb: "get", resource: "services", ...inDefault, name: "kubernetes" });
    expect(kubernetes.spec?.clusterIP).toBe("10.96.0.1");
    expect(cluster.names({ group: "discovery.k8s.io", resource: "endpointslices", ...inDefault })).toEqual(["kubernetes"]);
    expect(cluster.names({ group: "scheduling.k8s.io", resource: "priorityclasses" })).toEqual(["system-cluster-critical", "system-node-critical"]);
  });

  it("are not made twice when the API server restarts", () => {
    const cluster = new TestCluster();
    const before = cluster.do<Stored<Namespace>>({ verb: "get", resource: "namespaces", name: "default" });
    cluster.world.crash("kube-apiserver");
    cluster.world.startComponent("kube-apiserver");
    cluster.pass(100);
    expect(cluster.do<Stored<Namespace>>({ verb: "get", resource: "namespaces", name: "default" })).toEqual(before);
  });
});

describe("services", () => {
  it("get an address, and node ports where they need them", () => {
    const cluster = new TestCluster();
    const plain = cluster.do<Stored<Service>>(service("a", {}));
    expect(plain.spec).toMatchObject({ type: "ClusterIP", ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" });
    expect(plain.spec?.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
    expect(plain.spec?.clusterIPs).toEqual([plain.spec?.clusterIP]);
    const node = cluster.do<Stored<Service>>(service("b", { type: "NodePort" }));
    const port = node.spec?.ports?.[0]?.nodePort ?? 0;
    expect(port >= 30000 && port <= 32767).toBe(true);
    expect(cluster.do<Stored<Service>>(service("c", { clusterIP: "None" })).spec?.clusterIPs).toEqual(["None"]);
    expect(cluster.do<Stored<Service>>(service("d", { type: "ExternalName", externalName: "example.com" })).spec?.clusterIP).toBeUndefined();
  });

  it("refuse an address or port that is taken or out of range, and give them back", () => {
    const cluster = new TestCluster();
    cluster.do(service("a", { clusterIP: "10.96.7.7", type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] }));
    expect(cluster.refused(service("b", { clusterIP: "10.96.7.7" })).message)
      .toBe('Service "b" is invalid: spec.clusterIPs: Invalid value: ["10.96.7.7"]: failed to allocate IP 10.96.7.7: provided IP is already allocated');
    expect(cluster.refused(service("b", { clusterIP: "10.97.0.9" })).message).toContain("The range of valid IPs is 10.96.0.0/16");
    expect(cluster.refused(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] })).message)
      .toBe('Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated');
    expect(cluster.refused(service("b", { ipFamilies: ["IPv6"] })).message).toBe('Service "b" is invalid: spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster');
    expect(cluster.refused(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] })).message)
      .toContain("provided port is not in the valid range. The range of valid ports is 30000-32767");
    cluster.do({ verb: "delete", resource: "services", ...inDefault, name: "a" });
    cluster.pass(10);
    expect(cluster.do<Stored<Service>>(service("b", { clusterIP: "10.96.7.7" })).spec?.clusterIP).toBe("10.96.7.7");
  });

  it("reserve nothing on a dry run", () => {
    const cluster = new TestCluster();
    const call = service("a", { clusterIP: "10.96.7.7", type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] });
    cluster.do({ ...call, options: { dryRun: true } });
    expect(cluster.ask(call).code).toBe(201);
  });

  it("keep their address through an update that doesn't say it", () => {
    const cluster = new TestCluster();
    const made = cluster.do<Stored<Service>>(service("a", {}));
    const { clusterIP: _ip, clusterIPs: _ips, ...spec } = made.spec ?? {};
    const next = cluster.do<Stored<Service>>({ verb: "update", resource: "services", ...inDefault, name: "a", body: { ...made, spec: { ...spec, ports: [{ port: 81 }] } } as KubeObject });
    expect(next.spec?.clusterIP).toBe(made.spec?.clusterIP);
  });
});

describe("deletion", () => {
  it("is graceful for a running pod, at once for one without a node, and force ends it", () => {
    const cluster = new TestCluster();
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("lone") });
    expect(cluster.do({ verb: "delete", resource: "pods", ...inDefault, name: "lone" })).toMatchObject({ status: "Success", details: { name: "lone", kind: "pods" } });
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("web", { nodeName: "n1", terminationGracePeriodSeconds: 20 }) });
    const going = cluster.do<Stored<Pod>>({ verb: "delete", resource: "pods", ...inDefault, name: "web" });
    expect(going.metadata).toMatchObject({ deletionGracePeriodSeconds: 20, deletionTimestamp: "2026-01-01T00:00:20Z" });
    const sooner = cluster.do<Stored<Pod>>({ verb: "delete", resource: "pods", ...inDefault, name: "web", options: { gracePeriodSeconds: 5 } });
    expect(sooner.metadata.deletionGracePeriodSeconds).toBe(5);
    const later = cluster.do<Stored<Pod>>({ verb: "delete", resource: "pods", ...inDefault, name: "web", options: { gracePeriodSeconds: 60 } });
    expect(later.metadata.deletionGracePeriodSeconds).toBe(5);
    cluster.do({ verb: "delete", resource: "pods", ...inDefault, name: "web", options: { gracePeriodSeconds: 0 } });
    expect(cluster.names({ resource: "pods", ...inDefault })).toEqual([]);
  });

  it("waits for finalizers and ends with the last one", () => {
    const cluster = new TestCluster();
    const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", finalizers: ["example.com/keep"] } };
    cluster.do({ verb: "create", resource: "configmaps", ...inDefault, body: config });
    const marked = cluster.do({ verb: "delete", resource: "configmaps", ...inDefault, name: "c" });
    expect(marked.metadata?.deletionTimestamp).toBeDefined();
    cluster.do({ verb: "patch", resource: "configmaps", ...inDefault, name: "c", body: { metadata: { finalizers: null } } });
    expect(cluster.names({ resource: "configmaps", ...inDefault })).toEqual([]);
  });

  it("turns propagation into finalizers", () => {
    const cluster = new TestCluster();
    const job = (name: string): KubeObject => ({ apiVersion: "batch/v1", kind: "Job", metadata: { name }, spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "busybox" }] } } } }) as KubeObject;
    const jobs = { group: "batch", resource: "jobs", ...inDefault } as const;
    cluster.do({ ...jobs, verb: "create", body: job("a") });
    expect(cluster.do<Stored<Job>>({ ...jobs, verb: "delete", name: "a" }).metadata.finalizers).toEqual(["orphan"]);
    cluster.do({ ...jobs, verb: "create", body: job("b") });
    expect(cluster.do<Stored<Job>>({ ...jobs, verb: "delete", name: "b", options: { propagationPolicy: "Foreground" } }).metadata.finalizers).toEqual(["foregroundDeletion"]);
    cluster.do({ ...jobs, verb: "create", body: job("c") });
    cluster.do({ ...jobs, verb: "delete", name: "c", options: { propagationPolicy: "Background" } });
    expect(cluster.names(jobs)).toEqual(["a", "b"]);
  });

  it("of a namespace goes by way of Terminating, and the system's own stay", () => {
    const cluster = new TestCluster();
    cluster.do({ verb: "create", resource: "namespaces", body: { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } } });
    const going = cluster.do<Stored<Namespace>>({ verb: "delete", resource: "namespaces", name: "shop" });
    expect(going.status?.phase).toBe("Terminating");
    cluster.pass(10);
    expect(cluster.refused({ verb: "create", resource: "pods", namespace: "shop", body: pod("web") }).message)
      .toBe('pods "web" is forbidden: unable to create new content in namespace shop because it is being terminated');
    cluster.do({ verb: "update", resource: "namespaces", name: "shop", subresource: "finalize", ...system, body: { ...going, spec: { finalizers: [] } } as KubeObject });
    expect(cluster.names({ resource: "namespaces" })).not.toContain("shop");
    expect(cluster.refused({ verb: "delete", resource: "namespaces", name: "default" }).message).toBe('namespaces "default" is forbidden: this namespace may not be deleted');
  });

  it("of a collection takes what the selector picks", () => {
    const cluster = new TestCluster();
    for (const name of ["a", "b", "c"]) cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod(name, {}, { labels: { keep: name === "c" ? "yes" : "no" } }) });
    expect(cluster.ask({ verb: "deletecollection", resource: "pods", ...inDefault, options: { labelSelector: "keep=no" } }).code).toBe(200);
    expect(cluster.names({ resource: "pods", ...inDefault })).toEqual(["c"]);
  });
});

describe("eviction", () => {
  it("obeys the disruption budget", () => {
    const cluster = new TestCluster();
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("web", { nodeName: "n1" }, { labels: { app: "web" } }) });
    const running = cluster.do<Stored<Pod>>({ verb: "get", resource: "pods", ...inDefault, name: "web", ...system });
    cluster.do({ verb: "update", resource: "pods", subresource: "status", ...inDefault, name: "web", ...system, body: { ...running, status: { ...running.status, phase: "Running", conditions: [{ type: "Ready", status: "True" }] } } as KubeObject });
    const budgets = { group: "policy", resource: "poddisruptionbudgets", ...inDefault } as const;
    const made = cluster.do<Stored<PodDisruptionBudget>>({ ...budgets, verb: "create", ...system, body: { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "pdb" }, spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } } } as KubeObject });
    const eviction: Call = { verb: "create", resource: "pods", subresource: "eviction", ...inDefault, name: "web", body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "web", namespace: "default" } } };
    const setStatus = (disruptionsAllowed: number): void => {
      cluster.do({ ...budgets, verb: "update", subresource: "status", name: "pdb", ...system, body: { ...made, metadata: { name: "pdb" }, status: { observedGeneration: 1, disruptionsAllowed, desiredHealthy: 1, currentHealthy: 1, expectedPods: 1 } } as KubeObject });
    };
    setStatus(0);
    const refused = cluster.ask(eviction);
    expect(refused).toMatchObject({ code: 429, body: { message: "Cannot evict pod as it would violate the pod's disruption budget.", details: { causes: [{ reason: "DisruptionBudget", message: "The disruption budget pdb needs 1 healthy pods and has 1 currently" }] } } });
    setStatus(1);
    expect(cluster.ask(eviction).code).toBe(201);
    expect(cluster.do<Stored<Pod>>({ verb: "get", resource: "pods", ...inDefault, name: "web" }).metadata.deletionTimestamp).toBeDefined();
    expect(cluster.do<Stored<PodDisruptionBudget>>({ ...budgets, verb: "get", name: "pdb" }).status).toMatchObject({ disruptionsAllowed: 0 });
  });
});

describe("scale, names and generations", () => {
  const deployments = { group: "apps", resource: "deployments", ...inDefault } as const;
  const body = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: { selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: "nginx" }] } } } } as KubeObject;

  it("scales by PUT and by patch, and counts a generation each", () => {
    const cluster = new TestCluster();
    cluster.do({ ...deployments, verb: "create", body });
    const scale = cluster.do({ ...deployments, verb: "get", name: "web", subresource: "scale" });
    expect(scale).toMatchObject({ kind: "Scale", apiVersion: "autoscaling/v1", spec: { replicas: 1 }, status: { replicas: 0, selector: "app=web" } });
    cluster.do({ ...deployments, verb: "update", name: "web", subresource: "scale", body: { ...scale, spec: { replicas: 4 } } as KubeObject });
    const patched = cluster.do({ ...deployments, verb: "patch", name: "web", subresource: "scale", body: { spec: { replicas: 6 } } });
    expect(patched).toMatchObject({ kind: "Scale", spec: { replicas: 6 } });
    expect(cluster.do({ ...deployments, verb: "get", name: "web" }).metadata?.generation).toBe(3);
  });

  it("does not count a generation for labels or status", () => {
    const cluster = new TestCluster();
    cluster.do({ ...deployments, verb: "create", body });
    cluster.do({ ...deployments, verb: "patch", name: "web", body: { metadata: { labels: { a: "b" } } } });
    const next = cluster.do({ ...deployments, verb: "patch", name: "web", subresource: "status", body: { status: { replicas: 3 }, spec: { replicas: 9 } }, ...system });
    expect(next).toMatchObject({ metadata: { generation: 1 }, spec: { replicas: 1 }, status: { replicas: 3 } });
  });

  it("makes names of five safe characters", () => {
    const cluster = new TestCluster();
    const made = cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("", {}, { name: undefined, generateName: "web-" }) });
    expect(made.metadata?.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it("changes nothing on a dry run", () => {
    const cluster = new TestCluster();
    expect(cluster.ask({ ...deployments, verb: "create", body, options: { dryRun: true } }).code).toBe(201);
    expect(cluster.names(deployments)).toEqual([]);
  });
});
