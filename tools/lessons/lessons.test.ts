import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Lesson, readLesson } from "../../src/lesson-format/index.ts";
import { readAttempt, replay } from "./replay.ts";

const root = fileURLToPath(new URL("../../src/lessons/", import.meta.url));
const folders = readdirSync(root, { withFileTypes: true }).filter((part) => part.isDirectory())
  .flatMap((part) => readdirSync(join(root, part.name)).map((lesson) => join(root, part.name, lesson)));

function lessonIn(folder: string): Lesson {
  const text = (file: string): string => readFileSync(join(folder, file), "utf8");
  const lesson = readLesson({ lesson: text("lesson.md"), checks: text("checks.yaml"), manifest: text("start/manifest.yaml") });
  if (!("steps" in lesson)) throw new Error(lesson.join("\n"));
  return lesson;
}

const attempts = (folder: string, kind: string): string[] => readdirSync(join(folder, kind)).map((file) => join(folder, kind, file));

describe.each(folders)("%s", (folder) => {
  const lesson = lessonIn(folder);

  it("fails every check at the start", () => {
    const results = replay(lesson, { steps: [] });
    expect([...results.values()].filter((result) => result.holds)).toEqual([]);
  });

  it("has two right ways or more, and three wrong ones or more", () => {
    expect(attempts(folder, "solutions").length).toBeGreaterThanOrEqual(2);
    expect(attempts(folder, "wrong").length).toBeGreaterThanOrEqual(3);
  });

  it.each(attempts(folder, "solutions"))("accepts %s", (path) => {
    const results = replay(lesson, readAttempt(readFileSync(path, "utf8")));
    expect([...results.values()].filter((result) => !result.holds)).toEqual([]);
  });

  it.each(attempts(folder, "wrong"))("refuses %s with its own words", (path) => {
    const attempt = readAttempt(readFileSync(path, "utf8"));
    const result = replay(lesson, attempt).get(attempt.check ?? "");
    expect(result).toEqual({ id: attempt.check, holds: false, sentence: attempt.feedback });
  });

  it("refuses each right way when any of its deeds is left out", () => {
    for (const path of attempts(folder, "solutions")) {
      const { steps } = readAttempt(readFileSync(path, "utf8"));
      for (const [index, deed] of steps.entries()) {
        if ("wait" in deed || "apply" in deed) continue;
        const results = replay(lesson, { steps: steps.filter((_deed, at) => at !== index) });
        expect([...results.values()].some((result) => !result.holds), `${path} without step ${index + 1}`).toBe(true);
      }
    }
  });
});
