/** Which node's victims to choose. Source: pkg/scheduler/framework/preemption/preemption.go, pickOneNodeForPreemption. */
import type { DryRun } from "../../framework/plan.ts";

/** Negative when `a` is the better choice: fewest broken budgets, lowest top priority, lowest sum, fewest victims, latest start. */
function compare(a: DryRun, b: DryRun): number {
  return a.violations - b.violations || a.top - b.top || a.sum - b.sum || a.victims.length - b.victims.length || b.start - a.start;
}

/** The better of two candidates, the first among equals. */
export function betterOf(best: DryRun | undefined, candidate: DryRun): DryRun {
  return best === undefined || compare(candidate, best) < 0 ? candidate : best;
}
