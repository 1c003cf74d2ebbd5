import type { DocumentPlace, ObjectRef } from "../../protocol/index.ts";
import { refKey, type EntityStore, type Lab } from "../stores/index.ts";
import type { EditorDesk } from "./desk.ts";
import { monaco } from "./monaco/monaco.ts";

const REST_MS = 90;
/** More things than this are not lit one by one. */
const MOST_LIT = 2_000;

/** The document a line belongs to. */
export function placeAt(places: readonly DocumentPlace[], line: number): DocumentPlace | undefined {
  return places.find((place) => place.line <= line && line <= place.endLine);
}

/** Where an object stands in the open files, the current file first. */
export function placeOf(placesByFile: ReadonlyMap<string, readonly DocumentPlace[]>, current: string, ref: ObjectRef): { readonly file: string; readonly place: DocumentPlace } | null {
  const key = refKey(ref);
  const files = [current, ...[...placesByFile.keys()].filter((name) => name !== current)];
  for (const file of files) {
    const place = placesByFile.get(file)?.find((one) => one.ref !== null && refKey(one.ref) === key);
    if (place !== undefined) return { file, place };
  }
  return null;
}

/** The object a text would have to describe for it to govern this one: the object itself, then who owns it, upwards. */
export function ownersOf(entities: EntityStore, ref: ObjectRef, refOf: (id: string) => ObjectRef | null): readonly ObjectRef[] {
  const chain: ObjectRef[] = [ref];
  let id = entities.idOf(ref);
  for (let steps = 0; steps < 8 && id !== ""; steps += 1) {
    const entity = entities.get(id);
    const owner = entity !== undefined && "owner" in entity ? entity.owner : "";
    const above = owner === "" ? null : refOf(owner);
    if (above === null) break;
    chain.push(above);
    id = owner;
  }
  return chain;
}

/** A thing and everything it owns or stands before. */
export function litBy(entities: EntityStore, id: string): ReadonlySet<string> {
  const lit = new Set<string>();
  const open = id === "" ? [] : [id];
  for (let next = open.pop(); next !== undefined && lit.size < MOST_LIT; next = open.pop()) {
    if (lit.has(next)) continue;
    lit.add(next);
    open.push(...entities.ownedBy(next));
    const service = entities.as("service", next);
    if (service !== undefined) open.push(...service.ready, ...service.notReady);
  }
  return lit;
}

/** Ties caret and stage: the document under the caret lights its objects, the chosen object's lines are marked. */
export function linkCaret(lab: Lab, desk: EditorDesk, editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const marks = editor.createDecorationsCollection();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const light = (): void => {
    timer = undefined;
    const ref = refAtCaret(lab, desk, editor);
    desk.state.setState({ caret: ref });
    const lit = ref === null || !editor.hasWidgetFocus() ? new Set<string>() : litBy(lab.entities, lab.entities.idOf(ref));
    if (!sameSet(lit, lab.stores.view.getState().lit)) lab.stores.view.setState({ lit });
  };
  const soon = (): void => { timer ??= setTimeout(light, REST_MS); };
  const mark = (): void => { markChosen(lab, desk, editor, marks); };
  const reveal = (): void => { bringIntoView(lab, editor); };
  const listeners = [editor.onDidChangeCursorPosition(soon), editor.onDidFocusEditorWidget(soon), editor.onDidBlurEditorWidget(soon), editor.onDidChangeModel(() => { soon(); mark(); reveal(); })];
  const stops = [
    lab.stores.problems.subscribe((now, before) => { if (now.placesByFile !== before.placesByFile) { soon(); mark(); } }),
    lab.stores.selection.subscribe(mark),
    lab.entities.subscribe("structure", soon),
    lab.stores.workspace.subscribe((now, before) => { if (now.revealLine !== before.revealLine) reveal(); }),
  ];
  return () => {
    clearTimeout(timer);
    for (const listener of listeners) listener.dispose();
    for (const stop of stops) stop();
    marks.clear();
    lab.stores.view.setState({ lit: new Set() });
  };
}

function refAtCaret(lab: Lab, desk: EditorDesk, editor: monaco.editor.IStandaloneCodeEditor): ObjectRef | null {
  const [model, position] = [editor.getModel(), editor.getPosition()];
  const name = model === null ? undefined : desk.texts.of(model)?.name;
  if (name === undefined || position === null) return null;
  return placeAt(lab.stores.problems.getState().placesByFile.get(name) ?? [], position.lineNumber)?.ref ?? null;
}

function markChosen(lab: Lab, desk: EditorDesk, editor: monaco.editor.IStandaloneCodeEditor, marks: monaco.editor.IEditorDecorationsCollection): void {
  const model = editor.getModel();
  const name = model === null ? undefined : desk.texts.of(model)?.name;
  const { ref } = lab.stores.selection.getState();
  const places = name === undefined ? undefined : lab.stores.problems.getState().placesByFile.get(name);
  const place = ref === null ? undefined : places?.find((one) => one.ref !== null && refKey(one.ref) === refKey(ref));
  if (place === undefined) marks.clear();
  else marks.set([{ range: new monaco.Range(place.line, 1, place.endLine, 1), options: { isWholeLine: true, className: "line-chosen", overviewRuler: { color: "#8a5f14", position: monaco.editor.OverviewRulerLane.Left } } }]);
}

/** Goes to the line somebody asked for, and says so by forgetting it. */
function bringIntoView(lab: Lab, editor: monaco.editor.IStandaloneCodeEditor): void {
  const { revealLine } = lab.stores.workspace.getState();
  const model = editor.getModel();
  if (revealLine === 0 || model === null) return;
  lab.stores.workspace.setState({ revealLine: 0 });
  const line = Math.min(revealLine, model.getLineCount());
  editor.setPosition({ lineNumber: line, column: model.getLineFirstNonWhitespaceColumn(line) || 1 });
  editor.revealLineNearTop(line);
  editor.focus();
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const one of a) if (!b.has(one)) return false;
  return true;
}
