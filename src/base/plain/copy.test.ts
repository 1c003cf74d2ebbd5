import { describe, expect, it } from "vitest";
import { copyPlain, deepFreeze } from "./index.ts";

describe("copyPlain", () => {
  it("copies everything that state is made of", () => {
    const value = {
      text: "a", number: Number.NaN, big: 5n, nothing: null, missing: undefined, list: [1, [2, { three: 3 }]], map: new Map<unknown, unknown>([["a", { b: 1 }], [2, new Set([3])]]), set: new Set(["x"]),
      numbers: new Float64Array([1, 2]), bytes: new Uint8Array([9]),
    };
    const copy = copyPlain(value);
    expect(copy).toEqual(value);
    for (const name of ["list", "map", "set", "numbers", "bytes"] as const) expect(copy[name]).not.toBe(value[name]);
    expect(copy.list[1]).not.toBe(value.list[1]);
    expect(copy.map.get("a")).not.toBe(value.map.get("a"));
  });

  it("gives a copy that lives its own life", () => {
    const value = { list: [1], map: new Map([["a", [1]]]), numbers: new Float64Array([1]) };
    const copy = copyPlain(value);
    copy.list.push(2);
    copy.map.get("a")?.push(2);
    copy.map.set("b", []);
    copy.numbers[0] = 7;
    expect(value).toEqual({ list: [1], map: new Map([["a", [1]]]), numbers: new Float64Array([1]) });
  });

  it("shares what is frozen, wherever it stands", () => {
    const frozen = Object.freeze({ a: 1 });
    const copy = copyPlain({ list: [frozen], map: new Map([["x", frozen]]), set: new Set([frozen]) });
    expect(copy.list[0]).toBe(frozen);
    expect(copy.map.get("x")).toBe(frozen);
    expect(copy.set.has(frozen)).toBe(true);
  });

  it("keeps shared things shared and circles round", () => {
    const shared = { count: 1 };
    const value: { one: object; two: object; self?: unknown } = { one: shared, two: shared };
    value.self = value;
    const copy = copyPlain(value);
    expect(copy.one).toBe(copy.two);
    expect(copy.one).not.toBe(shared);
    expect(copy.self).toBe(copy);
  });

  it("keeps order, holes' places and missing prototypes", () => {
    const bare = Object.assign(Object.create(null) as Record<string, unknown>, { b: 1, a: 2 });
    const copy = copyPlain(bare);
    expect(Object.getPrototypeOf(copy)).toBeNull();
    expect(Object.keys(copy)).toEqual(["b", "a"]);
    expect([...copyPlain(new Map([["z", 1], ["y", 2]])).keys()]).toEqual(["z", "y"]);
  });

  it.each<[name: string, value: unknown, says: RegExp]>([
    ["a function", { run: () => 1 }, /not plain data: function/],
    ["a symbol", [Symbol("x")], /not plain data: symbol/],
    ["a date", new Map([["at", new Date(0)]]), /not plain data: Date/],
    ["an instance of a class", { it: new (class Thing { readonly size = 1; })() }, /not plain data: Thing/],
    ["a view of bytes", new DataView(new ArrayBuffer(1)), /not plain data: DataView/],
  ])("refuses %s: it could not be restored", (_name, value, says) => {
    expect(() => copyPlain(value)).toThrow(says);
  });
});

describe("deepFreeze", () => {
  it("freezes all there is below, and hands the value back", () => {
    const value = { list: [{ a: 1 }], deep: { deeper: {} } };
    expect(deepFreeze(value)).toBe(value);
    for (const part of [value, value.list, value.list[0], value.deep, value.deep.deeper]) expect(Object.isFrozen(part)).toBe(true);
    expect(() => { (value.list as unknown[]).push(1); }).toThrow(TypeError);
  });
  it("leaves simple values alone", () => {
    expect([deepFreeze(1), deepFreeze("a"), deepFreeze(null), deepFreeze(undefined)]).toEqual([1, "a", null, undefined]);
  });
});
