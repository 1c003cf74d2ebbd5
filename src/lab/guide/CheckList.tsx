import { Check as CheckMark, Circle } from "lucide-react";
import { useStore } from "zustand";
import type { Check } from "../../lesson-format/index.ts";
import { useText } from "../i18n/index.ts";
import { lessonStore } from "../lessons/index.ts";
import { Button } from "../ui/index.ts";

/** The step's checks as they stand, with hints on demand. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  const text = useText().guide;
  const results = useStore(lessonStore, (state) => state.results);
  const hints = useStore(lessonStore, (state) => state.hints);
  return (
    <section aria-label={text.checks}>
      <ul className="guide-checks" aria-live="polite">
        {checks.map((check) => {
          const result = results[check.id];
          const holds = result?.holds === true;
          const taken = hints[check.id] ?? 0;
          return (
            <li key={check.id} data-holds={holds ? "" : undefined}>
              {holds ? <CheckMark size={18} aria-label={text.done} /> : <Circle size={18} aria-label={text.open} />}
              <div>
                <p>{result?.sentence ?? check.otherwise.replace("{found}", "0")}</p>
                {!holds && check.hints.slice(0, taken).map((hint) => <p key={hint} className="guide-hint">{hint}</p>)}
                {!holds && taken < check.hints.length && (
                  <Button look="text" onClick={() => { lessonStore.setState((state) => ({ hints: { ...state.hints, [check.id]: taken + 1 } })); }}>{text.hint}</Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
