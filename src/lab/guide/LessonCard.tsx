import { useEffect, useState } from "react";
import { type Lesson, readLesson } from "../../lesson-format/index.ts";
import { useText } from "../i18n/index.ts";
import type { LessonSource } from "../lessons/index.ts";
import { useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { startLesson } from "./lesson-actions.ts";

/** One lesson to choose. */
export function LessonCard({ source }: { readonly source: LessonSource }) {
  const text = useText().guide;
  const lab = useLab();
  const [lesson, setLesson] = useState<Lesson | string | null>(null);
  useEffect(() => {
    let gone = false;
    source.load().then(readLesson).then(
      (read) => { if (!gone) setLesson("steps" in read ? read : read.join(" ")); },
      (error: unknown) => { if (!gone) setLesson(error instanceof Error ? error.message : String(error)); },
    );
    return () => { gone = true; };
  }, [source]);
  if (lesson === null) return <p role="status">{text.loading}</p>;
  if (typeof lesson === "string") return <p role="alert">{text.broken(lesson)}</p>;
  return (
    <article className="guide-card">
      <h3>{lesson.title}</h3>
      <p>{lesson.summary}</p>
      <div className="guide-card-foot">
        <Button onClick={() => { void startLesson(lab, source.id, lesson); }} aria-label={`${text.start}: ${lesson.title}`}>{text.start}</Button>
        <small>{text.minutes(lesson.minutes)}</small>
      </div>
    </article>
  );
}
