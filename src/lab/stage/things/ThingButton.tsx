import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { useStore } from "zustand";
import { useLab, useSelection, useView } from "../../stores/index.ts";
import { stageStore } from "../stage-store.ts";

interface ThingButtonProps {
  readonly id: string;
  readonly label: string;
  readonly className: string;
  readonly data?: Readonly<Record<`data-${string}`, string | undefined>>;
  readonly children: ReactNode;
}

/** The part of a thing that can be chosen: click or Enter selects, the context menu opens, arrows move on (see Stage). */
export function ThingButton({ id, label, className, data = {}, children }: ThingButtonProps) {
  const lab = useLab();
  const selected = useSelection((state) => state.entityId === id);
  const lit = useView((state) => state.lit.has(id));
  const inTabOrder = useStore(stageStore, (state) => state.focusId === id);
  const openMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const byKeyboard = event.clientX === 0 && event.clientY === 0;
    stageStore.setState({ focusId: id, menu: { id, x: byKeyboard ? box.left + box.width / 2 : event.clientX, y: byKeyboard ? box.bottom : event.clientY } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Space is play and pause everywhere on the stage; Enter chooses.
    if (event.key === " ") event.preventDefault();
  };
  return (
    <button
      type="button" className={`thing ${className}`} data-thing={id} aria-label={label} aria-pressed={selected} data-lit={lit ? "" : undefined}
      tabIndex={inTabOrder ? 0 : -1} onFocus={() => { stageStore.setState({ focusId: id }); }} onClick={() => { lab.selectEntity(id); }}
      onKeyDown={onKeyDown} onContextMenu={openMenu} {...data}
    >
      {children}
    </button>
  );
}
