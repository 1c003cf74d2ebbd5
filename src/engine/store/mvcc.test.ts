import { describe, expect, it } from "vitest";
import { changesSince, compact, createStore, get, getAt, list, listAt, put, remove, type Revisioned } from "./index.ts";

function write(store: ReturnType<typeof createStore<string>>, key: string, value: string, expected?: number): number {
  const result = put(store, key, () => value, expected);
  return result.ok ? result.revision : -1;
}

describe("store", () => {
  it("gives each write the next revision, and values know theirs", () => {
    const store = createStore<string>();
    expect(write(store, "/registry/pods/a", "1")).toBe(2);
    expect(write(store, "/registry/pods/a", "2")).toBe(3);
    expect(get(store, "/registry/pods/a")).toEqual({ key: "/registry/pods/a", value: "2", createRevision: 2, modRevision: 3 });
  });

  it("refuses a write whose expected revision is stale, and tells the actual value", () => {
    const store = createStore<string>();
    write(store, "/registry/pods/a", "1");
    write(store, "/registry/pods/a", "2", 2);
    const stale = put(store, "/registry/pods/a", () => "3", 2);
    expect(stale).toEqual({ ok: false, actual: expect.objectContaining({ value: "2", modRevision: 3 }) as Revisioned<string> });
    expect(put(store, "/registry/pods/a", () => "x", 0).ok).toBe(false);
    expect(store.revision).toBe(3);
  });

  it("lists in key order and only below the prefix", () => {
    const store = createStore<string>();
    for (const key of ["/registry/pods/ns/b", "/registry/pods/ns/a", "/registry/pods/other/c", "/registry/nodes/n"]) write(store, key, key);
    expect(list(store, "/registry/pods/").map((item) => item.key)).toEqual(["/registry/pods/ns/a", "/registry/pods/ns/b", "/registry/pods/other/c"]);
    expect(list(store, "/registry/pods/ns/").map((item) => item.key)).toEqual(["/registry/pods/ns/a", "/registry/pods/ns/b"]);
  });

  it("reads any earlier revision that isn't compacted", () => {
    const store = createStore<string>();
    write(store, "/registry/pods/a", "one");
    write(store, "/registry/pods/b", "two");
    write(store, "/registry/pods/a", "three");
    remove(store, "/registry/pods/b");
    expect(getAt(store, "/registry/pods/a", 2)).toMatchObject({ value: "one" });
    expect((listAt(store, "/registry/pods/", 3) as Revisioned<string>[]).map((item) => item.value)).toEqual(["one", "two"]);
    expect((listAt(store, "/registry/pods/", 5) as Revisioned<string>[]).map((item) => item.value)).toEqual(["three"]);
    expect(getAt(store, "/registry/pods/b", 5)).toBeUndefined();
  });

  it("tells changes since a revision, and refuses compacted ones", () => {
    const store = createStore<string>();
    for (let round = 0; round < 5; round++) write(store, "/registry/pods/a", String(round));
    write(store, "/registry/nodes/n", "n");
    expect((changesSince(store, 4, "/registry/pods/") as readonly { revision: number }[]).map((change) => change.revision)).toEqual([5, 6]);
    compact(store, 4);
    expect(changesSince(store, 3)).toEqual({ compacted: true, compactedRevision: 4 });
    expect(Array.isArray(changesSince(store, 4))).toBe(true);
    expect(getAt(store, "/registry/pods/a", 3)).toEqual({ compacted: true, compactedRevision: 4 });
  });

  it("equals a list at a revision plus the changes since (invariant 3)", () => {
    const store = createStore<string>();
    let state = 12345;
    const next = (limit: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % limit;
    for (let step = 0; step < 400; step++) {
      const key = `/registry/pods/${next(12)}`;
      if (next(4) === 0) remove(store, key);
      else write(store, key, String(step));
    }
    for (const revision of [2, 50, 133, store.revision]) {
      const items = new Map((listAt(store, "/registry/pods/", revision) as Revisioned<string>[]).map((item) => [item.key, item.value]));
      for (const change of changesSince(store, revision) as readonly { key: string; value: string | undefined }[]) {
        if (change.value === undefined) items.delete(change.key);
        else items.set(change.key, change.value);
      }
      expect([...items].sort()).toEqual(list(store, "/registry/pods/").map((item) => [item.key, item.value]).sort());
    }
  });

  it("reads every revision as it was, also after compactions", () => {
    const store = createStore<string>();
    const past = new Map<number, string[]>();
    let state = 4711;
    const next = (limit: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % limit;
    for (let step = 0; step < 600; step++) {
      const key = `/registry/pods/${step % 3 === 0 ? step : next(12)}`;
      if (next(3) === 0) remove(store, key);
      else write(store, key, String(step));
      past.set(store.revision, list(store, "/registry/pods/").map((item) => `${item.key}=${item.value}@${item.createRevision}`));
      if (step % 150 === 149) compact(store, store.revision - 60);
    }
    for (let revision = store.compactedRevision; revision <= store.revision; revision++) {
      const items = listAt(store, "/registry/pods/", revision) as Revisioned<string>[];
      expect(items.map((item) => `${item.key}=${item.value}@${item.createRevision}`)).toEqual(past.get(revision));
      for (const item of items) expect(getAt(store, item.key, revision)).toBe(item);
      expect(getAt(store, "/registry/pods/never", revision)).toBeUndefined();
    }
    const remembered = [...(store.histories.get("/registry/pods/")?.values() ?? [])].flat();
    expect(new Set(remembered)).toEqual(new Set(store.log));
  });
});
