import { DropdownMenu } from "radix-ui";
import { useStore } from "zustand";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { nameOfThing } from "./name-of-thing.ts";
import { stageStore } from "./stage-store.ts";
import { actionsFor } from "./thing-actions.ts";

/** Things to do with a thing: one menu for the whole stage, opened where it was asked for. */
export function ThingMenu() {
  const lab = useLab();
  const text = useText();
  const menu = useStore(stageStore, (state) => state.menu);
  if (menu === null) return null;
  const close = (): void => { stageStore.setState({ menu: null }); };
  const giveBack = (event: Event): void => {
    event.preventDefault();
    document.querySelector<HTMLElement>(`[data-thing="${CSS.escape(menu.id)}"]`)?.focus();
  };
  return (
    <DropdownMenu.Root open onOpenChange={(open) => { if (!open) close(); }}>
      <DropdownMenu.Trigger asChild><span className="menu-point" style={{ left: menu.x, top: menu.y }} aria-hidden="true" tabIndex={-1} /></DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={2} collisionPadding={8} onCloseAutoFocus={giveBack} aria-label={text.stage.menu.label(nameOfThing(lab.entities, menu.id))}>
          <DropdownMenu.Label className="menu-label">{nameOfThing(lab.entities, menu.id)}</DropdownMenu.Label>
          {actionsFor(lab, text, menu.id).map((action) => <DropdownMenu.Item key={action.key} className="menu-item" data-tone={action.tone} onSelect={action.run}>{action.label}</DropdownMenu.Item>)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
