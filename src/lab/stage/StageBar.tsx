import { useReactFlow } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { useText } from "../i18n/index.ts";
import { isSystemNamespace, useLab, useTopic, useView, type StageView } from "../stores/index.ts";
import { Button, Tip } from "../ui/index.ts";
import { LegendButton } from "./LegendButton.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { useFit } from "./use-fit.ts";

/** Which view, which namespaces, how near. */
export function StageBar() {
  const lab = useLab();
  const text = useText();
  const view = useView((state) => state.stage);
  const views: readonly { readonly value: StageView; readonly label: string; readonly hint: string }[] = [
    { value: "machines", label: text.stage.views.machines, hint: text.stage.views.machinesHint },
    { value: "ownership", label: text.stage.views.ownership, hint: text.stage.views.ownershipHint },
    { value: "traffic", label: text.stage.views.traffic, hint: text.stage.views.trafficHint },
  ];
  return (
    <div className="stage-bar">
      <div className="tabs stage-views" role="group" aria-label={text.stage.views.label}>
        {views.map((one) => (
          <button key={one.value} type="button" aria-pressed={view === one.value} data-state={view === one.value ? "active" : "inactive"} title={one.hint} onClick={() => { lab.stores.view.setState({ stage: one.value }); }}>{one.label}</button>
        ))}
      </div>
      <SelectionBar />
      <div className="stage-tools">
        <NamespaceChoice />
        <LegendButton />
        <ZoomTools />
      </div>
    </div>
  );
}

function ZoomTools() {
  const text = useText();
  const flow = useReactFlow();
  const fit = useFit();
  return (
    <>
      <Tip text={text.stage.tools.zoomOut} keys="−"><Button look="quiet" icon data-tool="zoom" aria-label={text.stage.tools.zoomOut} onClick={() => { void flow.zoomOut({ duration: 160 }); }}><Minus size={16} aria-hidden /></Button></Tip>
      <Tip text={text.stage.tools.zoomIn} keys="+"><Button look="quiet" icon data-tool="zoom" aria-label={text.stage.tools.zoomIn} onClick={() => { void flow.zoomIn({ duration: 160 }); }}><Plus size={16} aria-hidden /></Button></Tip>
      <Tip text={text.stage.tools.fit} keys="F"><Button look="quiet" icon aria-label={text.stage.tools.fit} onClick={fit}><Maximize size={15} aria-hidden /></Button></Tip>
    </>
  );
}

const EVERY = "*";

/** All namespaces but the cluster's own, all, or one. */
function NamespaceChoice() {
  const lab = useLab();
  const text = useText();
  const namespace = useView((state) => state.namespace);
  const showSystem = useView((state) => state.showSystem);
  const listed = useTopic("pod", (entities) => namespacesOf(entities.all("pod")));
  const names = listed === "" ? [] : listed.split(" ");
  const choose = (value: string): void => {
    if (value === EVERY) lab.stores.view.setState({ namespace: "", showSystem: true });
    else lab.stores.view.setState({ namespace: value, showSystem: value === "" ? false : showSystem });
  };
  return (
    <label className="namespace-choice">
      <span className="hidden-visually">{text.stage.tools.namespace}</span>
      <select value={namespace === "" && showSystem ? EVERY : namespace} onChange={(event) => { choose(event.target.value); }}>
        <option value="">{text.stage.tools.yours}</option>
        <option value={EVERY}>{text.stage.tools.allNamespaces}</option>
        {names.map((name) => <option key={name} value={name}>{name}</option>)}
        {namespace !== "" && !names.includes(namespace) ? <option value={namespace}>{namespace}</option> : null}
      </select>
    </label>
  );
}

/** Names joined, so that the value stays the same while nothing changed. */
function namespacesOf(pods: readonly { readonly namespace: string }[]): string {
  return [...new Set(pods.map((pod) => pod.namespace))].sort((a, b) => Number(isSystemNamespace(a)) - Number(isSystemNamespace(b)) || (a < b ? -1 : 1)).join(" ");
}
