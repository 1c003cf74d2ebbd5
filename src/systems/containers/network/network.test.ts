import { describe, expect, it } from "vitest";
import type { Message } from "../../../engine/bus/index.ts";
import { type EndpointSet, type RuleEndpoint, type RuleEntry, ruleKey, type ServiceRules, usableEndpoints } from "./index.ts";
import { NetworkBench } from "./network.fake.ts";

const A: RuleEndpoint = { ip: "10.244.1.2", port: 8080 };
const B: RuleEndpoint = { ip: "10.244.2.2", port: 8080 };

function endpoints(change: Partial<EndpointSet> = {}): EndpointSet {
  return { cluster: [A, B], local: new Map([["a", [A]], ["b", [B]]]), nodeHints: undefined, zoneHints: undefined, ...change };
}

function entry(ip: string, port: number, change: Partial<RuleEntry> = {}): RuleEntry {
  return { key: ruleKey(ip, port, "TCP"), service: "default/web", port: "", external: false, localOnly: false, affinityMs: 0, sourceRanges: [], endpoints: endpoints(), ...change };
}

function rules(...entries: readonly RuleEntry[]): ServiceRules {
  return { service: entries[0]?.service ?? "default/web", entries };
}

/** A bench with a pod on node "a" at 10.244.1.2; node "b" has one at 10.244.2.2. */
function bench(seed = 1): NetworkBench {
  const made = new NetworkBench(seed);
  expect(made.attach("sandbox-1", "shop")).toBe("10.244.1.2");
  made.state("b").addresses.set("10.244.2.2", "sandbox-2");
  return made;
}

function hosts(made: NetworkBench, count: number, host = "10.96.0.20", port = 80, sourceIp = "10.244.1.200"): string[] {
  return Array.from({ length: count }, () => made.send(host, port, { sourceIp }).served ?? "nobody");
}

describe("forwarding", () => {
  it("reaches a local pod through its runtime and a remote one through the other node's network", () => {
    const made = bench();
    expect(made.send("10.244.1.2").body).toBe("runtime/a 10.244.1.2:80 from 10.244.1.200 hops 1");
    expect(made.send("10.244.2.2").body).toBe("runtime/b 10.244.2.2:80 from 10.244.1.200 hops 2");
  });

  it("takes seconds to find out that nobody has an address", () => {
    const made = bench();
    const near = made.send("10.244.1.77");
    expect(near.outcome).toBe("unreachable");
    expect(near.tookMs).toBeGreaterThan(2990);
    expect(made.send("10.244.2.77").outcome).toBe("unreachable");
    expect(made.send("172.16.0.1")).toMatchObject({ outcome: "unreachable" });
    expect(made.send("172.16.0.1").tookMs).toBeLessThan(50);
  });

  it("a pod that leaves takes its address with it", () => {
    const made = bench();
    made.ask({ type: "cni/DEL", sandboxId: "sandbox-1" });
    made.pass(10);
    expect(made.send("10.244.1.2").outcome).toBe("unreachable");
  });

  it("gives addresses out in a ring, also across a restart", () => {
    const made = bench();
    made.ask({ type: "cni/DEL", sandboxId: "sandbox-1" });
    made.pass(10);
    expect(made.attach("sandbox-3")).toBe("10.244.1.3");
    made.world.crashHost("a");
    made.world.startHost("a");
    made.pass(10);
    expect(made.attach("sandbox-4")).toBe("10.244.1.4");
  });

  it("drops what goes in circles", () => {
    const made = bench();
    expect(made.send("10.244.1.2", 80, { hops: 16 })).toMatchObject({ outcome: "timeout" });
  });

  it("host ports lead to the pod that asked for them", () => {
    const made = bench();
    made.attach("sandbox-5", "default", [{ hostPort: 9000, containerPort: 90, protocol: "TCP" }]);
    expect(made.send("192.168.0.1", 9000).body).toContain("10.244.1.3:90");
    expect(made.send("192.168.0.1", 9001).body).toContain("192.168.0.1:9001");
  });

  it("a machine without power doesn't answer: the network gives up after ten seconds", () => {
    const made = bench();
    made.world.crashHost("b");
    const answer = made.send("10.244.2.2");
    expect(answer.outcome).toBe("timeout");
    expect(answer.tookMs).toBeGreaterThan(9000);
  });

  it("after a restart of its own, pods that still run keep their addresses", () => {
    const made = bench();
    made.world.inject("runtime/a", { type: "set", sandboxes: [{ sandboxId: "sandbox-1", ready: true }] } as unknown as Message);
    made.attach("sandbox-2");
    made.world.crash("network/a");
    made.world.startComponent("network/a");
    made.pass(20);
    expect([...made.state().sandboxes]).toEqual([["sandbox-1", { ip: "10.244.1.2", namespace: "shop" }]]);
    expect(made.send("10.244.1.2").outcome).toBe("answer");
  });
});

describe("names", () => {
  it("are resolved for the pod's namespace, once while the answer is fresh", () => {
    const made = bench();
    made.program({ changed: [rules(entry("10.96.0.20", 80))] });
    expect(made.send("web", 80, { sourceIp: "10.244.1.2" }).outcome).toBe("answer");
    expect(made.send("web", 80, { sourceIp: "10.244.1.2" }).outcome).toBe("answer");
    expect(made.asked()).toEqual([{ type: "network/ResolveName", name: "web", namespace: "shop" }]);
    made.pass(5000);
    made.send("web");
    expect(made.asked().at(-1)?.namespace).toBe("default");
  });

  it("one question serves all packets that wait", () => {
    const made = bench();
    const ids = [made.ask({ ...packetTo("db") }), made.ask({ ...packetTo("db") })];
    made.pass(50);
    expect(ids.map((id) => made.answer(id)?.outcome)).toEqual(["answer", "answer"]);
    expect(made.asked()).toHaveLength(1);
  });

  it("unknown ones, and a DNS that is down", () => {
    const made = bench();
    expect(made.send("nothing")).toMatchObject({ outcome: "no-such-host", body: "" });
    made.world.crash("names");
    expect(made.send("web")).toMatchObject({ outcome: "no-such-host", body: "temporary failure in name resolution" });
  });
});

describe("rules", () => {
  it("spread traffic over endpoints at random, as the seed has it", () => {
    const made = bench();
    made.program({ changed: [rules(entry("10.96.0.20", 80))] });
    const seen = hosts(made, 40);
    const local = seen.filter((host) => host === A.ip).length;
    expect(local).toBeGreaterThan(8);
    expect(local).toBeLessThan(32);
    const again = bench();
    again.program({ changed: [rules(entry("10.96.0.20", 80))] });
    expect(hosts(again, 40)).toEqual(seen);
  });

  it("refuse a service without endpoints, leave other ports alone", () => {
    const made = bench();
    made.program({ changed: [rules(entry("10.96.0.20", 80, { endpoints: endpoints({ cluster: [], local: new Map() }) }))] });
    expect(made.send("10.96.0.20", 80)).toMatchObject({ outcome: "refused" });
    expect(made.send("10.96.0.20", 81)).toMatchObject({ outcome: "unreachable" });
    expect(made.send("10.96.0.20", 80, { protocol: "UDP" })).toMatchObject({ outcome: "unreachable" });
  });

  it("change, go and are replaced service by service", () => {
    const made = bench();
    made.program({ changed: [rules(entry("10.96.0.20", 80)), rules(entry("10.96.0.30", 80, { service: "default/db" }))] });
    made.program({ changed: [rules(entry("10.96.0.21", 80))] });
    expect([...made.state().rules.entries.keys()]).toEqual(["10.96.0.30:80/TCP", "10.96.0.21:80/TCP"]);
    made.program({ removed: ["default/db", "default/never"] });
    expect([...made.state().rules.entries.keys()]).toEqual(["10.96.0.21:80/TCP"]);
    made.program({ full: true });
    expect(made.state().rules.services.size).toBe(0);
  });

  it("an address that two services claim stays with the later one when the earlier goes", () => {
    const made = bench();
    made.program({ changed: [rules(entry("203.0.113.9", 80, { service: "a/a" })), rules(entry("203.0.113.9", 80, { service: "b/b" }))] });
    made.program({ removed: ["a/a"] });
    expect(made.state().rules.entries.get("203.0.113.9:80/TCP")?.service).toBe("b/b");
  });

  it("node ports: on every address of the node, masqueraded for strangers", () => {
    const made = bench();
    made.program({ changed: [rules(entry("", 30080, { external: true, endpoints: endpoints({ cluster: [B] }) }))] });
    expect(made.send("192.168.0.1", 30080, { sourceIp: "198.51.100.7" }).body).toBe("runtime/b 10.244.2.2:8080 from 192.168.0.1 hops 2");
    expect(made.send("127.0.0.1", 30080).body).toContain("from 10.244.1.200");
  });

  it("externalTrafficPolicy Local: keeps the client's address, drops where no endpoint is, but not for programs of the node", () => {
    const made = bench();
    const local = entry("203.0.113.9", 80, { external: true, localOnly: true });
    made.program({ changed: [rules(local)] });
    expect(made.send("203.0.113.9", 80, { sourceIp: "198.51.100.7" }).body).toBe("runtime/a 10.244.1.2:8080 from 198.51.100.7 hops 1");
    made.program({ changed: [rules({ ...local, endpoints: endpoints({ local: new Map([["b", [B]]]) }) })] });
    expect(made.send("203.0.113.9", 80, { sourceIp: "198.51.100.7" })).toMatchObject({ outcome: "timeout" });
    expect(made.send("203.0.113.9", 80).outcome).toBe("answer");
  });

  it("internalTrafficPolicy Local: refused only when there is no endpoint anywhere", () => {
    const made = bench();
    made.program({ changed: [rules(entry("10.96.0.20", 80, { localOnly: true, endpoints: endpoints({ local: new Map([["b", [B]]]) }) }))] });
    expect(made.send("10.96.0.20")).toMatchObject({ outcome: "timeout" });
    made.program({ changed: [rules(entry("10.96.0.20", 80, { localOnly: true, endpoints: endpoints({ cluster: [], local: new Map() }) }))] });
    expect(made.send("10.96.0.20")).toMatchObject({ outcome: "refused" });
  });

  it("source ranges keep strangers out", () => {
    const made = bench();
    made.program({ changed: [rules(entry("203.0.113.9", 80, { external: true, sourceRanges: ["198.51.100.0/28", " 10.0.0.0/8"] }))] });
    expect(made.send("203.0.113.9", 80, { sourceIp: "198.51.100.7" }).outcome).toBe("answer");
    expect(made.send("203.0.113.9", 80, { sourceIp: "198.51.100.99" }).outcome).toBe("timeout");
  });

  it("session affinity keeps a client with its endpoint until it has been away too long, or the endpoint is gone", () => {
    const made = bench();
    const sticky = entry("10.96.0.20", 80, { affinityMs: 10_000 });
    made.program({ changed: [rules(sticky)] });
    const [first = ""] = hosts(made, 1);
    expect(new Set(hosts(made, 20))).toEqual(new Set([first]));
    expect(new Set(Array.from({ length: 20 }, (_, client) => hosts(made, 1, "10.96.0.20", 80, `10.244.1.${100 + client}`)[0])).size).toBe(2);
    const other = first === A.ip ? B : A;
    made.program({ changed: [rules({ ...sticky, endpoints: endpoints({ cluster: [other] }) })] });
    expect(new Set(hosts(made, 5))).toEqual(new Set([other.ip]));
    made.program({ changed: [rules(sticky)] });
    expect(new Set(hosts(made, 5))).toEqual(new Set([other.ip]));
    const after = new Set<string>();
    for (let round = 0; round < 12; round++) {
      made.pass(10_001);
      after.add(hosts(made, 1)[0] ?? "");
    }
    expect(after.size).toBe(2);
  });

  it("forgets old affinities rather than grow without end", () => {
    const made = bench();
    made.program({ changed: [rules(entry("10.96.0.20", 80, { affinityMs: 10_000 }))] });
    for (let client = 0; client < 1200; client++) made.ask({ ...packetTo("10.96.0.20"), sourceIp: `10.1.${client >> 8}.${client & 255}` });
    made.pass(100);
    expect(made.state().affinity.size).toBeLessThanOrEqual(1024);
  });
});

describe("endpoints a node may use", () => {
  it("follow hints for the node, then for the zone, else all", () => {
    const hinted = endpoints({ nodeHints: new Map([["a", [A]]]), zoneHints: new Map([["zone-b", [B]]]) });
    expect(usableEndpoints(hinted, false, "a", "zone-b")).toEqual([A]);
    expect(usableEndpoints(hinted, false, "c", "zone-b")).toEqual([B]);
    expect(usableEndpoints(hinted, false, "c", undefined)).toEqual([A, B]);
    expect(usableEndpoints(hinted, true, "c", "zone-b")).toEqual([]);
  });
});

function packetTo(host: string): object {
  return { type: "packet", protocol: "TCP", sourceIp: "10.244.1.200", host, port: 80, request: { method: "GET", path: "/" } };
}
