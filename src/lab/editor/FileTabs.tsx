import { Plus, X } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import { useText } from "../i18n/index.ts";
import { useLab, useWorkspace } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import type { EditorDesk } from "./desk.ts";
import { EditorMenu } from "./EditorMenu.tsx";
import { withNewFile, withoutFile } from "./file-names.ts";
import { RenameField } from "./RenameField.tsx";
import { Strip } from "./Strip.tsx";

/** A tab a file. Arrow keys move, Delete closes, F2 renames. */
export function FileTabs({ desk }: { readonly desk: EditorDesk }) {
  const lab = useLab();
  const text = useText();
  const files = useWorkspace((state) => state.files);
  const current = useWorkspace((state) => state.current);
  const [renaming, rename] = useState("");
  const [closing, close] = useState("");
  const row = useRef<HTMLDivElement>(null);
  const { workspace } = lab.stores;
  const choose = (name: string): void => { workspace.setState({ current: name }); };
  const remove = (name: string): void => {
    close("");
    workspace.setState((state) => withoutFile(state, name));
  };
  const askClose = (name: string): void => {
    const length = desk.texts.get(name)?.model.getValueLength() ?? 0;
    if (length === 0) remove(name);
    else close(name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = files.findIndex((file) => file.name === current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: files.length - 1 }[event.key];
    if (to !== undefined) {
      const name = files[(to + files.length) % files.length]?.name ?? "";
      choose(name);
      requestAnimationFrame(() => { row.current?.querySelector<HTMLElement>("[aria-selected='true']")?.focus(); });
    } else if (event.key === "Delete") askClose(current);
    else if (event.key === "F2") rename(current);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="file-row">
        <div className="file-tabs" role="tablist" aria-label={text.editor.files} ref={row} onKeyDown={onKeyDown}>
          {files.map((file) => (file.name === renaming
            ? <RenameField key={file.name} desk={desk} from={file.name} done={() => { rename(""); }} />
            : <button key={file.name} type="button" role="tab" aria-selected={file.name === current} tabIndex={file.name === current ? 0 : -1} onClick={() => { choose(file.name); }} onDoubleClick={() => { rename(file.name); }}>{file.name}</button>
          ))}
        </div>
        {current === "" ? null : <Button look="quiet" icon className="file-tool" aria-label={text.editor.closeNamed(current)} title={text.editor.close} onClick={() => { askClose(current); }}><X size={15} aria-hidden /></Button>}
        <Button look="quiet" icon className="file-tool" aria-label={text.editor.newFile} title={text.editor.newFile} onClick={() => { workspace.setState((state) => withNewFile(state, text.editor.newName, "")); }}><Plus size={16} aria-hidden /></Button>
        <EditorMenu desk={desk} rename={() => { rename(current); }} close={() => { askClose(current); }} />
      </div>
      {closing === "" ? null : (
        <Strip text={text.editor.closeAsk(closing)}>
          <Button onClick={() => { remove(closing); }}>{text.editor.close}</Button>
          <Button look="quiet" onClick={() => { close(""); }}>{text.editor.keep}</Button>
        </Strip>
      )}
    </>
  );
}
