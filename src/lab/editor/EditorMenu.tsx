import { AlignLeft, Download, EllipsisVertical, FileDown, FolderOpen, Pencil, Search, Send, Upload, WrapText, X } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { pickFiles } from "../drop/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab, useWorkspace } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import type { EditorDesk } from "./desk.ts";
import { downloadFiles } from "./download-files.ts";

interface MenuProps {
  readonly desk: EditorDesk;
  readonly rename: () => void;
  readonly close: () => void;
}

/** What is done seldom with a text. */
export function EditorMenu({ desk, rename, close }: MenuProps) {
  const lab = useLab();
  const text = useText();
  const words = text.editor;
  const none = useWorkspace((state) => state.current === "");
  const many = useWorkspace((state) => state.files.length > 1);
  const inEditor = (action: string) => (): void => {
    const { editor } = desk.state.getState();
    setTimeout(() => { editor?.focus(); editor?.trigger("menu", action, {}); }, 0);
  };
  const files = () => {
    desk.texts.flush();
    return lab.stores.workspace.getState();
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild><Button look="quiet" icon className="file-tool" aria-label={words.more}><EllipsisVertical size={16} aria-hidden /></Button></DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8} onCloseAutoFocus={(event) => { event.preventDefault(); }}>
          <Item icon={<Upload size={15} aria-hidden />} act={() => { pickFiles(lab, text, false); }}>{words.open}</Item>
          <Item icon={<FolderOpen size={15} aria-hidden />} act={() => { pickFiles(lab, text, true); }}>{words.openFolder}</Item>
          <Item icon={<Download size={15} aria-hidden />} off={none} act={() => { const { files: all, current } = files(); downloadFiles(all.filter((file) => file.name === current)); }}>{words.download}</Item>
          <Item icon={<FileDown size={15} aria-hidden />} off={!many} act={() => { downloadFiles(files().files); }}>{words.downloadAll}</Item>
          <DropdownMenu.Separator className="menu-line" />
          <Item icon={<Pencil size={15} aria-hidden />} off={none} act={() => { setTimeout(rename, 0); }} keys="F2">{words.rename}</Item>
          <Item icon={<X size={15} aria-hidden />} off={none} act={close}>{words.close}</Item>
          <DropdownMenu.Separator className="menu-line" />
          <Item icon={<Send size={15} aria-hidden />} off={!many} act={() => { void desk.apply(files().files.map((file) => file.name)); }}>{words.applyAll}</Item>
          <Item icon={<AlignLeft size={15} aria-hidden />} off={none} act={inEditor("editor.action.formatDocument")} keys="Shift Alt F">{words.format}</Item>
          <Item icon={<Search size={15} aria-hidden />} off={none} act={inEditor("editor.action.startFindReplaceAction")} keys="Ctrl F">{words.find}</Item>
          <Item icon={<WrapText size={15} aria-hidden />} off={none} act={() => { desk.toggleWrap(); }}>{words.wrap}</Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly act: () => void;
  readonly off?: boolean;
  readonly keys?: string;
  readonly children: ReactNode;
}

function Item({ icon, act, off = false, keys, children }: ItemProps) {
  return <DropdownMenu.Item className="menu-item" disabled={off} onSelect={act}>{icon}{children}{keys === undefined ? null : <kbd className="keycap menu-end">{keys}</kbd>}</DropdownMenu.Item>;
}
