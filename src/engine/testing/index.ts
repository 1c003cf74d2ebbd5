/** Testing by simulation: plans drawn from a seed, faults, shrinking, and checks that hold for every product. */
export { causalityProblems } from "./causality.ts";
export { Dice } from "./dice.ts";
export { type FaultKind, type FaultWindow, scheduleFaults } from "./fault-schedule.ts";
export { type ReplayProblem, replayProblem } from "./replay.ts";
export { fixed, type Piece, type Plan, type Step, stepsOf } from "./plan.ts";
export { shrink } from "./shrink.ts";
