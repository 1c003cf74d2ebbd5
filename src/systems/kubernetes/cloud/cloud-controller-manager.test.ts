import { describe, expect, it } from "vitest";
import { API_SERVER, CLOUD_CONTROLLER_MANAGER, CONTROL_PLANE_HOST, type Event, LOAD_BALANCERS, type Node, type Service } from "../api/index.ts";
import { PartialCluster } from "../cluster/testing/partial-cluster.fake.ts";
import { cloudControllerManager, loadBalancers, type LoadBalancersState } from "./index.ts";

const FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

class Cloud extends PartialCluster {
  constructor() {
    super([cloudControllerManager, loadBalancers], [
      { id: CLOUD_CONTROLLER_MANAGER, type: "cloud-controller-manager", host: CONTROL_PLANE_HOST, config: undefined },
      { id: LOAD_BALANCERS, type: "cloud-load-balancers", host: "cloud", config: undefined },
    ]);
    for (const name of ["node-1", "node-2"]) this.create<Node>("nodes", { apiVersion: "v1", kind: "Node", metadata: { name } });
  }
  service(name = "web", spec: object = {}): void {
    this.create<Service>("services", { apiVersion: "v1", kind: "Service", metadata: { namespace: "default", name }, spec: { type: "LoadBalancer", ports: [{ port: 80 }], ...spec } });
  }
  read(name = "web"): Service | undefined {
    return this.list<Service>("services", "default").find((service) => service.metadata?.name === name);
  }
  ip(name = "web"): string | undefined {
    return this.read(name)?.status?.loadBalancer?.ingress?.[0]?.ip;
  }
  balancers(): LoadBalancersState["balancers"] {
    return this.world.stateOf<LoadBalancersState>(LOAD_BALANCERS)!.balancers;
  }
  events(): string[] {
    return this.list<Event>("events", "default").map(({ reason = "" }) => reason);
  }
  change(body: unknown, name = "web"): void {
    this.patch("services", name, body, { namespace: "default" });
  }
}

describe("services of type LoadBalancer", () => {
  it("get an address, a finalizer and Events", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(2000);
    expect(cloud.read()?.metadata?.finalizers).toEqual([FINALIZER]);
    expect(cloud.ip()).toBeUndefined();
    cloud.pass(30_000);
    expect(cloud.read()?.status?.loadBalancer?.ingress).toEqual([{ ip: "203.0.113.10", ipMode: "VIP" }]);
    expect(cloud.events()).toEqual(["EnsuringLoadBalancer", "EnsuredLoadBalancer"]);
    expect([...cloud.balancers().values()][0]?.spec).toMatchObject({ service: "default/web", nodes: ["node-1", "node-2"], ports: [{ port: 80, protocol: "TCP" }] });
    expect(cloud.notes("LoadBalancerRequested")).toHaveLength(1);
    expect(cloud.notes("LoadBalancerReady").map(({ data }) => data["ip"])).toEqual(["203.0.113.10"]);
  });

  it("lose it with the Service, which waits for that", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(30_000);
    cloud.call({ verb: "delete", resource: "services", namespace: "default", name: "web" });
    cloud.pass(1000);
    expect(cloud.read()?.metadata?.deletionTimestamp).toBeDefined();
    cloud.pass(10_000);
    expect(cloud.read()).toBeUndefined();
    expect(cloud.balancers().size).toBe(0);
    expect(cloud.events().slice(2)).toEqual(["DeletingLoadBalancer", "DeletedLoadBalancer"]);
  });

  it("lose it when they become another type, and keep working", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(30_000);
    cloud.change({ spec: { type: "ClusterIP" } });
    cloud.pass(10_000);
    expect(cloud.balancers().size).toBe(0);
    expect(cloud.read()?.metadata?.finalizers ?? []).toEqual([]);
    expect(cloud.ip()).toBeUndefined();
    expect(cloud.read()?.spec?.clusterIP).toMatch(/^10\.96\./);
  });

  it("of another class are left to whom they belong, and so are other types", () => {
    const cloud = new Cloud();
    cloud.service("foreign", { loadBalancerClass: "example.com/mine" });
    cloud.service("plain", { type: "ClusterIP" });
    cloud.pass(40_000);
    expect(cloud.balancers().size).toBe(0);
    expect(cloud.events()).toEqual([]);
  });

  it("hand changes of ports and policies to the cloud, other changes not", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(30_000);
    cloud.change({ metadata: { labels: { a: "b" } } });
    cloud.pass(5000);
    expect(cloud.events()).toHaveLength(2);
    cloud.change({ spec: { externalTrafficPolicy: "Local", ports: [{ name: "http", port: 80 }, { name: "https", port: 443 }] } });
    cloud.pass(5000);
    expect([...cloud.balancers().values()][0]?.spec).toMatchObject({ localOnly: true, ports: [{ port: 80 }, { port: 443 }] });
    expect(cloud.ip()).toBe("203.0.113.10");
  });

  it("say why when the cloud refuses, and try again", () => {
    const cloud = new Cloud();
    cloud.service("web", { loadBalancerIP: "8.8.8.8" });
    cloud.pass(40_000);
    const failed = cloud.list<Event>("events", "default").find(({ reason }) => reason === "SyncLoadBalancerFailed");
    expect(failed).toMatchObject({ type: "Warning", message: "Error syncing load balancer: address 8.8.8.8 is not available" });
    cloud.change({ spec: { loadBalancerIP: "203.0.113.88" } });
    cloud.pass(90_000);
    expect(cloud.ip()).toBe("203.0.113.88");
  });
});

describe("nodes behind a load balancer", () => {
  it("come and go with the cluster's nodes, their labels and taints", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(30_000);
    const nodes = (): readonly string[] | undefined => [...cloud.balancers().values()][0]?.spec.nodes;
    cloud.create<Node>("nodes", { apiVersion: "v1", kind: "Node", metadata: { name: "node-3" } });
    cloud.pass(5000);
    expect(nodes()).toEqual(["node-1", "node-2", "node-3"]);
    expect(cloud.events()).toContain("UpdatedLoadBalancer");
    cloud.patch("nodes", "node-1", { metadata: { labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" } } });
    cloud.patch("nodes", "node-2", { spec: { taints: [{ key: "ToBeDeletedByClusterAutoscaler", value: "1", effect: "NoSchedule" }] } });
    cloud.pass(5000);
    expect(nodes()).toEqual(["node-3"]);
    cloud.call({ verb: "delete", resource: "nodes", name: "node-3" });
    cloud.pass(5000);
    expect(nodes()).toEqual([]);
  });
});

describe("crashes", () => {
  it("of the controller, half way: it goes on, and one load balancer comes of it", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(3000);
    cloud.world.crash(CLOUD_CONTROLLER_MANAGER);
    cloud.pass(5000);
    cloud.world.startComponent(CLOUD_CONTROLLER_MANAGER);
    cloud.pass(40_000);
    expect(cloud.balancers().size).toBe(1);
    expect(cloud.ip()).toBe("203.0.113.10");
  });

  it("of the controller while a Service is deleted: cleaned up afterwards", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(30_000);
    cloud.world.crash(CLOUD_CONTROLLER_MANAGER);
    cloud.call({ verb: "delete", resource: "services", namespace: "default", name: "web" });
    cloud.pass(20_000);
    expect(cloud.read()?.metadata?.deletionTimestamp).toBeDefined();
    cloud.world.startComponent(CLOUD_CONTROLLER_MANAGER);
    cloud.pass(20_000);
    expect(cloud.read()).toBeUndefined();
    expect(cloud.balancers().size).toBe(0);
  });

  it("of the API server while the cloud works: the address is written when it is back", () => {
    const cloud = new Cloud();
    cloud.service();
    cloud.pass(3000);
    cloud.world.crash(API_SERVER);
    cloud.pass(40_000);
    cloud.world.startComponent(API_SERVER);
    cloud.pass(90_000);
    expect(cloud.ip()).toBe("203.0.113.10");
  });
});
