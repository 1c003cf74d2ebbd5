import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BackOffEntry, nextBackOff, restartAllowedAt, retryAllowedAt } from "./back-off.ts";

const MINUTE = 60_000;

/** Delays before each restart of a container that runs `runMs` and crashes, `count` times. */
function delays(runMs: number, count: number): number[] {
  let entry: BackOffEntry | undefined;
  let now = 0;
  const seen: number[] = [];
  for (let crash = 0; crash < count; crash++) {
    const finishedAt = now + runMs;
    const startAt = restartAllowedAt(entry, finishedAt);
    seen.push(startAt - finishedAt);
    entry = nextBackOff(entry, finishedAt, startAt);
    now = startAt;
  }
  return seen;
}

describe("crash back-off", () => {
  it("restarts at once, then waits 10 s doubling to 5 minutes", () => {
    expect(delays(1000, 9).map((ms) => ms / 1000)).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it("starts again from nothing after a run of more than 10 minutes", () => {
    expect(delays(11 * MINUTE, 4)).toEqual([0, 0, 0, 0]);
    expect(delays(9 * MINUTE, 4).map((ms) => ms / 1000)).toEqual([0, 10, 20, 40]);
  });

  it("never waits more than 5 minutes nor less than before while crashing fast", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 30 }), (runMs, count) => {
      const seen = delays(runMs, count);
      for (let index = 1; index < seen.length; index++) {
        expect(seen[index]!).toBeLessThanOrEqual(300_000);
        expect(seen[index]!).toBeGreaterThanOrEqual(seen[index - 1]!);
      }
    }));
  });
});

describe("pull back-off", () => {
  it("retries 10 s, 20 s, 40 s … after each failure", () => {
    let entry: BackOffEntry | undefined;
    let now = 5000;
    const seen: number[] = [];
    for (let pull = 0; pull < 7; pull++) {
      entry = nextBackOff(entry, now, now);
      const at = retryAllowedAt(entry, now);
      seen.push((at - now) / 1000);
      now = at + 500;
    }
    expect(seen).toEqual([10, 20, 40, 80, 160, 300, 300]);
  });

  it("allows at once what never failed", () => {
    expect(retryAllowedAt(undefined, 42)).toBe(42);
  });
});
