/** Clusters lived through at random: workloads, faults, and what must be true in the end. */
export { type ClusterPlan, type Outcome, planSimulation, shrinkPlan, simulatePlan, simulateSeed, type SimulationOptions } from "./simulate.ts";
