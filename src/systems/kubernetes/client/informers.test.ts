import { describe, expect, it } from "vitest";
import { type Behaviour, type Message, World } from "../../../engine/bus/index.ts";
import { byIndex } from "../../../engine/reconcile/index.ts";
import type { ApiRequest, ApiResponse, KubeObject, WatchEvent } from "../api/index.ts";
import {
  allSynced, type ApiClient, cacheOf, callApi, createInformers, type InformerSet, type InformerSpecs, informerClosed, informerData, informerFailure, informerReply, informerTimer, startInformers,
} from "./index.ts";

const CLIENT: ApiClient = { server: "server", user: "system:tester", agent: "tester" };
const SPECS: InformerSpecs = {
  pods: { group: "", version: "v1", resource: "pods", fieldSelector: "spec.nodeName=n1", indexes: { node: (pod) => [(pod as { readonly node?: string }).node ?? ""] } },
  jobs: { group: "batch", version: "v1", resource: "jobs", namespace: "shop", labelSelector: "app=web" },
};

interface ServerState {
  readonly calls: ApiRequest[];
  readonly at: number[];
  readonly streams: Map<string, number>;
  /** Lists to answer with; a number is a refusal's code. */
  readonly lists: Map<string, ApiResponse>;
}

const server: Behaviour<ServerState> = {
  type: "server",
  start: () => ({ calls: [], at: [], streams: new Map(), lists: new Map() }),
  onRequest(state, context, body, request) {
    const call = body as ApiRequest;
    state.calls.push(call);
    state.at.push(context.now);
    context.reply(request, state.lists.get(call.resource) ?? listOf(1, []));
  },
  onOpen(state, _context, body, stream) {
    state.calls.push(body as ApiRequest);
    state.streams.set((body as ApiRequest).resource, stream);
  },
  onMessage(state, context, body) {
    const { resource, event } = body as Message & { readonly resource: string; readonly event?: WatchEvent };
    const stream = state.streams.get(resource) ?? 0;
    if (event === undefined) context.close(stream);
    else context.push(stream, event);
  },
};

interface UserState {
  readonly set: InformerSet;
  readonly told: string[];
}

const told = (state: UserState, _context: unknown, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined): void => {
  state.told.push(`${informer} ${key} ${before?.metadata?.resourceVersion ?? "-"}→${after?.metadata?.resourceVersion ?? "-"}`);
};

const reader: Behaviour<UserState> = {
  type: "reader",
  start(context) {
    const state: UserState = { set: createInformers(CLIENT, SPECS), told: [] };
    startInformers(state.set, SPECS, context);
    return state;
  },
  onMessage: (state, context) => void callApi(context, state.set.client, { verb: "get", group: "", version: "v1", resource: "pods", name: "x" }, "mine"),
  onReply: (state, context, body, tag) => { if (!informerReply(state.set, SPECS, context, body, tag, state, told)) state.told.push(`answer ${String(tag)}`); },
  onFailure: (state, context, reason, tag) => { if (!informerFailure(state.set, context, tag)) state.told.push(`failure ${reason}`); },
  onData: (state, context, body, stream, tag) => void informerData(state.set, SPECS, context, body, stream, tag, state, told),
  onClosed: (state, context, reason, stream, tag) => void informerClosed(state.set, SPECS, context, reason, stream, tag),
  onTimer: (state, context, name) => void informerTimer(state.set, SPECS, context, name),
};

function pod(name: string, revision: number, node = "n1"): KubeObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { namespace: "default", name, resourceVersion: String(revision) }, node } as KubeObject;
}

function listOf(revision: number, items: readonly KubeObject[]): ApiResponse {
  return { type: "api-response", code: 200, body: { kind: "PodList", apiVersion: "v1", metadata: { resourceVersion: String(revision) }, items } as unknown as KubeObject };
}

class Bench {
  readonly world: World;
  constructor(lists: Readonly<Record<string, ApiResponse>> = {}) {
    this.world = new World({ seed: 1, startAt: 0, behaviours: new Map<string, Behaviour<unknown>>([["server", server as Behaviour<unknown>], ["reader", reader as Behaviour<unknown>]]) });
    this.world.spawn({ id: "server", type: "server", host: "h", config: undefined });
    this.world.run(0);
    for (const [resource, list] of Object.entries(lists)) this.server.lists.set(resource, list);
    this.world.spawn({ id: "reader", type: "reader", host: "h", config: undefined });
    this.pass(100);
  }
  get server(): ServerState { return this.world.stateOf<ServerState>("server") as ServerState; }
  get reader(): UserState { return this.world.stateOf<UserState>("reader") as UserState; }
  get calls(): string[] { return this.server.calls.map(({ verb, resource, options }) => `${verb} ${resource} ${options?.resourceVersion ?? ""}`); }
  pass(ms: number): void { this.world.run(this.world.now + ms); }
  push(event: WatchEvent["event"], object: KubeObject): void {
    this.world.inject("server", { type: "push", resource: "pods", event: { type: "watch-event", event, object } } as Message);
    this.pass(10);
  }
  close(): void {
    this.world.inject("server", { type: "close", resource: "pods" } as Message);
    this.pass(10);
  }
  names(): string[] { return [...cacheOf<KubeObject>(this.reader.set, "pods").items.keys()]; }
}

describe("informers", () => {
  it("list first, then watch from the list's revision, as who they are and for what they were asked", () => {
    const bench = new Bench({ pods: listOf(7, [pod("a", 3), pod("b", 5)]) });
    expect(bench.calls.slice().sort()).toEqual(["list jobs 0", "list pods 0", "watch jobs 1", "watch pods 7"]);
    for (const call of bench.server.calls) expect(call).toMatchObject({ user: "system:tester", agent: "tester" });
    const [pods, jobs] = [bench.server.calls.find(({ resource }) => resource === "pods"), bench.server.calls.find(({ resource }) => resource === "jobs")];
    expect(pods?.options?.fieldSelector).toBe("spec.nodeName=n1");
    expect(pods?.namespace).toBeUndefined();
    expect([jobs?.namespace, jobs?.group, jobs?.options?.labelSelector]).toEqual(["shop", "batch", "app=web"]);
    expect(allSynced(bench.reader.set)).toBe(true);
    expect(bench.reader.told).toEqual(["pods default/a -→3", "pods default/b -→5"]);
    expect(bench.reader.set.informers.get("pods")?.revision).toBe(7);
  });

  it("are synced only when each has its list", () => {
    const set = createInformers(CLIENT, SPECS);
    expect(allSynced(set)).toBe(false);
    for (const informer of set.informers.values()) informer.synced = true;
    expect(allSynced(set)).toBe(true);
    expect(() => cacheOf(set, "nodes")).toThrow("no informer \"nodes\"");
  });

  it("follow the watch: objects come, change and go; indexes with them", () => {
    const bench = new Bench({ pods: listOf(7, [pod("a", 3)]) });
    bench.push("ADDED", pod("b", 8, "n2"));
    bench.push("MODIFIED", pod("a", 9, "n2"));
    expect(byIndex(cacheOf<KubeObject>(bench.reader.set, "pods"), "node", "n2").map(({ metadata }) => metadata?.name)).toEqual(["b", "a"]);
    bench.push("DELETED", pod("b", 10, "n2"));
    bench.push("DELETED", pod("never-seen", 11));
    expect(bench.names()).toEqual(["default/a"]);
    expect(bench.reader.told).toEqual(["pods default/a -→3", "pods default/b -→8", "pods default/a 3→9", "pods default/b 8→-"]);
    expect(bench.reader.set.informers.get("pods")?.revision).toBe(11);
  });

  it("take a bookmark's revision and tell nobody", () => {
    const bench = new Bench({ pods: listOf(7, []) });
    bench.push("BOOKMARK", { apiVersion: "v1", kind: "Pod", metadata: { resourceVersion: "500" } });
    expect(bench.reader.told).toEqual([]);
    bench.close();
    expect(bench.calls.at(-1)).toBe("watch pods 500");
  });

  it("watch on from where they are when the server ends the watch, without a new list", () => {
    const bench = new Bench({ pods: listOf(7, [pod("a", 3)]) });
    bench.push("MODIFIED", pod("a", 9));
    bench.close();
    expect(bench.calls.filter((call) => call.includes("pods"))).toEqual(["list pods 0", "watch pods 7", "watch pods 9"]);
    bench.push("MODIFIED", pod("a", 12));
    expect(bench.reader.told.at(-1)).toBe("pods default/a 9→12");
  });

  it("list anew when their revision is too old, and tell what they missed, deletions too", () => {
    const bench = new Bench({ pods: listOf(7, [pod("a", 3), pod("b", 5)]) });
    bench.server.lists.set("pods", listOf(90, [pod("b", 80), pod("c", 85)]));
    bench.push("ERROR", { apiVersion: "v1", kind: "Status", metadata: {} });
    bench.pass(100);
    expect(bench.reader.told.slice(2)).toEqual(["pods default/a 3→-", "pods default/b 5→80", "pods default/c -→85"]);
    expect(bench.calls.at(-1)).toBe("watch pods 90");
    bench.push("MODIFIED", pod("c", 91));
    expect(bench.reader.told.at(-1)).toBe("pods default/c 85→91");
  });

  it("back off when the server refuses or is gone: 0.8 s doubling to 30 s, up to twice that by chance", () => {
    const bench = new Bench({ pods: { type: "api-response", code: 500, body: { kind: "Status" } as KubeObject } });
    expect(allSynced(bench.reader.set)).toBe(false);
    bench.pass(400_000);
    const times = bench.server.at.filter((_, index) => bench.server.calls.filter(({ verb }) => verb === "list")[index]?.resource === "pods");
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    for (const [index, wait] of waits.entries()) {
      const least = Math.min(800 * 2 ** index, 30_000);
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(2 * least + 20);
    }
    expect(waits.length).toBeGreaterThan(7);
    bench.server.lists.set("pods", listOf(7, [pod("a", 3)]));
    bench.pass(70_000);
    expect(bench.names()).toEqual(["default/a"]);
  });

  it("come back after the server crashed, and hear what happened since", () => {
    const bench = new Bench({ pods: listOf(7, [pod("a", 3)]) });
    bench.world.crash("server");
    bench.pass(20_000);
    expect(bench.names()).toEqual(["default/a"]);
    bench.world.startComponent("server");
    bench.pass(70_000);
    expect(bench.calls).toContain("watch pods 7");
    bench.push("MODIFIED", pod("a", 9));
    expect(bench.reader.told.at(-1)).toBe("pods default/a 3→9");
  });

  it("wait no longer for a server that crashes again once it was well in between", () => {
    const bench = new Bench({ pods: listOf(7, [pod("a", 3)]) });
    for (let revision = 9; revision < 16; revision++) {
      bench.world.crash("server");
      bench.pass(100);
      bench.world.startComponent("server");
      bench.pass(2000);
      bench.push("MODIFIED", pod("a", revision));
      expect(bench.reader.told.at(-1)).toMatch(new RegExp(`→${revision}$`));
    }
  });

  it("leave alone what is not theirs", () => {
    const bench = new Bench();
    bench.world.inject("reader", { type: "ask" });
    bench.pass(50);
    expect(bench.server.calls.at(-1)).toMatchObject({ type: "api-request", verb: "get", name: "x", user: "system:tester", agent: "tester" });
    expect(bench.reader.told).toEqual(["answer mine"]);
    bench.world.crash("server");
    bench.world.inject("reader", { type: "ask" });
    bench.pass(50);
    expect(bench.reader.told.at(-1)).toBe("failure refused");
  });

  it("go on from a saved world", () => {
    const bench = new Bench({ pods: listOf(7, [pod("a", 3)]) });
    expect(() => bench.world.save()).not.toThrow();
  });
});
