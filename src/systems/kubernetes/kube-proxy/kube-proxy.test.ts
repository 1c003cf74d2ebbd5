import { describe, expect, it } from "vitest";
import type { SetServiceRules } from "../../containers/network/index.ts";
import { API_SERVER, type EndpointSlice, type Service } from "../api/index.ts";
import { PartialCluster } from "../cluster/testing/partial-cluster.fake.ts";
import { kubeProxy, type KubeProxyConfig } from "./index.ts";

const PROXY = "kube-proxy/node-1";

function cluster(config: Partial<KubeProxyConfig> = {}): PartialCluster {
  return new PartialCluster([kubeProxy], [
    { id: "network/node-1", type: "listener", host: "node-1", config: undefined },
    { id: PROXY, type: "kube-proxy", host: "node-1", config: { node: "node-1", network: "network/node-1", ...config } },
  ]);
}

function service(name: string, spec: object = {}): Service {
  return { apiVersion: "v1", kind: "Service", metadata: { namespace: "default", name }, spec: { ports: [{ port: 80 }], ...spec } };
}

function slice(name: string, ips: readonly string[], nodeName = "node-1"): EndpointSlice {
  return {
    apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { namespace: "default", name: `${name}-1`, labels: { "kubernetes.io/service-name": name } }, addressType: "IPv4",
    ports: [{ port: 8080, protocol: "TCP" }], endpoints: ips.map((ip) => ({ addresses: [ip], nodeName, conditions: { ready: true, serving: true, terminating: false } })),
  };
}

function syncs(lab: PartialCluster): (SetServiceRules & { readonly at: number })[] {
  return lab.heard("network/node-1").messages as (SetServiceRules & { readonly at: number })[];
}

function addSlice(lab: PartialCluster, object: EndpointSlice): void {
  lab.create("endpointslices", object, "discovery.k8s.io");
}

describe("kube-proxy", () => {
  it("sends all rules once it has seen everything, then only what changed", () => {
    const lab = cluster();
    expect(syncs(lab).map(({ full }) => full)).toEqual([true, false]);
    expect(syncs(lab).at(-1)?.changed.map(({ service: name }) => name)).toEqual(["default/kubernetes"]);
    lab.create("services", service("web"));
    lab.pass(2000);
    expect(syncs(lab).at(-1)).toMatchObject({ full: false, changed: [{ service: "default/web" }] });
    lab.call({ verb: "delete", resource: "services", namespace: "default", name: "web" });
    lab.pass(2000);
    expect(syncs(lab).at(-1)).toMatchObject({ full: false, changed: [], removed: ["default/web"] });
  });

  it("syncs at once when it has been quiet, and then not more than once a second", () => {
    const lab = cluster();
    lab.create("services", service("web"));
    lab.pass(5000);
    const before = syncs(lab).length;
    const from = lab.world.now;
    for (let index = 0; index < 10; index++) {
      addSlice(lab, { ...slice("web", [`10.0.0.${index + 1}`]), metadata: { namespace: "default", name: `web-${index}`, labels: { "kubernetes.io/service-name": "web" } } });
      lab.pass(150);
    }
    lab.pass(3000);
    const times = syncs(lab).slice(before).map(({ at }) => at - from);
    expect(times[0]).toBeLessThan(100);
    for (let index = 1; index < times.length; index++) expect((times[index] ?? 0) - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(995);
    expect(times.length).toBeLessThan(5);
    expect(syncs(lab).at(-1)?.changed[0]?.entries[0]?.endpoints.cluster).toHaveLength(10);
  });

  it("leaves headless services and other proxies' services alone", () => {
    const lab = cluster();
    const before = syncs(lab).length;
    lab.create("services", service("headless", { clusterIP: "None", selector: { app: "web" } }));
    lab.create("services", { ...service("foreign"), metadata: { namespace: "default", name: "foreign", labels: { "service.kubernetes.io/service-proxy-name": "other" } } });
    lab.pass(2000);
    expect(syncs(lab).slice(before).flatMap(({ changed }) => changed)).toEqual([]);
  });

  it("does nothing for a change that means nothing to rules", () => {
    const lab = cluster();
    lab.create("services", service("web"));
    lab.pass(2000);
    const before = syncs(lab).length;
    lab.patch("services", "web", { metadata: { labels: { colour: "blue" } } }, { namespace: "default" });
    lab.pass(2000);
    expect(syncs(lab)).toHaveLength(before);
  });

  it("programs everything anew after a crash, and when the node has lost its rules", () => {
    const lab = cluster();
    lab.create("services", service("web"));
    lab.pass(2000);
    lab.world.crash(PROXY);
    lab.world.startComponent(PROXY);
    lab.pass(2000);
    expect(syncs(lab).at(-1)).toMatchObject({ full: true });
    expect(syncs(lab).at(-1)?.changed).toHaveLength(2);
    const before = syncs(lab).length;
    lab.world.inject(PROXY, { type: "network/RulesLost" });
    lab.pass(2000);
    expect(syncs(lab)).toHaveLength(before + 1);
    expect(syncs(lab).at(-1)?.full).toBe(true);
  });

  it("outlives the API server and catches up", () => {
    const lab = cluster();
    lab.create("services", service("web"));
    lab.pass(2000);
    lab.world.crash(API_SERVER);
    lab.pass(20_000);
    lab.world.startComponent(API_SERVER);
    lab.pass(60_000);
    addSlice(lab, slice("web", ["10.0.0.1"]));
    lab.pass(3000);
    expect(syncs(lab).at(-1)?.changed[0]?.entries[0]?.endpoints.cluster).toEqual([{ ip: "10.0.0.1", port: 8080 }]);
  });

  it("tells of changes that people care about, once, unless it is quiet", () => {
    const lab = cluster();
    const quiet = cluster({ quiet: true });
    for (const each of [lab, quiet]) {
      each.create("services", service("web"));
      each.pass(3000);
      addSlice(each, slice("web", ["10.0.0.1", "10.0.0.2"]));
      each.pass(3000);
      each.patch("services", "web", { spec: { sessionAffinity: "ClientIP" } }, { namespace: "default" });
      each.pass(3000);
    }
    expect(lab.notes("RulesProgrammed").map(({ object, data }) => [object, data["endpoints"]])).toEqual([["services/default/web", 0], ["services/default/web", 2]]);
    expect(quiet.notes("RulesProgrammed")).toEqual([]);
  });

  it("answers health checks: its own always, a service's only with a ready endpoint on the node", () => {
    const lab = cluster();
    lab.create("services", service("web"));
    lab.create("services", service("far"));
    addSlice(lab, slice("web", ["10.0.0.1"]));
    addSlice(lab, slice("far", ["10.0.0.2"], "node-2"));
    lab.pass(2000);
    expect(lab.request(PROXY, { type: "kube-proxy/HealthCheck" })).toMatchObject({ healthy: true });
    expect(lab.request(PROXY, { type: "kube-proxy/HealthCheck", service: "default/web" })).toMatchObject({ healthy: true });
    expect(lab.request(PROXY, { type: "kube-proxy/HealthCheck", service: "default/far" })).toMatchObject({ healthy: false });
  });
});
