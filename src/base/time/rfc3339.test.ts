import { describe, expect, it } from "vitest";
import { parseRfc3339, rfc3339, rfc3339Micro } from "./index.ts";

const NOON = Date.UTC(2026, 1, 3, 12, 4, 5);

describe("rfc3339", () => {
  it("has whole seconds, cut off and not rounded", () => {
    expect(rfc3339(NOON)).toBe("2026-02-03T12:04:05Z");
    expect(rfc3339(NOON + 999)).toBe("2026-02-03T12:04:05Z");
    expect(rfc3339(NOON + 1000)).toBe("2026-02-03T12:04:06Z");
  });
  it("does not mix up times that come in turns", () => {
    for (let round = 0; round < 3; round++) {
      expect(rfc3339(NOON)).toBe("2026-02-03T12:04:05Z");
      expect(rfc3339(0)).toBe("1970-01-01T00:00:00Z");
      expect(rfc3339(-1)).toBe("1969-12-31T23:59:59Z");
    }
  });
});

describe("rfc3339Micro", () => {
  it.each([[0, "000000"], [7, "007000"], [999, "999000"], [0.5, "000500"], [0.0004, "000000"], [999.9997, "999999"]])("%d ms into a second", (ms, digits) => {
    expect(rfc3339Micro(NOON + ms)).toBe(`2026-02-03T12:04:05.${digits}Z`);
  });
});

describe("parseRfc3339", () => {
  it.each([
    ["2026-02-03T12:04:05Z", NOON], ["2026-02-03t12:04:05z", NOON], ["2026-02-03T12:04:05.25Z", NOON + 250], ["2026-02-03T12:04:05.123456Z", NOON + 123],
    ["2026-02-03T14:04:05+02:00", NOON], ["2026-02-03T06:34:05-05:30", NOON], ["0001-01-01T00:00:00Z", -62_135_596_800_000], ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["2000-02-29T00:00:00Z", Date.UTC(2000, 1, 29)],
  ])("reads %s", (text, time) => {
    expect(parseRfc3339(text)).toBe(time);
  });
  it.each([
    "", "now", "2026-02-03", "2026-02-03T12:04:05", "2026-02-03 12:04:05Z", "2026-2-3T12:04:05Z", "2026-02-03T12:04Z", "2026-02-03T12:04:05.Z", "2026-02-03T12:04:05+0200",
    "2026-02-30T00:00:00Z", "2026-04-31T00:00:00Z", "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z",
    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "x2026-02-03T12:04:05Z", "2026-02-03T12:04:05Zx",
  ])("refuses %j", (text) => {
    expect(parseRfc3339(text)).toBeNaN();
  });
  it("reads what is written here", () => {
    for (const time of [0, NOON, Date.UTC(2026, 11, 31, 23, 59, 59), Date.UTC(1999, 0, 1)]) {
      expect(parseRfc3339(rfc3339(time))).toBe(time);
      expect(parseRfc3339(rfc3339Micro(time + 321))).toBe(time + 321);
    }
  });
});
