import type { FlightShape } from "../../../protocol/index.ts";
import { along, type Box } from "../layout/index.ts";
import type { Dot } from "./dot-pool.ts";
import { placeWords, type WordPlace } from "./word-room.ts";

/** How the picture is moved and scaled: React Flow's transform. */
export type Transform = readonly [x: number, y: number, zoom: number];

/** Colours and type for dots, read from the tokens once per theme. */
export interface DotStyle {
  readonly colors: Readonly<Record<FlightShape, string>>;
  readonly ink: string;
  readonly ground: string;
  readonly font: string;
}

/** So many dots may carry words at once; on a small picture only resting ones, and few. */
const LABEL_LIMIT = 6;
const SMALL = 600;
const LABEL_LENGTH = 30;

/** How a frame is drawn. */
interface View {
  readonly transform: Transform;
  readonly style: DotStyle;
  readonly still: boolean;
  readonly labels: boolean;
  /** Width of the canvas, CSS pixels: words don't leave it. */
  readonly width: number;
  /** What words must not stand on, in stage units. */
  readonly obstacles: readonly Box[];
}

/** Draws all dots of a frame. With `still`, a dot rests at both ends with its words instead of moving. */
export function paintDots(context: CanvasRenderingContext2D, dots: readonly Dot[], now: number, hopMs: number, view: View): void {
  const [tx, ty, zoom] = view.transform;
  const radius = Math.max(3.2, Math.min(6.5, 5.6 * zoom));
  const labelled = view.width < SMALL ? view.still && dots.length <= 2 : view.still || (view.labels && dots.length <= LABEL_LIMIT);
  const taken: WordPlace[] = [];
  for (const dot of dots) {
    const share = Math.min(1, (now - dot.begunAt) / hopMs);
    const eased = view.still ? (share < 0.5 ? 0 : 1) : ease(share);
    const at = along(dot.route.curve, dot.route.from + (dot.route.to - dot.route.from) * eased);
    const [x, y] = [at.x * zoom + tx, at.y * zoom + ty];
    sign(context, dot.shape, x, y, radius * (dot.count > 1 ? 1.25 : 1), view.style);
    if (labelled) words(context, dot.count > 1 ? `${dot.count}× ${brief(dot.label)}` : brief(dot.label), { x, y, gap: radius + 5 }, view, taken);
    else if (dot.count > 1) words(context, `${dot.count}`, { x, y, gap: radius + 5 }, view, taken);
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

function words(context: CanvasRenderingContext2D, text: string, at: { readonly x: number; readonly y: number; readonly gap: number }, view: View, taken: WordPlace[]): void {
  const { style, transform, obstacles, width } = view;
  context.font = style.font;
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = style.ground;
  const place = placeWords(at.x, at.y, at.gap, context.measureText(text).width, { obstacles, transform, taken, width });
  if (place === undefined) return;
  taken.push(place);
  context.strokeText(text, place.left, place.y);
  context.fillStyle = style.ink;
  context.fillText(text, place.left, place.y);
}
