import { describe, expect, it } from "vitest";
import { applyUpsert, createCache } from "../../../engine/reconcile/index.ts";
import type { EndpointSlice, Service } from "../api/index.ts";
import { resolveName, type Zone } from "./index.ts";

const BY_SERVICE = { service: (slice: EndpointSlice) => [`${slice.metadata?.namespace ?? ""}/${slice.metadata?.labels?.["kubernetes.io/service-name"] ?? ""}`] };

function zone(services: readonly Service[], slices: readonly EndpointSlice[] = []): Zone {
  const made: Zone = { services: createCache<Service>(), slices: createCache<EndpointSlice>(BY_SERVICE), hosts: new Map([["node-1", "192.168.0.12"]]) };
  for (const each of services) applyUpsert(made.services, {}, `${each.metadata?.namespace ?? ""}/${each.metadata?.name ?? ""}`, each);
  for (const each of slices) applyUpsert(made.slices, BY_SERVICE, `${each.metadata?.namespace ?? ""}/${each.metadata?.name ?? ""}`, each);
  return made;
}

function service(name: string, spec: Service["spec"], namespace = "default"): Service {
  return { metadata: { namespace, name }, ...(spec === undefined ? {} : { spec }) };
}

const WEB = service("web", { clusterIP: "10.96.1.1", clusterIPs: ["10.96.1.1"] });
const DB = service("db", { clusterIP: "None", clusterIPs: ["None"] });
const DB_SLICE: EndpointSlice = {
  addressType: "IPv4", metadata: { namespace: "default", name: "db-1", labels: { "kubernetes.io/service-name": "db" } },
  endpoints: [
    { addresses: ["10.244.1.5"], hostname: "db-0", conditions: { ready: true } },
    { addresses: ["10.244.2.6"], hostname: "db-1", conditions: { ready: false } },
    { addresses: ["10.244.3.7"], conditions: {} },
  ],
};

describe("names of services", () => {
  it.each(["web", "web.default", "web.default.svc", "web.default.svc.cluster.local", "web.default.svc.cluster.local.", "WEB"])("%s from the same namespace", (name) => {
    expect(resolveName(zone([WEB]), name, "default")).toEqual(["10.96.1.1"]);
  });

  it("a bare name means the pod's own namespace", () => {
    const both = zone([WEB, service("web", { clusterIP: "10.96.2.2" }, "shop")]);
    expect(resolveName(both, "web", "shop")).toEqual(["10.96.2.2"]);
    expect(resolveName(both, "web", "other")).toEqual([]);
    expect(resolveName(both, "web.default", "shop")).toEqual(["10.96.1.1"]);
  });

  it("a dot at the end means no search list", () => {
    expect(resolveName(zone([WEB]), "web.", "default")).toEqual([]);
    expect(resolveName(zone([WEB]), "web.default.svc.", "default")).toEqual([]);
  });

  it("what isn't there has no addresses", () => {
    for (const name of ["nothing", "web.nowhere", "example.com", "web.default.pod.cluster.local", "a.b.web.default.svc.cluster.local", "svc.cluster.local", ""]) expect(resolveName(zone([WEB]), name, "default")).toEqual([]);
  });
});

describe("headless services", () => {
  it("have the addresses of their ready endpoints", () => {
    expect(resolveName(zone([DB], [DB_SLICE]), "db", "default")).toEqual(["10.244.1.5", "10.244.3.7"]);
    expect(resolveName(zone([DB]), "db", "default")).toEqual([]);
  });

  it("and a name for each, by host name or address", () => {
    const made = zone([DB], [DB_SLICE]);
    expect(resolveName(made, "db-0.db", "default")).toEqual(["10.244.1.5"]);
    expect(resolveName(made, "db-0.db.default.svc.cluster.local", "shop")).toEqual(["10.244.1.5"]);
    expect(resolveName(made, "db-1.db", "default")).toEqual([]);
    expect(resolveName(made, "10-244-3-7.db.default.svc.cluster.local", "default")).toEqual(["10.244.3.7"]);
    expect(resolveName(made, "10-244-1-5.db.default.svc.cluster.local", "default")).toEqual([]);
  });
});

describe("other names", () => {
  it("ExternalName leads on, within the cluster or out of it, and not in circles", () => {
    const alias = (name: string, externalName: string): Service => service(name, { type: "ExternalName", externalName });
    const made = zone([WEB, alias("shop", "web.default.svc.cluster.local"), alias("machine", "node-1."), alias("away", "example.com"), alias("ring", "ring.default.svc.cluster.local")]);
    expect(resolveName(made, "shop", "default")).toEqual(["10.96.1.1"]);
    expect(resolveName(made, "machine", "default")).toEqual(["192.168.0.12"]);
    expect(resolveName(made, "away", "default")).toEqual([]);
    expect(resolveName(made, "ring", "default")).toEqual([]);
  });

  it("pods by their address, machines by their name", () => {
    expect(resolveName(zone([]), "10-244-1-7.default.pod.cluster.local", "default")).toEqual(["10.244.1.7"]);
    expect(resolveName(zone([]), "10-244-1-7.default.pod", "default")).toEqual(["10.244.1.7"]);
    expect(resolveName(zone([]), "node-1", "default")).toEqual(["192.168.0.12"]);
  });
});
