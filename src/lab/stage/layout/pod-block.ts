import type { Place, Point, PodSize, Viewport } from "./place.ts";

/** How the pods of one owner are packed: a column of tiles, or a block of signs when there are many. */
export interface PodBlock {
  readonly size: PodSize;
  readonly podWidth: number;
  readonly podHeight: number;
  readonly gap: number;
  readonly perRow: number;
}

const TILE: PodBlock = { size: "tile", podWidth: 196, podHeight: 46, gap: 8, perRow: 1 };
const ROW: PodBlock = { size: "row", podWidth: 196, podHeight: 28, gap: 5, perRow: 1 };
const CHIP: PodBlock = { size: "chip", podWidth: 22, podHeight: 22, gap: 4, perRow: 8 };
const DOT: PodBlock = { size: "dot", podWidth: 14, podHeight: 14, gap: 3, perRow: 20 };

/** The roomiest packing for so many pods altogether in a picture of this height. */
export function podBlock(pods: number, groups: number, viewport: Viewport): PodBlock {
  const room = viewport.height / 0.8 - groups * 18;
  if (pods * (TILE.podHeight + TILE.gap) < room) return TILE;
  if (pods * (ROW.podHeight + ROW.gap) < room) return ROW;
  return pods <= 240 ? CHIP : DOT;
}

export function blockHeight(block: PodBlock, pods: number): number {
  return Math.ceil(pods / block.perRow) * (block.podHeight + block.gap) - (pods > 0 ? block.gap : 0);
}

export function blockWidth(block: PodBlock, pods: number): number {
  return Math.min(block.perRow, Math.max(1, pods)) * (block.podWidth + block.gap) - block.gap;
}

/** Puts the pods of a block at their places. */
export function placeBlock(block: PodBlock, pods: readonly string[], origin: Point, places: Map<string, Place>): void {
  for (const [i, id] of pods.entries()) {
    const x = origin.x + (i % block.perRow) * (block.podWidth + block.gap);
    const y = origin.y + Math.floor(i / block.perRow) * (block.podHeight + block.gap);
    places.set(id, { id, kind: "pod", box: { x, y, width: block.podWidth, height: block.podHeight }, size: block.size });
  }
}
