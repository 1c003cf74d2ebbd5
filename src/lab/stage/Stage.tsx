import { ReactFlowProvider } from "@xyflow/react";
import { useDeferredValue, useMemo, useRef, type ReactNode } from "react";
import { useText } from "../i18n/index.ts";
import { useClock, useLab, useTopic, useView } from "../stores/index.ts";
import { Button, useCalm } from "../ui/index.ts";
import { FlightLayer } from "./flights/FlightLayer.tsx";
import { layoutView, POD_DOM_LIMIT, shownPods } from "./stage-input.ts";
import { StageBar } from "./StageBar.tsx";
import { StageEmpty } from "./StageEmpty.tsx";
import { ThingMenu } from "./ThingMenu.tsx";
import { TextTwin } from "./TextTwin.tsx";
import { useStageKeys } from "./use-stage-keys.ts";
import { useThingNodes } from "./use-thing-nodes.ts";
import { useViewport } from "./use-viewport.ts";
import { World } from "./World.tsx";
import "./stage.css";
import "./things.css";

/** With more pods than this the picture is laid out a few times a second, not with every batch. */
const MANY_PODS = 40;
const CROWD_REST_MS = 350;

/** The world, as machines, as owners or as traffic. `children` float over it (faults at work). */
export function Stage({ children }: { readonly children?: ReactNode }) {
  const text = useText();
  return (
    <ReactFlowProvider>
      <section id="stage" className="stage" aria-label={text.pane.stage} tabIndex={-1}>
        <StageBar />
        <StageWorld>{children}</StageWorld>
        <ThingMenu />
        <TextTwin />
      </section>
    </ReactFlowProvider>
  );
}

function StageWorld({ children }: { readonly children: ReactNode }) {
  const lab = useLab();
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const viewport = useViewport(frame);
  const view = useView((state) => state.stage);
  const showSystem = useView((state) => state.showSystem);
  const namespace = useView((state) => state.namespace);
  const many = useTopic("pod", (entities) => entities.count("pod") > MANY_PODS);
  const version = useCalm(useTopic("structure", (entities) => entities.structureVersion), many ? CROWD_REST_MS : 0);
  const later = useDeferredValue(version);
  const structure = many ? later : version;
  const endpoints = useTopic("any-service", (entities) => (view === "traffic" ? entities.versionOf("any-service") : 0));
  const clients = useTopic("client", (entities) => entities.count("client"));
  const epoch = useClock((state) => state.epoch);
  const layout = useMemo(() => layoutView(view, lab.entities, { showSystem, namespace }, viewport), [view, lab, showSystem, namespace, viewport, structure, endpoints, clients]); // eslint-disable-line react-hooks/exhaustive-deps -- the versions stand for what is read inside
  const waiting = useMemo(() => (view === "machines" ? shownPods(lab.entities, { showSystem, namespace }, "").length : 0), [layout]); // eslint-disable-line react-hooks/exhaustive-deps -- counted for the layout it stands in
  const nodes = useThingNodes(layout, { ownPods: view === "machines" && lab.entities.count("pod") > POD_DOM_LIMIT, waiting, epoch });
  const onKeyDown = useStageKeys(layout);
  return (
    <div className="stage-world" ref={frame} onKeyDown={onKeyDown} data-view={view} data-crowd={many ? "" : undefined}>
      {viewport.width > 0 ? <World layout={layout} nodes={nodes} viewport={viewport} /> : null}
      <FlightLayer layout={layout} />
      <StageEmpty view={view} places={layout.places.size} />
      {view === "traffic" ? <div className="stage-start"><Button onClick={() => { lab.stores.view.setState({ dialog: "traffic" }); }}>{text.stage.traffic.start}</Button></div> : null}
      {children}
    </div>
  );
}
