import { useState } from "react";
import { useStore } from "zustand";
import type { Question } from "../../lesson-format/index.ts";
import { useText } from "../i18n/index.ts";
import { lessonStore } from "../lessons/index.ts";
import { Button } from "../ui/index.ts";

/** A question; once decided the choice stays and is answered. */
export function QuestionForm({ step, question }: { readonly step: number; readonly question: Question }) {
  const text = useText().guide;
  const decided = useStore(lessonStore, (state) => state.answers[step]);
  const [choice, setChoice] = useState<number | undefined>(decided);
  const option = decided === undefined ? undefined : question.options[decided];
  const decide = (): void => {
    if (choice !== undefined) lessonStore.setState((state) => ({ answers: { ...state.answers, [step]: choice } }));
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); decide(); }}>
      <fieldset className="guide-question" disabled={decided !== undefined}>
        <legend>{question.ask}</legend>
        {question.options.map((one, index) => (
          <label key={one.text} className="guide-option" data-chosen={choice === index ? "" : undefined}>
            <input type="radio" name={`question-${step}`} checked={choice === index} onChange={() => { setChoice(index); }} />
            <span>{one.text}{one.detail !== "" && <small>{one.detail}</small>}</span>
          </label>
        ))}
      </fieldset>
      {option === undefined
        ? <Button type="submit" disabled={choice === undefined}>{text.decide}</Button>
        : <p className="guide-feedback" role="status" data-right={option.right ? "" : undefined}><b>{option.right ? text.right : text.wrong}</b> {option.feedback}</p>}
    </form>
  );
}
