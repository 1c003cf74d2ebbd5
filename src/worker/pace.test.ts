import { describe, expect, it } from "vitest";
import { type Behaviour, type Context, World } from "../engine/bus/index.ts";
import type { ApiRequest } from "../systems/kubernetes/api/index.ts";
import { FlightLog } from "./flights.ts";
import { Pace } from "./pace.ts";

/** Sends a message worth showing at each of the times it was given, and a heartbeat nobody should see every 100 ms. */
const sender: Behaviour<{ readonly at: readonly number[] }, { readonly at: readonly number[]; readonly beats: boolean }> = {
  type: "sender",
  start(context, { at, beats }) {
    for (const [index, time] of at.entries()) context.setTimer(`send ${index}`, time);
    if (beats) context.setTimer("beat", 100);
    return { at };
  },
  onTimer(_state, context, name) {
    if (name !== "beat") { request(context, "pods"); return; }
    request(context, "leases");
    context.setTimer("beat", 100);
  },
};

function request(context: Context, resource: string): void {
  const call: ApiRequest = { type: "api-request", verb: "create", group: "", version: "v1", resource, user: "u", agent: "a" };
  context.send("receiver", call);
}

class Bench {
  readonly world: World;
  readonly flights: FlightLog;
  readonly pace: Pace;
  real = 0;
  settled = false;
  captions = 0;
  /** Real time an event costs, ms. */
  costMs = 0;

  constructor(at: readonly number[], beats = true) {
    this.world = new World({ seed: 1, startAt: 0, behaviours: new Map<string, Behaviour<unknown>>([["sender", sender as Behaviour<unknown>], ["receiver", { type: "receiver", start: () => ({}) }]]) });
    this.world.spawn({ id: "receiver", type: "receiver", host: "h", config: undefined });
    this.world.spawn({ id: "sender", type: "sender", host: "h", config: { at, beats } });
    this.world.run(0);
    this.flights = new FlightLog(this.world);
    this.world.observer = { onSent: (envelope, sentAt) => void this.flights.sent(envelope, sentAt) };
    this.pace = new Pace({
      world: this.world, flights: this.flights, settled: () => this.settled, captions: () => this.captions, clock: () => this.real,
      run: (untilMs, maxEvents) => {
        const before = this.world.steps;
        this.world.run(untilMs, maxEvents);
        this.real += (this.world.steps - before) * this.costMs;
      },
    });
  }

  /** So many frames of 20 ms; returns the times of the world after each. */
  frames(count: number): number[] {
    return Array.from({ length: count }, () => {
      this.real += 20;
      this.pace.frame();
      this.flights.take();
      return this.world.now;
    });
  }
}

describe("live", () => {
  it("runs simulated seconds at the speed that was chosen", () => {
    for (const [speed, end] of [[1, 1000], [10, 10_000], [0.5, 500]] as const) {
      const bench = new Bench([]);
      bench.pace.set("live", speed);
      expect(bench.frames(50).at(-1)).toBe(end);
    }
  });

  it("takes a speed that makes no sense for one", () => {
    for (const speed of [0, -3, Number.NaN]) {
      const bench = new Bench([]);
      bench.pace.set("live", speed);
      expect(bench.pace.view().speed).toBe(1);
    }
  });

  it("does not catch up after a tab was asleep: a frame is a tenth of a second at most", () => {
    const bench = new Bench([]);
    bench.pace.set("live", 1);
    bench.real = 60_000;
    bench.pace.frame();
    expect(bench.world.now).toBe(100);
  });

  it("stays within its share of a frame when events cost too much, and falls behind instead", () => {
    const bench = new Bench(Array.from({ length: 5000 }, (_, index) => index / 100), false);
    bench.costMs = 0.1;
    bench.pace.set("live", 100);
    const before = bench.real;
    bench.real += 20;
    bench.pace.frame();
    expect(bench.real - before).toBeLessThan(20 + 10 + 400 * 0.1 + 1);
    expect(bench.world.now).toBeLessThan(2000);
    expect(bench.world.now).toBeGreaterThan(0);
  });

  it("stands still while stopped, and does not jump when it goes on", () => {
    const bench = new Bench([]);
    bench.pace.set("live", 1);
    bench.frames(5);
    bench.pace.play(false);
    expect(bench.frames(50).at(-1)).toBe(100);
    expect(bench.pace.view().playing).toBe(false);
    bench.pace.play(true);
    expect(bench.frames(5).at(-1)).toBe(200);
  });
});

describe("follow", () => {
  it("gives each hop the same time on screen: 420 ms", () => {
    const bench = new Bench([10, 30, 5000, 9000]);
    const times = bench.frames(100);
    const hops = times.flatMap((time, index) => (index > 0 && time !== times[index - 1] ? [index] : [])).slice(0, 3);
    expect(times[0]).toBeGreaterThanOrEqual(10);
    expect(times[0]).toBeLessThan(30);
    for (const [index, frame] of hops.slice(1).entries()) expect(frame - (hops[index] ?? 0)).toBe(21);
  });

  it("goes as many times faster as it is told to", () => {
    const bench = new Bench([10, 30, 50, 70]);
    bench.pace.set("follow", 4);
    const times = bench.frames(19); // A hop every 105 ms falls on every sixth frame.
    expect(times[17]).toBeLessThan(70);
    expect(times[18]).toBeGreaterThanOrEqual(70);
  });

  it("skips idle stretches, says how long they were, and says it once", () => {
    const bench = new Bench([10, 60_000]);
    bench.pace.hop();
    expect(bench.pace.view().skippedMs).toBe(0);
    bench.flights.take();
    bench.pace.hop();
    expect(bench.world.now).toBeGreaterThanOrEqual(60_000);
    const { skippedMs } = bench.pace.view();
    expect(skippedMs).toBeGreaterThan(59_900);
    expect(skippedMs).toBeLessThan(60_100);
    expect(bench.pace.view().skippedMs).toBe(0);
  });

  it("looks only a few seconds ahead when all is settled, and then lets time pass as in life until something shows", () => {
    const bench = new Bench([10, 60_000]);
    bench.pace.hop();
    bench.flights.take();
    bench.settled = true;
    expect(bench.pace.hop()).toBe(false);
    expect(bench.world.now).toBeLessThanOrEqual(3100);
    const from = bench.world.now;
    const times = bench.frames(50);
    expect((times.at(-1) ?? 0) - from).toBeGreaterThanOrEqual(900);
    expect((times.at(-1) ?? 0) - from).toBeLessThanOrEqual(1100);
  });

  it("begins to follow again at once when something was put in", () => {
    const bench = new Bench([10, 60_000]);
    bench.settled = true;
    bench.pace.hop();
    bench.flights.take();
    bench.pace.hop();
    bench.settled = false;
    bench.pace.nudge();
    bench.frames(1);
    expect(bench.world.now).toBeGreaterThanOrEqual(60_000);
  });
});

describe("step", () => {
  it("never moves by itself", () => {
    const bench = new Bench([10]);
    bench.pace.set("step", 1);
    expect(bench.frames(100).at(-1)).toBe(0);
    expect(bench.pace.view()).toEqual({ mode: "step", playing: true, speed: 1, skippedMs: 0 });
  });

  it("goes on by one hop when asked: what is sent in one moment, and no more", () => {
    const bench = new Bench([10, 11, 40]);
    bench.pace.set("step", 1);
    expect(bench.pace.hop()).toBe(true);
    expect(bench.flights.take().map(({ count }) => count)).toEqual([2]);
    expect(bench.world.now).toBe(12);
    expect(bench.pace.hop()).toBe(true);
    expect(bench.flights.take()).toHaveLength(1);
    expect(bench.world.now).toBe(42);
  });

  it("counts a sentence as something to see, too", () => {
    const bench = new Bench([]);
    bench.world.observer = { onDelivered: () => { if (bench.world.now === 700) bench.captions++; } };
    expect(bench.pace.hop()).toBe(true);
    expect(bench.world.now).toBeGreaterThanOrEqual(700);
  });

  it("ends without a find when nothing more will happen", () => {
    const bench = new Bench([10], false);
    expect(bench.pace.hop()).toBe(true);
    bench.flights.take();
    expect(bench.pace.hop()).toBe(false);
  });
});
