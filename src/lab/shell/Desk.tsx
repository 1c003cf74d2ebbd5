import { Tabs } from "radix-ui";
import { useText } from "../i18n/index.ts";
import { useLab, useView, type DeskTab } from "../stores/index.ts";
import { LazyPane } from "./LazyPane.tsx";

/** What one changes the world with, and what is known of the chosen thing. */
export function Desk() {
  const lab = useLab();
  const text = useText();
  const tab = useView((state) => state.desk);
  return (
    <Tabs.Root asChild value={tab} onValueChange={(next) => { lab.stores.view.setState({ desk: next as DeskTab }); }}>
      <section id="desk" className="desk" aria-label={text.pane.desk} tabIndex={-1}>
        <Tabs.List className="tabs" aria-label={text.pane.desk}>
          <Tabs.Trigger value="editor">{text.pane.yaml}</Tabs.Trigger>
          <Tabs.Trigger value="inspector">{text.pane.inspector}</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content className="desk-pane" value="editor" forceMount hidden={tab !== "editor"}><LazyPane name="editor" /></Tabs.Content>
        <Tabs.Content className="desk-pane" value="inspector"><LazyPane name="inspector" /></Tabs.Content>
      </section>
    </Tabs.Root>
  );
}
