import { describe, expect, it } from "vitest";
import type { Caption } from "../../protocol/index.ts";
import { layoutStory, markWord } from "./story.ts";

function mark(id: number, at: number, word = "ready"): Caption {
  return { id, at, kind: "PodReady", weight: 1, component: "c", object: "pods/default/a", sentence: "s", strong: [], mark: word, tone: "ready" };
}

describe("layoutStory", () => {
  it("keeps order, stays on the track and ends in the present", () => {
    const marks = Array.from({ length: 60 }, (_, i) => mark(i, i * i * 500));
    const story = layoutStory(marks, 0, 60 * 60 * 500 + 10_000, 700);
    const xs = story.marks.map((one) => one.x);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(story.present).toBeGreaterThanOrEqual(xs.at(-1) ?? 0);
    expect(story.present).toBeLessThanOrEqual(700);
    expect(story.marks.flatMap((one) => one.captions)).toHaveLength(60);
  });

  it("leaves each mark room to be hit and merges what is too near", () => {
    const story = layoutStory(Array.from({ length: 200 }, (_, i) => mark(i, i)), 0, 200, 600);
    for (const [i, one] of story.marks.entries()) expect(one.x - (story.marks[i - 1]?.x ?? -26)).toBeGreaterThanOrEqual(25.99);
    expect(story.marks.length).toBeLessThan(25);
  });

  it("keeps places while there is room", () => {
    const [before, after] = [layoutStory([mark(1, 100)], 0, 5000, 800), layoutStory([mark(1, 100), mark(2, 5000)], 0, 90_000, 800)];
    expect(after.marks[0]?.x).toBe(before.marks[0]?.x);
  });

  it("tells long gaps in words", () => {
    expect(layoutStory([mark(1, 100), mark(2, 40_100)], 0, 40_200, 800).gaps.map((gap) => gap.ms)).toEqual([40_000]);
  });

  it("never prints labels over each other", () => {
    const story = layoutStory(Array.from({ length: 18 }, (_, i) => mark(i, i * 900, "a rather long word")), 0, 20_000, 900);
    for (const row of [0, 1]) {
      const labels = story.marks.filter((one) => one.row === row);
      for (const [i, one] of labels.entries()) if (i > 0) expect(one.x - (labels[i - 1]?.x ?? 0)).toBeGreaterThan(100);
    }
  });

  it("counts what it merged", () => {
    expect(markWord([mark(1, 0, "placed")])).toBe("placed");
    expect(markWord([mark(1, 0, "placed"), mark(2, 1, "ready"), mark(3, 2, "lost")])).toBe("lost +2");
    expect(layoutStory([], 0, 0, 600).marks).toEqual([]);
  });
});
