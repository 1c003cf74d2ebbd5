import { Check, Command, Download, EllipsisVertical, FileDown, Keyboard, Presentation, ScrollText } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useText } from "../i18n/index.ts";
import { useLab, useView, type ThemeChoice } from "../stores/index.ts";
import { Button, COMMAND_KEY } from "../ui/index.ts";
import { downloadObjects, downloadSession } from "./downloads.ts";

const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"];

/** The rest: theme, downloads, keys. */
export function BarMenu() {
  const lab = useLab();
  const text = useText();
  const theme = useView((state) => state.theme);
  const { view } = lab.stores;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild><Button look="quiet" icon aria-label={text.bar.more}><EllipsisVertical size={17} aria-hidden /></Button></DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">{text.bar.theme}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme} onValueChange={(next) => { view.setState({ theme: next as ThemeChoice }); }}>
            {THEMES.map((one) => (
              <DropdownMenu.RadioItem key={one} className="menu-item" value={one}>{text.bar.themes[one]}<DropdownMenu.ItemIndicator className="menu-end"><Check size={15} aria-hidden /></DropdownMenu.ItemIndicator></DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => { view.setState({ dialog: "palette" }); }}><Command size={15} aria-hidden />{text.bar.palette}<kbd className="keycap menu-end">{COMMAND_KEY}K</kbd></DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => { view.setState({ presenting: true }); }}><Presentation size={15} aria-hidden />{text.bar.present}<kbd className="keycap menu-end">P</kbd></DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => { view.setState({ dialog: "log" }); }}><ScrollText size={15} aria-hidden />{text.keys.log}<kbd className="keycap menu-end">L</kbd></DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => { view.setState({ dialog: "keys" }); }}><Keyboard size={15} aria-hidden />{text.bar.keys}<kbd className="keycap menu-end">?</kbd></DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => { void downloadSession(lab); }}><Download size={15} aria-hidden />{text.bar.download}</DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => { void downloadObjects(lab); }}><FileDown size={15} aria-hidden />{text.bar.downloadYaml}</DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
