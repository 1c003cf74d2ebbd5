import { ChevronDown, PanelLeft, PanelRight, Presentation, Zap } from "lucide-react";
import { useText } from "../i18n/index.ts";
import { useLab, useView, useWorkspace, type OpenDialog } from "../stores/index.ts";
import { Button, COMMAND_KEY, LogoMark, Tip } from "../ui/index.ts";
import { BarMenu } from "./BarMenu.tsx";

/** Name, world, and the ways to change what one sees. */
export function Bar({ narrow }: { readonly narrow: boolean }) {
  const lab = useLab();
  const text = useText();
  const title = useWorkspace((state) => state.worldTitle);
  const open = (dialog: OpenDialog) => () => { lab.stores.view.setState({ dialog }); };
  return (
    <header className="bar">
      <span className="bar-mark"><LogoMark /><span>{text.bar.product}</span></span>
      <Button look="quiet" className="bar-world" title={text.bar.chooseWorld} onClick={open("gallery")}><span className="hidden-visually">{text.bar.world}: </span><b>{title === "" ? "…" : title}</b><ChevronDown size={15} aria-hidden /></Button>
      <div className="bar-end">
        <Tip text={text.bar.breakSomething} keys="B" side="bottom"><Button look="quiet" aria-label={text.bar.breakSomething} onClick={open("faults")}><Zap size={16} aria-hidden />{narrow ? null : text.bar.breakSomething}</Button></Tip>
        {narrow ? null : <PaneToggles />}
        {narrow ? null : <Tip text={text.bar.palette} keys={`${COMMAND_KEY}K`} side="bottom"><Button look="quiet" aria-label={text.bar.palette} onClick={open("palette")}><kbd className="keycap">{COMMAND_KEY}K</kbd></Button></Tip>}
        <BarMenu />
      </div>
    </header>
  );
}

function PaneToggles() {
  const lab = useLab();
  const text = useText();
  const guide = useView((state) => state.guideOpen);
  const desk = useView((state) => state.deskOpen);
  const { view } = lab.stores;
  const [guideText, deskText] = [guide ? text.pane.hideGuide : text.pane.showGuide, desk ? text.pane.hideDesk : text.pane.showDesk];
  return (
    <>
      <Tip text={guideText} keys="G" side="bottom"><Button look="quiet" icon aria-label={guideText} aria-expanded={guide} onClick={() => { view.setState({ guideOpen: !guide }); }}><PanelLeft size={17} aria-hidden /></Button></Tip>
      <Tip text={deskText} keys="D" side="bottom"><Button look="quiet" icon aria-label={deskText} aria-expanded={desk} onClick={() => { view.setState({ deskOpen: !desk }); }}><PanelRight size={17} aria-hidden /></Button></Tip>
      <Tip text={text.bar.present} keys="P" side="bottom"><Button look="quiet" icon aria-label={text.bar.present} onClick={() => { view.setState({ presenting: true }); }}><Presentation size={17} aria-hidden /></Button></Tip>
    </>
  );
}
