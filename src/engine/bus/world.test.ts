import { describe, expect, it } from "vitest";
import { type Behaviour, type ClosedReason, type FailureReason, type Message, World } from "./index.ts";

interface Body extends Message {
  readonly text: string;
}
interface Heard {
  readonly log: string[];
}

/** Keeps a diary of everything that reaches it; asks, watches and answers when told to. */
const diarist: Behaviour<Heard, { readonly peer?: string } | undefined> = {
  type: "diarist",
  start: (context, _config, disk) => {
    context.setTimer("hello", 5);
    return { log: (disk as string[] | undefined) ?? [] };
  },
  disk: (state) => [...state.log, "crashed"],
  onMessage(state, context, body, from) {
    state.log.push(`${context.now} message ${(body as Body).text} from ${from}`);
    const text = (body as Body).text;
    if (text.startsWith("ask ")) context.request(text.slice(4), say("question"), { text });
    if (text.startsWith("watch ")) context.openStream(text.slice(6), say("open"), { text });
    if (text.startsWith("tell ")) context.send(text.slice(5), say("news"));
    if (text.startsWith("post ")) context.datagram(text.slice(5), say("card"));
  },
  onRequest(state, context, body, request) {
    state.log.push(`request ${(body as Body).text}`);
    context.reply(request, say("answer"));
    context.reply(request, say("second answer"));
  },
  onReply: (state, context, body, tag) => void state.log.push(`${context.now} reply ${(body as Body).text} to ${(tag as Body).text}`),
  onFailure: (state, context, reason: FailureReason) => void state.log.push(`${context.now} failure ${reason}`),
  onTimer: (state, context, name) => void state.log.push(`${context.now} timer ${name}`),
  onOpen(state, context, _body, stream, from) {
    state.log.push(`open from ${from}`);
    context.push(stream, say("first"));
    context.push(stream, say("second"));
  },
  onData: (state, _context, body) => void state.log.push(`data ${(body as Body).text}`),
  onClosed: (state, context, reason: ClosedReason) => void state.log.push(`${context.now} closed ${reason}`),
};

function say(text: string): Body {
  return { type: "say", text };
}

function worldOf(seed = 1): World {
  const behaviours = new Map<string, Behaviour<unknown>>([["diarist", diarist as Behaviour<unknown>]]);
  const world = new World({ seed, startAt: 0, behaviours });
  for (const [id, host] of [["a", "host-a"], ["b", "host-b"], ["a2", "host-a"]] as const) world.spawn({ id, type: "diarist", host, config: undefined });
  world.run(4);
  return world;
}

function logOf(world: World, id: string): readonly string[] {
  return world.stateOf<Heard>(id)?.log ?? [];
}

describe("World", () => {
  it("delivers timers and messages in order of time, with latency", () => {
    const world = worldOf();
    world.inject("a", say("tell a2"));
    world.run(100);
    expect(logOf(world, "a")).toEqual(["4 message tell a2 from outside", "5 timer hello"]);
    expect(logOf(world, "a2")).toEqual(["5 timer hello", "5 message news from a"]);
  });

  it("answers a request once, with the asker's tag", () => {
    const world = worldOf();
    world.inject("a", say("ask b"));
    world.run(100);
    expect(logOf(world, "b").filter((line) => line === "request question")).toHaveLength(1);
    expect(logOf(world, "a").filter((line) => line.includes("reply"))).toEqual([expect.stringMatching(/reply answer to ask b/)]);
  });

  it("refuses requests to a component that is down and to one that never was", () => {
    const world = worldOf();
    world.crash("b");
    world.inject("a", say("ask b"));
    world.inject("a", say("ask nobody"));
    world.run(1000);
    expect(logOf(world, "a").filter((line) => line.endsWith("failure refused"))).toHaveLength(2);
  });

  it("lets a request to a machine without power time out after 30 s", () => {
    const world = worldOf();
    world.crashHost("host-b");
    world.inject("a", say("ask b"));
    world.run(60_000);
    expect(logOf(world, "a").at(-1)).toBe("30004 failure timeout");
  });

  it("holds messages while a link is cut and delivers them when it heals", () => {
    const world = worldOf();
    world.setLinkRule({ id: "cut", from: "host-a", to: "host-b", both: true, cut: true });
    world.inject("a", say("tell b"));
    world.inject("a", say("post b"));
    world.run(20_000);
    expect(logOf(world, "b").some((line) => line.includes("news"))).toBe(false);
    world.clearLinkRule("cut");
    world.run(30_000);
    expect(logOf(world, "b").filter((line) => line.includes("message"))).toEqual([expect.stringMatching(/message news from a/)]);
  });

  it("breaks a stream at both ends after 45 s of silence across a cut", () => {
    const world = worldOf();
    world.inject("a", say("watch b"));
    world.run(100);
    expect(logOf(world, "a").filter((line) => line.startsWith("data"))).toEqual(["data first", "data second"]);
    world.setLinkRule({ id: "cut", from: "a", to: "b", both: true, cut: true });
    world.run(200_000);
    expect(logOf(world, "a").at(-1)).toBe("45100 closed timeout");
    expect(logOf(world, "b").at(-1)).toBe("45100 closed timeout");
  });

  it("keeps a stream whose cut healed in time", () => {
    const world = worldOf();
    world.inject("a", say("watch b"));
    world.run(100);
    world.setLinkRule({ id: "cut", from: "a", to: "b", both: true, cut: true });
    world.run(30_000);
    world.clearLinkRule("cut");
    world.run(200_000);
    expect(logOf(world, "a").some((line) => line.includes("closed"))).toBe(false);
  });

  it("resets connections when a component crashes and hands its disk to the next life", () => {
    const world = worldOf();
    world.inject("a", say("watch b"));
    world.run(100);
    world.crash("b");
    world.startComponent("b");
    world.run(200);
    expect(logOf(world, "a").at(-1)).toMatch(/closed reset/);
    expect(logOf(world, "b")).toContain("crashed");
    expect(world.cell("b").epoch).toBe(1);
  });

  it("holds deliveries of a paused component until it goes on", () => {
    const world = worldOf();
    world.pause("b");
    world.inject("a", say("tell b"));
    world.run(100);
    const before = logOf(world, "b").length;
    world.resume("b");
    world.run(200);
    expect(logOf(world, "b").length).toBeGreaterThan(before);
  });

  it("records the cause of every event, up to the input", () => {
    const world = worldOf();
    const input = world.inject("a", say("ask b"));
    const seen: number[] = [];
    world.observer = { onDelivered: (envelope) => void seen.push(envelope.id) };
    world.run(100);
    const chain = world.trace.causes(seen.at(-1) ?? 0).map((event) => event.id);
    expect(chain.at(-1)).toBe(input);
    for (const id of seen) {
      const event = world.trace.event(id);
      const cause = event === undefined ? undefined : world.trace.event(event.cause);
      expect(event === undefined || cause === undefined || cause.at <= event.at).toBe(true);
    }
  });
});

describe("determinism", () => {
  const play = (seed: number): World => {
    const world = worldOf(seed);
    for (const text of ["ask b", "watch b", "tell b", "ask b"]) {
      world.inject("a", say(text));
      world.run(world.now + 7);
    }
    world.run(1000);
    return world;
  };

  it("gives the same log for the same seed and inputs, and another for another seed", () => {
    expect(play(7).logHash()).toBe(play(7).logHash());
    expect(play(7).logHash()).not.toBe(play(8).logHash());
  });

  it("goes on identically from a saved image, at any event", () => {
    const whole = play(3);
    const behaviours = new Map<string, Behaviour<unknown>>([["diarist", diarist as Behaviour<unknown>]]);
    for (let cut = 1; cut < 25; cut += 4) {
      const first = worldOf(3);
      first.inject("a", say("ask b"));
      first.run(5000, cut);
      const second = World.restore({ seed: 3, startAt: 0, behaviours }, first.save());
      first.run(5000);
      second.run(5000);
      expect(second.logHash()).toBe(first.logHash());
      expect(logOf(second, "a")).toEqual(logOf(first, "a"));
    }
    expect(whole.handled).toBeGreaterThanOrEqual(20);
  });

  it("notices time that never passes", () => {
    const loop: Behaviour<object> = { type: "loop", start: (context) => (context.setTimer("again", 0), {}), onTimer: (_state, context) => context.setTimer("again", 0) };
    const world = new World({ seed: 1, startAt: 0, behaviours: new Map([["loop", loop as Behaviour<unknown>]]), livelockEvents: 1000 });
    world.spawn({ id: "loop", type: "loop", host: "h", config: undefined });
    expect(() => world.run(10)).toThrow(/time stands still/);
  });
});

describe("a request that times out", () => {
  it("fails because of its deadline: the failure has a cause", () => {
    const world = new World({ seed: 1, startAt: 0, behaviours: new Map([["diarist", diarist as Behaviour<unknown>]]) });
    for (const id of ["a", "b"]) world.spawn({ id, type: "diarist", host: id, config: undefined });
    world.run(10);
    world.crashHost("b");
    world.inject("a", say("ask b"));
    world.run(60_000);
    const failures: number[] = [];
    for (let id = 1; world.trace.event(id) !== undefined; id++) if (world.trace.event(id)?.type === "timeout") failures.push(world.trace.event(id)?.cause ?? 0);
    expect(failures).toHaveLength(2);
    expect(failures.every((cause) => cause > 0)).toBe(true);
  });
});
