import { describe, expect, it } from "vitest";
import type { TextProblem } from "../../protocol/index.ts";
import { afterChanges } from "./server-problems.ts";

const at = (line: number, endLine = line): TextProblem => ({ severity: "error", line, column: 1, endLine, endColumn: 5, message: `on ${line}`, source: "server" });
const lines = (problems: readonly TextProblem[]): number[] => problems.map((one) => one.line);

describe("the server's refusals while the text changes", () => {
  it("go when their line changes", () => {
    expect(lines(afterChanges([at(3), at(8)], [{ startLine: 3, endLine: 3, text: "x" }]))).toEqual([8]);
  });

  it("move with lines added and removed above them", () => {
    expect(lines(afterChanges([at(8)], [{ startLine: 2, endLine: 2, text: "a\nb\nc" }]))).toEqual([10]);
    expect(lines(afterChanges([at(8)], [{ startLine: 2, endLine: 5, text: "" }]))).toEqual([5]);
  });

  it("stay when the change is below", () => {
    const problem = at(2);
    expect(afterChanges([problem], [{ startLine: 4, endLine: 6, text: "\n\n\n" }])[0]).toBe(problem);
  });

  it("go when a change cuts into the range they cover", () => {
    expect(afterChanges([at(4, 9)], [{ startLine: 7, endLine: 7, text: "" }])).toEqual([]);
  });
});
