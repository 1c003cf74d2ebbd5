/** Why the winner won, as facts: the plugins that set it apart most from the runner-up. */
import { extended } from "../../../base/plain/index.ts";
import { argsOf } from "./framework/plan.ts";
import type { NodeInfo } from "./framework/node-info.ts";
import { NODE_PLUGINS } from "./framework/registry.ts";
import type { Selection, SelectionContext } from "./framework/select-node.ts";
import { normalisedScore } from "./framework/score.ts";

/** Weighted scores of a plugin for the winner and the runner-up. */
export interface PluginDuel {
  readonly plugin: string;
  readonly winner: number;
  readonly runnerUp: number;
}

function columnDuels(cycle: SelectionContext, selection: Selection): PluginDuel[] {
  const { plan, scratch } = cycle;
  return plan.columns.map(({ plugin, weight, normalisation, raw }) => {
    let highest = 0;
    for (let at = 0; at < selection.feasible; at++) highest = Math.max(highest, raw[scratch.slots[at] as number] as number);
    const score = (slot: number): number => weight * normalisedScore(raw[slot] as number, highest, normalisation);
    return { plugin, winner: score(selection.slot), runnerUp: score(selection.runnerUp) };
  });
}

function flatDuels(cycle: SelectionContext, selection: Selection): PluginDuel[] {
  const { plan, cluster, profile } = cycle;
  return plan.flatPlugins.map(({ plugin, weight }) => {
    const score = (slot: number): number => weight * (NODE_PLUGINS.get(plugin)?.score?.(plan.shape, cluster.nodes[slot] as NodeInfo, cluster, argsOf(profile, plugin)) ?? 0);
    return { plugin, winner: score(selection.slot), runnerUp: score(selection.runnerUp) };
  });
}

/** Facts for the note: runner-up, scores, and up to two plugins that decided. Empty when there was no contest. */
export function whyWon(cycle: SelectionContext, selection: Selection): Record<string, unknown> {
  if (selection.runnerUp < 0) return {};
  const runnerUp = (cycle.cluster.nodes[selection.runnerUp] as NodeInfo).name;
  const scores = { score: selection.score, runnerUp, runnerUpScore: selection.runnerUpScore };
  if (selection.score === selection.runnerUpScore) return extended(scores, { tie: true });
  const duels = [...columnDuels(cycle, selection), ...flatDuels(cycle, selection)];
  let known = 0;
  for (const { winner, runnerUp: other } of duels) known += winner - other;
  // What the node's own plugins don't explain is spreading and affinity between pods.
  const rest = selection.score - selection.runnerUpScore - known;
  if (rest !== 0) duels.push({ plugin: (cycle.plan.affinity?.preferred.length ?? 0) > 0 ? "InterPodAffinity" : "PodTopologySpread", winner: rest, runnerUp: 0 });
  duels.sort((a, b) => b.winner - b.runnerUp - (a.winner - a.runnerUp));
  return extended(scores, { because: duels.slice(0, 2).filter((duel) => duel.winner > duel.runnerUp) });
}
