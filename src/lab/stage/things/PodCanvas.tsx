import { useEffect, useRef, type MouseEvent } from "react";
import type { PodState } from "../../../protocol/index.ts";
import { useLab, useView } from "../../stores/index.ts";
import type { PodSize } from "../layout/index.ts";
import { shownPods } from "../stage-input.ts";
import { paintSign } from "./paint-sign.ts";

const CELL: Readonly<Record<PodSize, number>> = { tile: 26, row: 26, chip: 26, dot: 17 };

/** The pods of a node as small signs on one canvas: for clusters with more pods than things can be. */
export function PodCanvas({ node, size }: { readonly node: string; readonly size: PodSize }) {
  const lab = useLab();
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<readonly string[]>([]);
  const showSystem = useView((state) => state.showSystem);
  const namespace = useView((state) => state.namespace);
  const theme = useView((state) => state.theme);
  const cell = CELL[size];
  useEffect(() => {
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      if (canvas.current === null) return;
      shown.current = shownPods(lab.entities, { showSystem, namespace }, node);
      paint(canvas.current, shown.current.map((id) => lab.entities.as("pod", id)?.state ?? "unknown"), cell);
    };
    // Many changes of a batch are one picture, and no node makes the page measure itself between two others.
    const drawSoon = (): void => { if (frame === 0) frame = requestAnimationFrame(draw); };
    drawSoon();
    const stop = lab.entities.subscribe(`node-pods:${node}`, drawSoon);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [lab, node, cell, showSystem, namespace, theme]);
  const choose = (event: MouseEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const zoom = box.width / event.currentTarget.offsetWidth;
    const columns = columnsIn(event.currentTarget.offsetWidth, cell);
    const id = shown.current[Math.floor((event.clientY - box.top) / zoom / cell) * columns + Math.floor((event.clientX - box.left) / zoom / cell)];
    if (id !== undefined) lab.selectEntity(id);
  };
  // The pods themselves are in the text twin and the palette; the canvas is a picture of them.
  return <canvas ref={canvas} className="pod-canvas" onClick={choose} aria-hidden="true" />;
}

/** The last sign of a row needs no gap after it. */
function columnsIn(width: number, cell: number): number {
  return Math.max(1, Math.floor((width + 4) / cell));
}

function paint(canvas: HTMLCanvasElement, states: readonly PodState[], cell: number): void {
  const [width, height] = [canvas.offsetWidth, canvas.offsetHeight];
  const sharp = 2 * devicePixelRatio;
  if (canvas.width !== Math.round(width * sharp) || canvas.height !== Math.round(height * sharp)) {
    canvas.width = Math.round(width * sharp);
    canvas.height = Math.round(height * sharp);
  }
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const columns = columnsIn(width, cell);
  for (const [i, state] of states.entries()) {
    paintSign(context, state, { x: ((i % columns) + 0.5) * cell, y: (Math.floor(i / columns) + 0.5) * cell }, cell * 0.4, style);
  }
}
