import { describe, expect, it } from "vitest";
import { lineHunks, linesDiffering } from "./line-changes.ts";

const base = "a: 1\nb: 2\nc: 3\nd: 4\n";

describe("lines that differ from what was applied", () => {
  it("are none for the same text, whatever its line ends", () => {
    expect(lineHunks(base, base)).toEqual([]);
    expect(lineHunks(base, base.replaceAll("\n", "\r\n"))).toEqual([]);
  });

  it("count a changed line once and tell what stood there", () => {
    const hunks = lineHunks(base, "a: 1\nb: 20\nc: 3\nd: 4\n");
    expect(hunks).toEqual([{ line: 2, added: 1, removed: ["b: 2"] }]);
    expect(linesDiffering(hunks ?? [])).toBe(1);
  });

  it("tell where lines were taken out and put in", () => {
    expect(lineHunks(base, "a: 1\nc: 3\nd: 4\nx: 1\ny: 2\n")).toEqual([{ line: 2, added: 0, removed: ["b: 2"] }, { line: 4, added: 2, removed: [] }]);
  });

  it("give up on texts too long to compare while typing", () => {
    expect(lineHunks(base, "x\n".repeat(200_000))).toBeNull();
  });
});
