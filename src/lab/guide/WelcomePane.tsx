import { useText } from "../i18n/index.ts";
import { useLessons } from "../lessons/index.ts";
import { useWorkspace } from "../stores/index.ts";
import { LessonCard } from "./LessonCard.tsx";

/** What one can do here, and the lessons. */
export function WelcomePane() {
  const text = useText().guide;
  const applied = useWorkspace((state) => state.applied);
  const lessons = useLessons();
  return (
    <div className="guide-pane">
      <h1>{applied ? text.applied : text.welcome}</h1>
      <p className="guide-lead">{applied ? text.appliedText : text.welcomeText}</p>
      {lessons.length > 0 && (
        <section aria-labelledby="guide-lessons">
          <h2 id="guide-lessons">{text.lessons}</h2>
          <ul className="guide-cards">{lessons.map((source) => <li key={source.id}><LessonCard source={source} /></li>)}</ul>
        </section>
      )}
      <section aria-labelledby="guide-try">
        <h2 id="guide-try">{text.try}</h2>
        <ul className="guide-tries">{text.tries.map((one) => <li key={one}>{one}</li>)}</ul>
      </section>
    </div>
  );
}
