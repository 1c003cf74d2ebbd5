/**
 * How many counted pods each topology domain has (each zone, each host). Kept up to date pod by pod, so that spreading
 * and affinity cost nothing per pod that is already there.
 */
import type { Cluster, DomainTally, Eligibility, Topology } from "./cluster-types.ts";
import { hasUntoleratedTaint, matchesRequiredAffinity } from "./node-selector.ts";

/** A longer copy of an array, new places filled with a value. */
export function grown(array: Int32Array, length: number, fill: number): Int32Array {
  const longer = new Int32Array(length);
  if (fill !== 0) longer.fill(fill);
  longer.set(array);
  return longer;
}

/** The topology of a key; made when first asked for. */
export function topologyOf(cluster: Cluster, key: string): Topology {
  const known = cluster.topologies.get(key);
  if (known !== undefined) return known;
  const topology: Topology = { key, ids: new Map(), byNode: new Int32Array(cluster.capacity).fill(-1) };
  cluster.topologies.set(key, topology);
  for (const info of cluster.nodes) placeNode(cluster, topology, info.index);
  return topology;
}

/** Works a node's label into a topology. */
export function placeNode(cluster: Cluster, topology: Topology, slot: number): void {
  const value = cluster.nodes[slot]?.node?.metadata?.labels?.[topology.key];
  if (value === undefined) {
    topology.byNode[slot] = -1;
    return;
  }
  let id = topology.ids.get(value);
  if (id === undefined) {
    id = topology.ids.size;
    topology.ids.set(value, id);
  }
  topology.byNode[slot] = id;
}

/** An empty sum over the domains of a key. */
export function createDomainTally(cluster: Cluster, topologyKey: string, eligibility: Eligibility | undefined): DomainTally {
  return {
    topologyKey, eligibility, domainOf: new Int32Array(cluster.capacity).fill(-1), counts: new Int32Array(8), members: new Int32Array(8),
    domains: 0, total: 0, least: 0, leastIsStale: true, version: -1,
  };
}

function eligible(cluster: Cluster, rule: Eligibility | undefined, slot: number): boolean {
  const node = cluster.nodes[slot]?.node;
  if (node === undefined) return false;
  if (rule === undefined) return true;
  for (const label of rule.labels) if (node.metadata?.labels?.[label] === undefined) return false;
  if (rule.affinity !== undefined && !matchesRequiredAffinity(rule.affinity, node)) return false;
  return rule.tolerations === undefined || !hasUntoleratedTaint(node.spec?.taints, rule.tolerations);
}

/** Works changed nodes in. `perNode` are the tally's counts by slot. */
export function syncDomains(cluster: Cluster, tally: DomainTally, perNode: Int32Array): void {
  if (tally.version === cluster.nodesVersion) return;
  const topology = topologyOf(cluster, tally.topologyKey);
  if (tally.domainOf.length < cluster.capacity) tally.domainOf = grown(tally.domainOf, cluster.capacity, -1);
  const size = topology.ids.size;
  if (tally.counts.length < size) {
    tally.counts = grown(tally.counts, size * 2, 0);
    tally.members = grown(tally.members, size * 2, 0);
  }
  const { nodeStamps } = cluster;
  for (let slot = 0; slot < cluster.nodes.length; slot++) {
    if ((nodeStamps[slot] as number) <= tally.version) continue;
    moveNode(tally, slot, eligible(cluster, tally.eligibility, slot) ? (topology.byNode[slot] as number) : -1, perNode[slot] as number);
  }
  tally.version = cluster.nodesVersion;
}

function moveNode(tally: DomainTally, slot: number, domain: number, count: number): void {
  const before = tally.domainOf[slot] as number;
  if (before === domain) return;
  const { counts, members } = tally;
  if (before >= 0) {
    counts[before] = (counts[before] as number) - count;
    members[before] = (members[before] as number) - 1;
    tally.total -= count;
    if (members[before] === 0) tally.domains--;
  }
  if (domain >= 0) {
    if (members[domain] === 0) tally.domains++;
    counts[domain] = (counts[domain] as number) + count;
    members[domain] = (members[domain] as number) + 1;
    tally.total += count;
  }
  tally.domainOf[slot] = domain;
  tally.leastIsStale = true;
}

/** Counts pods of a node in or out. */
export function addToDomain(tally: DomainTally, slot: number, change: number): void {
  const domain = tally.domainOf[slot] as number;
  if (domain < 0) return;
  const { counts } = tally;
  const before = counts[domain] as number;
  const after = before + change;
  counts[domain] = after;
  tally.total += change;
  if (tally.leastIsStale) return;
  if (after < tally.least) tally.least = after;
  else if (before === tally.least) tally.leastIsStale = true;
}

/** The smallest count of any domain that has a node; 0 when there is none. */
export function leastCount(tally: DomainTally): number {
  if (!tally.leastIsStale) return tally.least;
  let least = Number.MAX_SAFE_INTEGER;
  const { counts, members } = tally;
  for (let domain = 0; domain < members.length; domain++) {
    if (members[domain] !== 0 && (counts[domain] as number) < least) least = counts[domain] as number;
  }
  tally.least = least === Number.MAX_SAFE_INTEGER ? 0 : least;
  tally.leastIsStale = false;
  return tally.least;
}
