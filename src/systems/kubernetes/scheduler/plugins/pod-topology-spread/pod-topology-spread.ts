/**
 * Spreads pods over zones, hosts and other domains. Source: plugins/podtopologyspread/{common,filtering,scoring}.go and
 * plugins/helper/spread.go (default selector).
 */
import type { LabelSelector, Service, TopologySpreadConstraint } from "../../../api/index.ts";
import { compileSelector } from "../../../selectors/index.ts";
import type { Cluster } from "../../framework/cluster-types.ts";
import type { DomainTally, Eligibility, Tally, Topology } from "../../framework/cluster-types.ts";
import { leastCount, topologyOf } from "../../framework/domain-tally.ts";
import { MAX_SCORE, refusal, type Refusal } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";
import { domainsOf, dropTally, ensureTally } from "../../framework/tallies.ts";
import { mergeLabelKeys } from "../../framework/terms.ts";
import type { PodTopologySpreadArgs } from "../../profile/args.ts";

const NAME = "PodTopologySpread";
const HOSTNAME = "kubernetes.io/hostname";
const TOO_UNEVEN = refusal(NAME, "node(s) didn't match pod topology spread constraints", true);
const NO_LABEL = refusal(NAME, "node(s) didn't match pod topology spread constraints (missing required label)", false);

/** What a pod without constraints gets (systemDefaultConstraints). */
const SYSTEM_DEFAULTS: readonly TopologySpreadConstraint[] = [
  { topologyKey: HOSTNAME, whenUnsatisfiable: "ScheduleAnyway", maxSkew: 3 },
  { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 5 },
];

/** One constraint, with what it counts. */
export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  /** 1 when the pod itself is counted. */
  readonly self: number;
  readonly isHostname: boolean;
  readonly topology: Topology;
  readonly tally: Tally;
  readonly eligibility: Eligibility;
  /** Up to date at the start of each cycle. */
  domains: DomainTally;
}

/** A shape's constraints. Plain data; part of a plan. */
export interface SpreadPart {
  readonly hard: readonly SpreadConstraint[];
  readonly soft: readonly SpreadConstraint[];
  /** Nodes that lack a soft constraint's label get no points (not so for the system's defaults). */
  readonly needsAllKeys: boolean;
  /** What it was made from: {@link WorkloadCatalog.versions} of the namespace, when defaults apply. */
  readonly workloadsVersion: number;
  readonly selectorKey: string;
}

const NO_CONSTRAINTS: SpreadPart = Object.freeze({ hard: [], soft: [], needsAllKeys: false, workloadsVersion: -1, selectorKey: "" });

function eligibilityOf(shape: PodShape, constraint: TopologySpreadConstraint, keys: readonly string[]): Eligibility {
  const honorsAffinity = (constraint.nodeAffinityPolicy ?? "Honor") === "Honor";
  const honorsTaints = constraint.nodeTaintsPolicy === "Honor";
  const { nodeSelector, affinity, tolerations } = shape.spec;
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const restricted = honorsAffinity && (nodeSelector !== undefined || required !== undefined);
  const key = JSON.stringify([keys, restricted ? [nodeSelector ?? null, required ?? null] : null, honorsTaints ? (tolerations ?? []) : null]);
  return { key, labels: keys, ...(restricted ? { affinity: shape.spec } : {}), ...(honorsTaints ? { tolerations: tolerations ?? [] } : {}) };
}

function makeConstraint(cluster: Cluster, shape: PodShape, constraint: TopologySpreadConstraint, keys: readonly string[]): SpreadConstraint {
  const selector = mergeLabelKeys(constraint.labelSelector, shape.labels, constraint.matchLabelKeys, undefined);
  const eligibility = eligibilityOf(shape, constraint, keys);
  const tally = ensureTally(cluster, `spread ${shape.namespace} ${JSON.stringify(selector ?? null)}`, { kind: "selected", selections: [{ namespaces: [shape.namespace], selector }], skipTerminating: true });
  tally.users++;
  return {
    topologyKey: constraint.topologyKey, maxSkew: constraint.maxSkew, minDomains: constraint.minDomains ?? 1,
    self: compileSelector(selector)(shape.labels) ? 1 : 0, isHostname: constraint.topologyKey === HOSTNAME,
    topology: topologyOf(cluster, constraint.topologyKey), tally, eligibility, domains: domainsOf(cluster, tally, constraint.topologyKey, eligibility),
  };
}

function makePart(cluster: Cluster, shape: PodShape, constraints: readonly TopologySpreadConstraint[], needsAllKeys: boolean, workloadsVersion: number, selectorKey: string): SpreadPart {
  const hard = constraints.filter((one) => one.whenUnsatisfiable === "DoNotSchedule");
  const soft = constraints.filter((one) => one.whenUnsatisfiable !== "DoNotSchedule");
  const hardKeys = hard.map((one) => one.topologyKey);
  const softKeys = needsAllKeys ? soft.map((one) => one.topologyKey) : [];
  return {
    hard: hard.map((one) => makeConstraint(cluster, shape, one, hardKeys)),
    soft: soft.map((one) => makeConstraint(cluster, shape, one, softKeys)),
    needsAllKeys, workloadsVersion, selectorKey,
  };
}

/** The labels the services of a pod and its owner select by, as one selector; undefined when nothing selects the pod. */
function defaultSelector(cluster: Cluster, shape: PodShape): LabelSelector | undefined {
  const matchLabels: Record<string, string> = {};
  const services: ReadonlyMap<string, Service> | undefined = cluster.workloads.services.get(shape.namespace);
  for (const service of services?.values() ?? []) {
    const selector = service.spec?.selector;
    if (selector === undefined || !Object.keys(selector).every((key) => shape.labels[key] === selector[key])) continue;
    Object.assign(matchLabels, selector);
  }
  const owner = shape.ownerKind === "" ? undefined : cluster.workloads.selectors.get(`${shape.ownerKind}/${shape.namespace}/${shape.ownerName}`);
  Object.assign(matchLabels, owner?.matchLabels);
  const matchExpressions = owner?.matchExpressions ?? [];
  if (Object.keys(matchLabels).length === 0 && matchExpressions.length === 0) return undefined;
  return { matchLabels, ...(matchExpressions.length === 0 ? {} : { matchExpressions }) };
}

function prepareDefaults(cluster: Cluster, shape: PodShape, part: SpreadPart | undefined, args: PodTopologySpreadArgs): SpreadPart {
  const version = cluster.workloads.versions.get(shape.namespace) ?? 0;
  if (part?.workloadsVersion === version) return part;
  const labelSelector = defaultSelector(cluster, shape);
  const selectorKey = JSON.stringify(labelSelector ?? null);
  if (part?.selectorKey === selectorKey) return { ...part, workloadsVersion: version };
  releaseSpread(cluster, part);
  if (labelSelector === undefined) return { ...NO_CONSTRAINTS, workloadsVersion: version, selectorKey };
  const isList = args.defaultingType === "List";
  const constraints = (isList ? (args.defaultConstraints ?? []) : SYSTEM_DEFAULTS).map((one) => ({ ...one, labelSelector }));
  return makePart(cluster, shape, constraints, isList, version, selectorKey);
}

/** A shape's constraints, up to date; `part` is what was made before. */
export function prepareSpread(cluster: Cluster, shape: PodShape, part: SpreadPart | undefined, args: PodTopologySpreadArgs): SpreadPart {
  const own = shape.spec.topologySpreadConstraints;
  const made = own === undefined || own.length === 0
    ? prepareDefaults(cluster, shape, part, args)
    : (part ?? makePart(cluster, shape, own, true, -1, ""));
  for (const one of made.hard) one.domains = domainsOf(cluster, one.tally, one.topologyKey, one.eligibility);
  for (const one of made.soft) one.domains = domainsOf(cluster, one.tally, one.topologyKey, one.eligibility);
  return made;
}

/** Lets go of the tallies of a part. */
export function releaseSpread(cluster: Cluster, part: SpreadPart | undefined): void {
  for (const { tally } of [...(part?.hard ?? []), ...(part?.soft ?? [])]) {
    tally.users--;
    if (tally.users === 0) dropTally(cluster, tally);
  }
}

/** True when a node lacks the label of any of the constraints. */
function lacksKey(constraints: readonly SpreadConstraint[], slot: number): boolean {
  for (const { topology } of constraints) if ((topology.byNode[slot] as number) < 0) return true;
  return false;
}

/** Why a node would make the pods too uneven. */
export function spreadRefusal(part: SpreadPart, slot: number): Refusal | undefined {
  for (const { topology, domains, self, maxSkew, minDomains } of part.hard) {
    const domain = topology.byNode[slot] as number;
    if (domain < 0) return NO_LABEL;
    const least = domains.domains < minDomains ? 0 : leastCount(domains);
    if ((domains.counts[domain] ?? 0) + self - least > maxSkew) return TOO_UNEVEN;
  }
  return undefined;
}

/** A constraint weighs more the more domains it has (topologyNormalizingWeight). */
function weightOf(constraint: SpreadConstraint, slots: Int32Array, count: number, ignored: Uint8Array): number {
  let size = 0;
  if (constraint.isHostname) {
    for (let at = 0; at < count; at++) if (ignored[at] === 0) size++;
    return Math.log(size + 2);
  }
  const { byNode, ids } = constraint.topology;
  const seen = new Uint8Array(ids.size);
  for (let at = 0; at < count; at++) {
    const domain = byNode[slots[at] as number] as number;
    if (ignored[at] !== 0 || domain < 0 || seen[domain] !== 0) continue;
    seen[domain] = 1;
    size++;
  }
  return Math.log(size + 2);
}

function addConstraint(constraint: SpreadConstraint, slots: Int32Array, count: number, weight: number, scores: Float64Array): void {
  const { byNode } = constraint.topology;
  const { perNode } = constraint.tally;
  const { counts } = constraint.domains;
  const extra = constraint.maxSkew - 1;
  for (let at = 0; at < count; at++) {
    const slot = slots[at] as number;
    const domain = byNode[slot] as number;
    if (domain < 0) continue;
    const pods = (constraint.isHostname ? perNode[slot] : counts[domain]) ?? 0;
    scores[at] = (scores[at] as number) + pods * weight + extra;
  }
}

function normalise(count: number, ignored: Uint8Array, scores: Float64Array): void {
  let least = Number.MAX_SAFE_INTEGER;
  let most = Number.MIN_SAFE_INTEGER;
  for (let at = 0; at < count; at++) {
    if (ignored[at] !== 0) continue;
    const score = Math.round(scores[at] as number);
    scores[at] = score;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  for (let at = 0; at < count; at++) {
    if (ignored[at] !== 0) scores[at] = 0;
    else if (most === 0) scores[at] = MAX_SCORE;
    else scores[at] = Math.trunc((MAX_SCORE * (most + least - (scores[at] as number))) / most);
  }
}

/**
 * Scores `count` nodes for their soft constraints: fewer pods of the kind in the node's domains is better. Normalised to
 * 0–100 in `scores`; `raw`, if given, gets the sums before. Returns false when there is nothing to score by.
 */
export function spreadScores(part: SpreadPart, slots: Int32Array, count: number, scores: Float64Array, raw?: number[]): boolean {
  if (part.soft.length === 0) return false;
  const ignored = new Uint8Array(count);
  if (part.needsAllKeys) for (let at = 0; at < count; at++) if (lacksKey(part.soft, slots[at] as number)) ignored[at] = 1;
  scores.fill(0, 0, count);
  for (const constraint of part.soft) addConstraint(constraint, slots, count, weightOf(constraint, slots, count, ignored), scores);
  if (raw !== undefined) for (let at = 0; at < count; at++) raw[at] = ignored[at] === 0 ? Math.round(scores[at] as number) : 0;
  normalise(count, ignored, scores);
  return true;
}
