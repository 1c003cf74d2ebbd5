import { describe, expect, it, vi } from "vitest";
import { EntityStore } from "./entity-store.ts";
import { fakeCrowd, fakeNode, fakePod, fakeWorkload } from "./fake/index.ts";

function filled(): EntityStore {
  const store = new EntityStore();
  store.apply([fakeNode("node-1"), fakeNode("node-2"), fakePod("a", "node-1", "ready"), fakePod("b", "", "pending")], []);
  return store;
}

describe("EntityStore", () => {
  it("finds things by id, type, node and reference", () => {
    const store = filled();
    expect(store.as("pod", "uid-a")?.name).toBe("a");
    expect(store.as("node", "uid-a")).toBeUndefined();
    expect(store.ids("node")).toEqual(["node/node-1", "node/node-2"]);
    expect(store.podsOn("node-1")).toEqual(["uid-a"]);
    expect(store.podsOn("")).toEqual(["uid-b"]);
    expect(store.idOf({ apiVersion: "v1", kind: "Pod", namespace: "default", name: "a" })).toBe("uid-a");
  });

  it("wakes only who looks at the changed pod", () => {
    const store = filled();
    const [a, b] = [vi.fn(), vi.fn()];
    store.subscribe("uid-a", a);
    store.subscribe("uid-b", b);
    store.apply([fakePod("a", "node-1", "leaving")], []);
    expect(a).toHaveBeenCalledTimes(1);
    expect(b).not.toHaveBeenCalled();
  });

  it("calls a change of state no change of structure", () => {
    const store = filled();
    const before = store.structureVersion;
    store.apply([fakePod("a", "node-1", "crash-loop")], []);
    expect(store.structureVersion).toBe(before);
  });

  it("moves a bound pod from the queue to its node and wakes both", () => {
    const store = filled();
    const [queue, node, structure] = [vi.fn(), vi.fn(), vi.fn()];
    store.subscribe("node-pods:", queue);
    store.subscribe("node-pods:node-2", node);
    store.subscribe("structure", structure);
    store.apply([fakePod("b", "node-2", "starting")], []);
    expect(store.podsOn("")).toEqual([]);
    expect(store.podsOn("node-2")).toEqual(["uid-b"]);
    expect([queue, node, structure].map((one) => one.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it("keeps the same array while a group doesn't change", () => {
    const store = filled();
    const before = store.podsOn("node-1");
    store.apply([fakePod("a", "node-1", "leaving"), fakePod("c", "node-2", "ready")], []);
    expect(store.podsOn("node-1")).toBe(before);
  });

  it("drops what is removed from every index", () => {
    const store = filled();
    store.apply([], ["uid-a", "unheard-of"]);
    expect(store.get("uid-a")).toBeUndefined();
    expect(store.podsOn("node-1")).toEqual([]);
    expect(store.count("pod")).toBe(1);
    expect(store.idOf({ apiVersion: "v1", kind: "Pod", namespace: "default", name: "a" })).toBe("");
  });

  it("wakes everyone when the world is replaced", () => {
    const store = filled();
    const [one, queue, structure] = [vi.fn(), vi.fn(), vi.fn()];
    store.subscribe("uid-a", one);
    store.subscribe("node-pods:node-1", queue);
    store.subscribe("structure", structure);
    store.clear();
    expect([one, queue, structure].map((fn) => fn.mock.calls.length)).toEqual([1, 1, 1]);
    expect(store.count("pod")).toBe(0);
  });

  it("tells revisions of one Deployment apart and keeps each one's sign", () => {
    const store = new EntityStore();
    const pod = (name: string, set: string, createdAt: number) => fakePod(name, "node-1", "ready", { owner: `uid-ReplicaSet-${set}`, revision: set, createdAt });
    store.apply([
      pod("new-1", "new", 20), pod("old-1", "old", 10),
      fakeWorkload("ReplicaSet", "old", { owner: "uid-Deployment-web" }), fakeWorkload("ReplicaSet", "new", { owner: "uid-Deployment-web" }), fakeWorkload("Deployment", "web"),
    ], []);
    const hue = (id: string) => store.hueOf(store.as("pod", id) ?? fakePod("none", "", "pending"));
    expect([hue("uid-old-1"), hue("uid-new-1")]).toEqual(["a", "b"]);
    store.apply([], ["uid-old-1"]);
    expect(hue("uid-new-1")).toBe("b");
    expect(store.hueOf(fakePod("bare", "node-1", "ready"))).toBe("none");
  });

  it("costs what changed, not what exists", () => {
    const store = new EntityStore();
    store.apply(fakeCrowd(60, 50), []);
    // A scan of 3,000 things per change would not come back from this within the test's time limit.
    for (let i = 0; i < 50_000; i += 1) store.apply([fakePod("web-5c9-1x1", "node-1", i % 2 === 0 ? "ready" : "leaving", { owner: "uid-ReplicaSet-web-5c9" })], []);
    expect(store.podsOn("node-1").length).toBeGreaterThan(0);
  });
});
