import { useEffect, useRef } from "react";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { guardPaste } from "./big-paste.ts";
import { linkCaret } from "./caret-link.ts";
import { showChanges } from "./change-marks.ts";
import type { EditorDesk } from "./desk.ts";
import { applyTheme, typeSize, watchLook } from "./monaco/theme.ts";
import { createCodeEditor, watchTab } from "./monaco/code-editor.ts";

/** The text of one file. The editor is made once; a change of file swaps its model. */
export function CodeArea({ desk, file }: { readonly desk: EditorDesk; readonly file: string }) {
  const lab = useLab();
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    applyTheme();
    const editor = createCodeEditor(box.current, () => { void desk.apply([lab.stores.workspace.getState().current]); });
    desk.state.setState({ editor });
    const stops = [
      watchTab(desk, editor),
      watchLook(() => { applyTheme(); editor.updateOptions(typeSize()); }),
      linkCaret(lab, desk, editor),
      showChanges(lab, desk, editor),
      guardPaste(desk, editor, box.current),
    ];
    return () => {
      for (const stop of stops) stop();
      const shown = editor.getModel();
      const open = shown === null ? undefined : desk.texts.of(shown);
      if (open !== undefined) open.view = editor.saveViewState();
      desk.state.setState({ editor: null });
      editor.setModel(null);
      editor.dispose();
    };
  }, [lab, desk]);
  useEffect(() => {
    const { editor } = desk.state.getState();
    const open = desk.texts.get(file);
    if (editor === null || open === undefined) return undefined;
    editor.setModel(open.model);
    editor.updateOptions({ ariaLabel: text.editor.label(file) });
    if (open.view !== null) editor.restoreViewState(open.view);
    return () => { open.view = editor.saveViewState(); };
  }, [desk, file, text]);
  return <div className="editor-code" ref={box} />;
}
