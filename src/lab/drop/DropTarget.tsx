import { FileInput } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { useStore } from "zustand";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { DropQuestion } from "./DropQuestion.tsx";
import { dropStore } from "./drop-store.ts";
import { openFound } from "./open-found.ts";
import { sorted, walkEntries, type FoundFile } from "./read-dropped.ts";
import "./drop.css";

/** Wraps the page so that manifests can be dropped anywhere on it. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const lab = useLab();
  const text = useText();
  const over = useStore(dropStore, (state) => state.over);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
      if (!dropStore.getState().over) dropStore.setState({ over: true });
    };
    const onLeave = (event: DragEvent): void => { if (event.relatedTarget === null) dropStore.setState({ over: false }); };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.stopPropagation();
      dropStore.setState({ over: false });
      void take(event.dataTransfer).then(({ files, truncated }) => openFound(lab, text, files, truncated));
    };
    addEventListener("dragover", onOver, { capture: true });
    addEventListener("dragleave", onLeave, { capture: true });
    addEventListener("drop", onDrop, { capture: true });
    return () => {
      removeEventListener("dragover", onOver, { capture: true });
      removeEventListener("dragleave", onLeave, { capture: true });
      removeEventListener("drop", onDrop, { capture: true });
    };
  }, [lab, text]);
  return (
    <>
      {children}
      {over ? <div className="drop-veil"><div><FileInput size={28} aria-hidden /><p><b>{text.drop.here}</b></p><p>{text.drop.hint}</p></div></div> : null}
      <DropQuestion />
    </>
  );
}

/** Entries must be taken while the event lives; walking them comes later. */
function take(transfer: DataTransfer): Promise<{ readonly files: readonly FoundFile[]; readonly truncated: boolean }> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length > 0) return walkEntries(entries);
  return Promise.resolve({ files: sorted([...transfer.files].map((file) => ({ path: file.name, file }))), truncated: false });
}
