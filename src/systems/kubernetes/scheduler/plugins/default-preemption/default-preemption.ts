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
import { betterOf } from "./pick-candidate.ts";
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
  let count = 0;
  const helps = plan.refusals.map((refused) => refused?.resolvable === true);
  for (const slot of nodesToLookAt(cluster, plan)) if (helps[verdicts[slot] as number] === true) slots[count++] = slot;
  return count;
}

function dryRunsOf(cycle: SelectionContext, priority: number, budgetsVersion: number): DryRuns {
  const { plan } = cycle;
  const known = plan.dryRuns.get(priority);
  if (known !== undefined && known.budgetsVersion === budgetsVersion) return known;
  const fresh: DryRuns = { stamps: new Float64Array(cycle.cluster.capacity), results: [], budgetsVersion };
  plan.dryRuns.set(priority, fresh);
  return fresh;
}

function dryRun({ trial, runs, cycle, candidate }: Search, slot: number): DryRun {
  const { cluster, plan } = trial;
  const known = runs.results[slot];
  if (known !== undefined && runs.stamps[slot] === cluster.stamps[slot] && !readsTallies(plan)) return known;
  const node = cluster.nodes[slot] as NodeInfo;
  const result = selectVictims(trial, node, promisesOn(cycle.nominator, node.name, candidate.priority, candidate.key));
  runs.stamps[slot] = cluster.stamps[slot] as number;
  runs.results[slot] = result;
  return result;
}

/** How many candidates are enough (GetOffsetAndNumCandidates). */
function enoughCandidates(args: DefaultPreemptionArgs, nodes: number): number {
  const share = Math.trunc((nodes * (args.minCandidateNodesPercentage ?? LEAST_PERCENTAGE)) / 100);
  return Math.min(nodes, Math.max(share, args.minCandidateNodesAbsolute ?? LEAST_NODES));
}

/** Tries nodes from a random one on until there are enough candidates, at least one of them without a broken budget. */
function search(own: Search, slots: Int32Array, count: number, enough: number, refused: Map<string, number>): DryRun | undefined {
  let best: DryRun | undefined;
  let found = 0;
  let harmless = 0;
  let at = nextBelow(own.cycle.random, count);
  for (let tried = 0; tried < count && !(harmless > 0 && found >= enough); tried++) {
    const run = dryRun(own, slots[at] as number);
    if (++at === count) at = 0;
    if (run.refused !== undefined) {
      for (const reason of run.refused.reasons) refused.set(reason, (refused.get(reason) ?? 0) + 1);
      continue;
    }
    found++;
    if (run.violations === 0) harmless++;
    best = betterOf(best, run);
  }
  return best;
}

/** "0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling." */
function whyNot(nodes: number, tried: number, refused: Map<string, number>): string {
  if (nodes > tried) refused.set(NOT_HELPFUL, nodes - tried);
  return `0/${nodes} nodes are available: ${reasonsText(refused)}.`;
}

/** Finds whom to preempt for a pod that fits nowhere; the verdicts of its cycle are in the scratch. */
export function findVictims(cycle: SelectionContext, candidate: Candidate, refusedAll: boolean, budgets: readonly PodDisruptionBudget[], budgetsVersion: number): PreemptionResult {
  const { cluster, profile, plan, scratch } = cycle;
  const count = refusedAll ? 0 : potentialNodes(cycle);
  const refused = new Map<string, number>();
  if (count === 0) return { message: whyNot(cluster.nodeCount, 0, refused) };
  const enough = enoughCandidates((profile.args["DefaultPreemption"] ?? {}) as DefaultPreemptionArgs, count);
  const trial: Trial = { cluster, profile, plan, priority: candidate.priority, budgets };
  const best = search({ trial, runs: dryRunsOf(cycle, candidate.priority, budgetsVersion), cycle, candidate }, scratch.slots, count, enough, refused);
  return best === undefined ? { message: whyNot(cluster.nodeCount, count, refused) } : { best };
}
