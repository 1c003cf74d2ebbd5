/** Scores of the nodes that passed, from the plan's columns and the tallies. Source: pkg/scheduler/framework/runtime/framework.go, RunScorePlugins. */
import { affinityScores, type AffinityPart } from "../plugins/inter-pod-affinity/inter-pod-affinity.ts";
import { spreadScores, type SpreadPart } from "../plugins/pod-topology-spread/pod-topology-spread.ts";
import type { Profile } from "../profile/profile.ts";
import type { Plan, ScoreColumn } from "./plan.ts";
import { MAX_SCORE } from "./plugin.ts";

/** Room for one cycle; holds nothing between cycles. */
export interface Scratch {
  slots: Int32Array;
  totals: Float64Array;
  part: Float64Array;
  /** By slot: the verdict of this cycle. */
  verdicts: Uint16Array;
}

/** Makes room for so many nodes. */
export function createScratch(capacity: number): Scratch {
  return { slots: new Int32Array(capacity), totals: new Float64Array(capacity), part: new Float64Array(capacity), verdicts: new Uint16Array(capacity) };
}

/** One raw score normalised, given the highest (helper/normalize_score.go, DefaultNormalizeScore). */
export function normalisedScore(raw: number, highest: number, normalisation: ScoreColumn["normalisation"]): number {
  if (normalisation === "none") return raw;
  if (highest === 0) return normalisation === "lowest" ? MAX_SCORE : raw;
  const share = Math.trunc((MAX_SCORE * raw) / highest);
  return normalisation === "lowest" ? MAX_SCORE - share : share;
}

function addColumn(column: ScoreColumn, scratch: Scratch, count: number): void {
  const { raw, weight, normalisation } = column;
  const { slots, totals } = scratch;
  let highest = 0;
  for (let at = 0; at < count; at++) {
    const score = raw[slots[at] as number] as number;
    if (score > highest) highest = score;
  }
  if (highest === 0) {
    const same = weight * normalisedScore(0, 0, normalisation);
    if (same !== 0) for (let at = 0; at < count; at++) totals[at] = (totals[at] as number) + same;
    return;
  }
  for (let at = 0; at < count; at++) totals[at] = (totals[at] as number) + weight * normalisedScore(raw[slots[at] as number] as number, highest, normalisation);
}

function addPart(weight: number, scratch: Scratch, count: number): void {
  const { totals, part } = scratch;
  for (let at = 0; at < count; at++) totals[at] = (totals[at] as number) + weight * (part[at] as number);
}

/** Weight of a score plugin in a profile; 0 when it is off. */
export function weightIn(profile: Profile, plugin: string): number {
  for (const one of profile.scores) if (one.name === plugin) return one.weight;
  return 0;
}

/** Fills `scratch.totals` for the first `count` of `scratch.slots`. */
export function scoreNodes(profile: Profile, plan: Plan, scratch: Scratch, count: number): void {
  const { slots, totals, part } = scratch;
  for (let at = 0; at < count; at++) totals[at] = plan.flat[slots[at] as number] as number;
  for (const column of plan.columns) addColumn(column, scratch, count);
  const spread = weightIn(profile, "PodTopologySpread");
  if (spread !== 0 && spreadScores(plan.spread as SpreadPart, slots, count, part)) addPart(spread, scratch, count);
  const affinity = weightIn(profile, "InterPodAffinity");
  if (affinity !== 0 && affinityScores(plan.affinity as AffinityPart, slots, count, part)) addPart(affinity, scratch, count);
}
