import { createStore } from "zustand/vanilla";
import type { CheckResult, Lesson } from "../../lesson-format/index.ts";

/** The lesson under way and what the learner decided. */
export interface LessonState {
  readonly id: string;
  readonly lesson: Lesson | null;
  readonly step: number;
  /** Chosen option by step; a decision stays. */
  readonly answers: Readonly<Record<number, number>>;
  /** Results by check id. */
  readonly results: Readonly<Record<string, CheckResult>>;
  /** Hints taken by check id. */
  readonly hints: Readonly<Record<string, number>>;
  /** Virtual time at which each step was entered: history before it doesn't count for its checks. */
  readonly enteredAt: Readonly<Record<number, number>>;
}

const NONE: LessonState = { id: "", lesson: null, step: 0, answers: {}, results: {}, hints: {}, enteredAt: {} };

/** One lesson at a time, whatever shows it. */
export const lessonStore = createStore<LessonState>(() => NONE);
