/** Which node's victims to choose. Source: pkg/scheduler/framework/preemption/preemption.go, pickOneNodeForPreemption. */
import type { PodInfo } from "../../framework/node-info.ts";
import type { DryRun } from "../../framework/plan.ts";
import { startOf } from "./victims.ts";

/** Makes every priority positive, so that more victims never look cheaper (MaxInt32 + 1). */
const PRIORITY_SHIFT = 2 ** 31;

function highestPriority(run: DryRun): number {
  return run.victims[0]?.priority ?? Number.MIN_SAFE_INTEGER;
}

function prioritySum(run: DryRun): number {
  let sum = 0;
  for (const info of run.victims) sum += info.priority + PRIORITY_SHIFT;
  return sum;
}

/** The earliest start among the most important victims. */
function earliestStart(run: DryRun): number {
  const highest = highestPriority(run);
  let earliest = Number.MAX_SAFE_INTEGER;
  for (const info of run.victims) if (info.priority === highest) earliest = Math.min(earliest, startOf(info));
  return earliest;
}

/** Negative when `a` is the better choice: fewest broken budgets, lowest top priority, lowest sum, fewest victims, latest start. */
function compare(a: DryRun, b: DryRun): number {
  return a.violations - b.violations || highestPriority(a) - highestPriority(b) || prioritySum(a) - prioritySum(b)
    || a.victims.length - b.victims.length || earliestStart(b) - earliestStart(a);
}

/** The best candidate, the first found among equals. */
export function pickCandidate(candidates: readonly DryRun[]): DryRun | undefined {
  let best: DryRun | undefined;
  for (const candidate of candidates) if (best === undefined || compare(candidate, best) < 0) best = candidate;
  return best;
}

/** Names of the pods of a set. */
export function podNames(pods: readonly PodInfo[]): string[] {
  return pods.map((info) => info.key);
}
