import { describe, expect, it } from "vitest";
import type { ServiceSpec } from "../api/index.ts";
import { createErrors, objectOf, serviceWith, updateErrors } from "./testing.ts";

const PORT = { port: 80, targetPort: 8080, protocol: "TCP" };
const RANGE = "must be between 1 and 65535, inclusive";

describe("Service", () => {
  it.each<[string, Partial<ServiceSpec>, readonly string[]]>([
    ["valid", {}, []],
    ["no ports", { ports: [] }, ["spec.ports: Required value"]],
    ["headless without ports", { ports: [], clusterIP: "None", clusterIPs: ["None"] }, []],
    ["unnamed ports", { ports: [PORT, { ...PORT, port: 81 }] }, ["spec.ports[0].name: Required value", "spec.ports[1].name: Required value"]],
    ["same names", { ports: [{ ...PORT, name: "a" }, { ...PORT, name: "a", port: 81 }] }, ['spec.ports[1].name: Duplicate value: "a"']],
    ["port", { ports: [{ ...PORT, port: 0 }] }, [`spec.ports[0].port: Invalid value: 0: ${RANGE}`]],
    ["target port", { ports: [{ ...PORT, targetPort: "WEB" }] }, ['spec.ports[0].targetPort: Invalid value: "WEB": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)', 'spec.ports[0].targetPort: Invalid value: "WEB": must contain at least one letter (a-z)']],
    ["node port", { ports: [{ ...PORT, nodePort: 30080 }] }, ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"]],
    ["same port twice", { ports: [{ ...PORT, name: "a" }, { ...PORT, name: "b" }] }, ['spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}']],
    ["type", { type: "Public" }, ['spec.type: Unsupported value: "Public": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"']],
    ["affinity", { sessionAffinity: "Cookie" }, ['spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"']],
    ["affinity timeout", { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } }, ["spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400"]],
    ["external policy", { externalTrafficPolicy: "Local" }, ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services']],
    ["cluster IP", { clusterIP: "1.2.3", clusterIPs: ["1.2.3"] }, ['spec.clusterIPs[0]: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
    ["family", { ipFamilies: ["IPv6"] }, ['spec.clusterIPs[0]: Invalid value: "10.96.0.10": expected an IPv6 value as indicated by `ipFamilies[0]`']],
    ["source ranges", { loadBalancerSourceRanges: ["10.0.0.0/8"] }, ["spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"]],
    ["external name", { type: "ExternalName", clusterIP: "", clusterIPs: [], ipFamilies: [], ports: [] }, ["spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services", "spec.externalName: Required value"]],
    ["external IP", { externalIPs: ["127.0.0.1"], externalTrafficPolicy: "Cluster" }, ['spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)']],
    ["distribution", { trafficDistribution: "Near" }, ['spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"']],
  ])("%s", (_name, spec, errors) => {
    expect(createErrors(serviceWith(spec))).toEqual(errors);
  });

  it("is named by RFC 1035", () => {
    const service = { ...serviceWith(), metadata: { ...serviceWith().metadata, name: "1web" } };
    expect(createErrors(service)[0]).toContain('metadata.name: Invalid value: "1web": a DNS-1035 label must consist of lower case alphanumeric characters');
  });

  it("18 change of an immutable field: the cluster IP", () => {
    const next = serviceWith({ clusterIP: "10.96.0.11", clusterIPs: ["10.96.0.11"] });
    expect(updateErrors(next, serviceWith())).toEqual(['spec.clusterIPs[0]: Invalid value: ["10.96.0.11"]: may not change once set']);
    expect(updateErrors(serviceWith({ selector: { app: "x" } }), serviceWith())).toEqual([]);
    expect(updateErrors(serviceWith({ clusterIP: "", clusterIPs: [] }), serviceWith())).toEqual(["spec.clusterIPs[0]: Invalid value: null: primary clusterIP can not be unset"]);
    const dual = { clusterIPs: ["10.96.0.10", "fd00::10"], ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "PreferDualStack" };
    expect(updateErrors(serviceWith({ ipFamilyPolicy: "PreferDualStack" }), serviceWith(dual))).toEqual([
      `spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be set to 'SingleStack' when releasing the secondary clusterIP`,
    ]);
  });

  it("shows a load balancer's address only for load balancers", () => {
    const withIngress = { ...serviceWith(), status: { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } } };
    expect(updateErrors(withIngress, serviceWith(), "", true, "status")).toEqual(["status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'"]);
  });
});

describe("Ingress", () => {
  const backend = { service: { name: "web", port: { number: 80 } } };
  const path = { path: "/", pathType: "Prefix", backend };
  const ingress = (spec: object): readonly string[] => createErrors(objectOf("Ingress", { spec }), "networking.k8s.io");
  const withPath = (fields: object): readonly string[] => ingress({ rules: [{ http: { paths: [{ ...path, ...fields }] } }] });

  it.each<[string, object, readonly string[]]>([
    ["valid", {}, []],
    ["no path type", { pathType: undefined }, ["spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified"]],
    ["path type", { pathType: "Regex" }, ['spec.rules[0].http.paths[0].pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"']],
    ["relative", { path: "x" }, ['spec.rules[0].http.paths[0].path: Invalid value: "x": must be an absolute path']],
    ["double slash", { path: "/a//b" }, [`spec.rules[0].http.paths[0].path: Invalid value: "/a//b": must not contain '//'`]],
    ["no backend", { backend: {} }, ["spec.rules[0].http.paths[0].backend: Required value: resource or service backend is required"]],
    ["no port", { backend: { service: { name: "web" } } }, ["spec.rules[0].http.paths[0].backend.service: Required value: port name or number is required"]],
    ["two ports", { backend: { service: { name: "web", port: { name: "a", number: 1 } } } }, ['spec.rules[0].http.paths[0].backend.service: Invalid value: "": cannot set both port name & port number']],
  ])("%s", (_name, fields, errors) => {
    expect(withPath(fields)).toEqual(errors);
  });

  it("wants rules, and names for hosts", () => {
    expect(ingress({})).toEqual(["spec: Invalid value: null: either `defaultBackend` or `rules` must be specified"]);
    expect(ingress({ rules: [{ host: "1.2.3.4" }] })[0]).toBe('spec.rules[0].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address');
    expect(ingress({ rules: [{ host: "*.example.com" }], tls: [{ hosts: ["*.x"] }] })).toEqual([]);
    expect(ingress({ rules: [{ host: "*" }] })[0]).toContain("a wildcard DNS-1123 subdomain must start with '*.'");
  });

  it("keeps the controller of a class", () => {
    const ingressClass = (controller: string): ReturnType<typeof objectOf> => objectOf("IngressClass", { spec: { controller } }, { namespace: "" });
    expect(createErrors(ingressClass("acme.io/x"), "networking.k8s.io", false)).toEqual([]);
    expect(createErrors(ingressClass("x"), "networking.k8s.io", false)).toEqual(['spec.controller: Invalid value: "x": must be a domain-prefixed path (such as "acme.io/foo")']);
    expect(updateErrors(ingressClass("acme.io/y"), ingressClass("acme.io/x"), "networking.k8s.io", false)).toEqual(['spec.controller: Invalid value: "acme.io/y": field is immutable']);
  });
});

describe("NetworkPolicy", () => {
  const policy = (spec: object): readonly string[] => createErrors(objectOf("NetworkPolicy", { spec: { podSelector: {}, ...spec } }), "networking.k8s.io");
  it.each<[string, object, readonly string[]]>([
    ["valid", { ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80, protocol: "TCP" }] }] }, []],
    ["empty peer", { ingress: [{ from: [{}] }] }, ["spec.ingress[0].from[0]: Required value: must specify a peer"]],
    ["block and selector", { egress: [{ to: [{ podSelector: {}, ipBlock: { cidr: "10.0.0.0/8" } }] }] }, ["spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer"]],
    ["no CIDR", { egress: [{ to: [{ ipBlock: { cidr: "x" } }] }] }, ['spec.egress[0].to[0].ipBlock.cidr: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']],
    ["except", { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/16"] } }] }] }, ['spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`']],
    ["end port", { ingress: [{ ports: [{ port: 80, endPort: 79 }] }] }, ["spec.ingress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`"]],
    ["protocol", { ingress: [{ ports: [{ protocol: "ICMP" }] }] }, ['spec.ingress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"']],
    ["types", { policyTypes: ["Both"] }, ['spec.policyTypes[0]: Unsupported value: "Both": supported values: "Ingress", "Egress"']],
  ])("%s", (_name, spec, errors) => {
    expect(policy(spec)).toEqual(errors);
  });
});

describe("endpoints", () => {
  it("checks Endpoints", () => {
    const endpoints = objectOf("Endpoints", { subsets: [{ ports: [{ port: 80, protocol: "TCP" }] }, { addresses: [{ ip: "169.254.1.1" }] }] });
    expect(createErrors(endpoints)).toEqual([
      "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`",
      'subsets[1].addresses[0].ip: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    ]);
  });

  it("checks EndpointSlices, whose address type stays", () => {
    const slice = (fields: object): ReturnType<typeof objectOf> => objectOf("EndpointSlice", { addressType: "IPv4", endpoints: [{ addresses: ["10.0.0.1"] }], ports: [{ name: "", port: 80, protocol: "TCP" }], ...fields });
    expect(createErrors(slice({}), "discovery.k8s.io")).toEqual([]);
    expect(createErrors(slice({ endpoints: [{ addresses: [] }] }), "discovery.k8s.io")).toEqual(["endpoints[0].addresses: Required value: must contain at least 1 address"]);
    expect(createErrors(slice({ endpoints: [{ addresses: ["::2"] }] }), "discovery.k8s.io")).toEqual(['endpoints[0].addresses[0]: Invalid value: "::2": must be an IPv4 address']);
    expect(updateErrors(slice({ addressType: "FQDN", endpoints: [] }), slice({}), "discovery.k8s.io")).toEqual(['addressType: Invalid value: "FQDN": field is immutable']);
  });

  it("checks IPAddresses and ServiceCIDRs", () => {
    const cidr = (cidrs: readonly string[]): ReturnType<typeof objectOf> => objectOf("ServiceCIDR", { spec: { cidrs } }, { namespace: "" });
    expect(createErrors(cidr(["10.96.0.0/12"]), "networking.k8s.io", false)).toEqual([]);
    expect(createErrors(cidr([]), "networking.k8s.io", false)).toEqual(["spec.cidrs: Required value: at least one CIDR required"]);
    const address = objectOf("IPAddress", { spec: { parentRef: { resource: "services", name: "web" } } }, { name: "10.96.000.1", namespace: "" });
    expect(createErrors(address, "networking.k8s.io", false)).toEqual(['metadata.name: Invalid value: "10.96.000.1": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']);
  });
});
