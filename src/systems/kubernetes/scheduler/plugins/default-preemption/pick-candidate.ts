/** Which node's victims to choose. Source: pkg/scheduler/framework/preemption/preemption.go, pickOneNodeForPreemption. */
import type { DryRun, DryRuns } from "../../framework/plan.ts";

/** Nothing found out yet about any node. */
export function createDryRuns(capacity: number, budgetsVersion: number): DryRuns {
  return {
    budgetsVersion, stamps: new Float64Array(capacity), results: [], refused: new Uint8Array(capacity), violations: new Int32Array(capacity),
    tops: new Float64Array(capacity), sums: new Float64Array(capacity), victims: new Int32Array(capacity), starts: new Float64Array(capacity),
  };
}

/** Keeps what a dry run found. */
export function keepDryRun(runs: DryRuns, run: DryRun, stamp: number): void {
  const { slot } = run;
  runs.stamps[slot] = stamp;
  runs.results[slot] = run;
  runs.refused[slot] = run.refused === undefined ? 0 : 1;
  runs.violations[slot] = run.violations;
  runs.tops[slot] = run.top;
  runs.sums[slot] = run.sum;
  runs.victims[slot] = run.victims.length;
  runs.starts[slot] = run.start;
}

/**
 * The better of two nodes, the first among equals: fewest broken budgets, lowest top priority, lowest sum, fewest
 * victims, latest start. `best` −1 = none yet.
 */
export function betterOf(runs: DryRuns, best: number, slot: number): number {
  if (best < 0) return slot;
  const { violations, tops, sums, victims, starts } = runs;
  if (violations[slot] !== violations[best]) return (violations[slot] as number) < (violations[best] as number) ? slot : best;
  if (tops[slot] !== tops[best]) return (tops[slot] as number) < (tops[best] as number) ? slot : best;
  if (sums[slot] !== sums[best]) return (sums[slot] as number) < (sums[best] as number) ? slot : best;
  if (victims[slot] !== victims[best]) return (victims[slot] as number) < (victims[best] as number) ? slot : best;
  return (starts[slot] as number) > (starts[best] as number) ? slot : best;
}
