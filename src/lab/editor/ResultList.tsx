import { CircleCheck, CircleDot, CircleMinus, CircleX, X } from "lucide-react";
import { useStore } from "zustand";
import type { AppliedDocument } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import type { EditorDesk } from "./desk.ts";

const SIGNS = { created: CircleCheck, configured: CircleDot, unchanged: CircleMinus, refused: CircleX };

/** What became of each document at the last apply, in the server's own words. */
export function ResultList({ desk }: { readonly desk: EditorDesk }) {
  const text = useText();
  const results = useStore(desk.state, (state) => state.results);
  if (results === null) return null;
  const refused = results.filter((one) => one.outcome === "refused").length;
  return (
    <section className="results" aria-label={text.editor.results}>
      <div className="results-head">
        <p role={refused > 0 ? "alert" : "status"}>{results.length === 0 ? text.editor.nothingToApply : text.editor.resultSummary(results.length - refused, refused)}</p>
        <Button look="quiet" icon aria-label={text.editor.dismiss} onClick={() => { desk.state.setState({ results: null }); }}><X size={15} aria-hidden /></Button>
      </div>
      {results.length === 0 ? null : <ul tabIndex={0} aria-label={text.editor.results}>{results.map((one, index) => <ResultRow key={index} result={one} />)}</ul>}
      <TakeOver desk={desk} results={results} />
    </section>
  );
}

/** Server-side apply refuses fields that another manager owns; here is the way on. */
function TakeOver({ desk, results }: { readonly desk: EditorDesk; readonly results: readonly AppliedDocument[] }) {
  const text = useText();
  const files = [...new Set(results.filter((one) => one.outcome === "refused" && one.message.includes("Apply failed with")).map((one) => one.file))];
  if (files.length === 0) return null;
  return (
    <div className="results-conflict">
      <p>{text.editor.conflict}</p>
      <Button onClick={() => { void desk.apply(files, true); }}>{text.editor.takeOver}</Button>
    </div>
  );
}

function ResultRow({ result }: { readonly result: AppliedDocument }) {
  const lab = useLab();
  const text = useText();
  const Sign = SIGNS[result.outcome];
  const first = result.problems[0];
  const line = first?.line ?? result.line;
  const go = (): void => {
    if (result.outcome === "refused") lab.stores.workspace.setState({ current: result.file, revealLine: line });
    else lab.select(result.ref);
  };
  return (
    <li data-outcome={result.outcome}>
      <button type="button" onClick={go}>
        <Sign size={15} aria-hidden />
        <span className="results-words"><span className="hidden-visually">{text.editor.outcomes[result.outcome]}: </span>{result.message}</span>
        {result.outcome === "refused" ? <span className="results-line">{text.editor.line(line)}</span> : null}
      </button>
      {result.warnings.map((warning) => <p key={warning} className="results-warning">{warning}</p>)}
    </li>
  );
}
