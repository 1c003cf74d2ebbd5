import { blockHeight, blockWidth, placeBlock, podBlock, type PodBlock } from "./pod-block.ts";
import { around, sideways, type Link, type Place, type StageLayout, type Viewport } from "./place.ts";

/** Who made what: workloads with their owner, pods with theirs. Owners that aren't listed count as none. */
export interface OwnershipInput {
  readonly workloads: readonly { readonly id: string; readonly owner: string }[];
  readonly pods: readonly { readonly id: string; readonly owner: string }[];
  readonly viewport: Viewport;
}

/** Heading above the pods that nobody owns. */
export const LOOSE = "loose-pods";

const BOX_HEIGHT = 72;
const BETWEEN = 18;

interface Growing {
  readonly places: Map<string, Place>;
  readonly links: Link[];
  readonly block: PodBlock;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly pods: ReadonlyMap<string, readonly string[]>;
  readonly boxWidth: number;
  readonly step: number;
  readonly leafX: number;
}

/** A tidy tree from left to right: makers left, what they made to the right, each maker at the middle of its own. */
export function layoutOwnership(input: OwnershipInput): StageLayout {
  const known = new Set(input.workloads.map((one) => one.id));
  const ownerOf = (owner: string): string => (known.has(owner) ? owner : "");
  const children = group(input.workloads, ownerOf);
  const pods = group(input.pods, ownerOf);
  const depth = depthOf("", children);
  const narrow = input.viewport.width < 560;
  const boxWidth = narrow ? 116 : 200;
  const step = boxWidth + (narrow ? 22 : 64);
  const growing: Growing = {
    places: new Map(), links: [], children, pods, boxWidth, step, leafX: depth * step,
    block: podBlock(input.pods.length, input.workloads.length, input.viewport),
  };
  let y = 0;
  for (const root of children.get("") ?? []) y = grow(growing, root, 0, y) + BETWEEN;
  placeLoose(growing, y);
  const { places, links } = growing;
  return { bounds: around([...places.values()].map((place) => place.box), 12), places, links, orbits: [], anchors: new Map([...places].map(([id, place]) => [id, place.box])) };
}

/** Places a workload and all below it from `top` down; returns the lower edge. */
function grow(growing: Growing, id: string, level: number, top: number): number {
  const { places, links, block, boxWidth, step } = growing;
  const children = growing.children.get(id) ?? [];
  const pods = growing.pods.get(id) ?? [];
  let bottom = top;
  for (const child of children) bottom = grow(growing, child, level + 1, bottom) + BETWEEN;
  if (children.length > 0) bottom -= BETWEEN;
  if (pods.length > 0) {
    if (children.length > 0) bottom += BETWEEN;
    const height = blockHeight(block, pods.length);
    placeBlock(block, pods, { x: growing.leafX, y: bottom + Math.max(0, (BOX_HEIGHT - height) / 2) }, places);
    bottom += Math.max(height, BOX_HEIGHT);
  }
  bottom = Math.max(bottom, top + BOX_HEIGHT);
  const y = (top + bottom) / 2 - BOX_HEIGHT / 2;
  places.set(id, { id, kind: "workload", box: { x: level * step, y, width: boxWidth, height: BOX_HEIGHT }, size: growing.boxWidth < 150 ? "row" : "tile" });
  linkBelow(links, places, id, children, pods, block);
  return bottom;
}

/** One line to each child; to a block of many pods one line for all. */
function linkBelow(links: Link[], places: ReadonlyMap<string, Place>, id: string, children: readonly string[], pods: readonly string[], block: PodBlock): void {
  const from = places.get(id)?.box;
  if (from === undefined) return;
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const single = block.size === "tile" || block.size === "row" ? pods : pods.slice(0, 1);
  for (const child of [...children, ...single]) {
    const to = places.get(child)?.box;
    if (to === undefined) continue;
    const middle = single === pods || children.includes(child) ? to.y + to.height / 2 : to.y + blockHeight(block, pods.length) / 2;
    links.push({ id: `own/${child}`, from: id, to: child, curve: sideways(start, { x: to.x, y: middle }), look: "owner" });
  }
}

function placeLoose({ places, pods, block }: Growing, top: number): void {
  const loose = pods.get("") ?? [];
  if (loose.length === 0) return;
  places.set(LOOSE, { id: LOOSE, kind: "heading", box: { x: 0, y: top, width: Math.max(160, blockWidth(block, loose.length)), height: 22 }, size: "row" });
  placeBlock(block, loose, { x: 0, y: top + 28 }, places);
}

function depthOf(id: string, children: ReadonlyMap<string, readonly string[]>, seen: ReadonlySet<string> = new Set()): number {
  if (seen.has(id)) return 0;
  const below = children.get(id) ?? [];
  return below.reduce((max, child) => Math.max(max, 1 + depthOf(child, children, new Set([...seen, id]))), 0);
}

function group(items: readonly { readonly id: string; readonly owner: string }[], ownerOf: (owner: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const owner = ownerOf(item.owner);
    const list = groups.get(owner);
    if (list === undefined) groups.set(owner, [item.id]);
    else list.push(item.id);
  }
  return groups;
}
