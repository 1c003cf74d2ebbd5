import { along, centerOf, straight, type Box, type Curve, type StageLayout } from "../layout/index.ts";

/** A drawn way from one component to another: the curve and the part of it that lies outside both. */
export interface Route {
  readonly curve: Curve;
  readonly from: number;
  readonly to: number;
}

const STEPS = 24;

/** Finds ways through a layout; each pair is worked out once. */
export function createRouter(layout: StageLayout): (from: string, to: string) => Route | null {
  const known = new Map<string, Route | null>();
  const curves = new Map<string, Curve>();
  for (const link of layout.links) {
    curves.set(`${link.from}|${link.to}`, link.curve);
    curves.set(`${link.to}|${link.from}`, [link.curve[3], link.curve[2], link.curve[1], link.curve[0]]);
  }
  return (from, to) => {
    const key = `${from}|${to}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const route = routeOf(layout, curves, from, to);
    known.set(key, route);
    return route;
  };
}

function routeOf(layout: StageLayout, curves: ReadonlyMap<string, Curve>, from: string, to: string): Route | null {
  const [a, b] = [placeOf(layout, from), placeOf(layout, to)];
  if (a === undefined || b === undefined || from === to) return null;
  const [nodeA, nodeB] = [machineOf(from), machineOf(to)];
  const within = nodeA !== "" && nodeA === nodeB;
  const curve = within ? straight(centerOf(a), centerOf(b)) : curves.get(`${nodeA || from}|${nodeB || to}`) ?? straight(edgeOf(layout, from, a), edgeOf(layout, to, b));
  return within ? { curve, from: 0, to: 1 } : { curve, ...outside(curve, layout.anchors.get(nodeA || from) ?? a, layout.anchors.get(nodeB || to) ?? b) };
}

/** A node's part is drawn from its card when the other end is elsewhere. */
function edgeOf(layout: StageLayout, id: string, box: Box) {
  const card = layout.anchors.get(machineOf(id));
  return card === undefined ? centerOf(box) : { x: card.x + card.width / 2, y: card.y };
}

function placeOf(layout: StageLayout, id: string): Box | undefined {
  return layout.anchors.get(id);
}

/** Id of the node a component runs on: "kubelet/node-1" → "node/node-1"; "" for the control plane. */
function machineOf(id: string): string {
  const cut = id.indexOf("/");
  return cut < 0 || id.startsWith("client/") ? "" : `node/${id.slice(cut + 1)}`;
}

/** The stretch of the curve after it leaves `a` and before it enters `b`. */
function outside(curve: Curve, a: Box, b: Box): { from: number; to: number } {
  let from = 0;
  let to = 1;
  while (from < 0.5 && inside(a, along(curve, from))) from += 1 / STEPS;
  while (to > 0.5 && inside(b, along(curve, to))) to -= 1 / STEPS;
  return { from, to };
}

function inside(box: Box, at: { readonly x: number; readonly y: number }): boolean {
  return at.x >= box.x - 4 && at.x <= box.x + box.width + 4 && at.y >= box.y - 4 && at.y <= box.y + box.height + 4;
}
