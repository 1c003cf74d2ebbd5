import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { useText } from "../i18n/index.ts";
import { useView } from "../stores/index.ts";
import { Timeline } from "../timeline/index.ts";
import { Desk } from "./Desk.tsx";
import { Guide } from "./Guide.tsx";
import { StageColumn } from "./StageColumn.tsx";

/** Guide, stage and desk side by side, the time below. Panes resize, collapse and remember. */
export function WideBody() {
  const text = useText();
  const presenting = useView((state) => state.presenting);
  const guide = useView((state) => state.guideOpen) && !presenting;
  const desk = useView((state) => state.deskOpen) && !presenting;
  const panelIds = [...(guide ? ["guide"] : []), "stage", ...(desk ? ["desk"] : [])];
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id: "orrery/panes", panelIds, storage: safeStorage });
  return (
    <>
      <main className="panes-frame">
        <Group className="panes" orientation="horizontal" id="panes" defaultLayout={defaultLayout} onLayoutChanged={onLayoutChanged}>
          {guide ? <Panel id="guide" defaultSize="272px" minSize="220px" maxSize="40%" groupResizeBehavior="preserve-pixel-size"><Guide /></Panel> : null}
          {guide ? <Separator className="pane-grip" aria-label={text.pane.resizeGuide} /> : null}
          <Panel id="stage" minSize="30%"><StageColumn /></Panel>
          {desk ? <Separator className="pane-grip" aria-label={text.pane.resizeDesk} /> : null}
          {desk ? <Panel id="desk" defaultSize="400px" minSize="280px" maxSize="55%" groupResizeBehavior="preserve-pixel-size"><Desk /></Panel> : null}
        </Group>
      </main>
      {presenting ? null : <Timeline />}
    </>
  );
}

/** Storage that may be refused. */
const safeStorage = {
  getItem: (key: string): string | null => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem: (key: string, value: string): void => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Sizes that can't be remembered are simply not remembered.
    }
  },
};
