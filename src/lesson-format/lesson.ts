/** A lesson: predict, do, observe, explain. */
import type { Check } from "./check.ts";

/** What a step asks of the learner. */
export type StepKind = "predict" | "do" | "observe" | "explain";

/** One possible answer. A wrong one names the misconception it shows. */
export interface QuestionOption {
  readonly text: string;
  readonly detail: string;
  readonly right: boolean;
  readonly feedback: string;
}

/** A question to decide before going on; the prediction is kept and compared with what happens. */
export interface Question {
  readonly ask: string;
  readonly options: readonly QuestionOption[];
}

/** One step. `prose` is plain paragraphs with `code` and *emphasis*. */
export interface LessonStep {
  readonly kind: StepKind;
  readonly title: string;
  readonly prose: readonly string[];
  readonly question: Question | null;
  /** Checks that must hold before the step is done. */
  readonly checks: readonly string[];
  /** What the stage shows. */
  readonly view: "machines" | "ownership" | "traffic" | "";
  readonly pace: "live" | "follow" | "step" | "";
  readonly speed: number;
}

/** A lesson, read. */
export interface Lesson {
  readonly title: string;
  readonly summary: string;
  /** Name of the gallery world it starts in. */
  readonly world: string;
  readonly seed: number;
  readonly minutes: number;
  /** Manifest in the editor at the start. */
  readonly manifest: string;
  readonly steps: readonly LessonStep[];
  readonly checks: readonly Check[];
}

/** The texts of a lesson's folder. */
export interface LessonFiles {
  /** lesson.md: front matter, then one `##` section a step. */
  readonly lesson: string;
  /** checks.yaml */
  readonly checks: string;
  /** start/manifest.yaml */
  readonly manifest: string;
}
