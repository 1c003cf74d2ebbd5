import { describe, expect, it } from "vitest";
import { type Behaviour, type Context, type Message, World } from "../bus/index.ts";
import { add, addAfter, addRateLimited, createWorkQueue, done, failuresOf, forget, takeNext, timerFired, type WorkQueue } from "./index.ts";

interface State {
  readonly queue: WorkQueue;
  readonly came: string[];
}
interface Deed extends Message {
  readonly what: (queue: WorkQueue, context: Context) => void;
}

/** A component with a queue; it writes down when keys come back. */
const worker: Behaviour<State> = {
  type: "worker",
  start: () => ({ queue: createWorkQueue("q"), came: [] }),
  onMessage: (state, context, body) => { (body as Deed).what(state.queue, context); },
  onTimer(state, context, name, body) {
    if (!timerFired(state.queue, name, body)) state.came.push(`${context.now} other ${name}`);
    for (let key = takeNext(state.queue); key !== undefined; key = takeNext(state.queue)) {
      state.came.push(`${context.now} ${key}`);
      done(state.queue, key);
    }
  },
};

function bench(): { readonly act: (what: Deed["what"]) => void; readonly came: () => readonly string[]; readonly run: (untilMs: number) => void } {
  const world = new World({ seed: 1, startAt: 0, behaviours: new Map([["worker", worker as Behaviour<unknown>]]) });
  world.spawn({ id: "w", type: "worker", host: "h", config: undefined });
  world.run(0);
  return {
    act: (what) => { world.inject("w", { type: "deed", what } as Deed); world.run(world.now); },
    came: () => world.stateOf<State>("w")?.came ?? [],
    run: (untilMs) => { world.run(untilMs); },
  };
}

describe("a work queue", () => {
  it("hands keys out oldest first, each once", () => {
    const queue = createWorkQueue("q");
    for (const key of ["a", "b", "a", "c"]) add(queue, key);
    expect([takeNext(queue), takeNext(queue), takeNext(queue), takeNext(queue)]).toEqual(["a", "b", "c", undefined]);
  });

  it("does not hand out a key that is being worked on, but once more afterwards", () => {
    const queue = createWorkQueue("q");
    add(queue, "a");
    takeNext(queue);
    add(queue, "a");
    add(queue, "a");
    expect(takeNext(queue)).toBeUndefined();
    done(queue, "a");
    expect(takeNext(queue)).toBe("a");
    done(queue, "a");
    expect(takeNext(queue)).toBeUndefined();
  });

  it("puts a key that changed meanwhile behind the others", () => {
    const queue = createWorkQueue("q");
    add(queue, "a");
    takeNext(queue);
    add(queue, "a");
    add(queue, "b");
    done(queue, "a");
    expect([takeNext(queue), takeNext(queue)]).toEqual(["b", "a"]);
  });

  it("does not mind work that ends twice or never began", () => {
    const queue = createWorkQueue("q");
    done(queue, "a");
    expect(takeNext(queue)).toBeUndefined();
    expect(queue.working.size).toBe(0);
  });

  it("brings a key back after its delay, and at once without one", () => {
    const { act, came, run } = bench();
    act((queue, context) => { addAfter(queue, context, "later", 500); addAfter(queue, context, "soon", 100); });
    act((queue, context) => { addAfter(queue, context, "now", 0); expect(takeNext(queue)).toBe("now"); done(queue, "now"); });
    run(1000);
    expect(came()).toEqual(["100 soon", "500 later"]);
  });

  it("brings a key back at the earlier of two times, once", () => {
    const { act, came, run } = bench();
    act((queue, context) => { addAfter(queue, context, "a", 500); addAfter(queue, context, "a", 100); addAfter(queue, context, "a", 900); });
    run(2000);
    expect(came()).toEqual(["100 a"]);
  });

  it("can delay a key again once it came back", () => {
    const { act, came, run } = bench();
    act((queue, context) => { addAfter(queue, context, "a", 100); });
    run(150);
    act((queue, context) => { addAfter(queue, context, "a", 100); });
    run(2000);
    expect(came()).toEqual(["100 a", "250 a"]);
  });

  it("backs off 5 ms doubling to 1000 s, by key", () => {
    const delays: number[] = [];
    const { act } = bench();
    act((queue, context) => {
      for (let failure = 0; failure < 40; failure++) {
        addRateLimited(queue, context, "a");
        delays.push((queue.due.get("a") ?? 0) - context.now);
        queue.due.delete("a");
      }
      addRateLimited(queue, context, "b");
      expect(queue.due.get("b")).toBe(5 + context.now);
      expect([failuresOf(queue, "a"), failuresOf(queue, "b"), failuresOf(queue, "c")]).toEqual([40, 1, 0]);
    });
    expect(delays.slice(0, 6)).toEqual([5, 10, 20, 40, 80, 160]);
    expect(delays[17]).toBe(655_360);
    expect(delays.slice(18).every((delay) => delay === 1_000_000)).toBe(true);
  });

  it("begins anew when a key succeeded", () => {
    const { act } = bench();
    act((queue, context) => {
      for (let failure = 0; failure < 5; failure++) addRateLimited(queue, context, "a");
      forget(queue, "a");
      expect(failuresOf(queue, "a")).toBe(0);
      queue.due.delete("a");
      addRateLimited(queue, context, "a");
      expect(queue.due.get("a")).toBe(5 + context.now);
    });
  });

  it("takes only its own timers, also those of keys with slashes", () => {
    const { act, came, run } = bench();
    act((queue, context) => {
      addAfter(queue, context, "default/web", 10);
      context.setTimer("quarrel/x", 20, "x");
      context.setTimer("q", 30, "x");
    });
    run(100);
    expect(came()).toEqual(["10 default/web", "20 other quarrel/x", "30 other q"]);
  });
});
