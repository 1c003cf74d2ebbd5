import { describe, expect, it } from "vitest";
import { nextCronTime, parseCron, type CronSchedule } from "./index.ts";

function schedule(text: string): CronSchedule {
  const result = parseCron(text);
  if ("error" in result) throw new Error(result.error);
  return result.schedule;
}

function next(text: string, after: string): string | undefined {
  const time = nextCronTime(schedule(text), Date.parse(after));
  return time === undefined ? undefined : new Date(time).toISOString();
}

describe("parseCron", () => {
  it.each([
    ["", "empty spec string"], ["* * * *", "expected exactly 5 fields, found 4: [* * * *]"], ["60 * * * *", "end of range (60) above maximum (59): 60"],
    ["* * 0 * *", "beginning of range (0) below minimum (1): 0"], ["x * * * *", 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ["5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"], ["*/0 * * * *", "step of range should be a positive number: */0"],
    ["1-2-3 * * * *", "too many hyphens: 1-2-3"], ["1/2/3 * * * *", "too many slashes: 1/2/3"], ["@often", "unrecognized descriptor: @often"],
    ["@every x", 'failed to parse duration @every x: time: invalid duration "x"'], ["* * * foo *", 'failed to parse int from foo: strconv.Atoi: parsing "foo": invalid syntax'],
  ])("refuses %s", (text, error) => {
    expect(parseCron(text)).toEqual({ error });
  });

  it("takes names, lists, ranges, steps and zones", () => {
    expect(schedule("0,30 9-17/4 1 jan-mar mon")).toMatchObject({ minutes: new Set([0, 30]), hours: new Set([9, 13, 17]), months: new Set([1, 2, 3]), weekdays: new Set([1]) });
    expect(schedule("TZ=Europe/Berlin 0 0 * * *")).toEqual(schedule("@daily"));
  });
});

describe("nextCronTime", () => {
  it.each([
    ["*/5 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00.000Z"], ["0 0 * * *", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00.000Z"],
    ["30 2 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T02:30:00.000Z"], ["0 0 13 * fri", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00.000Z"],
    ["0 12 * * mon", "2026-01-01T00:00:00Z", "2026-01-05T12:00:00.000Z"], ["@hourly", "2026-01-01T00:59:59Z", "2026-01-01T01:00:00.000Z"], ["@every 90s", "2026-01-01T00:00:00Z", "2026-01-01T00:01:30.000Z"],
  ])("%s after %s", (text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  it("gives up on a day that never comes", () => {
    expect(next("0 0 30 2 *", "2026-01-01T00:00:00Z")).toBeUndefined();
  });
});
