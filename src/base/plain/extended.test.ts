import { describe, expect, it } from "vitest";
import { extended } from "./index.ts";

describe("extended", () => {
  it("adds and replaces members in a copy, in the order a spread gives", () => {
    const object = Object.freeze({ a: 1, b: 2 });
    const copy = extended(object, { b: 3, c: 4 });
    expect(copy).toEqual({ a: 1, b: 3, c: 4 });
    expect(Object.keys(copy)).toEqual(["a", "b", "c"]);
    expect(object).toEqual({ a: 1, b: 2 });
  });

  it("takes nothing away and copies no inherited members", () => {
    const object = Object.create({ inherited: true }) as { own?: number };
    object.own = 1;
    expect(Object.keys(extended(object, {}))).toEqual(["own"]);
  });
});
