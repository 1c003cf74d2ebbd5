import { describe, expect, it } from "vitest";
import { always, each, eachOf, fill, fillZeros, inside, put, without } from "./edit.ts";

interface Thing { readonly name?: string; readonly count?: number; readonly flag?: boolean; readonly child?: Thing; readonly list?: readonly Thing[] }

const frozen = (thing: Thing): Thing => Object.freeze(thing);

describe("edits", () => {
  it("fill what is absent or empty text", () => {
    expect(fill(frozen({ count: 0 }), { name: "a", count: 1, flag: false })).toEqual({ count: 0, name: "a", flag: false });
    expect(fill(frozen({ name: "" }), { name: "a" })).toEqual({ name: "a" });
  });

  it("fill zeros where zero says nothing", () => {
    expect(fillZeros(frozen({ count: 0 }), { count: 1 })).toEqual({ count: 1 });
  });

  it("return the same object when nothing is missing", () => {
    const thing = frozen({ name: "a", count: 2, child: frozen({ name: "b" }), list: [frozen({ name: "c" })] });
    const same = <T>(value: T): T => value;
    expect(fill(thing, { name: "b", count: 1 })).toBe(thing);
    expect(fill(frozen({ name: "" }), { name: "" })).toEqual({ name: "" });
    expect(fillZeros(thing, { count: 1 })).toBe(thing);
    expect(put(thing, "name", "a")).toBe(thing);
    expect(without(thing, "flag")).toBe(thing);
    expect(inside(thing, "child", same)).toBe(thing);
    expect(eachOf(thing, "list", same)).toBe(thing);
    expect(always(frozen({}), "child", same)).toEqual({});
  });

  it("reach inside, and make a struct when one is needed", () => {
    expect(inside(frozen({}), "child", () => ({ name: "x" }))).toEqual({});
    expect(always(frozen({}), "child", (child) => fill(child, { name: "x" }))).toEqual({ child: { name: "x" } });
    expect(eachOf(frozen({ list: [{ name: "a" }, {}] }), "list", (item) => fill(item, { name: "b" }))).toEqual({ list: [{ name: "a" }, { name: "b" }] });
  });

  it("share what does not change", () => {
    const first = frozen({ name: "a" });
    const list = each([first, frozen({})], (item) => fill(item, { name: "b" }));
    expect(list[0]).toBe(first);
  });

  it("take fields away", () => {
    expect(without(frozen({ name: "a", count: 1 }), "name")).toEqual({ count: 1 });
  });
});
