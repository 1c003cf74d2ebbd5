import { describe, expect, it } from "vitest";
import type { PodInfo } from "../../framework/node-info.ts";
import { makeShape } from "../../framework/pod-shape.ts";
import { makePod } from "../../testing/test-cluster.ts";
import { betterOf, createDryRuns, keepDryRun } from "./pick-candidate.ts";
import { dryRunOf, moreImportantFirst, splitByBudgets } from "./victims.ts";

function victim(priority: number, startTime = "2026-01-01T00:00:00Z"): PodInfo {
  const pod = { ...makePod(`p${priority}`, { labels: { app: "x" } }), status: { startTime } };
  return { key: `default/p${priority}`, pod, shape: makeShape(pod, 1), priority, node: 0, assumed: false, terminating: false };
}
function pickCandidate(runs: readonly ReturnType<typeof dryRunOf>[]): { readonly slot: number } {
  const columns = createDryRuns(8, 0);
  let slot = -1;
  for (const run of runs) {
    keepDryRun(columns, run, 1);
    slot = betterOf(columns, slot, run.slot);
  }
  return { slot };
}
const run = (slot: number, violations: number, ...victims: PodInfo[]): ReturnType<typeof dryRunOf> => dryRunOf(slot, victims, violations);

describe("the choice of candidate", () => {
  it("first avoids broken budgets", () => {
    expect(pickCandidate([run(1, 1, victim(1)), run(2, 0, victim(9), victim(9))]).slot).toBe(2);
  });
  it("then wants the lowest top priority, the lowest sum, the fewest victims", () => {
    expect(pickCandidate([run(1, 0, victim(5)), run(2, 0, victim(4), victim(4))]).slot).toBe(2);
    expect(pickCandidate([run(1, 0, victim(4), victim(3)), run(2, 0, victim(4), victim(1))]).slot).toBe(2);
    expect(pickCandidate([run(1, 0, victim(4), victim(-1)), run(2, 0, victim(4))]).slot).toBe(2);
  });
  it("then the victims that started last, then the first found", () => {
    expect(pickCandidate([run(1, 0, victim(4)), run(2, 0, victim(4, "2026-01-02T00:00:00Z"))]).slot).toBe(2);
    expect(pickCandidate([run(1, 0, victim(4)), run(2, 0, victim(4))]).slot).toBe(1);
    expect(pickCandidate([]).slot).toBe(-1);
  });
});

describe("victims", () => {
  it("are ordered by priority, then by age", () => {
    const old = victim(3);
    const young = victim(3, "2026-01-05T00:00:00Z");
    expect([young, victim(1), old, victim(7)].sort(moreImportantFirst).map((info) => info.priority)).toEqual([7, 3, 3, 1]);
    expect([young, old].sort(moreImportantFirst)[0]).toBe(old);
  });
  it("break a budget when more go than it allows", () => {
    const budget = { metadata: { namespace: "default" }, spec: { selector: { matchLabels: { app: "x" } } }, status: { disruptionsAllowed: 1, disruptedPods: { p3: "t" } } };
    const { violating, harmless } = splitByBudgets([victim(1), victim(2), victim(3)], [budget as never]);
    expect(violating.map((info) => info.priority)).toEqual([2]);
    expect(harmless.map((info) => info.priority)).toEqual([1, 3]);
    expect(splitByBudgets([victim(1)], [{ ...budget, spec: { selector: {} }, status: { disruptionsAllowed: 0 } } as never]).violating).toEqual([]);
  });
});
