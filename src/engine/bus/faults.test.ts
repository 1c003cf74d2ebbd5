import { describe, expect, it } from "vitest";
import { EventKind } from "../trace/index.ts";
import { type Behaviour, type Context, type Message, World } from "./index.ts";

interface Order extends Message {
  readonly deed: string;
  readonly to: string;
  readonly number: number;
}
interface Puppet {
  readonly log: string[];
  readonly asked: number[];
  stream: number;
}

/** Does what it is told and writes down what happens to it. */
const puppet: Behaviour<Puppet, { readonly lines?: number } | undefined> = {
  type: "puppet",
  start: (context, config, disk) => ({ log: [`${context.now} start ${String(config?.lines ?? "")}${typeof disk === "string" ? ` with ${disk}` : ""}`], asked: [], stream: 0 }),
  disk: () => "disk",
  onMessage(state, context, body, from) {
    const order = body as Order;
    if (order.type === "order") DEEDS[order.deed]?.(state, context, order);
    else state.log.push(`${context.now} ${body.type} from ${from}`);
  },
  onRequest: (state, context, body, request) => {
    state.log.push(`${context.now} asked`);
    if (body.type === "never") state.asked.push(request);
    else context.reply(request, { type: "yes" }, body.type === "slow" ? 60_000 : 0);
  },
  onReply: (state, context, body, tag) => void state.log.push(`${context.now} ${body.type} for ${String(tag)}`),
  onFailure: (state, context, reason, tag, to) => void state.log.push(`${context.now} ${reason} for ${String(tag)} at ${to}`),
  onTimer: (state, context, name, body) => void state.log.push(`${context.now} timer ${name} ${String(body ?? "")}`.trim()),
  onOpen: (state, context, _body, stream, from) => {
    state.stream = stream;
    state.log.push(`${context.now} opened by ${from}`);
  },
  onData: (state, context, body) => void state.log.push(`${context.now} data ${body.type}`),
  onClosed: (state, context, reason) => void state.log.push(`${context.now} closed ${reason}`),
};

const DEEDS: Readonly<Record<string, (state: Puppet, context: Context, order: Order) => void>> = {
  ask: (_state, context, { to, number }) => void context.request(to, { type: "quick" }, number),
  "ask-slow": (_state, context, { to, number }) => void context.request(to, { type: "slow" }, number, 5000),
  "ask-strictly": (_state, context, { to, number }) => void context.request(to, { type: "slow" }, number, 5000, true),
  "ask-in-vain": (_state, context, { to, number }) => void context.request(to, { type: "never" }, number, 5000),
  answer: (state, context) => { for (const request of state.asked.splice(0)) context.reply(request, { type: "late" }); },
  watch: (state, context, { to, number }) => { state.stream = context.openStream(to, { type: "watch" }, number); },
  push: (state, context) => { context.push(state.stream, { type: "item" }); },
  close: (state, context) => { context.close(state.stream); },
  tell: (_state, context, { to, number }) => { for (let count = 0; count < number; count++) context.send(to, { type: "told" }); },
  post: (_state, context, { to, number }) => { for (let count = 0; count < number; count++) context.datagram(to, { type: "card" }); },
  timers: (_state, context) => { context.setTimer("a", 100, 1); context.setTimer("b", 100, 2); context.setTimer("a", 50, 3); context.setTimer("c", 10); context.cancelTimer("c"); },
  spawn: (_state, context, { to, number }) => { context.spawn({ id: to, type: "puppet", host: "n9", config: { lines: number } }); },
  remove: (_state, context, { to }) => { context.remove(to); },
  note: (_state, context) => void context.note("Tested", "x", { now: context.now }),
};

const BEHAVIOURS = new Map([["puppet", puppet as Behaviour<unknown>]]);

function worldOf(): World {
  const world = new World({ seed: 1, startAt: 0, behaviours: BEHAVIOURS });
  for (const [id, host] of [["a", "n1"], ["b", "n2"], ["c", "n2"]] as const) world.spawn({ id, type: "puppet", host, config: undefined });
  world.setLinkRule({ id: "even", from: "*", to: "*", latencyMs: 10, jitterMs: 0 });
  world.run(0);
  return world;
}

function order(world: World, who: string, deed: string, to = "b", number = 1): number {
  return world.inject(who, { type: "order", deed, to, number } as Order);
}

const logOf = (world: World, id: string): readonly string[] => world.stateOf<Puppet>(id)?.log.slice(1) ?? [];

describe("requests", () => {
  it("wait for a peer that is alive but slow, unless the deadline is strict", () => {
    const world = worldOf();
    order(world, "a", "ask-slow", "b", 1);
    order(world, "a", "ask-strictly", "b", 2);
    world.run(100_000);
    expect(logOf(world, "a")).toEqual(["5000 timeout for 2 at b", "60020 yes for 1"]);
  });

  it("end at their deadline when the peer is frozen, and are not answered a second time when it goes on", () => {
    const world = worldOf();
    world.pause("b");
    order(world, "a", "ask-slow", "b", 1);
    world.run(7000);
    expect(logOf(world, "a")).toEqual(["5000 timeout for 1 at b"]);
    world.resume("b");
    world.run(200_000);
    expect(logOf(world, "b")).toEqual(["7000 asked"]);
    expect(logOf(world, "a")).toHaveLength(1);
  });

  it("fail when the answer meets a cut that lasts beyond the deadline, and not when it heals in time", () => {
    for (const [healAt, told] of [[3000, "3010 late for 1"], [9000, "5000 timeout for 1 at b"]] as const) {
      const world = worldOf();
      order(world, "a", "ask-in-vain", "b", 1);
      world.run(100);
      world.setLinkRule({ id: "cut", from: "n1", to: "n2", both: true, cut: true });
      order(world, "b", "answer");
      world.run(healAt);
      world.clearLinkRule("cut");
      world.run(50_000);
      expect(logOf(world, "a")).toEqual([told]);
    }
  });

  it("are reset when the peer crashes before it answered", () => {
    const world = worldOf();
    order(world, "a", "ask-in-vain", "b", 1);
    world.run(100);
    world.crash("b");
    world.run(10_000);
    expect(logOf(world, "a")).toEqual(["101 reset for 1 at b"]);
  });

  it("are forgotten when the asker crashes: its next life hears nothing of them", () => {
    const world = worldOf();
    order(world, "a", "ask-slow", "b", 1);
    world.run(100);
    world.crash("a");
    world.startComponent("a");
    world.run(100_000);
    expect(world.stateOf<Puppet>("a")?.log).toEqual(["100 start  with disk"]);
    expect(world.requests.size).toBe(0);
  });
});

describe("streams", () => {
  it("carry data both ways until the client closes", () => {
    const world = worldOf();
    order(world, "a", "watch");
    world.run(100);
    order(world, "b", "push");
    order(world, "a", "push");
    world.run(200);
    order(world, "a", "close");
    order(world, "b", "push");
    world.run(300);
    expect(logOf(world, "a")).toEqual(["110 data item"]);
    expect(logOf(world, "b")).toEqual(["10 opened by a", "110 data item", "210 closed closed"]);
    expect(world.streams.size).toBe(0);
  });

  it("end for the client when the server closes, after what was pushed before", () => {
    const world = worldOf();
    order(world, "a", "watch");
    world.run(100);
    order(world, "b", "push");
    order(world, "b", "close");
    world.run(300);
    expect(logOf(world, "a")).toEqual(["110 data item", "110 closed closed"]);
    expect(world.streams.size).toBe(0);
  });

  it("are refused by a component that is down, and silent towards a machine without power", () => {
    const world = worldOf();
    world.crash("b");
    order(world, "a", "watch", "b");
    order(world, "a", "watch", "nobody");
    world.run(100);
    expect(logOf(world, "a").map((line) => line.slice(line.indexOf("closed")))).toEqual(["closed refused", "closed refused"]);
    world.crashHost("n2");
    order(world, "a", "watch", "c");
    world.run(100_000);
    expect(logOf(world, "a").at(-1)).toBe("45110 closed timeout");
  });

  it("tell the server when its client crashes", () => {
    const world = worldOf();
    order(world, "a", "watch");
    world.run(100);
    world.crash("a");
    world.run(200);
    expect(logOf(world, "b").at(-1)).toBe("101 closed reset");
  });
});

describe("links with trouble", () => {
  it("lose datagrams by their share, and reliable messages never, in order", () => {
    const world = worldOf();
    world.setLinkRule({ id: "lossy", from: "n1", to: "n2", loss: 0.4 });
    order(world, "a", "post", "b", 500);
    order(world, "a", "tell", "b", 100);
    world.run(1_000_000);
    const cards = logOf(world, "b").filter((line) => line.includes("card")).length;
    expect(cards).toBeGreaterThan(240);
    expect(cards).toBeLessThan(360);
    expect(logOf(world, "b").filter((line) => line.includes("told"))).toHaveLength(100);
  });

  it("deliver what a cut held back in the order it was sent, before what is sent later", () => {
    const world = worldOf();
    world.setLinkRule({ id: "cut", from: "n1", to: "n2", cut: true });
    order(world, "a", "tell", "b", 2);
    world.run(1000);
    order(world, "b", "tell", "a", 1);
    world.run(2000);
    expect(logOf(world, "a")).toEqual(["1010 told from b"]); // One direction is cut, the other isn't.
    world.clearLinkRule("cut");
    order(world, "a", "tell", "b", 1);
    world.run(3000);
    expect(logOf(world, "b")).toEqual(["2010 told from a", "2010 told from a", "2010 told from a"]);
  });
});

describe("life", () => {
  it("sets timers by name: the last setting counts, and a cancelled one never fires", () => {
    const world = worldOf();
    order(world, "a", "timers");
    world.run(1000);
    expect(logOf(world, "a")).toEqual(["50 timer a 3", "100 timer b 2"]);
  });

  it("lets timers die with their component", () => {
    const world = worldOf();
    order(world, "a", "timers");
    world.run(20);
    world.crash("a");
    world.startComponent("a");
    world.run(1000);
    expect(logOf(world, "a")).toEqual([]);
  });

  it("spawns components with their configuration, once, and removes them for good", () => {
    const world = worldOf();
    order(world, "a", "spawn", "new", 7);
    order(world, "a", "spawn", "new", 8);
    world.run(10);
    expect(world.stateOf<Puppet>("new")?.log).toEqual(["0 start 7"]);
    order(world, "a", "remove", "new");
    order(world, "a", "remove", "never-there");
    order(world, "a", "tell", "new");
    order(world, "a", "ask", "new", 3);
    world.run(100);
    expect(world.findCell("new")).toBeUndefined();
    expect(logOf(world, "a")).toEqual([expect.stringMatching(/refused for 3/)]);
    expect(() => world.cell("new")).toThrow("no component \"new\"");
  });

  it("starts a machine's components again from their disks, and nothing on a machine without power", () => {
    const world = worldOf();
    world.crashHost("n2");
    world.startComponent("b");
    world.run(100);
    expect(world.cell("b").status).toBe("down");
    expect(world.hostState("n2")).toBe("down");
    world.startHost("n2");
    world.run(200);
    for (const id of ["b", "c"]) expect(world.stateOf<Puppet>(id)?.log).toEqual(["100 start  with disk"]);
  });

  it("does nothing when a component is crashed twice, started while up, or resumed while it runs", () => {
    const world = worldOf();
    world.crash("b");
    const after = world.cell("b").epoch;
    world.crash("b");
    expect(world.cell("b").epoch).toBe(after);
    world.startComponent("a");
    world.resume("a");
    world.pause("b");
    world.run(100);
    expect(world.stateOf<Puppet>("a")?.log).toHaveLength(1);
    expect(world.cell("b").status).toBe("down");
  });

  it("counts changes of life and links, and nothing else", () => {
    const world = worldOf();
    const seen: number[] = [];
    const look = (what: () => void): void => {
      const before = world.lifeChanges;
      what();
      world.run(world.now + 50);
      seen.push(world.lifeChanges > before ? 1 : 0);
    };
    for (const change of [() => { world.crash("b"); }, () => { world.startComponent("b"); }, () => { world.pause("b"); }, () => { world.resume("b"); }, () => { world.setLinkRule({ id: "x", from: "*", to: "*" }); }, () => { world.clearLinkRule("x"); }, () => { world.crashHost("n2"); }, () => { world.startHost("n2"); }]) look(change);
    expect(seen).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    look(() => { order(world, "a", "tell"); });
    look(() => { order(world, "a", "timers"); });
    expect(seen.slice(8)).toEqual([0, 0]);
  });
});

describe("time", () => {
  it("is the component's own: a skewed clock reads differently but its timers run as long", () => {
    const world = worldOf();
    world.setClockSkew("a", -3_600_000);
    order(world, "a", "timers");
    order(world, "a", "ask", "b");
    world.run(1000);
    expect(logOf(world, "a")).toEqual(["-3599980 yes for 1", "-3599950 timer a 3", "-3599900 timer b 2"]);
    expect(logOf(world, "b")).toEqual(["10 asked"]);
  });

  it("passes idly up to a moment, but never past an event", () => {
    const world = worldOf();
    world.run(100);
    world.idleUntil(500);
    expect(world.now).toBe(500);
    world.idleUntil(300);
    expect(world.now).toBe(500);
    order(world, "a", "timers");
    world.run(500);
    world.idleUntil(2000);
    expect(world.now).toBe(500);
    world.idleUntil(world.nextEventAt());
    expect(world.now).toBe(world.nextEventAt());
  });

  it("says why it stopped: the time has come, nothing is left, enough events, or somebody asked", () => {
    const world = worldOf();
    expect(world.run(1000)).toBe("idle");
    expect(world.now).toBe(1000);
    order(world, "a", "timers");
    expect(world.run(1040)).toBe("time");
    order(world, "a", "tell", "b", 5);
    expect(world.run(9000, 2)).toBe("budget");
    world.observer = { onDelivered: () => { world.stop(); } };
    expect(world.run(9000)).toBe("stopped");
    world.observer = undefined;
    expect(world.run(Number.POSITIVE_INFINITY)).toBe("idle");
    expect(world.now).toBeLessThan(9000);
    expect(world.step()).toBe(false);
  });
});

describe("act", () => {
  it("notes what was done from outside and is the cause of what follows, not of what comes later", () => {
    const world = worldOf();
    world.run(100);
    const id = world.act("FaultInjected", "b", { fault: "stop" }, () => { order(world, "a", "tell"); world.crash("b"); world.startComponent("b"); });
    expect(world.trace.notes.at(-1)).toEqual({ id, cause: 0, at: 100, component: "outside", kind: "FaultInjected", object: "b", data: { fault: "stop" } });
    let started = 0;
    world.observer = { onDelivered: (envelope) => { if (envelope.kind === EventKind.Start) started = envelope.id; } };
    world.run(200);
    expect(world.trace.causes(started).map((event) => event.id)).toEqual([started, id]);
    const later = order(world, "a", "note");
    world.run(300);
    expect(world.trace.causes(world.trace.notes.at(-1)?.id ?? 0).map((event) => event.id).at(-1)).toBe(later);
  });

  it("counts in the log hash: kind and object", () => {
    const hashes = [["A", "x"], ["B", "x"], ["A", "y"]].map(([kind = "", object = ""]) => {
      const world = worldOf();
      world.act(kind, object, {}, () => undefined);
      return world.logHash();
    });
    expect(new Set(hashes).size).toBe(3);
  });
});

describe("a saved world", () => {
  it("goes on through cuts, pauses and skews as the first does", () => {
    const world = worldOf();
    world.setLinkRule({ id: "cut", from: "n1", to: "n2", both: true, cut: true });
    world.setClockSkew("c", 500);
    world.pause("c");
    order(world, "a", "watch", "b");
    order(world, "a", "ask-slow", "c", 4);
    order(world, "a", "timers");
    world.run(75);
    const image = world.save();
    const lives = [world, World.restore({ seed: 1, startAt: 0, behaviours: BEHAVIOURS }, image), World.restore({ seed: 1, startAt: 0, behaviours: BEHAVIOURS }, image)];
    for (const life of lives) {
      life.run(3000);
      life.clearLinkRule("cut");
      life.resume("c");
      life.run(100_000);
    }
    expect(lives[1]?.logHash()).toBe(lives[0]?.logHash());
    expect(lives[2]?.logHash()).toBe(lives[0]?.logHash());
    expect(lives.map((life) => logOf(life, "a"))).toEqual([logOf(world, "a"), logOf(world, "a"), logOf(world, "a")]);
    expect(logOf(world, "a").some((line) => line.includes("timeout for 4"))).toBe(true);
  });
});
