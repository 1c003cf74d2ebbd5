import { describe, expect, it } from "vitest";
import { type Behaviour, type Message, World } from "../../../engine/bus/index.ts";
import type { Packet, PacketAnswer } from "../../containers/packets/index.ts";
import { clients, type ClientsConfig, type ClientsState, clientSummary, type ClientSummary, requestsLost } from "./index.ts";

const START = 1_000_000_000;

/** Answers packets as it is told: a status, an outcome, or nothing. */
const door: Behaviour<{ packets: Packet[]; how: Partial<PacketAnswer> | "silent"; delayMs: number }> = {
  type: "door",
  start: () => ({ packets: [], how: {}, delayMs: 0 }),
  onMessage: (state, _context, body) => void Object.assign(state, (body as unknown as { readonly change: object }).change),
  onRequest(state, context, body, request) {
    state.packets.push(body as Packet);
    if (state.how !== "silent") context.reply(request, { type: "packet-answer", outcome: "answer", status: 200, body: "", served: `default/${context.self}`, ...state.how } as PacketAnswer, state.delayMs);
  },
};

class Bench {
  readonly world: World;

  constructor(seed = 1) {
    const behaviours = new Map<string, Behaviour<unknown>>([[clients.type, clients as Behaviour<unknown>], [door.type, door as Behaviour<unknown>]]);
    this.world = new World({ seed, startAt: START, behaviours });
    const config: ClientsConfig = {
      entries: [{ network: "door-1", sourceIp: "10.244.1.1" }, { network: "door-2", sourceIp: "10.244.2.1" }],
      routes: new Map([["192.168.0.1", "door-1"]]), gateway: "gateway", hosts: new Map([["node-1", "192.168.0.1"]]),
    };
    for (const [id, host] of [["door-1", "node-1"], ["door-2", "node-2"], ["gateway", "cloud"]] as const) this.world.spawn({ id, type: "door", host, config: undefined });
    this.world.spawn({ id: "clients", type: "clients", host: "internet", config });
    this.pass(100);
  }

  pass(ms: number): void {
    this.world.run(this.world.now + ms);
  }
  set(url: string, perSecond = 10, from: "inside" | "outside" = "inside", on = true, name = "c"): void {
    this.world.inject("clients", { type: "clients/set", on, spec: { name, url, perSecond, from } } as Message);
  }
  tell(id: string, change: object): void {
    this.world.inject(id, { type: "change", change } as Message);
  }
  packets(id: string): readonly Packet[] {
    return this.world.stateOf<{ packets: Packet[] }>(id)!.packets;
  }
  get state(): ClientsState {
    return this.world.stateOf<ClientsState>("clients")!;
  }
  get all(): ClientSummary {
    return clientSummary(this.state, "c")!;
  }
  notes(kind: string): readonly { readonly at: number; readonly data: Readonly<Record<string, unknown>> }[] {
    return this.world.trace.notes.filter((note) => note.kind === kind);
  }
}

describe("sending", () => {
  it("keeps its rate, evenly with a little jitter, the same for the same seed", () => {
    const counts = [1, 2].map((seed) => {
      const bench = new Bench(seed);
      bench.set("http://web/", 20);
      bench.pass(10_000);
      return bench.all.sent;
    });
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThanOrEqual(1);
    const hashes = [1, 1, 2].map((seed) => {
      const bench = new Bench(seed);
      bench.set("http://web/", 20);
      bench.pass(2000);
      return bench.world.logHash();
    });
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  it("from inside: by turns from every node, with the name unresolved", () => {
    const bench = new Bench();
    bench.set("http://web.default:8080/path?x=1");
    bench.pass(2000);
    expect(Math.abs(bench.packets("door-1").length - bench.packets("door-2").length)).toBeLessThanOrEqual(1);
    expect(bench.packets("door-2")[0]).toMatchObject({ host: "web.default", port: 8080, sourceIp: "10.244.2.1", protocol: "TCP", request: { method: "GET", path: "/path?x=1" } });
  });

  it("from outside: to a node by name or address, else to the cloud", () => {
    const bench = new Bench();
    bench.set("http://node-1:30080/", 10, "outside");
    bench.pass(500);
    expect(bench.packets("door-1")[0]).toMatchObject({ host: "192.168.0.1", port: 30_080, sourceIp: "198.51.100.10" });
    bench.set("203.0.113.9", 10, "outside");
    bench.pass(500);
    expect(bench.packets("gateway")[0]).toMatchObject({ host: "203.0.113.9", port: 80 });
    bench.set("http://web.default/", 10, "outside");
    bench.pass(500);
    expect(bench.all.lastErrors.at(-1)?.reason).toBe("no such host");
  });

  it("a URL that isn't one fails with its own words", () => {
    const bench = new Bench();
    for (const url of ["http://", "", "http://web:99999/", "http://web:0/", "two words"]) {
      bench.set(url);
      bench.pass(300);
      expect(bench.all.lastErrors.at(-1)?.reason).toBe(`"${url}" is not a URL`);
    }
  });

  it("stops, starts again and changes its rate; counts go on", () => {
    const bench = new Bench();
    bench.set("http://web/", 10);
    bench.pass(1000);
    bench.set("http://web/", 10, "inside", false);
    const { sent } = bench.all;
    bench.pass(5000);
    expect(bench.all).toMatchObject({ sent, on: false, waiting: 0 });
    bench.set("http://web/", 100);
    bench.pass(1000);
    expect(bench.all.sent - sent).toBeGreaterThan(95);
    expect(bench.notes("TrafficStarted")).toHaveLength(2);
    expect(bench.notes("TrafficStopped")).toHaveLength(1);
  });

  it("a rate of nothing sends nothing; stopping what never ran does nothing", () => {
    const bench = new Bench();
    bench.set("http://web/", 0);
    bench.set("http://web/", 10, "inside", false, "never");
    bench.pass(1000);
    expect(bench.all.sent).toBe(0);
    expect(clientSummary(bench.state, "never")).toBeUndefined();
  });
});

describe("odd inputs", () => {
  it.each([undefined, {}, { name: 7, url: 12, perSecond: "x", from: "nowhere" }, { name: "c", perSecond: Number.NaN }, { name: "c", url: "http://web/", perSecond: -5 }, { perSecond: Number.POSITIVE_INFINITY, url: null }])("%j does no harm", (spec) => {
    const bench = new Bench();
    bench.world.inject("clients", { type: "clients/set", on: true, spec } as unknown as Message);
    bench.pass(1000);
    expect(bench.state.programs.size).toBe(1);
    expect(bench.world.handled).toBeLessThan(3000);
  });

  it("there are a hundred clients at most", () => {
    const bench = new Bench();
    for (let index = 0; index < 120; index++) bench.set("http://web/", 1, "inside", true, `client-${index}`);
    bench.pass(100);
    expect(bench.state.programs.size).toBe(100);
  });
});

describe("counting", () => {
  it("answers by pod, with their latency", () => {
    const bench = new Bench();
    bench.tell("door-1", { delayMs: 20 });
    bench.tell("door-2", { delayMs: 40 });
    bench.set("http://web/", 10);
    bench.pass(5000);
    expect([...bench.all.byPod.keys()].sort()).toEqual(["default/door-1", "default/door-2"]);
    expect(bench.all.latencyMs).toBeGreaterThan(28);
    expect(bench.all.latencyMs).toBeLessThan(40);
    expect(bench.all.failed).toBe(0);
  });

  it("server errors are failures, other answers are not", () => {
    const bench = new Bench();
    bench.tell("door-1", { how: { status: 503 } });
    bench.tell("door-2", { how: { status: 404 } });
    bench.set("http://web/", 10);
    bench.pass(4000);
    expect(bench.all.lastErrors.every(({ reason }) => reason === "HTTP status 503")).toBe(true);
    expect(bench.all.failed).toBeGreaterThan(15);
    expect(bench.all.answered).toBeGreaterThan(15);
  });

  it("gives up after five seconds, each request on its own", () => {
    const bench = new Bench();
    for (const id of ["door-1", "door-2"]) bench.tell(id, { how: "silent" });
    bench.set("http://web/", 2);
    bench.pass(4900);
    expect(bench.all.failed).toBe(0);
    expect(bench.all.waiting).toBeGreaterThan(8);
    bench.pass(3000);
    expect(bench.all.failed).toBeGreaterThanOrEqual(5);
    expect(bench.all.failed).toBeLessThanOrEqual(7);
    expect(bench.all.lastErrors[0]?.reason).toBe("no answer within 5 s");
  });

  it("an answer that comes too late counts once, as a failure", () => {
    const bench = new Bench();
    for (const id of ["door-1", "door-2"]) bench.tell(id, { delayMs: 6000 });
    bench.set("http://web/", 1);
    bench.pass(2500);
    bench.set("http://web/", 1, "inside", false);
    bench.pass(10_000);
    const { sent } = bench.all;
    expect(bench.all).toMatchObject({ answered: 0, failed: sent, waiting: 0 });
  });

  it("each outcome in words; failures are told once a second, all of them counted", () => {
    const bench = new Bench();
    for (const [outcome, reason] of [["refused", "connection refused"], ["reset", "connection reset by peer"], ["unreachable", "no route to host"], ["timeout", "no answer within 5 s"], ["no-such-host", "no such host"]] as const) {
      for (const id of ["door-1", "door-2"]) bench.tell(id, { how: { outcome } });
      bench.set("http://web/", 50);
      bench.pass(1000);
      expect(bench.all.lastErrors.at(-1)?.reason).toBe(reason);
    }
    for (const id of ["door-1", "door-2"]) bench.tell(id, { how: {} });
    bench.pass(3000);
    const notes = bench.notes("TrafficFailed");
    for (let index = 1; index < notes.length; index++) expect((notes[index]?.at ?? 0) - (notes[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(notes.reduce((sum, { data }) => sum + Number(data["count"]), 0)).toBe(bench.all.failed);
  });

  it("between two times", () => {
    const bench = new Bench();
    bench.set("http://web/", 10);
    bench.pass(4900);
    const from = bench.world.now;
    for (const id of ["door-1", "door-2"]) bench.tell(id, { how: { outcome: "refused" } });
    bench.pass(3000);
    const to = bench.world.now;
    for (const id of ["door-1", "door-2"]) bench.tell(id, { how: {} });
    bench.pass(20_000);
    expect(requestsLost(bench.state, from, to)).toBe(bench.all.failed);
    expect(requestsLost(bench.state, START, from - 1)).toBe(0);
    expect(requestsLost(bench.state, to + 1000)).toBe(0);
    const window = clientSummary(bench.state, "c", from, to)!;
    expect(window.sent).toBeGreaterThanOrEqual(25);
    expect(window.sent).toBeLessThanOrEqual(41);
  });

  it("keeps an hour of seconds, and pods of the last ten", () => {
    const bench = new Bench();
    bench.set("http://web/", 1);
    bench.pass(3_700_000);
    const { rows } = bench.state.programs.get("c")!;
    expect(rows).toHaveLength(3600);
    expect(rows.filter(({ byPod }) => byPod !== undefined)).toHaveLength(10);
    expect(bench.all.sent).toBeGreaterThan(3690);
  });
});

describe("machines without power", () => {
  it("a program on one sends nothing, and nothing counts as lost", () => {
    const bench = new Bench();
    bench.set("http://web/", 20);
    bench.pass(2000);
    bench.world.crashHost("node-2");
    bench.pass(30_000);
    const { sent, answered, failed, waiting } = bench.all;
    expect(failed).toBe(0);
    expect(sent).toBe(answered + waiting);
    const before = bench.packets("door-1").length;
    bench.pass(2000);
    expect(bench.packets("door-1").length - before).toBeGreaterThan(37);
    bench.world.startHost("node-2");
    bench.pass(15_000);
    expect(bench.packets("door-2").length).toBeGreaterThan(50);
  });

  it("with all of them off nobody sends", () => {
    const bench = new Bench();
    bench.set("http://web/", 20);
    for (const host of ["node-1", "node-2"]) bench.world.crashHost(host);
    bench.pass(60_000);
    expect(bench.all).toMatchObject({ answered: 0, failed: 0 });
    expect(bench.all.sent).toBeLessThan(5);
  });

  it("from outside a dead node is a failure", () => {
    const bench = new Bench();
    bench.set("http://node-1/", 10, "outside");
    bench.world.crashHost("node-1");
    bench.pass(10_000);
    expect(bench.all.failed).toBeGreaterThan(40);
    expect(bench.all.lastErrors[0]?.reason).toBe("no answer within 5 s");
  });
});
