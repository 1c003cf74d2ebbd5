import { Tabs } from "radix-ui";
import { useState } from "react";
import type { ObjectRef } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useEntity } from "../stores/index.ts";
import { Actions } from "./Actions.tsx";
import { Head } from "./Head.tsx";
import { LogsTab } from "./LogsTab.tsx";
import { SchedulingTab } from "./SchedulingTab.tsx";
import { Summary } from "./Summary.tsx";
import { useInspection } from "./use-inspection.ts";
import { YamlTab } from "./YamlTab.tsx";

type Tab = "summary" | "yaml" | "logs" | "scheduling";

/** One API object: head, tabs, actions. */
export function ObjectAbout({ target, entityId }: { readonly target: ObjectRef; readonly entityId: string }) {
  const text = useText();
  const words = text.inspector;
  const [managedFields, showManaged] = useState(false);
  const known = useInspection(target, entityId, managedFields);
  const pod = useEntity("pod", entityId);
  const [chosen, choose] = useState<Tab | "">("");
  const isPod = target.kind === "Pod";
  const tab: Tab = chosen === "" ? (pod !== undefined && pod.node === "" && pod.state === "pending" ? "scheduling" : "summary") : chosen;
  const { inspection } = known;
  const tabs: readonly (readonly [Tab, string])[] = [["summary", words.tabs.summary], ["yaml", words.tabs.yaml], ...(isPod ? [["logs", words.tabs.logs], ["scheduling", words.tabs.scheduling]] as const : [])];
  return (
    <div className="inspector">
      <Head target={target} entityId={entityId} known={known} />
      {inspection === null ? <p className="inspector-note" role="status">{known.error === "" ? words.loading : words.failed(known.error)}</p> : !inspection.found ? <p className="inspector-note" role="status">{words.never(target.kind, target.name)}</p> : (
        <Tabs.Root className="inspector-tabs" value={tab} onValueChange={(next) => { choose(next as Tab); }}>
          <Tabs.List className="tabs" aria-label={words.tabs.label}>{tabs.map(([value, label]) => <Tabs.Trigger key={value} value={value}>{label}</Tabs.Trigger>)}</Tabs.List>
          <Tabs.Content className="inspector-pane" value="summary"><Summary inspection={inspection} now={known.now} /></Tabs.Content>
          <Tabs.Content className="inspector-pane inspector-fill" value="yaml"><YamlTab inspection={inspection} managed={managedFields} onManaged={showManaged} /></Tabs.Content>
          {isPod ? <Tabs.Content className="inspector-pane inspector-fill" value="logs"><LogsTab target={target} containers={inspection.containers} /></Tabs.Content> : null}
          {isPod ? <Tabs.Content className="inspector-pane" value="scheduling"><SchedulingTab target={target} entityId={entityId} inspection={inspection} /></Tabs.Content> : null}
        </Tabs.Root>
      )}
      {inspection?.found === true && !known.gone ? <Actions target={target} entityId={entityId} yaml={inspection.yaml} /> : null}
    </div>
  );
}
