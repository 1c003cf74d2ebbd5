/** What a lesson is, how one is read, and how its checks are held against state and history. Pure. */
export type { Check, CheckResult, Expectation, HistoryExpectation, StateExpectation } from "./check.ts";
export { evaluateCheck, neededFacts } from "./evaluate.ts";
export type { Lesson, LessonFiles, LessonStep, Question, QuestionOption, StepKind } from "./lesson.ts";
export { readLesson } from "./read-lesson.ts";
