import { describe, expect, it } from "vitest";
import { briefSpanText, bytesText, clockText, cpuText, plural, spanText } from "./index.ts";

describe("words and measures", () => {
  it("count as the language does", () => {
    expect([0, 1, 2].map((n) => plural("en", n, { one: "pod", other: "pods" }))).toEqual(["pods", "pod", "pods"]);
    expect(plural("cs", 3, { one: "uzel", few: "uzly", other: "uzlů" })).toBe("uzly");
    expect(plural("cs", 1.5, { one: "uzel", other: "uzlů" })).toBe("uzlů");
  });

  it("say spans in the units that matter", () => {
    expect(briefSpanText(200_000)).toBe("3 min");
    expect([450, 12_000, 200_000, 7_500_000, 180_000_000].map(spanText)).toEqual(["450 ms", "12 s", "3 min 20 s", "2 h 5 min", "2 d 2 h"]);
  });

  it("show a clock with hours only when there are some", () => {
    expect(clockText(42_310)).toBe("00:42.310");
    expect(clockText(3_723_004)).toBe("1:02:03.004");
    expect(clockText(-5)).toBe("00:00.000");
  });

  it("name processor and memory with units", () => {
    expect([250, 1000, 1500].map(cpuText)).toEqual(["250 m", "1 core", "1.5 cores"]);
    expect([900, 512 * 1024 ** 2, 1.5 * 1024 ** 3].map(bytesText)).toEqual(["900 B", "512 MiB", "1.5 GiB"]);
  });
});
