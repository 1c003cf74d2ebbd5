import { useStore } from "zustand";
import { useText } from "../i18n/index.ts";
import { useLab, useWorkspace } from "../stores/index.ts";
import { ApplyBar } from "./ApplyBar.tsx";
import { CodeArea } from "./CodeArea.tsx";
import { deskOf } from "./desk.ts";
import { DiffArea } from "./DiffArea.tsx";
import { FileTabs } from "./FileTabs.tsx";
import { Notes } from "./Notes.tsx";
import { ResultList } from "./ResultList.tsx";
import "./editor.css";

/** The texts on the desk: a tab a file, the editor, what is wrong, what applying did. */
export function EditorPanel() {
  const lab = useLab();
  const text = useText();
  const desk = deskOf(lab);
  const current = useWorkspace((state) => state.current);
  const comparing = useStore(desk.state, (state) => state.comparing);
  return (
    <div className="editor">
      <FileTabs desk={desk} />
      <Notes desk={desk} />
      {current === "" ? <div className="editor-empty"><p><b>{text.editor.empty}</b></p><p>{text.editor.emptyHint}</p></div> : null}
      {current !== "" && comparing ? <DiffArea desk={desk} file={current} /> : null}
      {current !== "" && !comparing ? <CodeArea desk={desk} file={current} /> : null}
      <ResultList desk={desk} />
      {current === "" ? null : <ApplyBar desk={desk} file={current} />}
    </div>
  );
}
