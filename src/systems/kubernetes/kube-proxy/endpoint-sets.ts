/** Which endpoints of a service's port traffic may use (kubernetes v1.36 pkg/proxy/topology.go, CategorizeEndpoints). */
import type { EndpointSet, RuleEndpoint } from "../../containers/network/index.ts";
import type { Endpoint, EndpointSlice, ServicePort } from "../api/index.ts";

interface Candidate extends RuleEndpoint {
  readonly ready: boolean;
  readonly node: string;
  readonly hints: Endpoint["hints"];
}

/** The endpoints of one port, from all slices of its service. Frozen: the same for every node. */
export function endpointSet(port: ServicePort, slices: readonly EndpointSlice[]): EndpointSet {
  const candidates = candidatesOf(port, slices);
  const ready = candidates.filter((candidate) => candidate.ready);
  const cluster = ready.length > 0 ? ready : candidates;
  return Object.freeze({
    cluster: freezeAll(cluster), local: localOnes(candidates),
    nodeHints: hinted(ready, ({ hints }) => hints?.forNodes), zoneHints: hinted(ready, ({ hints }) => hints?.forZones),
  });
}

/** Ready endpoints and those that still serve while they terminate, each address once. */
function candidatesOf(port: ServicePort, slices: readonly EndpointSlice[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const slice of slices) {
    const number = slice.addressType === "IPv4" ? portNumber(port, slice) : undefined;
    if (number === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const ready = isReady(endpoint);
      const ip = endpoint.addresses[0];
      if (ip === undefined || (!ready && !servesWhileTerminating(endpoint))) continue;
      found.set(`${ip}:${number}`, { ip, port: number, ready, node: endpoint.nodeName ?? "", hints: endpoint.hints });
    }
  }
  return [...found.values()];
}

function portNumber(port: ServicePort, slice: EndpointSlice): number | undefined {
  return slice.ports?.find(({ name = "", protocol = "TCP" }) => name === (port.name ?? "") && protocol === (port.protocol ?? "TCP"))?.port;
}

/** An absent condition counts as ready (discovery/v1 EndpointConditions). */
export function isReady(endpoint: Endpoint): boolean {
  return endpoint.conditions?.ready !== false;
}

function servesWhileTerminating({ conditions }: Endpoint): boolean {
  return conditions?.serving === true && conditions.terminating === true;
}

function localOnes(candidates: readonly Candidate[]): EndpointSet["local"] {
  const byNode = new Map<string, Candidate[]>();
  for (const candidate of candidates) if (candidate.node !== "") enter(byNode, candidate.node, candidate);
  const local = new Map<string, readonly RuleEndpoint[]>();
  for (const [node, all] of byNode) {
    const ready = all.filter((candidate) => candidate.ready);
    local.set(node, freezeAll(ready.length > 0 ? ready : all));
  }
  return Object.freeze(local);
}

/** The endpoints by whom they are meant for; undefined unless every one of them says so. */
function hinted(ready: readonly Candidate[], hintsOf: (candidate: Candidate) => readonly { readonly name: string }[] | undefined): EndpointSet["zoneHints"] {
  const byName = new Map<string, Candidate[]>();
  for (const candidate of ready) {
    const hints = hintsOf(candidate);
    if (hints === undefined || hints.length === 0) return undefined;
    for (const { name } of hints) enter(byName, name, candidate);
  }
  if (byName.size === 0) return undefined;
  return Object.freeze(new Map([...byName].map(([name, all]) => [name, freezeAll(all)])));
}

function enter(map: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [candidate]);
  else known.push(candidate);
}

function freezeAll(candidates: readonly Candidate[]): readonly RuleEndpoint[] {
  return Object.freeze(candidates.map(({ ip, port }) => Object.freeze({ ip, port })));
}
