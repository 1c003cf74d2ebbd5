import type { Box, StageLayout } from "../layout/index.ts";

/** Names of nodes stand in this much of the top of their cards, stage units. */
const CARD_HEAD = 40;
const LINE = 15;

/** What words beside a dot must leave readable, in stage units: parts, pods, and the heads of cards. */
export function obstaclesOf(layout: StageLayout): readonly Box[] {
  const boxes: Box[] = [];
  for (const { box, kind } of layout.places.values()) boxes.push(kind === "machine" ? { ...box, height: Math.min(box.height, CARD_HEAD) } : box);
  for (const [id, box] of layout.anchors) if (box.width > 0 && !layout.places.has(id)) boxes.push(box);
  return boxes;
}

/** A stretch of the canvas, CSS pixels: `y` is the middle of a line of words. */
export interface WordPlace {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

interface Room {
  readonly obstacles: readonly Box[];
  readonly transform: readonly [x: number, y: number, zoom: number];
  readonly taken: readonly WordPlace[];
  readonly width: number;
}

/** Where words of this width can stand by a dot at (x, y): beside it, away from the middle first, else above or below; undefined = nowhere. */
export function placeWords(x: number, y: number, gap: number, width: number, room: Room): WordPlace | undefined {
  const [before, after] = [x - gap - width, x + gap];
  const lefts = x < room.width / 2 - 4 ? [before, after] : [after, before];
  const beside = lefts.map((left) => ({ y, left, right: left + width }));
  const stacked = [y - LINE - 2, y + LINE + 2].map((line) => ({ y: line, left: x - width / 2, right: x + width / 2 }));
  return [...beside, ...stacked].find((place) => place.left >= 4 && place.right <= room.width - 4 && place.y > LINE / 2 && isFree(place, room));
}

function isFree(place: WordPlace, { obstacles, transform: [tx, ty, zoom], taken }: Room): boolean {
  if (taken.some((one) => Math.abs(one.y - place.y) < LINE && place.left < one.right && one.left < place.right)) return false;
  return !obstacles.some((box) => {
    const [left, top] = [box.x * zoom + tx, box.y * zoom + ty];
    return place.left < left + box.width * zoom && left < place.right && place.y + LINE / 2 > top && place.y - LINE / 2 < top + box.height * zoom;
  });
}
