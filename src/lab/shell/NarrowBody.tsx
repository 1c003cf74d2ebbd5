import { Tabs } from "radix-ui";
import { useText } from "../i18n/index.ts";
import { useLab, useView, type ViewState } from "../stores/index.ts";
import { Timeline } from "../timeline/index.ts";
import { LazyPane } from "./LazyPane.tsx";
import { StageColumn } from "./StageColumn.tsx";

/** Stage on top, time below it, then the panes as tabs. */
export function NarrowBody() {
  const lab = useLab();
  const text = useText();
  const presenting = useView((state) => state.presenting);
  const tab = useView((state) => state.narrowTab);
  if (presenting) return <main className="narrow"><StageColumn /></main>;
  return (
    <main className="narrow">
      <StageColumn />
      <Timeline compact />
      <Tabs.Root className="narrow-panes" id="desk" tabIndex={-1} value={tab} onValueChange={(next) => { lab.stores.view.setState({ narrowTab: next as ViewState["narrowTab"] }); }}>
        <Tabs.Content className="narrow-pane" value="guide"><LazyPane name="guide" /></Tabs.Content>
        <Tabs.Content className="narrow-pane" value="editor" forceMount><LazyPane name="editor" /></Tabs.Content>
        <Tabs.Content className="narrow-pane" value="inspector"><LazyPane name="inspector" /></Tabs.Content>
        <Tabs.List className="tabs narrow-tabs" aria-label={text.pane.panes}>
          <Tabs.Trigger value="guide">{text.pane.guide}</Tabs.Trigger>
          <Tabs.Trigger value="editor">{text.pane.yaml}</Tabs.Trigger>
          <Tabs.Trigger value="inspector">{text.pane.inspector}</Tabs.Trigger>
        </Tabs.List>
      </Tabs.Root>
    </main>
  );
}
