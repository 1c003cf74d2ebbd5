import { describe, expect, it } from "vitest";
import { largest, roundedUp, summed, withEntries } from "./quantities.ts";

describe("resource lists", () => {
  it("are rounded up to thousandths", () => {
    expect(roundedUp({ a: "1n", b: "1500u", c: "0.0001", d: "1e-6", e: 0.0005 })).toEqual({ a: "1m", b: "2m", c: "1m", d: "1m", e: "1m" });
  });

  it("stay the same object when they are coarse enough", () => {
    const list = { cpu: "100m", memory: "1Gi", other: 3, exponent: "1e3", half: 0.5 };
    expect(roundedUp(list)).toBe(list);
  });

  it("take missing entries from others", () => {
    const own = { cpu: "1" };
    expect(withEntries(own, { cpu: "2", memory: "1Gi" })).toEqual({ cpu: "1", memory: "1Gi" });
    expect(withEntries(own, { cpu: "2" })).toBe(own);
    expect(withEntries(undefined, own)).toBe(own);
    expect(withEntries(undefined, {})).toBeUndefined();
  });

  it("add up and compare entry by entry", () => {
    expect(summed({ cpu: "500m" }, { cpu: "1", memory: "1Gi" })).toEqual({ cpu: "1500m", memory: "1Gi" });
    expect(largest({ cpu: "500m", memory: "2Gi" }, { cpu: "1", memory: "1Gi" })).toEqual({ cpu: "1", memory: "2Gi" });
  });

  it("may have an entry called __proto__", () => {
    const more = JSON.parse('{"__proto__":"1"}') as Record<string, string>;
    const list = withEntries({ cpu: "1" }, more) ?? {};
    expect(Object.keys(list)).toEqual(["cpu", "__proto__"]);
    expect(Object.getPrototypeOf(list)).toBe(Object.prototype);
  });
});
