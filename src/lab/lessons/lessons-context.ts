import { createContext, use } from "react";
import type { LessonFiles } from "../../lesson-format/index.ts";

/** A lesson that can be fetched. */
export interface LessonSource {
  readonly id: string;
  load(): Promise<LessonFiles>;
}

/** The lessons the page was built with. */
export const LessonsContext = createContext<readonly LessonSource[]>([]);

/** The lessons the page was built with. */
export function useLessons(): readonly LessonSource[] {
  return use(LessonsContext);
}
