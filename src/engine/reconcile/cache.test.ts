import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDelete, applyUpsert, byIndex, type CacheIndex, createCache, type ObjectCache, replaceAll } from "./index.ts";

interface Item {
  readonly id: number;
  readonly node?: string;
  readonly labels: readonly string[];
}

const INDEXES: CacheIndex<Item> = { node: (item) => (item.node === undefined ? [] : [item.node]), label: (item) => item.labels };
const item = (id: number, node?: string, labels: readonly string[] = []): Item => ({ id, labels, ...(node === undefined ? {} : { node }) });

function filled(...entries: readonly (readonly [string, Item])[]): ObjectCache<Item> {
  const cache = createCache(INDEXES);
  for (const [key, value] of entries) applyUpsert(cache, INDEXES, key, value);
  return cache;
}

describe("the informer's cache", () => {
  it("tells what was there before", () => {
    const cache = createCache(INDEXES);
    const [first, second] = [item(1), item(2)];
    expect(applyUpsert(cache, INDEXES, "a", first)).toBeUndefined();
    expect(applyUpsert(cache, INDEXES, "a", second)).toBe(first);
    expect(applyDelete(cache, INDEXES, "a")).toBe(second);
    expect(applyDelete(cache, INDEXES, "a")).toBeUndefined();
    expect(cache.items.size).toBe(0);
  });

  it("finds by index, in order of arrival, and nothing under unknown values and indexes", () => {
    const cache = filled(["c", item(3, "n1")], ["a", item(1, "n1")], ["b", item(2, "n2")]);
    expect(byIndex(cache, "node", "n1").map(({ id }) => id)).toEqual([3, 1]);
    expect(byIndex(cache, "node", "n9")).toEqual([]);
    expect(byIndex(cache, "colour", "n1")).toEqual([]);
  });

  it("moves an object whose value changes, and forgets values that nobody has", () => {
    const cache = filled(["a", item(1, "n1")]);
    applyUpsert(cache, INDEXES, "a", item(2, "n2"));
    expect(byIndex(cache, "node", "n1")).toEqual([]);
    expect(byIndex(cache, "node", "n2").map(({ id }) => id)).toEqual([2]);
    expect(cache.indexes.get("node")?.has("n1")).toBe(false);
    applyDelete(cache, INDEXES, "a");
    expect(cache.indexes.get("node")?.size).toBe(0);
  });

  it("shows the newest object under values that stay the same", () => {
    const cache = filled(["a", item(1, "n1", ["x", "y"])]);
    applyUpsert(cache, INDEXES, "a", item(2, "n1", ["x", "y"]));
    expect(byIndex(cache, "node", "n1").map(({ id }) => id)).toEqual([2]);
    expect(byIndex(cache, "label", "y").map(({ id }) => id)).toEqual([2]);
  });

  it("keeps an object under many values, or none", () => {
    const cache = filled(["a", item(1, undefined, ["x", "y"])], ["b", item(2, undefined, ["y"])]);
    expect(byIndex(cache, "label", "y").map(({ id }) => id)).toEqual([1, 2]);
    applyUpsert(cache, INDEXES, "a", item(1, undefined, []));
    expect(byIndex(cache, "label", "x")).toEqual([]);
    expect(byIndex(cache, "label", "y").map(({ id }) => id)).toEqual([2]);
  });

  it("becomes a fresh list, and says what changed: what is gone first", () => {
    const kept = item(1, "n1");
    const cache = filled(["kept", kept], ["gone", item(2, "n1")], ["changed", item(3, "n2")]);
    const fresh = new Map([["new", item(5, "n1")], ["kept", kept], ["changed", item(4, "n3")]]);
    expect(replaceAll(cache, INDEXES, fresh).map(({ key, before, after }) => [key, before?.id, after?.id])).toEqual([["gone", 2, undefined], ["new", undefined, 5], ["changed", 3, 4]]);
    expect([...cache.items.keys()].sort()).toEqual(["changed", "kept", "new"]);
    expect(byIndex(cache, "node", "n1").map(({ id }) => id).sort()).toEqual([1, 5]);
    expect(byIndex(cache, "node", "n2")).toEqual([]);
  });

  it("has indexes that always agree with its objects", () => {
    const change = fc.record({ key: fc.constantFrom("a", "b", "c"), node: fc.option(fc.constantFrom("n1", "n2"), { nil: undefined }), labels: fc.subarray(["x", "y", "z"]), what: fc.constantFrom("put", "delete", "replace") });
    fc.assert(fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const cache = createCache(INDEXES);
      for (const [index, { key, node, labels, what }] of changes.entries()) {
        if (what === "put") applyUpsert(cache, INDEXES, key, item(index, node, labels));
        else if (what === "delete") applyDelete(cache, INDEXES, key);
        else replaceAll(cache, INDEXES, new Map([[key, item(index, node, labels)]]));
      }
      for (const value of ["x", "y", "z"]) {
        expect(byIndex(cache, "label", value).map(({ id }) => id).sort()).toEqual([...cache.items.values()].filter(({ labels }) => labels.includes(value)).map(({ id }) => id).sort());
      }
      for (const value of ["n1", "n2"]) expect(byIndex(cache, "node", value)).toHaveLength([...cache.items.values()].filter(({ node }) => node === value).length);
    }));
  });
});
