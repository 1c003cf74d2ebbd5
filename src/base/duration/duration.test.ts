import { describe, expect, it } from "vitest";
import { formatDuration, humanDuration, parseDuration, readDuration, shortHumanDuration } from "./index.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("Go durations", () => {
  it.each([
    ["0", 0], ["300ms", 300], ["1.5h", 1.5 * HOUR], ["2h45m", 2 * HOUR + 45 * MINUTE], ["-1m30s", -90 * SECOND], ["+5s", 5000], [".5s", 500], ["1.s", 1000], ["100us", 0.1], ["1h0.5s", HOUR + 500],
  ])("reads %s", (text, durationMs) => {
    expect(parseDuration(text)).toBeCloseTo(durationMs, 9);
  });

  it.each([
    ["", 'time: invalid duration ""'], ["5", 'time: missing unit in duration "5"'], ["5x", 'time: unknown unit "x" in duration "5x"'],
    [".s", 'time: invalid duration ".s"'], ["abc", 'time: invalid duration "abc"'], ["1d", 'time: unknown unit "d" in duration "1d"'], ["-", 'time: invalid duration "-"'],
  ])("refuses %s", (text, error) => {
    expect(readDuration(text)).toEqual({ error });
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    [0, "0s"], [1500, "1.5s"], [20, "20ms"], [90 * MINUTE, "1h30m0s"], [61 * SECOND, "1m1s"], [-500, "-500ms"], [0.25, "250µs"], [0.000005, "5ns"], [HOUR + 100, "1h0m0.1s"],
  ])("writes %d ms as %s", (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe("ages", () => {
  it.each([
    [-5 * SECOND, "<invalid>"], [-1500, "0s"], [0, "0s"], [119 * SECOND, "119s"], [120 * SECOND, "2m"], [150 * SECOND, "2m30s"], [10 * MINUTE + 30 * SECOND, "10m"], [179 * MINUTE, "179m"],
    [3 * HOUR, "3h"], [3 * HOUR + 5 * MINUTE, "3h5m"], [8 * HOUR + 5 * MINUTE, "8h"], [47 * HOUR, "47h"], [48 * HOUR, "2d"], [51 * HOUR, "2d3h"], [8 * DAY, "8d"], [729 * DAY, "729d"],
    [730 * DAY, "2y"], [765 * DAY, "2y35d"], [8 * 365 * DAY, "8y"],
  ])("%d ms is %s", (durationMs, text) => {
    expect(humanDuration(durationMs)).toBe(text);
  });

  it.each([[-3000, "<invalid>"], [-1200, "0s"], [59 * SECOND, "59s"], [90 * SECOND, "1m"], [25 * HOUR, "1d"], [23 * HOUR, "23h"], [800 * DAY, "2y"]])("%d ms in short is %s", (durationMs, text) => {
    expect(shortHumanDuration(durationMs)).toBe(text);
  });
});
