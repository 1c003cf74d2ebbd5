/**
 * Tallies: how many pods of some set each node has. A set is either "the pods a selector selects" (spreading, affinity
 * of the incoming pod) or "the pods that carry a term" (affinity of the pods that are there). A tally is counted once
 * over all pods when first asked for and kept up to date from then on.
 */
import { compileSelector } from "../../selectors/index.ts";
import type { CarriedTerm, Cluster, Counted, DomainTally, Eligibility, Tally } from "./cluster-types.ts";
import { addToDomain, createDomainTally, syncDomains } from "./domain-tally.ts";
import type { PodInfo } from "./node-info.ts";
import type { PodShape } from "./pod-shape.ts";
import type { PodSelection } from "./terms.ts";

/** True when a selection selects pods of a namespace with these labels. */
export function selects(cluster: Cluster, selection: PodSelection, namespace: string, labels: Readonly<Record<string, string>>): boolean {
  if (!selection.namespaces.includes(namespace)) {
    if (selection.namespaceSelector === undefined) return false;
    if (!compileSelector(selection.namespaceSelector)(cluster.namespaces.get(namespace))) return false;
  }
  return compileSelector(selection.selector)(labels);
}

function weightOf(cluster: Cluster, counted: Counted, shape: PodShape): number {
  if (counted.kind === "carriers") {
    let weight = 0;
    for (const term of shape.terms) if (term.key === counted.termKey) weight++;
    return weight;
  }
  for (const selection of counted.selections) if (!selects(cluster, selection, shape.namespace, shape.labels)) return 0;
  return 1;
}

/** The tally with a key; counted now if it is new. */
export function ensureTally(cluster: Cluster, key: string, counted: Counted): Tally {
  const known = cluster.tallyIds.get(key);
  if (known !== undefined) return cluster.tallies.get(known) as Tally;
  const tally: Tally = { id: ++cluster.lastTallyId, key, counted, perNode: new Int32Array(cluster.capacity), domains: [], users: 0 };
  cluster.tallyIds.set(key, tally.id);
  cluster.tallies.set(tally.id, tally);
  countAll(cluster, tally);
  return tally;
}

function countAll(cluster: Cluster, tally: Tally): void {
  const weights = new Map<PodShape, number>();
  for (const info of cluster.pods.values()) {
    let weight = weights.get(info.shape);
    if (weight === undefined) {
      weight = weightOf(cluster, tally.counted, info.shape);
      weights.set(info.shape, weight);
    }
    if (weight === 0 || (tally.counted.skipTerminating && info.terminating)) continue;
    tally.perNode[info.node] = (tally.perNode[info.node] as number) + weight;
  }
}

/** The sums of a tally by domain, up to date. */
export function domainsOf(cluster: Cluster, tally: Tally, topologyKey: string, eligibility?: Eligibility): DomainTally {
  let found: DomainTally | undefined;
  for (const one of tally.domains) if (one.topologyKey === topologyKey && one.eligibility?.key === eligibility?.key) found = one;
  if (found === undefined) {
    found = createDomainTally(cluster, topologyKey, eligibility);
    tally.domains.push(found);
  }
  syncDomains(cluster, found, tally.perNode);
  return found;
}

/** Forgets a tally nobody uses any more. */
export function dropTally(cluster: Cluster, tally: Tally): void {
  cluster.tallies.delete(tally.id);
  cluster.tallyIds.delete(tally.key);
}

/** The tallies a shape counts in, brought up to date with the tallies made since. */
function talliesOf(cluster: Cluster, shape: PodShape): readonly number[] {
  for (let id = shape.talliesSeen + 1; id <= cluster.lastTallyId; id++) {
    const tally = cluster.tallies.get(id);
    if (tally === undefined) continue;
    const weight = weightOf(cluster, tally.counted, shape);
    if (weight !== 0) shape.tallies.push(id, weight);
  }
  shape.talliesSeen = cluster.lastTallyId;
  return shape.tallies;
}

/** Counts a pod in or out of the tallies; `onlyLiving` = only of those that skip terminating pods. */
export function tallyPod(cluster: Cluster, info: PodInfo, sign: 1 | -1, onlyLiving = false): void {
  const list = talliesOf(cluster, info.shape);
  for (let at = 0; at < list.length; at += 2) {
    const tally = cluster.tallies.get(list[at] as number);
    if (tally === undefined) continue;
    const { skipTerminating } = tally.counted;
    if (onlyLiving ? !skipTerminating : skipTerminating && info.terminating) continue;
    addToTally(tally, info.node, sign * (list[at + 1] as number));
  }
}

function addToTally(tally: Tally, slot: number, change: number): void {
  tally.perNode[slot] = (tally.perNode[slot] as number) + change;
  for (const domains of tally.domains) addToDomain(domains, slot, change);
}

/** Notes that a pod on a node carries its terms (+1), or no longer (−1). Call before the pod is tallied, after it is untallied. */
export function carryTerms(cluster: Cluster, shape: PodShape, sign: 1 | -1): void {
  for (const term of shape.terms) {
    const known = cluster.carried.get(term.key);
    if (known !== undefined) {
      known.pods += sign;
      if (known.pods === 0) forgetTerm(cluster, known);
    } else if (sign === 1) {
      const tally = ensureTally(cluster, `carriers ${term.key}`, { kind: "carriers", termKey: term.key, skipTerminating: false });
      cluster.carried.set(term.key, { term, tally, pods: 1 });
      cluster.carriedVersion++;
    }
  }
}

function forgetTerm(cluster: Cluster, carried: CarriedTerm): void {
  cluster.carried.delete(carried.term.key);
  cluster.carriedVersion++;
  dropTally(cluster, carried.tally);
}
