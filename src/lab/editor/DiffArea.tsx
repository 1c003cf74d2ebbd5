import { useEffect, useRef, useState } from "react";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { Button, Segments } from "../ui/index.ts";
import type { EditorDesk } from "./desk.ts";
import { comparedTexts, liveHue } from "./live-texts.ts";
import { createDiffEditor, type DiffHandle } from "./monaco/diff-editor.ts";
import { applyTheme, typeSize, watchLook } from "./monaco/theme.ts";

type Answer = { readonly live: string; readonly merged: string; readonly hue: "a" | "b" } | "asking" | "empty" | { readonly failed: string };

/** The live objects beside what applying the text would make of them. */
export function DiffArea({ desk, file }: { readonly desk: EditorDesk; readonly file: string }) {
  const lab = useLab();
  const text = useText();
  const words = text.editor;
  const [answer, setAnswer] = useState<Answer>("asking");
  const [round, again] = useState(0);
  const [layout, setLayout] = useState<"inline" | "side">("inline");
  useEffect(() => {
    let gone = false;
    setAnswer("asking");
    desk.texts.flush();
    const typed = lab.stores.workspace.getState().files.find((one) => one.name === file)?.text ?? "";
    lab.ask("live-text", { file, text: typed }).then(
      ({ documents }) => { if (!gone) setAnswer(documents.length === 0 ? "empty" : { ...comparedTexts(documents), hue: liveHue(lab.entities, documents) }); },
      (error: unknown) => { if (!gone) setAnswer({ failed: error instanceof Error ? error.message : String(error) }); },
    );
    return () => { gone = true; };
  }, [lab, desk, file, round]);
  const ready = typeof answer === "object" && "live" in answer ? answer : null;
  return (
    <section className="editor-diff" aria-label={words.diffTitle}>
      <div className="diff-head">
        <p><i data-hue={ready?.hue === "b" ? "b" : "a"} />{words.live}<i data-hue={ready?.hue === "b" ? "a" : "b"} />{words.afterApply}</p>
        <Segments label={words.diffTitle} value={layout} options={[{ value: "inline", label: words.inline }, { value: "side", label: words.sideBySide }]} onChange={setLayout} />
      </div>
      {ready === null ? <p className="diff-note" role="status">{noteOf(answer, words)}</p> : ready.live === ready.merged ? <p className="diff-note" role="status">{words.diffNone}</p> : <DiffView live={ready.live} merged={ready.merged} hue={ready.hue} side={layout === "side"} />}
      <div className="diff-foot"><Button onClick={() => { desk.state.setState({ comparing: false }); }}>{words.diffDone}</Button><Button look="quiet" onClick={() => { again(round + 1); }}>{words.again}</Button></div>
    </section>
  );
}

function noteOf(answer: Answer, words: { readonly diffBusy: string; readonly diffEmpty: string; readonly failed: (why: string) => string }): string {
  if (answer === "asking") return words.diffBusy;
  return typeof answer === "object" && "failed" in answer ? words.failed(answer.failed) : words.diffEmpty;
}

function DiffView({ live, merged, hue, side }: { readonly live: string; readonly merged: string; readonly hue: "a" | "b"; readonly side: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const handle = useRef<DiffHandle>(null);
  const text = useText();
  useEffect(() => {
    if (box.current === null) return undefined;
    applyTheme();
    const made = createDiffEditor(box.current, { live, merged, liveLabel: text.editor.live, mergedLabel: text.editor.afterApply });
    handle.current = made;
    const stop = watchLook(() => { applyTheme(); made.editor.updateOptions(typeSize()); });
    return () => {
      stop();
      made.dispose();
    };
  }, [live, merged, text]);
  useEffect(() => { handle.current?.editor.updateOptions({ renderSideBySide: side, useInlineViewWhenSpaceIsLimited: false }); }, [side, live, merged, text]);
  return <div className="diff-view" data-live-hue={hue} ref={box} />;
}
