/** Where things stand, in the stage's own units (1 = one CSS pixel at zoom 1). Pure data. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** How much room a pod has: a tile with two lines, one line, a sign, or a mere dot. */
export type PodSize = "tile" | "row" | "chip" | "dot";

export type PlaceKind = "sun" | "component" | "you" | "machine" | "pod" | "queue" | "more" | "workload" | "service" | "client" | "heading";

/** A thing at its place. `size` tells how much of itself it shows. */
export interface Place {
  readonly id: string;
  readonly kind: PlaceKind;
  readonly box: Box;
  readonly size: PodSize;
}

/** A line between two things, as a cubic curve. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly curve: Curve;
  readonly look: "watch" | "owner" | "endpoint" | "no-endpoint" | "calls" | "queue";
}

/** Start, two control points, end. */
export type Curve = readonly [Point, Point, Point, Point];

/** A whole picture. */
export interface StageLayout {
  readonly bounds: Box;
  readonly places: ReadonlyMap<string, Place>;
  readonly links: readonly Link[];
  /** Ellipses drawn behind everything. */
  readonly orbits: readonly { readonly center: Point; readonly rx: number; readonly ry: number; readonly inner: boolean }[];
  /** Where messages from or to a component begin or end, by its name on the bus. */
  readonly anchors: ReadonlyMap<string, Box>;
}

/** Size of the window the picture is for, in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export const centerOf = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

export const straight = (a: Point, b: Point): Curve => [a, { x: a.x + (b.x - a.x) / 3, y: a.y + (b.y - a.y) / 3 }, { x: a.x + ((b.x - a.x) * 2) / 3, y: a.y + ((b.y - a.y) * 2) / 3 }, b];

/** A curve that leaves downwards and arrives from above. */
export const falling = (a: Point, b: Point): Curve => [a, { x: a.x, y: a.y + (b.y - a.y) * 0.6 }, { x: b.x, y: a.y + (b.y - a.y) * 0.4 }, b];

/** A curve that leaves to the right and arrives from the left. */
export const sideways = (a: Point, b: Point): Curve => [a, { x: a.x + (b.x - a.x) * 0.5, y: a.y }, { x: a.x + (b.x - a.x) * 0.5, y: b.y }, b];

export const pathText = ([a, b, c, d]: Curve): string => `M${a.x} ${a.y} C ${b.x} ${b.y}, ${c.x} ${c.y}, ${d.x} ${d.y}`;

/** A point of the curve; `t` from 0 to 1. */
export function along([a, b, c, d]: Curve, t: number): Point {
  const u = 1 - t;
  const [w0, w1, w2, w3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: a.x * w0 + b.x * w1 + c.x * w2 + d.x * w3, y: a.y * w0 + b.y * w1 + c.y * w2 + d.y * w3 };
}

/** The smallest box around boxes, with a margin. */
export function around(boxes: Iterable<Box>, margin: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  if (left > right) return { x: 0, y: 0, width: 400, height: 300 };
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}
