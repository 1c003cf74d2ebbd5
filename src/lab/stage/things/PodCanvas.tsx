import { useEffect, useRef, type MouseEvent } from "react";
import type { PodState } from "../../../protocol/index.ts";
import { useLab, useView } from "../../stores/index.ts";
import type { PodSize } from "../layout/index.ts";
import { shownPods } from "../stage-input.ts";
import { paintSign, readSignColors, type SignColors } from "./paint-sign.ts";

const CELL: Readonly<Record<PodSize, number>> = { tile: 26, row: 26, chip: 26, dot: 17 };

/** Colours are read anew now and then: the system may go dark. */
const COLORS_LAST_MS = 2_000;

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
    const target = canvas.current;
    if (target === null) return undefined;
    let frame = 0;
    let size = { width: 0, height: 0 };
    let colors: SignColors | undefined;
    let readAt = 0;
    const draw = (): void => {
      frame = 0;
      if (size.width === 0) return;
      if (colors === undefined || performance.now() - readAt > COLORS_LAST_MS) {
        colors = readSignColors(target);
        readAt = performance.now();
      }
      shown.current = shownPods(lab.entities, { showSystem, namespace }, node);
      paint(target, size, shown.current.map((id) => lab.entities.as("pod", id)?.state ?? "unknown"), cell, colors);
    };
    // Many changes of a batch are one picture, and no node makes the page measure itself between two others.
    const drawSoon = (): void => { if (frame === 0) frame = requestAnimationFrame(draw); };
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      size = { width: entry.contentRect.width, height: entry.contentRect.height };
      drawSoon();
    });
    observer.observe(target);
    const stop = lab.entities.subscribe(`node-pods:${node}`, drawSoon);
    return () => {
      stop();
      observer.disconnect();
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

function paint(canvas: HTMLCanvasElement, { width, height }: { readonly width: number; readonly height: number }, states: readonly PodState[], cell: number, colors: SignColors): void {
  const sharp = 2 * devicePixelRatio;
  if (canvas.width !== Math.round(width * sharp) || canvas.height !== Math.round(height * sharp)) {
    canvas.width = Math.round(width * sharp);
    canvas.height = Math.round(height * sharp);
  }
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.clearRect(0, 0, width, height);
  const columns = columnsIn(width, cell);
  for (const [i, state] of states.entries()) {
    paintSign(context, state, { x: ((i % columns) + 0.5) * cell, y: (Math.floor(i / columns) + 0.5) * cell }, cell * 0.4, colors);
  }
}
