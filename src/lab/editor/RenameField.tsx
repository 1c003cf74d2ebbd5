import { useEffect, useRef, useState } from "react";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import type { EditorDesk } from "./desk.ts";
import { nameProblem, withRenamed } from "./file-names.ts";

/** A tab's name as a field: Enter keeps it, Escape leaves it as it was. */
export function RenameField({ desk, from, done }: { readonly desk: EditorDesk; readonly from: string; readonly done: () => void }) {
  const lab = useLab();
  const text = useText();
  const [name, setName] = useState(from);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => { field.current?.select(); }, []);
  const to = name.trim();
  const problem = nameProblem(lab.stores.workspace.getState().files, from, to);
  const keep = (): void => {
    if (problem === "" && to !== from) {
      desk.rename(from, to);
      lab.stores.workspace.setState((state) => withRenamed(state, from, to));
      lab.life.keepSoon();
    }
    done();
  };
  return (
    <input
      ref={field} className="file-name" value={name} aria-label={text.editor.nameOf(from)} aria-invalid={problem !== ""} title={problem === "taken" ? text.editor.nameTaken(to) : problem === "empty" ? text.editor.nameEmpty : undefined} maxLength={120} size={Math.max(8, name.length)}
      onChange={(event) => { setName(event.target.value); }} onBlur={keep}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter" && problem === "") keep();
        else if (event.key === "Escape") done();
      }}
    />
  );
}
