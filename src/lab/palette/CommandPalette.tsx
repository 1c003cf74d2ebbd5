import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { useText } from "../i18n/index.ts";
import { useLab, useView } from "../stores/index.ts";
import { paletteCommands } from "./commands.ts";
import { paletteThings } from "./things.ts";
import "./palette.css";

/** Every command and every thing, by name. */
export function CommandPalette() {
  const lab = useLab();
  const text = useText();
  const open = useView((state) => state.dialog === "palette");
  const close = (): void => { lab.stores.view.setState((state) => (state.dialog === "palette" ? { dialog: "none" } : state)); };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => { if (!next) close(); }}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog palette">
          <Dialog.Title className="hidden-visually">{text.palette.title}</Dialog.Title>
          <Dialog.Description className="hidden-visually">{text.palette.description}</Dialog.Description>
          <PaletteList onDone={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ onDone }: { readonly onDone: () => void }) {
  const lab = useLab();
  const text = useText();
  const commands = paletteCommands(lab, text);
  const groups = [...new Set(commands.map((command) => command.group))];
  const run = (what: () => void) => () => {
    onDone();
    what();
  };
  return (
    <Command label={text.palette.title} loop>
      <Command.Input placeholder={text.palette.placeholder} />
      <Command.List label={text.palette.title}>
        <Command.Empty>{text.palette.none}</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={group}>
            {commands.filter((command) => command.group === group).map((command) => (
              <Command.Item key={command.label} value={`${group} ${command.label}`} onSelect={run(command.run)}>{command.label}{command.keys === "" ? null : <kbd className="keycap">{command.keys}</kbd>}</Command.Item>
            ))}
          </Command.Group>
        ))}
        <Command.Group heading={text.palette.groups.things}>
          {paletteThings(lab.entities).map((thing) => <Command.Item key={thing.id} value={`${thing.kind} ${thing.name} ${thing.id}`} onSelect={run(() => { lab.selectEntity(thing.id); })}>{thing.name}<span className="palette-kind">{thing.kind}</span></Command.Item>)}
        </Command.Group>
      </Command.List>
    </Command>
  );
}
