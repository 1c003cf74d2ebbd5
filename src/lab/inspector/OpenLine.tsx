import { useMemo } from "react";
import { useStore } from "zustand";
import type { DocumentPlace, ObjectRef } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { refKey, refOfEntity, useLab, type EntityStore } from "../stores/index.ts";
import { Button } from "../ui/index.ts";

/** Goes to the text that describes the object, or its owner, when one is open. */
export function OpenLine({ target }: { readonly target: ObjectRef }) {
  const lab = useLab();
  const text = useText();
  const places = useStore(lab.stores.problems, (state) => state.placesByFile);
  const found = useMemo(() => whereWritten(lab.entities, places, target), [lab, places, target]);
  if (found === null) return null;
  const open = (): void => {
    lab.stores.workspace.setState({ current: found.file, revealLine: found.line });
    lab.stores.view.setState({ desk: "editor", deskOpen: true, narrowTab: "editor" });
  };
  const own = refKey(found.ref) === refKey(target);
  return <Button look="text" className="inspector-open" onClick={open}>{own ? text.inspector.openLine : text.inspector.openLineOf(found.ref.kind, found.ref.name)}</Button>;
}

interface Written {
  readonly file: string;
  readonly line: number;
  readonly ref: ObjectRef;
}

/** Where an object, or else the nearest of its owners, is written in the open texts. */
export function whereWritten(entities: EntityStore, places: ReadonlyMap<string, readonly DocumentPlace[]>, target: ObjectRef): Written | null {
  let ref: ObjectRef | null = target;
  for (let steps = 0; steps < 8 && ref !== null; steps += 1) {
    const key = refKey(ref);
    for (const [file, list] of places) {
      const place = list.find((one) => one.ref !== null && refKey(one.ref) === key);
      if (place !== undefined) return { file, line: place.line, ref };
    }
    ref = ownerOf(entities, ref);
  }
  return null;
}

function ownerOf(entities: EntityStore, ref: ObjectRef): ObjectRef | null {
  const entity = entities.get(entities.idOf(ref));
  const owner = entity !== undefined && "owner" in entity && entity.owner !== "" ? entities.get(entity.owner) : undefined;
  return owner === undefined ? null : refOfEntity(owner);
}
