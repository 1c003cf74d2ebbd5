/** Which lessons there are, and the one under way. */
export { LessonsContext, type LessonSource, useLessons } from "./lessons-context.ts";
export { type LessonState, lessonStore } from "./lesson-store.ts";
