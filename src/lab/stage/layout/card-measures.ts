import type { PodSize, Viewport } from "./place.ts";

/** Measures of a node card for one density, in stage units. */
export interface CardMeasure {
  readonly size: PodSize;
  readonly width: number;
  readonly head: number;
  readonly foot: number;
  readonly inset: number;
  readonly gap: number;
  readonly podWidth: number;
  readonly podHeight: number;
  readonly podGap: number;
  readonly perRow: number;
  /** Rows kept free so that the picture doesn't jump while the first pods arrive. */
  readonly minRows: number;
  /** Below this scale its text can't be read any more and a denser card is better. */
  readonly minScale: number;
}

/** From the roomiest to the densest. */
export const CARDS: readonly CardMeasure[] = [
  { size: "tile", width: 228, head: 80, foot: 58, inset: 16, gap: 24, podWidth: 196, podHeight: 46, podGap: 8, perRow: 1, minRows: 3, minScale: 0.8 },
  { size: "row", width: 214, head: 76, foot: 54, inset: 12, gap: 18, podWidth: 190, podHeight: 28, podGap: 4, perRow: 1, minRows: 4, minScale: 0.8 },
  { size: "chip", width: 116, head: 46, foot: 8, inset: 8, gap: 10, podWidth: 22, podHeight: 22, podGap: 4, perRow: 4, minRows: 2, minScale: 0.82 },
  { size: "dot", width: 98, head: 31, foot: 5, inset: 7, gap: 7, podWidth: 14, podHeight: 14, podGap: 3, perRow: 5, minRows: 1, minScale: 0 },
];

/** A card measure with how many cards stand side by side. */
export interface Arrangement {
  readonly card: CardMeasure;
  readonly columns: number;
  readonly cardHeight: number;
  readonly scale: number;
}

/** The roomiest arrangement of `count` cards with at most `pods` pods each that can still be read. */
export function arrange(count: number, pods: number, viewport: Viewport, headroom: number, minWidth: number): Arrangement {
  let best: Arrangement | undefined;
  for (const card of CARDS) {
    const found = bestColumns(card, count, pods, viewport, headroom, minWidth);
    if (found.scale >= card.minScale) return found;
    if (best === undefined || found.scale / card.minScale > best.scale / (best.card.minScale || 0.01)) best = found;
  }
  return best ?? bestColumns(CARDS[0] as CardMeasure, count, pods, viewport, headroom, minWidth);
}

function bestColumns(card: CardMeasure, count: number, pods: number, viewport: Viewport, headroom: number, minWidth: number): Arrangement {
  const cardHeight = heightOf(card, pods);
  let best: Arrangement = { card, columns: 1, cardHeight, scale: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = Math.max(minWidth, columns * (card.width + card.gap) - card.gap);
    const height = headroom + rows * (cardHeight + card.gap);
    const scale = Math.min(viewport.width / (width + 40), viewport.height / (height + 24), 1.3);
    if (scale > best.scale + 0.001) best = { card, columns, cardHeight, scale };
  }
  return best;
}

/** Height of a card for so many pods. */
export function heightOf(card: CardMeasure, pods: number): number {
  const rows = Math.max(card.minRows, Math.ceil(pods / card.perRow));
  return card.head + rows * (card.podHeight + card.podGap) - card.podGap + card.inset / 2 + card.foot;
}
