import type { Lab } from "../stores/index.ts";
import type { EditorDesk } from "./desk.ts";
import { lineHunks, linesDiffering, type LineHunk } from "./line-changes.ts";
import { monaco } from "./monaco/monaco.ts";

const REST_MS = 250;
/** When more lines differ than this the text is another one: differences are counted but not drawn. */
const MOST_SHOWN = 24;
/** Old lines are shown above the new ones only for small changes. */
const MOST_OLD = 6;

type Editor = monaco.editor.IStandaloneCodeEditor;

/** Shows what differs from the text last applied: new lines in the colour of the coming revision, the old ones struck through above them. */
export function showChanges(lab: Lab, desk: EditorDesk, editor: Editor): () => void {
  const marks = editor.createDecorationsCollection();
  let zones: readonly string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = (): void => {
    timer = undefined;
    const hunks = hunksNow(lab, desk, editor);
    desk.state.setState({ differing: hunks === null ? null : linesDiffering(hunks) });
    const shown = hunks === null || linesDiffering(hunks) > MOST_SHOWN ? [] : hunks;
    marks.set(shown.filter((hunk) => hunk.added > 0).map((hunk) => ({ range: new monaco.Range(hunk.line, 1, hunk.line + hunk.added - 1, 1), options: { isWholeLine: true, className: "line-new" } })));
    zones = placeZones(editor, zones, shown);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(draw, REST_MS);
  };
  const listeners = [editor.onDidChangeModelContent(soon), editor.onDidChangeModel(draw)];
  const stop = lab.stores.workspace.subscribe((now, before) => { if (now.appliedTexts !== before.appliedTexts) draw(); });
  return () => {
    clearTimeout(timer);
    stop();
    for (const listener of listeners) listener.dispose();
    marks.clear();
  };
}

function hunksNow(lab: Lab, desk: EditorDesk, editor: Editor): readonly LineHunk[] | null {
  const model = editor.getModel();
  const text = model === null ? undefined : desk.texts.of(model);
  const base = text === undefined ? undefined : lab.stores.workspace.getState().appliedTexts[text.name];
  return base === undefined || model === null ? null : lineHunks(base, model.getValue());
}

function placeZones(editor: Editor, old: readonly string[], hunks: readonly LineHunk[]): readonly string[] {
  const fresh: string[] = [];
  const removed = hunks.filter((hunk) => hunk.removed.length > 0 && hunk.removed.length <= MOST_OLD);
  if (old.length === 0 && removed.length === 0) return fresh;
  editor.changeViewZones((accessor) => {
    for (const id of old) accessor.removeZone(id);
    for (const hunk of removed) fresh.push(accessor.addZone({ afterLineNumber: hunk.line - 1, heightInLines: hunk.removed.length, domNode: oldLines(editor, hunk.removed) }));
  });
  return fresh;
}

function oldLines(editor: Editor, lines: readonly string[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "lines-old";
  editor.applyFontInfo(box);
  for (const line of lines) {
    const row = box.appendChild(document.createElement("div"));
    row.appendChild(document.createElement("del")).textContent = line === "" ? " " : line;
  }
  return box;
}
