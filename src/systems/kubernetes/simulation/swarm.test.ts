/** A quick swarm: longer ones by `npm run simulate -- --seeds 1..2000`. A failure prints its seed. */
import { describe, expect, it } from "vitest";
import { causalityProblems } from "../../../engine/testing/index.ts";
import { planSimulation, simulatePlan, simulateSeed, shrinkPlan } from "./index.ts";
import { revisionsReused } from "./mutants.fake.ts";

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);
const MINUTES = 3;

describe("random clusters", () => {
  it.each(SEEDS)("keep every invariant, come to rest as desired, and do it again (seed %i)", (seed) => {
    expect(simulateSeed(seed, { minutes: MINUTES }).problems, `npm run simulate -- --seed ${seed} --minutes ${MINUTES} --shrink`).toEqual([]);
  });

  it.each([101, 102, 103, 104])("give every event a cause that isn't in the future (seed %i)", (seed) => {
    expect(causalityProblems(simulateSeed(seed, { minutes: 2, replay: false }).world.trace)).toEqual([]);
  });

  it("differ from seed to seed, and not at all for one", () => {
    const hashes = [7, 7, 8].map((seed) => simulateSeed(seed, { minutes: 1, replay: false }).hash);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  it("are shrunk to what matters when they fail", () => {
    const options = { minutes: 1, replay: false, behaviours: revisionsReused() };
    const plan = planSimulation(5, 1);
    const outcome = simulatePlan(plan, options);
    expect(outcome.problems[0]).toMatch(/^invariant 1 /);
    expect(shrinkPlan(plan, outcome, options, 30).pieces.length).toBeLessThan(plan.pieces.length);
  });
});
