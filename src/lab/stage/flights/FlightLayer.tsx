import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useLab, useView } from "../../stores/index.ts";
import { useReducedMotion } from "../../ui/index.ts";
import type { StageLayout } from "../layout/index.ts";
import { addFlights, landed, rerouted, type Dot } from "./dot-pool.ts";
import { paintDots, type DotStyle } from "./paint-dots.ts";
import { createRouter } from "./route.ts";
import { obstaclesOf } from "./word-room.ts";

/** How long a hop takes on screen, whatever it carries (--hop); without motion each end rests long enough to be read. */
const HOP_MS = 420;
const STILL_HOP_MS = 900;
/** Colours are read anew now and then: the system may go dark. */
const STYLE_LASTS_MS = 2_000;

/** Messages under way, on one canvas over the stage; frames are drawn only while something travels. */
export function FlightLayer({ layout }: { readonly layout: StageLayout }) {
  const { flights, stores } = useLab();
  const flow = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const still = useReducedMotion();
  const theme = useView((state) => state.theme);
  const dots = useRef<Dot[]>([]);
  const frameSize = useRef({ width: 0, height: 0 });
  const kept = useRef<{ readonly theme: string; readonly at: number; readonly style: DotStyle } | undefined>(undefined);
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return undefined;
    const observer = new ResizeObserver(([entry]) => { if (entry !== undefined) frameSize.current = entry.contentRect; });
    observer.observe(target);
    return () => { observer.disconnect(); };
  }, []);
  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext("2d") ?? null;
    if (target === null || context === null) return undefined;
    const routeFor = createRouter(layout);
    const obstacles = obstaclesOf(layout);
    const hopMs = still ? STILL_HOP_MS : HOP_MS;
    let frame = 0;
    dots.current = rerouted(dots.current, routeFor);
    const draw = (): void => {
      const now = performance.now();
      dots.current = landed(dots.current, now, hopMs);
      const size = frameSize.current;
      if (kept.current === undefined || kept.current.theme !== theme || now - kept.current.at > STYLE_LASTS_MS) kept.current = { theme, at: now, style: readStyle(target) };
      fitCanvas(target, context, size);
      paintDots(context, dots.current, now, hopMs, { transform: flow.getState().transform, style: kept.current.style, width: size.width, still, obstacles, labels: stores.clock.getState().pace.mode !== "live" });
      frame = dots.current.length > 0 ? requestAnimationFrame(draw) : 0;
    };
    const stop = flights.listen((fresh) => {
      if (document.hidden) return;
      addFlights(dots.current, fresh, routeFor, performance.now());
      if (frame === 0 && dots.current.length > 0) frame = requestAnimationFrame(draw);
    });
    if (dots.current.length > 0) frame = requestAnimationFrame(draw);
    return () => {
      stop();
      cancelAnimationFrame(frame);
      context.clearRect(0, 0, target.width, target.height);
    };
  }, [layout, flights, flow, still, theme, stores]);
  return <canvas ref={canvas} className="flights" aria-hidden="true" />;
}

/** Makes the canvas as fine as the screen; asks the page for no measures, which in a frame would be dear. */
function fitCanvas(target: HTMLCanvasElement, context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }): void {
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (target.width !== width || target.height !== height) {
    target.width = width;
    target.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
}

function readStyle(target: HTMLCanvasElement): DotStyle {
  const style = getComputedStyle(target);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    colors: { request: read("--request"), answer: read("--answer"), watch: read("--watch"), write: read("--write") },
    ink: read("--ink-2"), ground: read("--stage"), font: `500 12px ${style.fontFamily}`,
  };
}
