import { describe, expect, it } from "vitest";
import { type Behaviour, type Message, World } from "../../../engine/bus/index.ts";
import type { Packet, PacketAnswer } from "../../containers/packets/index.ts";
import { type BalancerSpec, loadBalancers, type LoadBalancersState } from "./index.ts";

/** Stands for a node's network (packets) and its kube-proxy (health checks). */
const node: Behaviour<{ packets: Packet[]; checks: Message[]; healthy: boolean }> = {
  type: "node",
  start: () => ({ packets: [], checks: [], healthy: true }),
  onMessage: (state, _context, body) => void Object.assign(state, (body as unknown as { readonly change: object }).change),
  onRequest(state, context, body, request) {
    if (body.type === "packet") {
      state.packets.push(body as Packet);
      context.reply(request, { type: "packet-answer", outcome: "answer", status: 200, body: "", served: context.self } as PacketAnswer);
    } else {
      state.checks.push(body);
      context.reply(request, { type: "kube-proxy/health", healthy: state.healthy } as Message);
    }
  },
};

const asker: Behaviour<Map<number, { readonly body: Message; readonly at: number }>> = {
  type: "asker",
  start: () => new Map<number, { readonly body: Message; readonly at: number }>(),
  onMessage: (_state, context, body) => void context.request("lb", (body as unknown as { readonly what: Message }).what, (body as unknown as { readonly id: number }).id, 60_000),
  onReply: (state, context, body, tag) => void state.set(tag as number, { body, at: context.now }),
  onFailure: (state, context, reason, tag) => void state.set(tag as number, { body: { type: reason }, at: context.now }),
};

const SPEC: BalancerSpec = { name: "a1", service: "default/web", ports: [{ port: 80, protocol: "TCP" }], nodes: ["n1", "n2", "n3"], wantedIp: "", localOnly: false, sticky: false };

class Bench {
  readonly world: World;
  private next = 1;

  constructor() {
    const behaviours = new Map<string, Behaviour<unknown>>();
    for (const behaviour of [loadBalancers, node, asker]) behaviours.set(behaviour.type, behaviour as Behaviour<unknown>);
    this.world = new World({ seed: 1, startAt: 0, behaviours });
    for (const name of ["n1", "n2", "n3"]) for (const part of ["network", "kube-proxy"]) this.world.spawn({ id: `${part}/${name}`, type: "node", host: name, config: undefined });
    this.world.spawn({ id: "lb", type: "cloud-load-balancers", host: "cloud", config: undefined });
    this.world.spawn({ id: "asker", type: "asker", host: "internet", config: undefined });
    this.pass(100);
  }
  pass(ms: number): void {
    this.world.run(this.world.now + ms);
  }
  ask(what: object): { readonly body: Record<string, unknown>; readonly tookMs: number } | undefined {
    const id = this.next++;
    const from = this.world.now;
    this.world.inject("asker", { type: "ask", id, what } as Message);
    const answers = this.world.stateOf<Map<number, { body: Message; at: number }>>("asker")!;
    for (let step = 0; step < 3200 && !answers.has(id); step++) this.pass(10);
    const found = answers.get(id);
    return found === undefined ? undefined : { body: found.body as unknown as Record<string, unknown>, tookMs: found.at - from };
  }
  ensure(change: Partial<BalancerSpec> = {}): { readonly body: Record<string, unknown>; readonly tookMs: number } | undefined {
    return this.ask({ type: "cloud/EnsureLoadBalancer", spec: { ...SPEC, ...change } });
  }
  /** Sends packets, one every `everyMs`; returns how many each node got. */
  send(count: number, everyMs: number, change: Partial<Packet> = {}): number[] {
    const before = this.counts();
    for (let sent = 0; sent < count; sent++) {
      this.world.inject("asker", { type: "ask", id: this.next++, what: { type: "packet", protocol: "TCP", sourceIp: "198.51.100.7", host: "203.0.113.10", port: 80, request: { method: "GET", path: "/" }, ...change } } as unknown as Message);
      this.pass(everyMs);
    }
    return this.counts().map((now, index) => now - (before[index] ?? 0));
  }
  private counts(): number[] {
    return ["n1", "n2", "n3"].map((name) => this.world.stateOf<{ packets: Packet[] }>(`network/${name}`)?.packets.length ?? 0);
  }
}

describe("the cloud's API", () => {
  it("makes a load balancer in its time, once, and gives it an address", () => {
    const bench = new Bench();
    const made = bench.ensure();
    expect(made?.body).toEqual({ type: "cloud/LoadBalancer", ip: "203.0.113.10", error: "" });
    expect(made?.tookMs).toBeGreaterThan(14_000);
    expect(made?.tookMs).toBeLessThan(27_000);
    expect(bench.ensure()?.tookMs).toBeLessThan(50);
    expect(bench.ensure({ nodes: ["n1"] })?.body).toMatchObject({ ip: "203.0.113.10" });
    expect(bench.ensure({ name: "a2" })?.body).toMatchObject({ ip: "203.0.113.11" });
  });

  it("gives the address that was asked for, if it is free and its own", () => {
    const bench = new Bench();
    expect(bench.ensure({ wantedIp: "203.0.113.77" })?.body).toMatchObject({ ip: "203.0.113.77" });
    expect(bench.ensure({ name: "a2", wantedIp: "203.0.113.77" })?.body).toMatchObject({ error: "address 203.0.113.77 is not available" });
    expect(bench.ensure({ name: "a3", wantedIp: "8.8.8.8" })?.body).toMatchObject({ error: "address 8.8.8.8 is not available" });
  });

  it("takes one away, and frees its address", () => {
    const bench = new Bench();
    bench.ensure();
    expect(bench.ask({ type: "cloud/DeleteLoadBalancer", name: "a1" })?.body).toMatchObject({ error: "" });
    expect(bench.ask({ type: "cloud/DeleteLoadBalancer", name: "never" })?.body).toMatchObject({ error: "" });
    expect(bench.world.stateOf<LoadBalancersState>("lb")?.byIp.size).toBe(0);
    expect(bench.ensure({ name: "a2" })?.body).toMatchObject({ ip: "203.0.113.10" });
  });

  it("what it has made survives a crash of its own", () => {
    const bench = new Bench();
    bench.ensure();
    bench.world.crash("lb");
    bench.world.startComponent("lb");
    bench.pass(100);
    expect(bench.send(30, 10).reduce((sum, count) => sum + count)).toBe(30);
  });
});

describe("packets", () => {
  it("go to every node, unchanged", () => {
    const bench = new Bench();
    bench.ensure();
    for (const count of bench.send(90, 10)) expect(count).toBeGreaterThan(15);
    expect(bench.world.stateOf<{ packets: Packet[] }>("network/n1")!.packets[0]).toMatchObject({ host: "203.0.113.10", port: 80, sourceIp: "198.51.100.7" });
  });

  it("a client stays with its node when asked for", () => {
    const bench = new Bench();
    bench.ensure({ sticky: true });
    expect(bench.send(30, 10).filter((count) => count > 0)).toEqual([30]);
  });

  it("other addresses are unreachable, other ports silent", () => {
    const bench = new Bench();
    bench.ensure();
    const packet = { type: "packet", protocol: "TCP", sourceIp: "198.51.100.7", host: "203.0.113.99", port: 80, request: { method: "GET", path: "/" } };
    expect(bench.ask(packet)?.body).toMatchObject({ outcome: "unreachable" });
    expect(bench.ask({ ...packet, host: "203.0.113.10", port: 81 })).toBeUndefined();
  });
});

describe("health", () => {
  it("a node whose kube-proxy doesn't answer three times gets nothing more, until it does", () => {
    const bench = new Bench();
    bench.ensure();
    bench.send(10, 100);
    bench.world.crash("kube-proxy/n2");
    bench.send(300, 100);
    expect(bench.send(60, 100)[1]).toBe(0);
    bench.world.startComponent("kube-proxy/n2");
    bench.send(100, 100);
    expect(bench.send(60, 100)[1]).toBeGreaterThan(8);
  });

  it("with externalTrafficPolicy Local the service itself is asked for", () => {
    const bench = new Bench();
    bench.ensure({ localOnly: true });
    bench.world.inject("kube-proxy/n3", { type: "change", change: { healthy: false } } as unknown as Message);
    bench.send(300, 100);
    expect(bench.send(60, 100)[2]).toBe(0);
    expect(bench.world.stateOf<{ checks: Message[] }>("kube-proxy/n1")!.checks[0]).toEqual({ type: "kube-proxy/HealthCheck", service: "default/web" });
  });

  it("with no healthy node at all it tries them all", () => {
    const bench = new Bench();
    bench.ensure();
    for (const name of ["n1", "n2", "n3"]) bench.world.crash(`kube-proxy/${name}`);
    bench.send(400, 100);
    expect(bench.send(30, 100).reduce((sum, count) => sum + count)).toBe(30);
  });

  it("nothing is checked while nobody calls", () => {
    const bench = new Bench();
    bench.ensure();
    bench.send(1, 100);
    bench.pass(60_000);
    const before = bench.world.handled;
    bench.pass(600_000);
    expect(bench.world.handled).toBe(before);
  });
});
