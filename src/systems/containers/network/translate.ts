/**
 * What the kernel does with a packet before it is routed: ports of the host, then the rules of services. The rules
 * decide as the chains of kube-proxy's iptables mode do (kubernetes v1.36 pkg/proxy/iptables/proxier.go).
 */
import { parseCidr, parseIp, rangeContains } from "../../../base/ip/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import { nextBelow } from "../../../engine/random/index.ts";
import type { Packet } from "../packets/index.ts";
import { type EndpointSet, type RuleEndpoint, type RuleEntry, ruleKey } from "./service-rules.ts";
import type { NetworkState } from "./state.ts";

/** What becomes of a packet: it goes to an address, is refused (a service without endpoints), or vanishes. */
export type Translation =
  | { readonly kind: "forward"; readonly packet: Packet }
  | { readonly kind: "refuse" }
  | { readonly kind: "drop" };

const REFUSE: Translation = { kind: "refuse" };
const DROP: Translation = { kind: "drop" };
const LOOPBACK = "127.0.0.1";
/** Affinities kept before the old ones are swept out. */
const AFFINITY_SWEEP = 1024;
const NO_ENDPOINTS: readonly RuleEndpoint[] = [];

/** Applies host ports and rules to a packet whose host is an address. `hops` is what the packet gets. */
export function translate(state: NetworkState, context: Context, packet: Packet, hops: number): Translation {
  const { config } = state;
  const toNode = packet.host === config.nodeIp || packet.host === LOOPBACK;
  if (toNode && state.hostPorts.size > 0) {
    const target = state.hostPorts.get(`${packet.protocol}/${packet.port}`);
    if (target !== undefined) return { kind: "forward", packet: { ...packet, host: target.ip, port: target.port, hops } };
  }
  const { entries } = state.rules;
  const entry = entries.get(ruleKey(packet.host, packet.port, packet.protocol)) ?? (toNode ? entries.get(ruleKey("", packet.port, packet.protocol)) : undefined);
  return entry === undefined ? { kind: "forward", packet: { ...packet, hops } } : applyRule(state, context, packet, entry, hops);
}

function applyRule(state: NetworkState, context: Context, packet: Packet, entry: RuleEntry, hops: number): Translation {
  const fromHere = isFromHere(state, packet.sourceIp);
  if (entry.sourceRanges.length > 0 && !fromHere && !isAllowed(entry.sourceRanges, packet.sourceIp)) return DROP;
  // Programs of this node may use a "Local" external address as if it were a cluster address (the chain "EXT").
  const localOnly = entry.localOnly && !(entry.external && fromHere);
  const usable = usableEndpoints(entry.endpoints, localOnly, state.config.node, state.config.zone);
  if (usable.length === 0) return localOnly && hasAny(entry.endpoints) ? DROP : REFUSE;
  const { ip, port } = chooseEndpoint(state, context, packet, entry, usable);
  // Traffic from outside is masqueraded, so that answers come back the same way; with "Local" the client's address stays.
  const sourceIp = entry.external && !localOnly && !fromHere ? state.config.nodeIp : packet.sourceIp;
  return { kind: "forward", packet: { ...packet, sourceIp, host: ip, port, hops } };
}

function isFromHere(state: NetworkState, sourceIp: string): boolean {
  return sourceIp.startsWith(state.prefix) || sourceIp === state.config.nodeIp || sourceIp === LOOPBACK;
}

function hasAny(endpoints: EndpointSet): boolean {
  return endpoints.cluster.length > 0 || endpoints.local.size > 0;
}

/** The endpoints that traffic on this node may use (pkg/proxy/topology.go, CategorizeEndpoints). */
export function usableEndpoints(endpoints: EndpointSet, localOnly: boolean, node: string, zone: string | undefined): readonly RuleEndpoint[] {
  if (localOnly) return endpoints.local.get(node) ?? NO_ENDPOINTS;
  return endpoints.nodeHints?.get(node) ?? endpoints.zoneHints?.get(zone ?? "") ?? endpoints.cluster;
}

function chooseEndpoint(state: NetworkState, context: Context, packet: Packet, entry: RuleEntry, usable: readonly RuleEndpoint[]): RuleEndpoint {
  if (entry.affinityMs === 0) return pick(context, usable);
  const key = `${entry.service}:${entry.port} ${packet.sourceIp}`;
  const known = state.affinity.get(key);
  if (known !== undefined && context.now - known.lastAt <= entry.affinityMs && usable.some(({ ip, port }) => ip === known.ip && port === known.port)) {
    known.lastAt = context.now;
    return known;
  }
  const chosen = pick(context, usable);
  if (state.affinity.size >= AFFINITY_SWEEP) sweepAffinity(state, context.now);
  state.affinity.set(key, { ip: chosen.ip, port: chosen.port, lastAt: context.now });
  return chosen;
}

function pick(context: Context, usable: readonly RuleEndpoint[]): RuleEndpoint {
  return usable[usable.length === 1 ? 0 : nextBelow(context.random, usable.length)] as RuleEndpoint;
}

/** Drops affinities older than the longest time there can be (a day, the API's maximum), then the oldest half if that frees nothing. */
function sweepAffinity(state: NetworkState, now: number): void {
  for (const [key, { lastAt }] of state.affinity) if (now - lastAt > 86_400_000) state.affinity.delete(key);
  let surplus = state.affinity.size - AFFINITY_SWEEP / 2;
  for (const key of state.affinity.keys()) if (surplus-- > 0) state.affinity.delete(key);
}

function isAllowed(ranges: readonly string[], sourceIp: string): boolean {
  const address = parseIp(sourceIp);
  return address !== undefined && ranges.some((text) => {
    const range = parseCidr(text.trim());
    return range !== undefined && rangeContains(range, address);
  });
}
