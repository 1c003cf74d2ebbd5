import { describe, expect, it } from "vitest";
import { API_SERVER, CLUSTER_DNS, CONTROL_PLANE_HOST, type EndpointSlice, type Service } from "../api/index.ts";
import { PartialCluster } from "../cluster/testing/partial-cluster.fake.ts";
import { clusterDns, DNS_ADDRESS, DNS_POD_ADDRESS } from "./index.ts";

function cluster(): PartialCluster {
  return new PartialCluster([clusterDns], [{ id: CLUSTER_DNS, type: "cluster-dns", host: CONTROL_PLANE_HOST, config: { hosts: new Map() } }]);
}

function ask(lab: PartialCluster, name: string): unknown {
  return lab.request(CLUSTER_DNS, { type: "network/ResolveName", name, namespace: "default" });
}

describe("cluster-dns", () => {
  it("makes its own Service and says where it is, once", () => {
    const lab = cluster();
    lab.world.crash(CLUSTER_DNS);
    lab.world.startComponent(CLUSTER_DNS);
    lab.pass(5000);
    const [service, ...others] = lab.list<Service>("services", "kube-system");
    expect(others).toEqual([]);
    expect(service?.spec).toMatchObject({ clusterIP: DNS_ADDRESS, ports: [{ port: 53, protocol: "UDP" }, { port: 53, protocol: "TCP" }] });
    const slice = lab.list<EndpointSlice>("endpointslices", "kube-system", "discovery.k8s.io")[0];
    expect(slice?.endpoints?.[0]?.addresses).toEqual([DNS_POD_ADDRESS]);
    expect(ask(lab, "kube-dns.kube-system")).toMatchObject({ addresses: [DNS_ADDRESS] });
  });

  it("knows of a Service as soon as the watch has told it", () => {
    const lab = cluster();
    expect(ask(lab, "web")).toEqual({ type: "network/name", addresses: [], ttlMs: 5000 });
    const web = lab.create<Service>("services", { apiVersion: "v1", kind: "Service", metadata: { namespace: "default", name: "web" }, spec: { ports: [{ port: 80 }] } });
    lab.pass(100);
    expect(ask(lab, "web")).toMatchObject({ addresses: [web.spec?.clusterIP] });
  });

  it("answers tools that ask over the network, at its port only", () => {
    const lab = cluster();
    const question = { type: "packet", protocol: "UDP", sourceIp: "10.244.1.2", host: DNS_POD_ADDRESS, port: 53, request: { method: "A", path: "kubernetes.default.svc.cluster.local" } };
    expect(lab.request(CLUSTER_DNS, question)).toMatchObject({ outcome: "answer", status: 0, body: "10.96.0.1" });
    expect(lab.request(CLUSTER_DNS, { ...question, request: { method: "A", path: "nothing" } })).toMatchObject({ outcome: "answer", status: 3, body: "" });
    expect(lab.request(CLUSTER_DNS, { ...question, port: 80 })).toMatchObject({ outcome: "refused" });
  });

  it("goes on answering without the API server", () => {
    const lab = cluster();
    lab.world.crash(API_SERVER);
    lab.pass(10_000);
    expect(ask(lab, "kubernetes")).toMatchObject({ addresses: ["10.96.0.1"] });
  });
});
