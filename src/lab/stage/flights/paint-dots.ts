import type { FlightShape } from "../../../protocol/index.ts";
import { along } from "../layout/index.ts";
import type { Dot } from "./dot-pool.ts";

/** How the picture is moved and scaled: React Flow's transform. */
export type Transform = readonly [x: number, y: number, zoom: number];

/** Colours and type for dots, read from the tokens once per theme. */
export interface DotStyle {
  readonly colors: Readonly<Record<FlightShape, string>>;
  readonly ink: string;
  readonly ground: string;
  readonly font: string;
  /** Width of the canvas: words that would leave it stand on the other side of their dot. */
  readonly width: number;
}

/** So many dots may carry words at once; on a small picture only resting ones, and few. */
const LABEL_LIMIT = 6;
const SMALL = 600;
const LABEL_LENGTH = 30;

/** Draws all dots of a frame. With `still`, a dot rests at both ends with its words instead of moving. */
export function paintDots(context: CanvasRenderingContext2D, dots: readonly Dot[], now: number, hopMs: number, view: { readonly transform: Transform; readonly style: DotStyle; readonly still: boolean; readonly labels: boolean }): void {
  const [tx, ty, zoom] = view.transform;
  const radius = Math.max(3.2, Math.min(6.5, 5.6 * zoom));
  const labelled = view.style.width < SMALL ? view.still && dots.length <= 2 : view.still || (view.labels && dots.length <= LABEL_LIMIT);
  const taken: Taken[] = [];
  for (const dot of dots) {
    const share = Math.min(1, (now - dot.begunAt) / hopMs);
    const eased = view.still ? (share < 0.5 ? 0 : 1) : ease(share);
    const at = along(dot.route.curve, dot.route.from + (dot.route.to - dot.route.from) * eased);
    const [x, y] = [at.x * zoom + tx, at.y * zoom + ty];
    sign(context, dot.shape, x, y, radius * (dot.count > 1 ? 1.25 : 1), view.style);
    if (labelled) words(context, dot.count > 1 ? `${dot.count}× ${brief(dot.label)}` : brief(dot.label), x, y, radius, view.style, taken);
    else if (dot.count > 1) words(context, `${dot.count}`, x, y, radius, view.style, taken);
  }
}

function brief(label: string): string {
  return label.length > LABEL_LENGTH ? `${label.slice(0, LABEL_LENGTH - 1)}…` : label;
}

/** Gathers way, then comes to rest. */
function ease(t: number): number {
  return t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t);
}

function sign(context: CanvasRenderingContext2D, shape: FlightShape, x: number, y: number, r: number, style: DotStyle): void {
  context.beginPath();
  if (shape === "write") context.roundRect(x - r, y - r, 2 * r, 2 * r, 2);
  else if (shape === "watch") {
    context.moveTo(x, y - r * 1.15);
    context.lineTo(x + r * 1.1, y + r * 0.85);
    context.lineTo(x - r * 1.1, y + r * 0.85);
    context.closePath();
  } else context.arc(x, y, r, 0, 2 * Math.PI);
  context.lineWidth = 3;
  context.strokeStyle = style.ground;
  context.stroke();
  context.fillStyle = style.colors[shape];
  context.fill();
}

interface Taken {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

function words(context: CanvasRenderingContext2D, text: string, x: number, y: number, r: number, style: DotStyle, taken: Taken[]): void {
  context.font = style.font;
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = style.ground;
  const width = context.measureText(text).width;
  // Away from the middle, where the API server stands, unless that leaves the picture; and never over other words.
  const outward = x < style.width / 2 - 4 ? x - r - 5 - width : x + r + 5;
  const left = outward < 4 ? x + r + 5 : outward + width > style.width ? x - r - 5 - width : outward;
  if (taken.some((one) => Math.abs(one.y - y) < 15 && left < one.right && one.left < left + width)) return;
  taken.push({ y, left, right: left + width });
  context.strokeText(text, left, y);
  context.fillStyle = style.ink;
  context.fillText(text, left, y);
}
