import type { PodState } from "../../../protocol/index.ts";
import type { Point } from "../layout/index.ts";

const COLOR: Readonly<Record<PodState, string>> = {
  pending: "--pending", starting: "--starting", running: "--starting", ready: "--ready", "crash-loop": "--failed", failed: "--failed", succeeded: "--done", leaving: "--leaving", unknown: "--unknown",
};

/** The colour of each state, read from the tokens. */
export type SignColors = Readonly<Record<PodState, string>>;

/** Reads the colours that hold for an element; makes the page work out its styles, so not for every sign. */
export function readSignColors(element: Element): SignColors {
  const style = getComputedStyle(element);
  return Object.fromEntries(Object.entries(COLOR).map(([state, name]) => [state, style.getPropertyValue(name).trim()])) as Record<PodState, string>;
}

/** Draws a pod's state as on the tiles, small, on a canvas. */
export function paintSign(context: CanvasRenderingContext2D, state: PodState, at: Point, radius: number, colors: SignColors): void {
  const color = colors[state];
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = radius * 0.28;
  context.setLineDash(state === "pending" ? [radius * 0.5, radius * 0.4] : []);
  context.beginPath();
  if (state === "crash-loop" || state === "failed") cross(context, at, radius * 0.75);
  else if (state === "leaving") context.rect(at.x - radius * 0.55, at.y - radius * 0.55, radius * 1.1, radius * 1.1);
  else if (state === "succeeded") tick(context, at, radius);
  else context.arc(at.x, at.y, radius * 0.86, 0, 2 * Math.PI);
  if (state === "ready" || state === "leaving") context.fill();
  else context.stroke();
  if (state === "starting" || state === "running") {
    context.beginPath();
    context.arc(at.x, at.y, radius * 0.86, -Math.PI / 2, Math.PI / 2);
    context.fill();
  }
}

function cross(context: CanvasRenderingContext2D, { x, y }: Point, r: number): void {
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
}

function tick(context: CanvasRenderingContext2D, { x, y }: Point, r: number): void {
  context.moveTo(x - r * 0.7, y);
  context.lineTo(x - r * 0.15, y + r * 0.55);
  context.lineTo(x + r * 0.75, y - r * 0.6);
}
