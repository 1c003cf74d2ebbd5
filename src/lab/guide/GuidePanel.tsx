import "./guide.css";
import { useStore } from "zustand";
import { lessonStore } from "../lessons/index.ts";
import { LessonPane } from "./LessonPane.tsx";
import { WelcomePane } from "./WelcomePane.tsx";

/** The lesson under way, or what there is to do in a free world. */
export function GuidePanel() {
  const lesson = useStore(lessonStore, (state) => state.lesson);
  return lesson === null ? <WelcomePane /> : <LessonPane lesson={lesson} />;
}
