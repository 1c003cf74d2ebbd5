import { describe, expect, it } from "vitest";
import { createThrottle } from "./throttle.ts";

function clockwork() {
  let [now, runs] = [0, 0];
  let waiting: { at: number; run: () => void } | null = null;
  const timers = { set: (run: () => void, ms: number) => { waiting = { at: now + ms, run }; return waiting; }, clear: (timer: unknown) => { if (timer === waiting) waiting = null; }, now: () => now };
  const pass = (ms: number): void => {
    now += ms;
    if (waiting !== null && waiting.at <= now) { const due = waiting; waiting = null; due.run(); }
  };
  return { throttle: createThrottle(() => { runs += 1; }, timers), pass, runs: () => runs };
}

describe("a throttle", () => {
  it("runs once for many wishes", () => {
    const { throttle, pass, runs } = clockwork();
    for (let i = 0; i < 20; i += 1) throttle.within(250);
    pass(249);
    expect(runs()).toBe(0);
    pass(1);
    pass(1000);
    expect(runs()).toBe(1);
  });

  it("brings an earlier wish forward, never back", () => {
    const { throttle, pass, runs } = clockwork();
    throttle.within(1000);
    throttle.within(100);
    throttle.within(500);
    pass(100);
    expect(runs()).toBe(1);
  });

  it("doesn't run after it was stopped, and runs when wished again", () => {
    const { throttle, pass, runs } = clockwork();
    throttle.within(10);
    throttle.stop();
    pass(20);
    expect(runs()).toBe(0);
    throttle.within(10);
    pass(10);
    expect(runs()).toBe(1);
  });
});
