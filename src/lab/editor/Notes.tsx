import { X } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { useText } from "../i18n/index.ts";
import { refOfEntity, useLab, useSelection, useWorkspace } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { ownersOf, placeOf } from "./caret-link.ts";
import type { EditorDesk } from "./desk.ts";
import { sizeText } from "./size-text.ts";
import { Strip } from "./Strip.tsx";
import { isBig } from "./text-size.ts";

/** Short notes above the text: where the chosen object is written, a paste under way, checks paused. */
export function Notes({ desk }: { readonly desk: EditorDesk }) {
  const text = useText();
  const formatProblem = useStore(desk.state, (state) => state.formatProblem);
  return (
    <>
      <ChosenNote />
      <PasteNote desk={desk} />
      <PausedNote desk={desk} />
      {formatProblem === "" ? null : <Strip tone="failed" text={text.editor.formatFailed(formatProblem)}><Button look="quiet" icon aria-label={text.editor.dismiss} onClick={() => { desk.state.setState({ formatProblem: "" }); }}><X size={15} aria-hidden /></Button></Strip>}
    </>
  );
}

function ChosenNote() {
  const lab = useLab();
  const text = useText();
  const ref = useSelection((state) => state.ref);
  const current = useWorkspace((state) => state.current);
  const places = useStore(lab.stores.problems, (state) => state.placesByFile);
  const found = useMemo(() => {
    if (ref === null) return null;
    const refOf = (id: string) => { const entity = lab.entities.get(id); return entity === undefined ? null : refOfEntity(entity); };
    for (const owner of ownersOf(lab.entities, ref, refOf)) {
      const where = placeOf(places, current, owner);
      if (where !== null) return { ...where, ref: owner };
    }
    return null;
  }, [lab, ref, current, places]);
  if (found === null) return null;
  const { file, place, ref: written } = found;
  const words = file === current ? text.editor.selected(written.kind, written.name, place.line) : text.editor.selectedElsewhere(written.kind, written.name, file);
  return <Strip text={words}><Button look="text" onClick={() => { lab.stores.workspace.setState({ current: file, revealLine: place.line }); }}>{text.editor.goLine}</Button></Strip>;
}

function PasteNote({ desk }: { readonly desk: EditorDesk }) {
  const text = useText();
  const words = text.editor.big;
  const paste = useStore(desk.state, (state) => state.paste);
  if (paste === null) return null;
  if (paste.phase === "running") return <Strip text={words.pasting(paste.share)}><Button look="quiet" onClick={paste.cancel}>{words.cancel}</Button></Strip>;
  return (
    <Strip text={words.paste(sizeText(paste.length))}>
      <Button onClick={paste.go}>{words.pasteGo}</Button>
      <Button look="quiet" onClick={paste.cancel}>{words.cancel}</Button>
    </Strip>
  );
}

function PausedNote({ desk }: { readonly desk: EditorDesk }) {
  const text = useText();
  const words = text.editor.big;
  const length = useWorkspace((state) => state.files.find((file) => file.name === state.current)?.text.length ?? 0);
  const current = useWorkspace((state) => state.current);
  const pasting = useStore(desk.state, (state) => state.paste !== null);
  if (!isBig(length) || pasting) return null;
  return <Strip text={words.paused(sizeText(length))}><Button look="text" onClick={() => { const open = desk.texts.get(current); if (open !== undefined) void desk.checks.now(open); }}>{words.checkOnce}</Button></Strip>;
}
