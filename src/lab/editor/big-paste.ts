import type { EditorDesk } from "./desk.ts";
import { monaco } from "./monaco/monaco.ts";
import { isBig } from "./text-size.ts";

/** Characters put in at one frame: well under 50 ms of work. */
const CHUNK = 256 * 1024;

type Editor = monaco.editor.IStandaloneCodeEditor;

/** Asks before a very long paste, then puts it in piece by piece so that the page stays alive and Cancel works. */
export function guardPaste(desk: EditorDesk, editor: Editor, box: HTMLElement): () => void {
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!isBig(pasted.length)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const cancel = (): void => { desk.state.setState({ paste: null }); };
    desk.state.setState({ paste: { phase: "asking", length: pasted.length, share: 0, cancel, go: () => { pour(desk, editor, pasted); } } });
  };
  box.addEventListener("paste", onPaste, { capture: true });
  return () => { box.removeEventListener("paste", onPaste, { capture: true }); };
}

/** Next place to cut, never between the halves of a pair. */
export function cutAt(text: string, from: number, size: number): number {
  const end = Math.min(text.length, from + size);
  const code = text.charCodeAt(end - 1);
  return end < text.length && code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

function pour(desk: EditorDesk, editor: Editor, text: string): void {
  const model = editor.getModel();
  const selection = editor.getSelection();
  if (model === null || selection === null) return;
  const start = model.getOffsetAt(selection.getStartPosition());
  let [at, stopped] = [0, false];
  model.pushStackElement();
  model.pushEditOperations([], [{ range: selection, text: "" }], () => null);
  const done = (): void => {
    desk.state.setState({ paste: null });
    if (!model.isDisposed()) model.pushStackElement();
  };
  const cancel = (): void => {
    stopped = true;
    const [from, to] = [model.getPositionAt(start), model.getPositionAt(start + at)];
    model.pushEditOperations([], [{ range: monaco.Range.fromPositions(from, to), text: "" }], () => null);
    done();
  };
  const next = (): void => {
    if (stopped) return;
    if (model.isDisposed() || at >= text.length) { done(); return; }
    const end = cutAt(text, at, CHUNK);
    const position = model.getPositionAt(start + at);
    model.pushEditOperations([], [{ range: monaco.Range.fromPositions(position), text: text.slice(at, end) }], () => null);
    at = end;
    desk.state.setState({ paste: { phase: "running", length: text.length, share: Math.round((100 * at) / text.length), go: () => undefined, cancel } });
    setTimeout(next, 0);
  };
  next();
}
