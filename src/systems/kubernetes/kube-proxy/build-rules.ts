/**
 * The rules of a service. They are the same on every node (each network picks its own part), so that what one proxy
 * worked out from the same objects serves all others: a change costs a cluster of thousands of nodes one calculation.
 */
import { type RuleEntry, ruleKey, type ServiceRules } from "../../containers/network/index.ts";
import { type EndpointSlice, objectKey, type Service, type ServicePort } from "../api/index.ts";
import { endpointSet } from "./endpoint-sets.ts";

/** Default time a client stays with its endpoint, s (pkg/apis/core/v1/defaults.go, DefaultClientIPServiceAffinitySeconds). */
const DEFAULT_AFFINITY_SECONDS = 10_800;

interface Worked {
  readonly slices: readonly EndpointSlice[];
  readonly rules: ServiceRules;
}

/** Results by the object they came from. A memo of a pure function, not state: forgetting it changes nothing. */
const memo = new WeakMap<Service, Worked>();

/** True when kube-proxy handles the service: it has a cluster address. */
export function hasRules({ spec }: Service): boolean {
  return spec?.type !== "ExternalName" && spec?.clusterIP !== undefined && spec.clusterIP !== "" && spec.clusterIP !== "None";
}

/** The rules of a service with these slices. Frozen. */
export function serviceRules(service: Service, slices: readonly EndpointSlice[]): ServiceRules {
  const known = memo.get(service);
  if (known !== undefined && sameSlices(known.slices, slices)) return known.rules;
  const key = objectKey(service);
  const entries = (service.spec?.ports ?? []).flatMap((port) => portEntries(service, key, port, slices));
  const rules: ServiceRules = Object.freeze({ service: key, entries: Object.freeze(entries) });
  memo.set(service, { slices, rules });
  return rules;
}

function sameSlices(before: readonly EndpointSlice[], after: readonly EndpointSlice[]): boolean {
  return before.length === after.length && before.every((slice, index) => slice === after[index]);
}

function portEntries(service: Service, key: string, port: ServicePort, slices: readonly EndpointSlice[]): RuleEntry[] {
  const { spec = {}, status } = service;
  const protocol = port.protocol ?? "TCP";
  const endpoints = endpointSet(port, slices);
  const affinityMs = spec.sessionAffinity === "ClientIP" ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS) * 1000 : 0;
  const entry = (ip: string, number: number, external: boolean, sourceRanges: readonly string[] = []): RuleEntry => Object.freeze({
    key: ruleKey(ip, number, protocol), service: key, port: port.name ?? "", external, affinityMs, sourceRanges, endpoints,
    localOnly: (external ? spec.externalTrafficPolicy : spec.internalTrafficPolicy) === "Local",
  });
  const clusterIps = (spec.clusterIPs ?? [spec.clusterIP ?? ""]).filter(isIpv4);
  const balancerIps = (status?.loadBalancer?.ingress ?? []).filter(({ ipMode = "VIP" }) => ipMode === "VIP").map(({ ip = "" }) => ip).filter(isIpv4);
  return [
    ...clusterIps.map((ip) => entry(ip, port.port, false)),
    ...(spec.externalIPs ?? []).filter(isIpv4).map((ip) => entry(ip, port.port, true)),
    ...balancerIps.map((ip) => entry(ip, port.port, true, spec.loadBalancerSourceRanges ?? [])),
    ...((port.nodePort ?? 0) > 0 ? [entry("", port.nodePort ?? 0, true)] : []),
  ];
}

function isIpv4(ip: string): boolean {
  return ip.includes(".");
}
