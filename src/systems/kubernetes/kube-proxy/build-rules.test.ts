import { describe, expect, it } from "vitest";
import type { Endpoint, EndpointSlice, Service } from "../api/index.ts";
import { hasRules, serviceRules } from "./index.ts";

function service(spec: object = {}, status: object = {}): Service {
  return { metadata: { namespace: "default", name: "web" }, spec: { clusterIP: "10.96.1.1", clusterIPs: ["10.96.1.1"], ports: [{ port: 80, protocol: "TCP" }], ...spec }, status };
}

function endpoint(ip: string, change: Partial<Endpoint> = {}, conditions: object = { ready: true, serving: true, terminating: false }): Endpoint {
  return { addresses: [ip], nodeName: "node-1", conditions, ...change };
}

function slice(endpoints: readonly Endpoint[], ports: EndpointSlice["ports"] = [{ port: 8080, protocol: "TCP" }], addressType = "IPv4"): EndpointSlice {
  return { addressType, endpoints, ports: ports ?? [], metadata: { namespace: "default", name: "web-1", labels: { "kubernetes.io/service-name": "web" } } };
}

const TERMINATING = { ready: false, serving: true, terminating: true };

function clusterIps(rules: ReturnType<typeof serviceRules>): string[] {
  return (rules.entries[0]?.endpoints.cluster ?? []).map(({ ip, port }) => `${ip}:${port}`);
}

describe("which services get rules", () => {
  it("those with a cluster address", () => {
    expect(hasRules(service())).toBe(true);
    expect(hasRules(service({ clusterIP: "None" }))).toBe(false);
    expect(hasRules(service({ type: "ExternalName", clusterIP: undefined }))).toBe(false);
    expect(hasRules(service({ clusterIP: "" }))).toBe(false);
  });
});

describe("endpoints of a port", () => {
  it("are the ready ones of all slices, each once, at the port of that name and protocol", () => {
    const web = service({ ports: [{ name: "http", port: 80, protocol: "TCP" }] });
    const ports = [{ name: "http", port: 8080, protocol: "TCP" }, { name: "http", port: 9090, protocol: "UDP" }, { name: "other", port: 1, protocol: "TCP" }];
    const rules = serviceRules(web, [slice([endpoint("10.0.0.1"), endpoint("10.0.0.2", {}, { ready: false })], ports), slice([endpoint("10.0.0.3"), endpoint("10.0.0.1")], ports)]);
    expect(clusterIps(rules)).toEqual(["10.0.0.1:8080", "10.0.0.3:8080"]);
  });

  it("count as ready when the condition is absent; other address families are left out", () => {
    const rules = serviceRules(service(), [slice([endpoint("10.0.0.1", {}, {})]), slice([endpoint("fd00::1")], undefined, "IPv6")]);
    expect(clusterIps(rules)).toEqual(["10.0.0.1:8080"]);
  });

  it("are those that still serve while they terminate, when none is ready", () => {
    const leaving = endpoint("10.0.0.1", {}, TERMINATING);
    expect(clusterIps(serviceRules(service(), [slice([leaving, endpoint("10.0.0.2", {}, { ready: false, serving: false, terminating: true })])]))).toEqual(["10.0.0.1:8080"]);
    expect(clusterIps(serviceRules(service(), [slice([leaving, endpoint("10.0.0.3")])]))).toEqual(["10.0.0.3:8080"]);
  });

  it("by node, each node falling back on its own", () => {
    const rules = serviceRules(service(), [slice([endpoint("10.0.0.1"), endpoint("10.0.0.2", {}, TERMINATING), endpoint("10.0.0.3", { nodeName: "node-2" }, TERMINATING)])]);
    const local = rules.entries[0]?.endpoints.local;
    expect(local?.get("node-1")).toEqual([{ ip: "10.0.0.1", port: 8080 }]);
    expect(local?.get("node-2")).toEqual([{ ip: "10.0.0.3", port: 8080 }]);
  });

  it("by hint, when every ready one has a hint", () => {
    const zoned = (ip: string, zone: string): Endpoint => endpoint(ip, { hints: { forZones: [{ name: zone }] } });
    const hinted = serviceRules(service(), [slice([zoned("10.0.0.1", "a"), zoned("10.0.0.2", "b")])]).entries[0]?.endpoints;
    expect(hinted?.zoneHints?.get("b")).toEqual([{ ip: "10.0.0.2", port: 8080 }]);
    expect(hinted?.nodeHints).toBeUndefined();
    const partly = serviceRules(service(), [slice([zoned("10.0.0.1", "a"), endpoint("10.0.0.2")])]).entries[0]?.endpoints;
    expect(partly?.zoneHints).toBeUndefined();
  });
});

describe("addresses of a service", () => {
  it("cluster address, external addresses, load balancer and node port, with the policies of each", () => {
    const balanced = service(
      { type: "LoadBalancer", externalIPs: ["198.51.100.1"], externalTrafficPolicy: "Local", internalTrafficPolicy: "Cluster", loadBalancerSourceRanges: ["10.0.0.0/8"], ports: [{ port: 80, protocol: "TCP", nodePort: 30080 }] },
      { loadBalancer: { ingress: [{ ip: "203.0.113.1", ipMode: "VIP" }, { ip: "203.0.113.2", ipMode: "Proxy" }, { hostname: "lb.example" }] } },
    );
    expect(serviceRules(balanced, []).entries.map(({ key, external, localOnly, sourceRanges }) => [key, external, localOnly, sourceRanges.length])).toEqual([
      ["10.96.1.1:80/TCP", false, false, 0], ["198.51.100.1:80/TCP", true, true, 0], ["203.0.113.1:80/TCP", true, true, 1], [":30080/TCP", true, true, 0],
    ]);
  });

  it("session affinity has the API's default of three hours", () => {
    expect(serviceRules(service({ sessionAffinity: "ClientIP" }), []).entries[0]?.affinityMs).toBe(10_800_000);
    expect(serviceRules(service({ sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } } }), []).entries[0]?.affinityMs).toBe(10_000);
    expect(serviceRules(service(), []).entries[0]?.affinityMs).toBe(0);
  });

  it("are worked out once for the same objects, and shared frozen", () => {
    const web = service();
    const slices = [slice([endpoint("10.0.0.1")])];
    const rules = serviceRules(web, slices);
    expect(serviceRules(web, [...slices])).toBe(rules);
    expect(Object.isFrozen(rules)).toBe(true);
    expect(serviceRules(web, [...slices, slice([endpoint("10.0.0.2")])])).not.toBe(rules);
    expect(serviceRules({ ...web }, slices)).not.toBe(rules);
  });
});
