/**
 * One pod, one node: filter, score, choose. Source: pkg/scheduler/schedule_one.go (schedulePod, findNodesThatFitPod,
 * findNodesThatPassFilters, numFeasibleNodesToFind, selectHost). Upstream's workers look at nodes in parallel; here one
 * after another, so the order of nodes is exact.
 */
import { nextBelow, type RandomStream } from "../../../../engine/random/index.ts";
import { namedNodes } from "../plugins/node-affinity/node-affinity.ts";
import type { Profile } from "../profile/profile.ts";
import { nodeOrder } from "./cluster.ts";
import type { Cluster } from "./cluster-types.ts";
import type { NodeInfo } from "./node-info.ts";
import { type Nominated, type Nominator, promisesOn, withPromises } from "./nominator.ts";
import { argsOf, nodeRefusal, type Plan, type PromisedVerdicts, readsTallies, refreshPlan, refusalId, refusalNow, verdictOn } from "./plan.ts";
import type { Refusal } from "./plugin.ts";
import { NODE_PLUGINS } from "./registry.ts";
import { scoreNodes, type Scratch } from "./score.ts";

/** Fewer nodes than this are never left out, nor less than this share (minFeasibleNodesToFind, minFeasibleNodesPercentageToFind). */
const LEAST_NODES = 100;
const LEAST_PERCENTAGE = 5;

/** Who is to be placed. */
export interface Candidate {
  readonly key: string;
  readonly priority: number;
  /** Node promised by an earlier preemption, "" for none. */
  readonly nominatedNode: string;
}

/** What a cycle found. `slot` −1 = no node; then the verdicts on all nodes are in the scratch. */
export interface Selection {
  readonly slot: number;
  readonly feasible: number;
  readonly evaluated: number;
  readonly score: number;
  /** The best of the others, −1 when there is none. */
  readonly runnerUp: number;
  readonly runnerUpScore: number;
  /** No node was looked at, because of this. */
  readonly refusedAll: Refusal | undefined;
}

/** What cycles share. */
export interface SelectionContext {
  readonly cluster: Cluster;
  readonly profile: Profile;
  readonly plan: Plan;
  readonly scratch: Scratch;
  readonly nominator: Nominator;
  readonly random: RandomStream;
  /** Where in the order of nodes the next cycle starts. */
  readonly cursor: { next: number };
}

/** How many nodes that can take the pod are enough (numFeasibleNodesToFind): all of up to 100, then a share that shrinks to 5 %. */
export function enoughNodes(percentage: number, nodes: number): number {
  if (nodes < LEAST_NODES) return nodes;
  const share = percentage === 0 ? Math.max(50 - Math.trunc(nodes / 125), LEAST_PERCENTAGE) : percentage;
  return Math.max(Math.trunc((nodes * share) / 100), LEAST_NODES);
}

function refusedEverywhere({ cluster, profile, plan }: SelectionContext): Refusal | undefined {
  for (const name of profile.filters) {
    const refused = NODE_PLUGINS.get(name)?.preFilter?.(plan.shape, cluster, argsOf(profile, name));
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/**
 * The verdict with pods counted that were promised room on the node; both with and without them the pod must fit
 * (RunFilterPluginsWithNominatedPods). Upstream asks first with them, here the cheap question comes first.
 */
function verdictWithPromises(context: SelectionContext, candidate: Candidate, slot: number): number {
  const { cluster, profile, plan, nominator } = context;
  const verdict = verdictOn(cluster, profile, plan, slot);
  if (verdict !== 0) return verdict;
  const node = cluster.nodes[slot] as NodeInfo;
  const promises = promisesOn(nominator, node.name, candidate.priority, candidate.key);
  if (promises.length === 0) return 0;
  const refused = refusedWithPromises(context, node, promises);
  return refused === undefined ? 0 : refusalId(plan, refused);
}

function refusedWithPromises({ cluster, profile, plan }: SelectionContext, node: NodeInfo, promises: readonly Nominated[]): Refusal | undefined {
  if (!readsTallies(plan)) return withPromises(cluster, node, promises, true, () => nodeRefusal(cluster, profile, plan, node));
  const refused = withPromises(cluster, node, promises, false, () => {
    refreshPlan(cluster, profile, plan);
    return refusalNow(cluster, profile, plan, node);
  });
  refreshPlan(cluster, profile, plan);
  return refused;
}

/** {@link verdictWithPromises}, remembered where the pod itself is promised nothing and tallies don't matter. */
function verdictFor(context: SelectionContext, candidate: Candidate, slot: number): number {
  const { cluster, profile, plan, nominator } = context;
  if (nominator.byNode.size === 0) return verdictOn(cluster, profile, plan, slot);
  if (readsTallies(plan) || plan.capacity === 0) return nominator.byNode.has((cluster.nodes[slot] as NodeInfo).name) ? verdictWithPromises(context, candidate, slot) : verdictOn(cluster, profile, plan, slot);
  const known = promisedVerdicts(plan, candidate.priority);
  const stamp = cluster.stamps[slot] as number;
  if (known.stamps[slot] === stamp) return known.verdicts[slot] as number;
  const promises = nominator.byNode.get((cluster.nodes[slot] as NodeInfo).name);
  const verdict = promises === undefined ? verdictOn(cluster, profile, plan, slot) : verdictWithPromises(context, candidate, slot);
  if (promises?.has(candidate.key) === true) return verdict;
  known.stamps[slot] = stamp;
  known.verdicts[slot] = verdict;
  return verdict;
}

function promisedVerdicts(plan: Plan, priority: number): PromisedVerdicts {
  if (plan.promised?.priority === priority) return plan.promised;
  plan.promised = { priority, stamps: new Float64Array(plan.capacity), verdicts: new Uint16Array(plan.capacity) };
  return plan.promised;
}

/** Verdicts remembered for all nodes, as long as their stamps agree with the cluster's. */
interface Remembered {
  readonly stamps: Float64Array;
  readonly verdicts: Uint16Array;
}

const NOTHING: Remembered = Object.freeze({ stamps: new Float64Array(0), verdicts: new Uint16Array(0) });

/** What may be read without asking a plugin; nothing where tallies decide or nothing is remembered. */
function rememberedFor({ plan, nominator }: SelectionContext, candidate: Candidate): Remembered {
  if (readsTallies(plan) || plan.capacity === 0) return NOTHING;
  return nominator.byNode.size === 0 ? plan : promisedVerdicts(plan, candidate.priority);
}

/** Collects nodes that can take the pod until there are enough; returns how many, and moves the cursor on. */
function findFeasible(context: SelectionContext, candidate: Candidate, order: Int32Array, found: { evaluated: number }): number {
  const { cluster, profile, scratch, cursor } = context;
  const { slots, verdicts } = scratch;
  const { stamps } = cluster;
  const known = rememberedFor(context, candidate);
  const length = order.length;
  const enough = enoughNodes(profile.percentageOfNodesToScore, length);
  let at = length === 0 ? 0 : cursor.next % length;
  let count = 0;
  let looked = 0;
  for (; looked < length && count < enough; looked++) {
    const slot = order[at] as number;
    if (++at === length) at = 0;
    const verdict = known.stamps[slot] === stamps[slot] ? (known.verdicts[slot] as number) : verdictFor(context, candidate, slot);
    verdicts[slot] = verdict;
    if (verdict === 0) slots[count++] = slot;
  }
  found.evaluated = looked;
  if (cluster.nodeCount > 0) cursor.next = (cursor.next + looked) % cluster.nodeCount;
  return count;
}

/** The nodes to look at: all, or those the pod names. */
export function nodesToLookAt(cluster: Cluster, plan: Plan): Int32Array {
  const names = namedNodes(plan.shape.spec);
  if (names === undefined) return nodeOrder(cluster);
  const slots = new Int32Array(names.length);
  let count = 0;
  for (const name of names) {
    const slot = cluster.slots.get(name);
    if (slot !== undefined && cluster.nodes[slot]?.node !== undefined) slots[count++] = slot;
  }
  return count === slots.length ? slots : slots.slice(0, count);
}

const NONE: Omit<Selection, "evaluated"> = { slot: -1, feasible: 0, score: 0, runnerUp: -1, runnerUpScore: 0, refusedAll: undefined };

/** Chooses among the scored; equal ones by lot. */
function chooseBest(context: SelectionContext, count: number, evaluated: number): Selection {
  const { slots, totals } = context.scratch;
  let best = 0;
  let second = -1;
  let ties = 1;
  for (let at = 1; at < count; at++) {
    const total = totals[at] as number;
    const top = totals[best] as number;
    if (total > top) {
      second = best;
      best = at;
      ties = 1;
    } else if (total === top) {
      ties++;
      if (nextBelow(context.random, ties) === 0) {
        second = best;
        best = at;
      } else second = at;
    } else if (second < 0 || total > (totals[second] as number)) second = at;
  }
  return {
    slot: slots[best] as number, feasible: count, evaluated, score: totals[best] as number,
    runnerUp: second < 0 ? -1 : (slots[second] as number), runnerUpScore: second < 0 ? 0 : (totals[second] as number), refusedAll: undefined,
  };
}

/** A pod that was promised a node takes it if it can, without looking further. */
function tryNominated(context: SelectionContext, candidate: Candidate): Selection | undefined {
  if (candidate.nominatedNode === "") return undefined;
  const slot = context.cluster.slots.get(candidate.nominatedNode);
  if (slot === undefined || context.cluster.nodes[slot]?.node === undefined) return undefined;
  if (verdictWithPromises(context, candidate, slot) !== 0) return undefined;
  return { ...NONE, slot, feasible: 1, evaluated: 1 };
}

/** Finds the node for a pod. */
export function selectNode(context: SelectionContext, candidate: Candidate): Selection {
  const { cluster, profile, plan, scratch } = context;
  refreshPlan(cluster, profile, plan);
  const refusedAll = refusedEverywhere(context);
  if (refusedAll !== undefined) return { ...NONE, evaluated: 0, refusedAll };
  const nominated = tryNominated(context, candidate);
  if (nominated !== undefined) return nominated;
  const found = { evaluated: 0 };
  const count = findFeasible(context, candidate, nodesToLookAt(cluster, plan), found);
  if (count === 0) return { ...NONE, evaluated: found.evaluated };
  if (count === 1) return { ...NONE, slot: scratch.slots[0] as number, feasible: 1, evaluated: found.evaluated };
  scoreNodes(profile, plan, scratch, count);
  return chooseBest(context, count, found.evaluated);
}
