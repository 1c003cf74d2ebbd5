import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { Lesson } from "../../lesson-format/index.ts";
import { useText } from "../i18n/index.ts";
import { lessonStore } from "../lessons/index.ts";
import { useClock, useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { CheckList } from "./CheckList.tsx";
import { checkStep, enterStep, isStepDone, leaveLesson } from "./lesson-actions.ts";
import { Prose } from "./Prose.tsx";
import { QuestionForm } from "./QuestionForm.tsx";

/** One step of the lesson: prose, question or checks, and the way on. */
export function LessonPane({ lesson }: { readonly lesson: Lesson }) {
  const text = useText().guide;
  const lab = useLab();
  const index = useStore(lessonStore, (state) => state.step);
  const done = useStore(lessonStore, isStepDone);
  const step = lesson.steps[index];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, [index]);
  useCheckEvents();
  if (step === undefined) return null;
  const last = index === lesson.steps.length - 1;
  return (
    <div className="guide-pane">
      <div className="guide-steps" role="img" aria-label={text.stepOf(index + 1, lesson.steps.length)}>
        {lesson.steps.map((one, at) => <i key={one.title} data-state={at < index ? "done" : at === index ? "now" : "open"} />)}
      </div>
      <p className="guide-phase">{text.phases[step.kind]}</p>
      <h1 ref={heading} tabIndex={-1}>{step.title}</h1>
      {step.prose.map((paragraph) => <Prose key={paragraph} text={paragraph} />)}
      {step.question !== null && <QuestionForm key={index} step={index} question={step.question} />}
      {step.checks.length > 0 && <CheckList checks={lesson.checks.filter((check) => step.checks.includes(check.id))} />}
      {last && done && <p className="guide-finished"><b>{text.finished}</b> {text.finishedText}</p>}
      <div className="guide-foot">
        {index > 0 && <Button look="quiet" onClick={() => { void enterStep(lab, index - 1); }}>{text.back}</Button>}
        {last
          ? <Button look="go" disabled={!done} onClick={leaveLesson}>{text.finish}</Button>
          : <Button look="go" disabled={!done} onClick={() => { void enterStep(lab, index + 1); }}>{text.next}</Button>}
        <Button look="text" className="guide-leave" onClick={leaveLesson}>{text.leave}</Button>
      </div>
    </div>
  );
}

/** Checks are held again while the world moves on, at most twice a second. */
function useCheckEvents(): void {
  const lab = useLab();
  const beat = useClock((state) => Math.floor(state.handled / 50) + state.revision);
  const step = useStore(lessonStore, (state) => state.step);
  const due = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    due.current ??= setTimeout(() => {
      due.current = null;
      void checkStep(lab);
    }, 500);
  }, [lab, beat, step]);
  useEffect(() => () => { if (due.current !== null) clearTimeout(due.current); due.current = null; }, []);
}
