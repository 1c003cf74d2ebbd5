import { useState } from "react";
import type { ObjectRef } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useEntity, useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { ImageForm } from "./ImageForm.tsx";
import { editableYaml, fileNameOf, SCALABLE } from "./object-kinds.ts";
import { ScaleForm } from "./ScaleForm.tsx";

/** What can be done with the object. */
export function Actions({ target, entityId, yaml }: { readonly target: ObjectRef; readonly entityId: string; readonly yaml: string }) {
  const lab = useLab();
  const text = useText();
  const words = text.inspector.actions;
  const [asking, ask] = useState(false);
  const workload = useEntity("workload", entityId);
  const own = workload !== undefined && workload.owner === "";
  const edit = (): void => {
    lab.stores.workspace.setState((state) => {
      const name = fileNameOf(target);
      const taken = state.files.some((file) => file.name === name);
      const free = taken ? `${target.kind.toLowerCase()}-${target.name}-${state.files.length + 1}.yaml` : name;
      return { files: [...state.files, { name: free, text: editableYaml(yaml) }], current: free };
    });
    lab.stores.view.setState({ desk: "editor", deskOpen: true, narrowTab: "editor" });
    lab.life.keepSoon();
  };
  return (
    <footer className="inspector-actions" aria-label={words.label} role="group">
      {asking ? (
        <div className="inspector-ask" role="alertdialog" aria-label={words.removeAsk(target.kind, target.name)}>
          <p>{words.removeAsk(target.kind, target.name)}</p>
          <Button look="go" onClick={() => { ask(false); void lab.commands.remove(target); }}>{words.removeGo}</Button>
          <Button look="quiet" autoFocus onClick={() => { ask(false); }}>{words.removeKeep}</Button>
        </div>
      ) : (
        <>
          {own && SCALABLE.has(target.kind) ? <ScaleForm key={workload.desired} target={target} desired={workload.desired} /> : null}
          {own && target.kind === "Deployment" ? <ImageForm target={target} images={workload.images} yaml={yaml} /> : null}
          <div className="inspector-buttons">
            {target.kind === "Deployment" && Number(workload?.revision) > 1 ? <Button onClick={() => { void lab.commands.undoRollout(target); }}>{words.undo}</Button> : null}
            {target.kind === "Service" ? <Button onClick={() => { lab.stores.view.setState({ dialog: "traffic" }); }}>{words.requests}</Button> : null}
            <Button onClick={edit}>{text.inspector.edit}</Button>
            <Button look="quiet" onClick={() => { ask(true); }}>{words.remove}</Button>
          </div>
        </>
      )}
    </footer>
  );
}
