import { describe, expect, it } from "vitest";
import type { ConfigMap, Endpoints, EndpointSlice, Pod, Service, ServiceAccount } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";

function service(spec: Partial<NonNullable<Service["spec"]>> = {}, name = "web"): Service {
  return {
    apiVersion: "v1", kind: "Service", metadata: { name, namespace: "default", labels: { team: "a" } },
    spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: "http" }], ...spec },
  };
}
function pod(name: string, labels: Record<string, string> = { app: "web" }): Pod {
  return {
    apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default", labels },
    spec: { containers: [{ name: "c", image: "nginx", ports: [{ name: "http", containerPort: 8080 }] }] },
  };
}
function cluster(): RealCluster {
  const c = new RealCluster(CONTROLLERS);
  c.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name: "node-1", labels: { "topology.kubernetes.io/zone": "zone-a" } } });
  return c;
}
const slices = (c: RealCluster, name = "web"): EndpointSlice[] =>
  c.list<EndpointSlice>("endpointslices.discovery.k8s.io", "default").filter((slice) => slice.metadata?.labels?.["kubernetes.io/service-name"] === name);

describe("EndpointSlice", () => {
  it("has an empty placeholder while nothing is selected", () => {
    const c = cluster();
    c.create("services", service());
    c.run(200);
    expect(slices(c)).toHaveLength(1);
    expect(slices(c)[0]).toMatchObject({
      addressType: "IPv4", metadata: { generateName: "web-", labels: { team: "a", "kubernetes.io/service-name": "web", "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io" } },
    });
    expect(slices(c)[0]?.endpoints ?? []).toEqual([]);
  });

  it("holds ready and unready pods with their conditions, ports by name, node and zone", () => {
    const c = cluster();
    c.create("services", service());
    c.create("pods", pod("a"));
    c.run(100);
    c.runPods("default", false);
    expect(slices(c)[0]?.endpoints?.[0]?.conditions).toEqual({ ready: false, serving: false, terminating: false });
    c.runPods("default", true);
    const [slice] = slices(c);
    expect(slices(c)).toHaveLength(1);
    expect(slice?.ports).toEqual([{ name: "http", port: 8080, protocol: "TCP" }]);
    expect(slice?.endpoints?.[0]).toMatchObject({
      addresses: ["10.244.0.2"], conditions: { ready: true, serving: true, terminating: false }, nodeName: "node-1", zone: "zone-a", targetRef: { kind: "Pod", name: "a", namespace: "default" },
    });
    expect(c.get<Endpoints>("endpoints", "default/web")?.subsets).toMatchObject([{ addresses: [{ ip: "10.244.0.2", nodeName: "node-1" }], ports: [{ name: "http", port: 8080 }] }]);
    expect(c.notes("EndpointsChanged").at(-1)?.data).toEqual({ service: "web", ready: 1, notReady: 0 });
  });

  it("marks a terminating pod serving but not ready, and drops it when it is gone", () => {
    const c = cluster();
    c.create("services", service());
    c.create("pods", pod("a"));
    c.run(100);
    c.runPods("default");
    c.delete("pods", "default/a");
    c.run(200);
    expect(slices(c)[0]?.endpoints?.[0]?.conditions).toEqual({ ready: false, serving: true, terminating: true });
    expect(c.get<Endpoints>("endpoints", "default/web")?.subsets ?? []).toEqual([]);
    c.delete("pods", "default/a", { gracePeriodSeconds: 0 });
    c.run(200);
    expect(slices(c)[0]?.endpoints ?? []).toEqual([]);
  });

  it("publishes unready pods when asked to", () => {
    const c = cluster();
    c.create("services", service({ publishNotReadyAddresses: true, clusterIP: "None" }));
    c.create("pods", pod("a"));
    c.run(100);
    c.runPods("default", false);
    expect(slices(c)[0]?.endpoints?.[0]?.conditions).toEqual({ ready: true, serving: false, terminating: false });
    expect(slices(c)[0]?.metadata?.labels?.["service.kubernetes.io/headless"]).toBe("");
  });

  it("follows labels and selectors", () => {
    const c = cluster();
    c.create("services", service());
    c.create("pods", pod("a"));
    c.create("pods", pod("b", { app: "other" }));
    c.run(100);
    c.runPods("default");
    expect(slices(c)[0]?.endpoints).toHaveLength(1);
    c.patch("pods", "default/b", { metadata: { labels: { app: "web" } } });
    c.run(200);
    expect(slices(c)[0]?.endpoints).toHaveLength(2);
    c.patch("services", "default/web", { spec: { selector: { app: "none" } } });
    c.run(200);
    expect(slices(c).flatMap((slice) => slice.endpoints ?? [])).toEqual([]);
  });

  it("puts at most 100 endpoints into a slice", () => {
    const c = cluster();
    c.create("services", service());
    for (let index = 0; index < 120; index++) c.create("pods", pod(`p${String(index)}`));
    c.run(500);
    c.runPods("default");
    c.run(500);
    expect(slices(c).map((slice) => slice.endpoints?.length ?? 0).sort()).toEqual([100, 20]);
  });

  it("mirrors Endpoints that somebody wrote for a service without a selector", () => {
    const c = cluster();
    c.create("services", { apiVersion: "v1", kind: "Service", metadata: { name: "db", namespace: "default" }, spec: { ports: [{ name: "sql", port: 5432 }] } });
    c.create("endpoints", {
      apiVersion: "v1", kind: "Endpoints", metadata: { name: "db", namespace: "default" },
      subsets: [{ addresses: [{ ip: "192.0.2.9" }], ports: [{ name: "sql", port: 5432 }] }],
    } as Endpoints);
    c.run(300);
    expect(slices(c, "db")).toMatchObject([{
      addressType: "IPv4", endpoints: [{ addresses: ["192.0.2.9"], conditions: { ready: true } }], ports: [{ name: "sql", port: 5432, protocol: "TCP" }],
      metadata: { labels: { "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io" } },
    }]);
    c.delete("endpoints", "default/db");
    c.run(300);
    expect(slices(c, "db")).toEqual([]);
  });
});

describe("what every namespace has", () => {
  it("has a default ServiceAccount and the root certificate, and gets them back", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    c.run(200);
    for (const namespace of ["default", "kube-system", "shop"]) {
      expect(c.get<ServiceAccount>("serviceaccounts", `${namespace}/default`)?.kind).toBe("ServiceAccount");
      expect(Object.keys(c.get<ConfigMap>("configmaps", `${namespace}/kube-root-ca.crt`)?.data ?? {})).toEqual(["ca.crt"]);
    }
    c.delete("serviceaccounts", "shop/default");
    c.patch("configmaps", "shop/kube-root-ca.crt", { data: { "ca.crt": "forged" } });
    c.run(200);
    expect(c.get<ServiceAccount>("serviceaccounts", "shop/default")).toBeDefined();
    expect(c.get<ConfigMap>("configmaps", "shop/kube-root-ca.crt")?.data?.["ca.crt"]).toContain("BEGIN CERTIFICATE");
  });

  it("comes to rest", () => {
    const c = new RealCluster(CONTROLLERS);
    c.run(5000);
    const before = c.list("configmaps").map((item) => item.metadata?.resourceVersion);
    c.run(600_000);
    expect(c.list("configmaps").map((item) => item.metadata?.resourceVersion)).toEqual(before);
  });
});
