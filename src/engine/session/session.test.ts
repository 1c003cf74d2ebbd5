import { describe, expect, it } from "vitest";
import { type Behaviour, World } from "../bus/index.ts";
import { readSession, SESSION_FORMAT, Session, type SessionDocument, type SessionKind } from "./index.ts";

const counter: Behaviour<{ sum: number }> = {
  type: "counter",
  start: (context) => (context.setTimer("tick", 10), { sum: 0 }),
  onTimer: (state, context) => (state.sum++, context.setTimer("tick", 1 + (state.sum % 13))),
  onMessage: (state, context, body) => ((state.sum += Number((body as unknown as { add: number }).add)), void context.note("Added", "counter", { sum: state.sum })),
};
const kind: SessionKind<null, number> = {
  build(_world, seed) {
    const world = new World({ seed, startAt: 1000, behaviours: new Map([["counter", counter as Behaviour<unknown>]]) });
    world.spawn({ id: "counter", type: "counter", host: "h", config: undefined });
    return world;
  },
  apply: (world, input) => void world.inject("counter", { type: "add", add: input } as never),
};
const empty: SessionDocument<null, number> = { format: SESSION_FORMAT, version: 1, seed: 5, world: null, inputs: [] };

describe("Session", () => {
  it("replays a live session byte for byte, wherever its inputs fell", () => {
    for (const gap of [1, 3, 17, 250]) {
      const live = new Session(kind, empty);
      for (let round = 1; round < 12; round++) {
        live.run(round * gap);
        live.input(round);
        live.world.run(live.start + round * gap, round % 3);
        live.input(-round);
      }
      live.run(10_000);
      const again = new Session(kind, live.document());
      again.run(10_000);
      expect(again.world.logHash()).toBe(live.world.logHash());
      expect(again.document()).toEqual(live.document());
      expect(again.world.stateOf("counter")).toEqual(live.world.stateOf("counter"));
    }
  });

  it("gives inputs of a hand-written document at their time", () => {
    const session = new Session(kind, { ...empty, inputs: [{ at: 500, input: 1000 }] });
    session.run(499);
    expect(session.remaining).toBe(1);
    session.run(600);
    expect(session.world.stateOf<{ sum: number }>("counter")?.sum).toBeGreaterThan(1000);
  });
});

describe("readSession", () => {
  it.each([
    [null, /not an Orrery session/],
    [{ format: "other" }, /"format" should be/],
    [{ ...empty, version: 99 }, /newer Orrery.*update needed/],
    [{ ...empty, seed: 1.5 }, /whole number/],
    [{ ...empty, inputs: [{ at: -1, input: 0 }] }, /Input 1: "at"/],
    [{ ...empty, inputs: [{ at: 5, input: 0 }, { at: 4, input: 0 }] }, /Input 2: inputs should be in order/],
  ])("refuses %j in plain words", (value, words) => expect(readSession(value)).toMatch(words));

  it("accepts a good one", () => expect(readSession(empty)).toBe(empty));
});
