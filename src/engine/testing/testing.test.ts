import { describe, expect, it } from "vitest";
import { type Behaviour, World } from "../bus/index.ts";
import { Session, SESSION_FORMAT, type SessionDocument, type SessionKind } from "../session/index.ts";
import { EventKind, Trace } from "../trace/index.ts";
import { causalityProblems, Dice, fixed, replayProblem, scheduleFaults, shrink, stepsOf } from "./index.ts";

describe("Dice", () => {
  it("throw the same for the same seed and name, and stay within bounds", () => {
    const throws = (seed: number, name: string): number[] => {
      const dice = new Dice(seed, name);
      return Array.from({ length: 50 }, () => dice.between(3, 9));
    };
    expect(throws(1, "a")).toEqual(throws(1, "a"));
    expect(throws(1, "a")).not.toEqual(throws(2, "a"));
    expect(throws(1, "a")).not.toEqual(throws(1, "b"));
    expect([...new Set(throws(1, "a"))].sort()).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  it("pick by weight", () => {
    const dice = new Dice(4, "weights");
    const picks = Array.from({ length: 1000 }, () => dice.pickWeighted([{ weight: 0, name: "never" }, { weight: 1, name: "seldom" }, { weight: 9, name: "often" }]).name);
    expect(picks).not.toContain("never");
    expect(picks.filter((name) => name === "often").length).toBeGreaterThan(850);
    expect(() => dice.pick([])).toThrow(/nothing/);
  });
});

describe("scheduleFaults", () => {
  it("lets every fault begin and end within its window, half of them just after a moment", () => {
    const make = (_dice: Dice, fromMs: number, untilMs: number) => ({ label: "f", steps: [fixed(fromMs, "on"), fixed(untilMs, "off")] });
    const pieces = scheduleFaults(new Dice(1, "f"), [{ name: "f", weight: 1, leastMs: 10, mostMs: 5000, make }], { fromMs: 1000, untilMs: 9000, moments: [3000, 8999] }, 200);
    expect(pieces).toHaveLength(200);
    const starts = pieces.map(({ steps }) => steps[0]!.at);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...pieces.map(({ steps }) => steps[1]!.at))).toBeLessThanOrEqual(9000);
    expect(starts.filter((at) => at >= 3000 && at <= 3400).length).toBeGreaterThan(70);
    const ordered = stepsOf(pieces).map(({ at }) => at);
    expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
  });
});

describe("shrink", () => {
  it("keeps what the failure needs, and no more", () => {
    const items = Array.from({ length: 40 }, (_, index) => index);
    expect(shrink(items, (rest) => rest.includes(7) && rest.includes(31))).toEqual([7, 31]);
    expect(shrink(items, () => true)).toEqual([]);
    expect(shrink(items, () => false)).toEqual(items);
  });

  it("asks no more often than it may", () => {
    let asked = 0;
    shrink(Array.from({ length: 100 }, (_, index) => index), (rest) => (asked++, rest.length % 2 === 1), 15);
    expect(asked).toBeLessThanOrEqual(15);
  });
});

describe("causalityProblems", () => {
  it("finds events without a cause, and causes that come too late", () => {
    const trace = new Trace();
    trace.record(1, EventKind.Input, "input", 0, 1, 0, 0, 0);
    trace.record(2, EventKind.Message, "fine", 1, 2, 0, 5, 1);
    expect(causalityProblems(trace)).toEqual([]);
    trace.record(3, EventKind.Message, "orphan", 1, 2, 5, 6, 0);
    trace.record(4, EventKind.Message, "early", 1, 2, 3, 4, 2);
    trace.record(5, EventKind.Message, "ahead", 1, 2, 5, 6, 9);
    expect(causalityProblems(trace)).toEqual([expect.stringContaining("no cause"), expect.stringContaining("happens at 5"), expect.stringContaining("came later")]);
  });
});

describe("replayProblem", () => {
  let hidden = 0;
  const honest: Behaviour<{ sum: number }> = {
    type: "counter",
    start: (context) => (context.setTimer("tick", 10), { sum: 0 }),
    onTimer: (state, context) => { state.sum++; context.setTimer("tick", 1 + (state.sum % 7)); },
    onMessage: (state, context) => { state.sum += 100; context.note("Added", "counter", {}); },
  };
  const kindOf = (behaviour: Behaviour<{ sum: number }>): { readonly kind: SessionKind<null, number>; readonly behaviours: Map<string, Behaviour<unknown>> } => {
    const behaviours = new Map([["counter", behaviour as Behaviour<unknown>]]);
    const build = (_world: null, seed: number): World => {
      const world = new World({ seed, startAt: 1000, behaviours });
      world.spawn({ id: "counter", type: "counter", host: "h", config: undefined });
      return world;
    };
    return { behaviours, kind: { build, apply: (world) => void world.inject("counter", { type: "add" }) } };
  };
  function replayed(behaviour: Behaviour<{ sum: number }>, saveAtStep: number): string | undefined {
    const { kind, behaviours } = kindOf(behaviour);
    const document: SessionDocument<null, number> = { format: SESSION_FORMAT, version: 1, seed: 1, world: null, inputs: [{ at: 100, input: 1 }, { at: 333, input: 2 }] };
    const session = new Session(kind, document);
    session.run(1000);
    const run = { document: session.document(), untilMs: 1000, hash: session.world.logHash(), saveAtStep };
    return replayProblem(kind, (_document, image) => World.restore({ seed: 1, startAt: 1000, behaviours }, image), run)?.kind;
  }

  it("finds nothing wrong with a component that keeps all its state where it belongs, wherever it is saved", () => {
    for (const step of [0, 1, 20, 60, 150, 10_000]) expect(replayed(honest, step)).toBeUndefined();
  });

  it("finds state that is kept outside", () => {
    const dishonest: Behaviour<{ sum: number }> = { ...honest, onTimer: (state, context) => { state.sum++; context.setTimer("tick", 1 + (hidden++ % 7)); } };
    expect(replayed(dishonest, 50)).toBe("replay");
  });

  it("finds state that a restored world lacks", () => {
    let secret = 0;
    const forgetful: Behaviour<{ sum: number }> = {
      ...honest, start: (context) => ((secret = 0), honest.start(context, undefined, undefined)),
      onTimer: (state, context) => { state.sum++; context.setTimer("tick", 1 + (secret++ % 7)); },
    };
    expect(replayed(forgetful, 50)).toBe("restore");
  });
});
