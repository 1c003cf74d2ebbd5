/**
 * DefaultPreemption: finds the node where the fewest and least important pods must go for a pod of higher priority.
 * Source: plugins/defaultpreemption/default_preemption.go, pkg/scheduler/framework/preemption/preemption.go.
 */
import { nextBelow, type RandomStream } from "../../../../../engine/random/index.ts";
import type { PodDisruptionBudget } from "../../../api/index.ts";
import { nodeOrder } from "../../framework/cluster.ts";
import { reasonsText } from "../../framework/fit-error.ts";
import type { NodeInfo } from "../../framework/node-info.ts";
import { type Nominator, promisesOn } from "../../framework/nominator.ts";
import type { DryRun, DryRuns } from "../../framework/plan.ts";
import type { Candidate, SelectionContext } from "../../framework/select-node.ts";
import { readsTallies } from "../../framework/plan.ts";
import type { DefaultPreemptionArgs } from "../../profile/args.ts";
import { pickCandidate } from "./pick-candidate.ts";
import { selectVictims, type Trial } from "./victims.ts";

/** Nodes to find at least, in per cent and in number (defaults of DefaultPreemptionArgs). */
const LEAST_PERCENTAGE = 10;
const LEAST_NODES = 100;
const NOT_HELPFUL = "Preemption is not helpful for scheduling";

/** The victims found, or the message why there are none. */
export type PreemptionResult = { readonly best: DryRun } | { readonly message: string };

/** Slots of nodes where taking pods away could help. */
function potentialNodes({ cluster, plan, scratch }: SelectionContext): number[] {
  const slots: number[] = [];
  for (const slot of nodeOrder(cluster)) {
    const verdict = scratch.verdicts[slot] as number;
    if (plan.refusals[verdict]?.resolvable === true) slots.push(slot);
  }
  return slots;
}

function dryRunsOf(cycle: SelectionContext, priority: number, budgetsVersion: number): DryRuns {
  const { plan } = cycle;
  const known = plan.dryRuns.get(priority);
  if (known !== undefined && known.budgetsVersion === budgetsVersion) return known;
  const fresh: DryRuns = { stamps: new Float64Array(plan.capacity), results: [], budgetsVersion };
  plan.dryRuns.set(priority, fresh);
  return fresh;
}

function dryRun(trial: Trial, runs: DryRuns, nominator: Nominator, candidate: Candidate, slot: number): DryRun {
  const { cluster } = trial;
  const known = runs.results[slot];
  const remembered = !readsTallies(trial.plan);
  if (remembered && known !== undefined && runs.stamps[slot] === cluster.stamps[slot]) return known;
  const node = cluster.nodes[slot] as NodeInfo;
  const result = selectVictims(trial, node, promisesOn(nominator, node.name, candidate.priority, candidate.key));
  runs.stamps[slot] = cluster.stamps[slot] as number;
  runs.results[slot] = result;
  return result;
}

/** Tries nodes from a random one on until there are enough candidates, at least one of them without a broken budget. */
function dryRunAll(cycle: SelectionContext, candidate: Candidate, slots: readonly number[], budgets: readonly PodDisruptionBudget[], budgetsVersion: number, random: RandomStream): { readonly candidates: DryRun[]; readonly tried: DryRun[] } {
  const args = (cycle.profile.args["DefaultPreemption"] ?? {}) as DefaultPreemptionArgs;
  const enough = Math.min(slots.length, Math.max(Math.trunc((slots.length * (args.minCandidateNodesPercentage ?? LEAST_PERCENTAGE)) / 100), args.minCandidateNodesAbsolute ?? LEAST_NODES));
  const trial: Trial = { cluster: cycle.cluster, profile: cycle.profile, plan: cycle.plan, priority: candidate.priority, budgets };
  const runs = dryRunsOf(cycle, candidate.priority, budgetsVersion);
  const offset = nextBelow(random, slots.length);
  const candidates: DryRun[] = [];
  const tried: DryRun[] = [];
  let harmless = 0;
  for (let at = 0; at < slots.length && !(harmless > 0 && candidates.length >= enough); at++) {
    const run = dryRun(trial, runs, cycle.nominator, candidate, slots[(offset + at) % slots.length] as number);
    tried.push(run);
    if (run.refused !== undefined) continue;
    candidates.push(run);
    if (run.violations === 0) harmless++;
  }
  return { candidates, tried };
}

/** "0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling." */
function whyNot(nodes: number, tried: readonly DryRun[]): string {
  const reasons = new Map<string, number>();
  for (const run of tried) for (const reason of run.refused?.reasons ?? []) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  if (nodes > tried.length) reasons.set(NOT_HELPFUL, nodes - tried.length);
  return `0/${nodes} nodes are available: ${reasonsText(reasons)}.`;
}

/** Finds whom to preempt for a pod that fits nowhere; the verdicts of its cycle are in the scratch. */
export function findVictims(cycle: SelectionContext, candidate: Candidate, refusedAll: boolean, budgets: readonly PodDisruptionBudget[], budgetsVersion: number): PreemptionResult {
  const slots = refusedAll ? [] : potentialNodes(cycle);
  const { nodeCount } = cycle.cluster;
  if (slots.length === 0) return { message: whyNot(nodeCount, []) };
  const { candidates, tried } = dryRunAll(cycle, candidate, slots, budgets, budgetsVersion, cycle.random);
  const best = pickCandidate(candidates);
  return best === undefined ? { message: whyNot(nodeCount, tried) } : { best };
}
