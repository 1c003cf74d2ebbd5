/** Random writers, a follower with informers, and faults on every part: the invariants of the store and the API must hold. */
import { describe, expect, it } from "vitest";
import { type Behaviour, World } from "../../../engine/bus/index.ts";
import { createStream, nextBelow, type RandomStream } from "../../../engine/random/index.ts";
import type { Change } from "../../../engine/store/index.ts";
import { API_SERVER, type ApiResponse, type ConfigMap, CONTROL_PLANE_HOST, ETCD, type KubeObject, objectKey, type Pod, type Stored, type WatchEvent } from "../api/index.ts";
import { allSynced, cacheOf, callApi, createInformers, informerClosed, informerData, informerFailure, informerReply, type InformerSet, informerTimer, startInformers } from "../client/index.ts";
import { etcd, type EtcdState, type EtcdValue } from "../etcd/index.ts";
import { apiServer } from "./apiserver.ts";
import { pod } from "./testing/world.ts";

const SPECS = { pods: { group: "", version: "v1", resource: "pods" }, configmaps: { group: "", version: "v1", resource: "configmaps" } } as const;
const CLIENT = { server: API_SERVER, user: "system:tester", agent: "tester" };

interface FollowerState {
  readonly set: InformerSet;
  /** Highest revision seen on each stream: events must come in order, each once. */
  readonly last: Map<number, number>;
  readonly wrong: string[];
}

const follower: Behaviour<FollowerState> = {
  type: "follower",
  start(context) {
    const set = createInformers(CLIENT, SPECS);
    startInformers(set, SPECS, context);
    return { set, last: new Map(), wrong: [] };
  },
  onReply(state, context, body, tag) { informerReply(state.set, SPECS, context, body, tag, state, () => undefined); },
  onFailure(state, context, _reason, tag) { informerFailure(state.set, context, tag); },
  onClosed(state, context, reason, stream, tag) { informerClosed(state.set, SPECS, context, reason, stream, tag); },
  onTimer(state, context, name) { informerTimer(state.set, SPECS, context, name); },
  onData(state, context, body, stream, tag) {
    const { event, object } = body as WatchEvent;
    const revision = Number(object.metadata?.resourceVersion ?? "0");
    if (event !== "ERROR" && event !== "BOOKMARK") {
      if (revision <= (state.last.get(stream) ?? 0)) state.wrong.push(`stream ${stream}: ${revision} after ${state.last.get(stream) ?? 0}`);
      state.last.set(stream, revision);
    }
    informerData(state.set, SPECS, context, body, stream, tag, state, () => undefined);
  },
};

interface WriterState {
  /** Increments of the counter that were acknowledged, and those whose fate is unknown. */
  counted: number;
  unknown: number;
  refused: number;
  /** Creations acknowledged and unknown. */
  created: number;
  createdUnknown: number;
  uids: string[];
}

/** Counts by compare-and-swap, and creates, labels and deletes pods at random. */
const writer: Behaviour<WriterState> = {
  type: "writer",
  start(context) {
    context.setTimer("go", 50);
    return { counted: 0, unknown: 0, refused: 0, created: 0, createdUnknown: 0, uids: [] };
  },
  onTimer(state, context, name) {
    if (name !== "go") return;
    context.setTimer("go", 20 + nextBelow(context.random, 60));
    const choice = nextBelow(context.random, 10);
    const name1 = `p${nextBelow(context.random, 6)}`;
    const base = { group: "", version: "v1", resource: "pods", namespace: "default" } as const;
    const finalizers = nextBelow(context.random, 3) === 0 ? { finalizers: ["example.com/keep"] } : {};
    if (choice < 4) callApi(context, CLIENT, { verb: "get", group: "", version: "v1", resource: "configmaps", namespace: "default", name: "counter" }, "read", 2000);
    else if (choice < 6) callApi(context, CLIENT, { ...base, verb: "create", body: pod(name1, {}, finalizers) }, "create", 2000);
    else if (choice === 6) callApi(context, CLIENT, { ...base, verb: "delete", name: name1 }, "other", 2000);
    else if (choice === 7) callApi(context, CLIENT, { ...base, verb: "patch", name: name1, body: { metadata: { labels: { x: String(nextBelow(context.random, 3)) } } } }, "other", 2000);
    else if (choice === 8) callApi(context, CLIENT, { ...base, verb: "patch", name: name1, body: { metadata: { finalizers: null } } }, "other", 2000);
    else callApi(context, CLIENT, { ...base, verb: "create", subresource: "binding", name: name1, body: { apiVersion: "v1", kind: "Binding", metadata: { name: name1 }, target: { kind: "Node", name: `n${state.counted % 3}` } } as KubeObject }, "other", 2000);
  },
  onReply(state, context, body, tag) {
    const response = body as ApiResponse;
    if (tag === "read") {
      if (response.code !== 200) return;
      const map = response.body as Stored<ConfigMap>;
      const next = { ...map, data: { n: String(Number(map.data?.["n"] ?? "0") + 1) } };
      callApi(context, CLIENT, { verb: "update", group: "", version: "v1", resource: "configmaps", namespace: "default", name: "counter", body: next }, "count", 2000);
    } else if (tag === "count") settle(state, response, "counted", "unknown");
    else if (tag === "create") {
      settle(state, response, "created", "createdUnknown");
      if (response.code === 201) state.uids.push((response.body as Stored).metadata.uid);
    }
  },
  onFailure(state, _context, _reason, tag) {
    if (tag === "count") state.unknown++;
    if (tag === "create") state.createdUnknown++;
  },
};

function settle(state: WriterState, response: ApiResponse, done: "counted" | "created", unknown: "unknown" | "createdUnknown"): void {
  if (response.code < 300) state[done]++;
  else if (response.code >= 500) state[unknown]++;
  else state.refused++;
}

const starter: Behaviour<object> = {
  type: "starter",
  start(context) {
    const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "counter" }, data: { n: "0" } };
    callApi(context, CLIENT, { verb: "create", ...SPECS.configmaps, namespace: "default", body }, "made");
    return {};
  },
};

function behavioursOf(): Map<string, Behaviour<unknown>> {
  const behaviours = new Map<string, Behaviour<unknown>>();
  for (const behaviour of [etcd, apiServer, follower, writer, starter]) behaviours.set(behaviour.type, behaviour as Behaviour<unknown>);
  return behaviours;
}

function start(seed: number): World {
  const world = new World({ seed, startAt: Date.UTC(2026, 0, 1), behaviours: behavioursOf() });
  world.spawn({ id: ETCD, type: "etcd", host: CONTROL_PLANE_HOST, config: undefined });
  world.spawn({ id: API_SERVER, type: "kube-apiserver", host: CONTROL_PLANE_HOST, config: { disableAdmissionPlugins: ["ServiceAccount"] } });
  world.run(world.now + 50);
  world.spawn({ id: "starter", type: "starter", host: "outside", config: undefined });
  for (const id of ["writer-1", "writer-2", "writer-3"]) world.spawn({ id, type: "writer", host: id, config: undefined });
  world.spawn({ id: "follower", type: "follower", host: "f", config: undefined });
  return world;
}

/** One fault begins or ends. */
function disturb(world: World, random: RandomStream): void {
  switch (nextBelow(random, 8)) {
    case 0: world.crash(ETCD); break;
    case 1: world.crash(API_SERVER); break;
    case 2: world.setLinkRule({ id: "cut", from: API_SERVER, to: ETCD, both: true, cut: true }); break;
    case 3: world.setLinkRule({ id: "lossy", from: "*", to: "*", loss: 0.2 }); break;
    case 4: world.setLinkRule({ id: "cut2", from: "follower", to: API_SERVER, both: true, cut: true }); break;
    case 5: world.pause(API_SERVER); break;
    default: heal(world);
  }
}

function heal(world: World): void {
  for (const rule of ["cut", "cut2", "lossy"]) world.clearLinkRule(rule);
  world.resume(API_SERVER);
  for (const id of [ETCD, API_SERVER]) world.startComponent(id);
}

function history(world: World): readonly Change<EtcdValue>[] {
  return world.stateOf<EtcdState>(ETCD)?.store.log ?? [];
}

/** What must hold for each single change in the store's history. */
function checkHistory(log: readonly Change<EtcdValue>[]): string[] {
  const wrong: string[] = [];
  const uids = new Set<string>();
  let revision = 1;
  for (const change of log) {
    if (change.revision !== revision + 1) wrong.push(`revision ${change.revision} after ${revision}`);
    revision = change.revision;
    wrong.push(...checkChange(change, uids));
  }
  return wrong;
}

function checkChange({ value, previous, revision, key }: Change<EtcdValue>, uids: Set<string>): string[] {
  const wrong: string[] = [];
  const after = value?.object;
  const before = previous?.value.object;
  if (after !== undefined && after.metadata.resourceVersion !== String(revision)) wrong.push(`${key}: resourceVersion ${after.metadata.resourceVersion} at ${revision}`);
  if (before === undefined && after !== undefined) {
    if (uids.has(after.metadata.uid)) wrong.push(`${key}: uid used twice`);
    uids.add(after.metadata.uid);
  }
  if (before === undefined) return wrong;
  if (after === undefined) {
    if ((before.metadata.finalizers ?? []).length > 0 && before.metadata.finalizers?.includes("example.com/keep") === true && before.metadata.deletionTimestamp === undefined) wrong.push(`${key}: removed with a finalizer`);
    return wrong;
  }
  if (before.metadata.uid !== after.metadata.uid) wrong.push(`${key}: uid changed`);
  if (before.metadata.deletionTimestamp !== undefined && after.metadata.deletionTimestamp === undefined) wrong.push(`${key}: deletionTimestamp unset`);
  const sameSpec = JSON.stringify((before as Pod).spec) === JSON.stringify((after as Pod).spec);
  const marked = before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp;
  if (sameSpec && !marked && before.metadata.generation !== after.metadata.generation) wrong.push(`${key}: generation changed without the spec`);
  if (!sameSpec && before.metadata.generation === after.metadata.generation) wrong.push(`${key}: the spec changed without a generation`);
  const node = (before as Pod).spec?.nodeName;
  if (node !== undefined && (after as Pod).spec?.nodeName !== node) wrong.push(`${key}: bound twice`);
  return wrong;
}

function sums(world: World): WriterState {
  const all: WriterState = { counted: 0, unknown: 0, refused: 0, created: 0, createdUnknown: 0, uids: [] };
  for (const id of ["writer-1", "writer-2", "writer-3"]) {
    const state = world.stateOf<WriterState>(id) as WriterState;
    for (const key of ["counted", "unknown", "refused", "created", "createdUnknown"] as const) all[key] += state[key];
    all.uids.push(...state.uids);
  }
  return all;
}

function stored(world: World, prefix: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { value } of world.stateOf<EtcdState>(ETCD)?.store.prefixes.get(prefix)?.values() ?? []) found.set(objectKey(value.object), value.object.metadata.resourceVersion);
  return found;
}

function followed(world: World, name: string): Map<string, string> {
  const set = (world.stateOf<FollowerState>("follower") as FollowerState).set;
  return new Map([...cacheOf<Stored>(set, name).items].map(([key, object]) => [key, object.metadata.resourceVersion]));
}

function sorted(map: Map<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function play(seed: number): World {
  const world = start(seed);
  const random = createStream(seed, "faults");
  for (let step = 0; step < 40; step++) {
    world.run(world.now + 500 + nextBelow(random, 2500));
    disturb(world, random);
  }
  heal(world);
  for (const id of ["writer-1", "writer-2", "writer-3"]) world.pause(id);
  world.run(world.now + 120_000);
  for (const id of ["writer-1", "writer-2", "writer-3"]) world.resume(id);
  world.run(world.now + 10);
  for (const id of ["writer-1", "writer-2", "writer-3"]) world.pause(id);
  world.run(world.now + 60_000);
  return world;
}

describe("under random faults", () => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))("seed %i: history, counters and caches agree", (seed) => {
    const world = play(seed);
    const log = history(world);
    expect(checkHistory(log)).toEqual([]);
    const follows = world.stateOf<FollowerState>("follower") as FollowerState;
    expect(follows.wrong).toEqual([]);
    expect(allSynced(follows.set)).toBe(true);
    expect(sorted(followed(world, "pods"))).toEqual(sorted(stored(world, "/registry/pods/")));
    expect(sorted(followed(world, "configmaps"))).toEqual(sorted(stored(world, "/registry/configmaps/")));
    const all = sums(world);
    const counter = world.stateOf<EtcdState>(ETCD)?.store.prefixes.get("/registry/configmaps/")?.get("/registry/configmaps/default/counter")?.value.object as Stored<ConfigMap>;
    const count = Number(counter.data?.["n"]);
    expect(all.counted).toBeGreaterThan(10);
    expect(count).toBeGreaterThanOrEqual(all.counted);
    expect(count).toBeLessThanOrEqual(all.counted + all.unknown + 3);
    const made = log.filter((change) => change.key.startsWith("/registry/pods/") && change.previous === undefined).length;
    expect(made).toBeGreaterThanOrEqual(all.created);
    expect(made).toBeLessThanOrEqual(all.created + all.createdUnknown + 3);
    expect(new Set(all.uids).size).toBe(all.uids.length);
  });

  it("goes on from a saved image as if nothing had happened", () => {
    const world = start(3);
    world.run(world.now + 4000);
    const copy = World.restore({ seed: 3, startAt: 0, behaviours: behavioursOf() }, world.save());
    for (const one of [world, copy]) {
      one.crash(API_SERVER);
      one.startComponent(API_SERVER);
      one.run(one.now + 5000);
    }
    expect(copy.logHash()).toBe(world.logHash());
  });

  it("gives the same log hash for the same seed", () => {
    expect(play(5).logHash()).toBe(play(5).logHash());
  });
});
