import { describe, expect, it } from "vitest";
import { percentOf, readScaled, scaledValue } from "./index.ts";

describe("scaled values", () => {
  it("leaves numbers alone and rounds percentages", () => {
    expect(scaledValue(3, 10, "up")).toBe(3);
    expect(scaledValue("25%", 10, "up")).toBe(3);
    expect(scaledValue("25%", 10, "down")).toBe(2);
    expect(scaledValue("100%", 7, "down")).toBe(7);
    expect(scaledValue("25%", 0, "up")).toBe(0);
  });

  it("falls back where there is no number", () => {
    expect(scaledValue(undefined, 10, "up", 1)).toBe(1);
    expect(scaledValue("http", 10, "up", 4)).toBe(4);
  });

  it("says why in upstream's words", () => {
    expect(readScaled("5", 10, "up")).toEqual({ error: "invalid value for IntOrString: invalid type: string is not a percentage" });
    expect(readScaled("x%", 10, "up")).toEqual({
      error: 'invalid value for IntOrString: invalid value "x%": strconv.Atoi: parsing "x": invalid syntax',
    });
  });

  it("reads percentages", () => {
    expect(percentOf("30%")).toBe(30);
    expect(percentOf(30)).toBeUndefined();
    expect(percentOf("30")).toBeUndefined();
  });
});
