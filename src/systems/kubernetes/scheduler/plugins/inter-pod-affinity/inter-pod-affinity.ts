/**
 * Draws pods to pods, or keeps them apart. Source: plugins/interpodaffinity/{filtering,scoring}.go. Upstream walks all
 * pods of all nodes for every pod to schedule; here tallies by domain are kept as pods come and go.
 */
import type { Cluster } from "../../framework/cluster-types.ts";
import type { DomainTally, Tally, Topology } from "../../framework/cluster-types.ts";
import { topologyOf } from "../../framework/domain-tally.ts";
import { MAX_SCORE, refusal, type Refusal } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";
import { domainsOf, dropTally, ensureTally, selects } from "../../framework/tallies.ts";
import type { PodTerm } from "../../framework/terms.ts";
import type { InterPodAffinityArgs } from "../../profile/args.ts";

const NAME = "InterPodAffinity";
const NO_FRIENDS = refusal(NAME, "node(s) didn't match pod affinity rules", false);
const OWN_ANTI = refusal(NAME, "node(s) didn't match pod anti-affinity rules", true);
const THEIR_ANTI = refusal(NAME, "node(s) didn't satisfy existing pods anti-affinity rules", true);
/** Weight of a required term of a pod that is there (defaults.go, SetDefaults_InterPodAffinityArgs). */
const DEFAULT_HARD_WEIGHT = 1;

/** One term with the pods that count for it, by domain. */
export interface TermCount {
  readonly topologyKey: string;
  readonly topology: Topology;
  readonly tally: Tally;
  readonly weight: number;
  /** Up to date at the start of each cycle. */
  domains: DomainTally;
}

/** A shape's affinities, and those of others towards it. Plain data; part of a plan. */
export interface AffinityPart {
  readonly required: readonly TermCount[];
  /** The pod matches its own required terms: the first of a group may go anywhere. */
  readonly matchesItself: boolean;
  readonly anti: readonly TermCount[];
  readonly preferred: readonly TermCount[];
  readonly theirAnti: readonly TermCount[];
  readonly theirScored: readonly TermCount[];
  readonly carriedVersion: number;
  readonly namespacesVersion: number;
}

function countFor(cluster: Cluster, tally: Tally, topologyKey: string, weight: number): TermCount {
  return { topologyKey, topology: topologyOf(cluster, topologyKey), tally, weight, domains: domainsOf(cluster, tally, topologyKey) };
}

function ownCount(cluster: Cluster, term: PodTerm, weight: number): TermCount {
  const tally = ensureTally(cluster, `pods ${term.selectionKey}`, { kind: "selected", selections: [term.selection], skipTerminating: false });
  tally.users++;
  return countFor(cluster, tally, term.topologyKey, weight);
}

/** Pods count for required affinity only if they match all of its terms at once. */
function requiredCounts(cluster: Cluster, terms: readonly PodTerm[]): TermCount[] {
  if (terms.length === 0) return [];
  const key = terms.map((term) => term.selectionKey).join(" ");
  const tally = ensureTally(cluster, `pods ${key}`, { kind: "selected", selections: terms.map((term) => term.selection), skipTerminating: false });
  tally.users += terms.length;
  return terms.map((term) => countFor(cluster, tally, term.topologyKey, 1));
}

function makePart(cluster: Cluster, shape: PodShape, args: InterPodAffinityArgs): AffinityPart {
  const own = (kind: PodTerm["kind"]): PodTerm[] => shape.terms.filter((term) => term.kind === kind);
  const required = own("required");
  const theirs = theirCounts(cluster, shape, args);
  return {
    required: requiredCounts(cluster, required),
    matchesItself: required.every((term) => selects(cluster, term.selection, shape.namespace, shape.labels)),
    anti: own("requiredAnti").map((term) => ownCount(cluster, term, 1)),
    preferred: [...own("preferred").map((term) => ownCount(cluster, term, term.weight)), ...own("preferredAnti").map((term) => ownCount(cluster, term, -term.weight))],
    ...theirs, carriedVersion: cluster.carriedVersion, namespacesVersion: cluster.namespacesVersion,
  };
}

function theirCounts(cluster: Cluster, shape: PodShape, args: InterPodAffinityArgs): Pick<AffinityPart, "theirAnti" | "theirScored"> {
  const theirAnti: TermCount[] = [];
  const theirScored: TermCount[] = [];
  for (const { term, tally } of cluster.carried.values()) {
    if (!selects(cluster, term.selection, shape.namespace, shape.labels)) continue;
    if (term.kind === "requiredAnti") theirAnti.push(countFor(cluster, tally, term.topologyKey, 1));
    const weight = theirWeight(term, args);
    if (weight !== 0) theirScored.push(countFor(cluster, tally, term.topologyKey, weight));
  }
  return { theirAnti, theirScored };
}

function theirWeight(term: PodTerm, args: InterPodAffinityArgs): number {
  switch (term.kind) {
    case "required": return args.hardPodAffinityWeight ?? DEFAULT_HARD_WEIGHT;
    case "preferred": return args.ignorePreferredTermsOfExistingPods === true ? 0 : term.weight;
    case "preferredAnti": return args.ignorePreferredTermsOfExistingPods === true ? 0 : -term.weight;
    default: return 0;
  }
}

function refresh(cluster: Cluster, counts: readonly TermCount[]): void {
  for (const count of counts) count.domains = domainsOf(cluster, count.tally, count.topologyKey);
}

/** A shape's affinities, up to date; `part` is what was made before. */
export function prepareAffinity(cluster: Cluster, shape: PodShape, part: AffinityPart | undefined, args: InterPodAffinityArgs): AffinityPart {
  if (part === undefined || part.namespacesVersion !== cluster.namespacesVersion) {
    const made = makePart(cluster, shape, args);
    releaseAffinity(cluster, part);
    return made;
  }
  const current = part.carriedVersion === cluster.carriedVersion ? part : { ...part, ...theirCounts(cluster, shape, args), carriedVersion: cluster.carriedVersion };
  refresh(cluster, current.required);
  refresh(cluster, current.anti);
  refresh(cluster, current.preferred);
  refresh(cluster, current.theirAnti);
  refresh(cluster, current.theirScored);
  return current;
}

/** Lets go of the tallies of a part. */
export function releaseAffinity(cluster: Cluster, part: AffinityPart | undefined): void {
  if (part === undefined) return;
  for (const { tally } of [...part.required, ...part.anti, ...part.preferred]) {
    tally.users--;
    if (tally.users === 0 && cluster.tallies.get(tally.id) === tally) dropTally(cluster, tally);
  }
}

/** True when a part can refuse nodes. */
export function refusesNodes(part: AffinityPart): boolean {
  return part.required.length > 0 || part.anti.length > 0 || part.theirAnti.length > 0;
}

function hasFriends(part: AffinityPart, slot: number): boolean {
  let friends = true;
  let anywhere = false;
  for (const { topology, domains } of part.required) {
    const domain = topology.byNode[slot] as number;
    if (domain < 0) return false;
    if ((domains.counts[domain] ?? 0) <= 0) friends = false;
    if (domains.total > 0) anywhere = true;
  }
  return friends || (!anywhere && part.matchesItself);
}

function meetsAny(counts: readonly TermCount[], slot: number): boolean {
  for (const { topology, domains } of counts) {
    const domain = topology.byNode[slot] as number;
    if (domain >= 0 && (domains.counts[domain] ?? 0) > 0) return true;
  }
  return false;
}

/** Why a node's neighbourhood doesn't suit the pod. */
export function affinityRefusal(part: AffinityPart, slot: number): Refusal | undefined {
  if (part.required.length > 0 && !hasFriends(part, slot)) return NO_FRIENDS;
  if (part.anti.length > 0 && meetsAny(part.anti, slot)) return OWN_ANTI;
  return part.theirAnti.length > 0 && meetsAny(part.theirAnti, slot) ? THEIR_ANTI : undefined;
}

function addCounts(counts: readonly TermCount[], slots: Int32Array, count: number, scores: Float64Array): void {
  for (const { topology, domains, weight } of counts) {
    if (domains.total === 0) continue;
    const { byNode } = topology;
    for (let at = 0; at < count; at++) {
      const domain = byNode[slots[at] as number] as number;
      if (domain >= 0) scores[at] = (scores[at] as number) + weight * (domains.counts[domain] ?? 0);
    }
  }
}

function isSilent(counts: readonly TermCount[]): boolean {
  for (const { domains } of counts) if (domains.total > 0) return false;
  return true;
}

/**
 * Scores `count` nodes by preferred terms of the pod and terms of the pods that are there. Normalised to 0–100 in
 * `scores`; `raw`, if given, gets the sums before. Returns false when there is nothing to score by.
 */
export function affinityScores(part: AffinityPart, slots: Int32Array, count: number, scores: Float64Array, raw?: number[]): boolean {
  if (isSilent(part.preferred) && isSilent(part.theirScored)) return false;
  scores.fill(0, 0, count);
  addCounts(part.preferred, slots, count, scores);
  addCounts(part.theirScored, slots, count, scores);
  let least = Number.MAX_SAFE_INTEGER;
  let most = Number.MIN_SAFE_INTEGER;
  for (let at = 0; at < count; at++) {
    const score = scores[at] as number;
    if (raw !== undefined) raw[at] = score;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  const range = most - least;
  for (let at = 0; at < count; at++) scores[at] = range > 0 ? Math.trunc(MAX_SCORE * (((scores[at] as number) - least) / range)) : 0;
  return true;
}
