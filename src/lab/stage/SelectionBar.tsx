import { ChevronUp, X } from "lucide-react";
import { useText } from "../i18n/index.ts";
import { useLab, useSelection } from "../stores/index.ts";
import { Button, MiddleEllipsis } from "../ui/index.ts";
import { nameOfThing } from "./name-of-thing.ts";
import { stageStore } from "./stage-store.ts";

/** The chosen thing, with what can be done to it one press away: for touch, and for who doesn't know of context menus. */
export function SelectionBar() {
  const lab = useLab();
  const text = useText();
  const id = useSelection((state) => state.entityId);
  if (id === "") return null;
  const name = nameOfThing(lab.entities, id);
  return (
    <div className="selection-bar">
      <MiddleEllipsis text={name} tail={9} />
      <Button
        look="quiet" aria-haspopup="menu" aria-label={text.stage.menu.label(name)}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          stageStore.setState({ menu: { id, x: box.left, y: box.top } });
        }}
      >{text.stage.menu.actions}<ChevronUp size={14} aria-hidden /></Button>
      <Button look="quiet" icon aria-label={text.keys.clear} onClick={() => { lab.select(null); }}><X size={15} aria-hidden /></Button>
    </div>
  );
}
