import { CircleAlert, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { useText } from "../i18n/index.ts";
import { refOfEntity, useLab, useTopic, type Lab } from "../stores/index.ts";
import { Button, Tip } from "../ui/index.ts";
import type { EditorDesk } from "./desk.ts";
import { sizeText } from "./size-text.ts";
import { Strip } from "./Strip.tsx";
import { isBig } from "./text-size.ts";

/** Apply, diff, undo, and how far the text is from what was applied. */
export function ApplyBar({ desk, file }: { readonly desk: EditorDesk; readonly file: string }) {
  const text = useText();
  const words = text.editor;
  const { applying, comparing, differing } = useStore(desk.state);
  const [asking, ask] = useState<"apply" | "diff" | null>(null);
  const length = desk.texts.get(file)?.model.getValueLength() ?? 0;
  const begin = (what: "apply" | "diff"): void => {
    ask(null);
    if (what === "apply") void desk.apply([file]);
    else desk.state.setState({ comparing: true });
  };
  const wish = (what: "apply" | "diff"): void => { if (isBig(desk.texts.get(file)?.model.getValueLength() ?? 0)) ask(what); else begin(what); };
  return (
    <div className="editor-foot">
      {asking === null ? null : (
        <Strip text={asking === "apply" ? words.big.apply(sizeText(length)) : words.big.diff(sizeText(length))}>
          <Button onClick={() => { begin(asking); }}>{asking === "apply" ? words.big.applyGo : words.diff}</Button>
          <Button look="quiet" onClick={() => { ask(null); }}>{words.big.cancel}</Button>
        </Strip>
      )}
      <ProblemLine desk={desk} file={file} />
      <div className="editor-actions">
        <Tip text={words.applyHint} keys="Ctrl Enter"><Button look="go" className="editor-apply" aria-disabled={applying} aria-busy={applying} onClick={() => { wish("apply"); }}>{applying ? words.applying : words.applyNow}</Button></Tip>
        <UndoButton desk={desk} />
        <Tip text={words.diffHint}><Button look="quiet" aria-pressed={comparing} onClick={() => { if (comparing) desk.state.setState({ comparing: false }); else wish("diff"); }}>{words.diff}</Button></Tip>
        <span className="editor-differ" title={words.differHint} aria-live="polite">{differing === null ? words.notApplied : words.differ(differing)}</span>
      </div>
    </div>
  );
}

/** How many problems, and the way to the next. */
function ProblemLine({ desk, file }: { readonly desk: EditorDesk; readonly file: string }) {
  const lab = useLab();
  const text = useText();
  const problems = useStore(lab.stores.problems, (state) => state.byFile.get(file));
  const tabFocus = useStore(desk.state, (state) => state.tabMoves);
  const errors = problems?.filter((one) => one.severity === "error").length ?? 0;
  const warnings = (problems?.length ?? 0) - errors;
  const next = (): void => {
    const { editor } = desk.state.getState();
    const here = editor?.getPosition()?.lineNumber ?? 0;
    const inOrder = [...(problems ?? [])].sort((a, b) => a.line - b.line || a.column - b.column);
    const problem = inOrder.find((one) => one.line > here) ?? inOrder[0];
    if (editor === null || problem === undefined) return;
    editor.setPosition({ lineNumber: problem.line, column: problem.column });
    editor.revealLineInCenterIfOutsideViewport(problem.line);
    editor.focus();
    editor.trigger("chrome", "editor.action.showHover", {});
  };
  return (
    <p className="editor-status">
      {errors + warnings === 0 ? <span>{problems === undefined ? text.editor.checking : text.editor.fine}</span> : (
        <button type="button" className="editor-problems" data-tone={errors > 0 ? "failed" : "warning"} title={text.editor.nextProblem} onClick={next}>
          {errors > 0 ? <CircleAlert size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}{text.editor.problems(errors, warnings)}
        </button>
      )}
      <span className="editor-tabs-hint">{tabFocus ? text.editor.tabMoves : text.editor.tabIndents}</span>
    </p>
  );
}

function UndoButton({ desk }: { readonly desk: EditorDesk }) {
  const lab = useLab();
  const text = useText();
  const caret = useStore(desk.state, (state) => state.caret);
  const id = useTopic("any-workload", () => undoable(lab, caret === null ? "" : lab.entities.idOf(caret)));
  const deployment = id === "" ? undefined : lab.entities.as("workload", id);
  const ref = deployment === undefined ? null : refOfEntity(deployment);
  if (deployment === undefined || ref === null) return null;
  return <Tip text={text.editor.undoHint(deployment.name)}><Button onClick={() => { void lab.commands.undoRollout(ref); }}>{text.editor.undo}</Button></Tip>;
}

/** The id when it is a Deployment that has had an earlier revision. */
function undoable(lab: Lab, id: string): string {
  const workload = id === "" ? undefined : lab.entities.as("workload", id);
  return workload?.kind === "Deployment" && Number(workload.revision) > 1 ? id : "";
}
