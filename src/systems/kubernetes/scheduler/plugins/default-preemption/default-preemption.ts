/**
 * DefaultPreemption: finds the node where the fewest and least important pods must go for a pod of higher priority.
 * Source: plugins/defaultpreemption/default_preemption.go, pkg/scheduler/framework/preemption/preemption.go.
 */
import { nextBelow } from "../../../../../engine/random/index.ts";
import type { PodDisruptionBudget } from "../../../api/index.ts";
import { reasonsText } from "../../framework/fit-error.ts";
import type { NodeInfo } from "../../framework/node-info.ts";
import { promisesOn } from "../../framework/nominator.ts";
import type { DryRun, DryRuns } from "../../framework/plan.ts";
import { type Candidate, nodesToLookAt, type SelectionContext } from "../../framework/select-node.ts";
import { readsTallies } from "../../framework/plan.ts";
import type { DefaultPreemptionArgs } from "../../profile/args.ts";
import { betterOf, createDryRuns, keepDryRun } from "./pick-candidate.ts";
import { selectVictims, type Trial } from "./victims.ts";

/** Nodes to find at least, in per cent and in number (defaults of DefaultPreemptionArgs). */
const LEAST_PERCENTAGE = 10;
const LEAST_NODES = 100;
const NOT_HELPFUL = "Preemption is not helpful for scheduling";

/** The victims found, or the message why there are none. */
export type PreemptionResult = { readonly best: DryRun } | { readonly message: string };

/** One search: what is known of it. */
interface Search {
  readonly trial: Trial;
  readonly runs: DryRuns;
  readonly cycle: SelectionContext;
  readonly candidate: Candidate;
}

/** Puts the slots of nodes where taking pods away could help into the scratch; returns how many. */
function potentialNodes({ cluster, plan, scratch }: SelectionContext): number {
  const { slots, verdicts } = scratch;
  const helps = Uint8Array.from(plan.refusals, (refused) => (refused?.resolvable === true ? 1 : 0));
  const looked = nodesToLookAt(cluster, plan);
  let count = 0;
  for (let at = 0; at < looked.length; at++) {
    const slot = looked[at] as number;
    if (helps[verdicts[slot] as number] === 1) slots[count++] = slot;
  }
  return count;
}

function dryRunsOf(cycle: SelectionContext, priority: number, budgetsVersion: number): DryRuns {
  const { plan } = cycle;
  const known = plan.dryRuns.get(priority);
  if (known !== undefined && known.budgetsVersion === budgetsVersion) return known;
  const fresh = createDryRuns(cycle.cluster.capacity, budgetsVersion);
  plan.dryRuns.set(priority, fresh);
  return fresh;
}

function dryRun({ trial, runs, cycle, candidate }: Search, slot: number): void {
  const { cluster } = trial;
  const node = cluster.nodes[slot] as NodeInfo;
  const result = selectVictims(trial, node, promisesOn(cycle.nominator, node.name, candidate.priority, candidate.key));
  keepDryRun(runs, result, cluster.stamps[slot] as number);
}

/** How many candidates are enough (GetOffsetAndNumCandidates). */
function enoughCandidates(args: DefaultPreemptionArgs, nodes: number): number {
  const share = Math.trunc((nodes * (args.minCandidateNodesPercentage ?? LEAST_PERCENTAGE)) / 100);
  return Math.min(nodes, Math.max(share, args.minCandidateNodesAbsolute ?? LEAST_NODES));
}

/**
 * Tries nodes from a random one on until there are enough candidates, at least one of them without a broken budget.
 * Returns the slot of the best, −1 for none.
 */
function search(own: Search, slots: Int32Array, count: number, enough: number): number {
  const { runs, trial } = own;
  const { stamps } = trial.cluster;
  const remembers = !readsTallies(trial.plan);
  let best = -1;
  let found = 0;
  let harmless = 0;
  let at = nextBelow(own.cycle.random, count);
  for (let tried = 0; tried < count && !(harmless > 0 && found >= enough); tried++) {
    const slot = slots[at] as number;
    if (++at === count) at = 0;
    if (!remembers || runs.stamps[slot] !== stamps[slot]) dryRun(own, slot);
    if (runs.refused[slot] === 1) continue;
    found++;
    if (runs.violations[slot] === 0) harmless++;
    best = betterOf(runs, best, slot);
  }
  return best;
}

/** "0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling." */
function whyNot(nodes: number, tried: Int32Array, runs: DryRuns | undefined): string {
  const reasons = new Map<string, number>();
  for (const slot of tried) for (const reason of runs?.results[slot]?.refused?.reasons ?? []) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (nodes > tried.length) reasons.set(NOT_HELPFUL, nodes - tried.length);
  return `0/${nodes} nodes are available: ${reasonsText(reasons)}.`;
}

/** Finds whom to preempt for a pod that fits nowhere; the verdicts of its cycle are in the scratch. */
export function findVictims(cycle: SelectionContext, candidate: Candidate, refusedAll: boolean, budgets: readonly PodDisruptionBudget[], budgetsVersion: number): PreemptionResult {
  const { cluster, profile, plan, scratch } = cycle;
  const count = refusedAll ? 0 : potentialNodes(cycle);
  if (count === 0) return { message: whyNot(cluster.nodeCount, new Int32Array(0), undefined) };
  const enough = enoughCandidates((profile.args["DefaultPreemption"] ?? {}) as DefaultPreemptionArgs, count);
  const trial: Trial = { cluster, profile, plan, priority: candidate.priority, budgets };
  const runs = dryRunsOf(cycle, candidate.priority, budgetsVersion);
  const best = runs.results[search({ trial, runs, cycle, candidate }, scratch.slots, count, enough)];
  return best === undefined ? { message: whyNot(cluster.nodeCount, scratch.slots.subarray(0, count), runs) } : { best };
}
