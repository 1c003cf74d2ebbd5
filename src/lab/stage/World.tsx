import { getViewportForBounds, ReactFlow, useReactFlow, ViewportPortal, type Viewport as FlowViewport } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useCallback, useEffect } from "react";
import { useStore } from "zustand";
import { useText } from "../i18n/index.ts";
import { useReducedMotion } from "../ui/index.ts";
import type { StageLayout, Viewport } from "./layout/index.ts";
import { LinkLayer } from "./LinkLayer.tsx";
import { LinkRates } from "./LinkRates.tsx";
import { stageStore } from "./stage-store.ts";
import { ThingNode, type ThingNodeType } from "./things/ThingNode.tsx";

const NODE_TYPES = { thing: ThingNode };
const NEAR = 1.75;
const FAR = 0.62;
const MIN_ZOOM = 0.08;
const MAX_ZOOM = 4;

interface WorldProps {
  readonly layout: StageLayout;
  readonly nodes: ThingNodeType[];
  readonly viewport: Viewport;
}

/** The diagram itself: React Flow (credited in the legend and in NOTICE) with things as nodes and our own lines behind them. */
export function World({ layout, nodes, viewport }: WorldProps) {
  const text = useText();
  const flow = useReactFlow();
  const still = useReducedMotion();
  const autoFit = useStore(stageStore, (state) => state.autoFit);
  const { x, y, width, height } = layout.bounds;
  useEffect(() => {
    if (!autoFit || viewport.width <= 0) return;
    // By our own measure of the frame: the diagram's own may still be that of before.
    void flow.setViewport(getViewportForBounds({ x, y, width, height }, viewport.width, viewport.height, MIN_ZOOM, MAX_ZOOM, 0.015), { duration: still ? 0 : 240 });
  }, [flow, autoFit, still, x, y, width, height, viewport.width, viewport.height]);
  const onMove = useCallback((event: MouseEvent | TouchEvent | null, { zoom }: FlowViewport) => {
    const nearness = zoom >= NEAR ? "near" : zoom < FAR ? "far" : "middle";
    const state = stageStore.getState();
    if (state.nearness !== nearness) stageStore.setState({ nearness });
    if (event !== null && state.autoFit) stageStore.setState({ autoFit: false });
  }, []);
  return (
    <ReactFlow
      nodes={nodes} edges={NO_EDGES} nodeTypes={NODE_TYPES} onMove={onMove} minZoom={MIN_ZOOM} maxZoom={MAX_ZOOM}
      nodesDraggable={false} nodesConnectable={false} nodesFocusable={false} edgesFocusable={false} elementsSelectable={false} disableKeyboardA11y
      proOptions={{ hideAttribution: true }} zoomOnDoubleClick={false} panOnScroll={false} preventScrolling aria-label={text.stage.zoomHint}
    >
      <ViewportPortal><LinkLayer layout={layout} /><LinkRates layout={layout} /></ViewportPortal>
    </ReactFlow>
  );
}

const NO_EDGES: never[] = [];
