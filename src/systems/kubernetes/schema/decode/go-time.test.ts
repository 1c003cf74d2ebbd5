import { describe, expect, it } from "vitest";
import { readMicroTime, readTime } from "./go-time.ts";

describe("times as Go reads them", () => {
  it.each([
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
    ["2026-01-31T23:59:59Z", "2026-01-31T23:59:59Z"],
    ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z"],
    ["2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"],
    ["2026-01-01T00:00:00.999Z", "2026-01-01T00:00:00Z"],
    ["2026-01-01T00:00:00-05:30", "2026-01-01T05:30:00Z"],
  ])("%s is %s", (text, stored) => {
    expect(readTime(text)).toEqual({ text: stored });
  });

  it.each([
    ["", 'parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006"'],
    ["2026", 'parsing time "2026" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "-"'],
    ["2026-01-01", 'parsing time "2026-01-01" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    ["2026-01-01 00:00:00Z", 'parsing time "2026-01-01 00:00:00Z" as "2006-01-02T15:04:05Z07:00": cannot parse " 00:00:00Z" as "T"'],
    ["2026-13-01T00:00:00Z", 'parsing time "2026-13-01T00:00:00Z": month out of range'],
    ["2026-02-30T00:00:00Z", 'parsing time "2026-02-30T00:00:00Z": day out of range'],
    ["2026-01-01T24:00:00Z", 'parsing time "2026-01-01T24:00:00Z": hour out of range'],
    ["2026-01-01T00:00:00", 'parsing time "2026-01-01T00:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"'],
    ["2026-01-01T00:00:00Zx", 'parsing time "2026-01-01T00:00:00Zx": extra text: "x"'],
  ])("%s is refused", (text, error) => {
    expect(readTime(text)).toEqual({ error });
  });

  it("wants six digits of a second in micro times", () => {
    expect(readMicroTime("2026-01-01T00:00:00.000001Z")).toEqual({ text: "2026-01-01T00:00:00.000001Z" });
    expect(readMicroTime("2026-01-01T01:00:00.123456+01:00")).toEqual({ text: "2026-01-01T00:00:00.123456Z" });
    expect(readMicroTime("2026-01-01T00:00:00Z")).toEqual({ error: 'parsing time "2026-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"' });
  });
});
