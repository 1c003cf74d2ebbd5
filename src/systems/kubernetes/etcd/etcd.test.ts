import { describe, expect, it } from "vitest";
import { type Behaviour, type Message, World } from "../../../engine/bus/index.ts";
import type { Stored } from "../api/index.ts";
import { etcd, type EtcdEvents, type EtcdReply, type EtcdState, type EtcdTxn, type EtcdTxnResult } from "./index.ts";

interface Heard {
  readonly replies: Message[];
  readonly events: Message[];
  readonly closed: string[];
}

const probe: Behaviour<Heard> = {
  type: "probe",
  start: () => ({ replies: [], events: [], closed: [] }),
  onMessage(_state, context, body) {
    if (body.type === "etcd-watch") context.openStream("etcd", body, "w");
    else if (body.type === "etcd-lease-grant" || body.type === "etcd-compact") context.send("etcd", body);
    else context.request("etcd", body, "r");
  },
  onReply(state, _context, body) { state.replies.push(body); },
  onFailure(state, _context, reason) { state.replies.push({ type: reason }); },
  onData(state, _context, body) { state.events.push(body); },
  onClosed(state, _context, reason) { state.closed.push(reason); },
};

function start(commitDelayMs = 0): World {
  const behaviours = new Map<string, Behaviour<unknown>>();
  for (const behaviour of [etcd, probe]) behaviours.set(behaviour.type, behaviour as Behaviour<unknown>);
  const world = new World({ seed: 1, startAt: 0, behaviours });
  world.spawn({ id: "etcd", type: "etcd", host: "a", config: { commitDelayMs } });
  world.spawn({ id: "probe", type: "probe", host: "a", config: undefined });
  world.run(10);
  return world;
}

function ask<T extends EtcdReply>(world: World, body: Message): T {
  const { replies } = world.stateOf<Heard>("probe") as Heard;
  const before = replies.length;
  world.inject("probe", body);
  world.run(world.now + 20);
  if (replies.length === before) throw new Error("no reply");
  return replies[before] as unknown as T;
}

function tell(world: World, body: object): Heard {
  world.inject("probe", body as Message);
  world.run(world.now + 20);
  return world.stateOf<Heard>("probe") as Heard;
}

function thing(name: string): Stored {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, uid: name, resourceVersion: "", creationTimestamp: "" } };
}

function put(name: string, expected: number, extra: Partial<EtcdTxn> = {}): EtcdTxn {
  return { type: "etcd-txn", key: `/registry/configmaps/${name}`, expected, object: thing(name), ...extra };
}

describe("etcd", () => {
  it("writes if the revision is as expected, and gives the object its revision", () => {
    const world = start();
    const first = ask<EtcdTxnResult>(world, put("a", 0));
    expect(first).toMatchObject({ succeeded: true, revision: 2, value: { object: { metadata: { resourceVersion: "2" } } } });
    expect(Object.isFrozen(first.value?.object)).toBe(true);
    expect(ask(world, put("a", 0))).toMatchObject({ succeeded: false, revision: 2, value: { object: { metadata: { resourceVersion: "2" } } } });
    expect(ask(world, put("a", 2))).toMatchObject({ succeeded: true, revision: 3 });
    expect(ask(world, { type: "etcd-txn", key: "/registry/configmaps/a", expected: 2 } as EtcdTxn)).toMatchObject({ succeeded: false });
    expect(ask(world, { type: "etcd-txn", key: "/registry/configmaps/a", expected: 3 } as EtcdTxn)).toMatchObject({ succeeded: true, revision: 4 });
    expect(ask(world, { type: "etcd-get", key: "/registry/configmaps/a" } as Message)).toMatchObject({ revision: 4, value: undefined });
  });

  it("keeps what it acknowledged through a crash, and loses its watches", () => {
    const world = start();
    ask(world, put("a", 0));
    const heard = tell(world, { type: "etcd-watch", prefix: "/registry/configmaps/", after: 2 });
    world.crash("etcd");
    world.startComponent("etcd");
    world.run(world.now + 10);
    expect(heard.closed).toEqual(["reset"]);
    expect(ask(world, { type: "etcd-range", prefix: "/registry/configmaps/" } as Message)).toMatchObject({ revision: 2, items: [{ key: "/registry/configmaps/a" }] });
  });

  it("tells watchers of their prefix what they missed and what comes, in order", () => {
    const world = start();
    ask(world, put("a", 0));
    ask(world, put("x", 0, { key: "/registry/secrets/x" }));
    const heard = tell(world, { type: "etcd-watch", prefix: "/registry/configmaps/", after: 1 });
    ask(world, put("b", 0));
    expect(heard.events.flatMap((events) => (events as EtcdEvents).events.map((event) => [event.revision, event.key]))).toEqual([[2, "/registry/configmaps/a"], [4, "/registry/configmaps/b"]]);
  });

  it("refuses reads and watches from before a compaction", () => {
    const world = start();
    for (const name of ["a", "b", "c"]) ask(world, put(name, 0));
    tell(world, { type: "etcd-compact", revision: 3 });
    expect(ask(world, { type: "etcd-range", prefix: "/registry/configmaps/", revision: 2 } as Message)).toMatchObject({ compacted: 3 });
    expect(ask(world, { type: "etcd-range", prefix: "/registry/configmaps/", revision: 3 } as Message)).toMatchObject({ items: [{ key: "/registry/configmaps/a" }, { key: "/registry/configmaps/b" }] });
    const heard = tell(world, { type: "etcd-watch", prefix: "/registry/configmaps/", after: 2 });
    expect(heard.events).toEqual([{ type: "etcd-watch-canceled", compactRevision: 3 }]);
    expect(world.trace.notes.map((note) => note.kind)).toEqual(["HistoryCompacted"]);
  });

  it("takes keys away with their lease, also after a restart, and refuses unknown leases", () => {
    const world = start();
    tell(world, { type: "etcd-lease-grant", lease: 7, ttlSeconds: 60 });
    ask(world, put("a", 0, { lease: 7 }));
    ask(world, put("b", 0));
    expect(ask(world, put("c", 0, { lease: 8 }))).toMatchObject({ succeeded: false, error: "etcdserver: requested lease not found" });
    world.run(world.now + 50_000);
    world.crash("etcd");
    world.startComponent("etcd");
    world.run(world.now + 50_000);
    expect((world.stateOf<EtcdState>("etcd") as EtcdState).store.revision).toBe(3);
    world.run(world.now + 20_000);
    expect(ask(world, { type: "etcd-range", prefix: "/registry/configmaps/" } as Message)).toMatchObject({ revision: 4, items: [{ key: "/registry/configmaps/b" }] });
  });

  it("answers writes late on a slow disk", () => {
    const world = start(500);
    const { replies } = world.stateOf<Heard>("probe") as Heard;
    world.inject("probe", put("a", 0));
    world.run(world.now + 400);
    expect(replies.length).toBe(0);
    world.run(world.now + 200);
    expect(replies.length).toBe(1);
  });
});
