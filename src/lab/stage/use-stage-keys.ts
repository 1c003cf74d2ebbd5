import { useCallback, type KeyboardEvent } from "react";
import { centerOf, type Box, type StageLayout } from "./layout/index.ts";

type Way = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";
const WAYS: Readonly<Record<Way, readonly [x: number, y: number]>> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const UNREACHABLE = new Set(["queue", "more", "heading", "you"]);

/** Arrow keys move from thing to thing by where they stand. */
export function useStageKeys(layout: StageLayout): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    const way = WAYS[event.key as Way];
    const from = (event.target as HTMLElement).dataset["thing"];
    if (way === undefined || from === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = nearest(layout, from, way);
    if (next !== undefined) event.currentTarget.querySelector<HTMLElement>(`[data-thing="${CSS.escape(next)}"]`)?.focus({ preventScroll: true });
  }, [layout]);
}

/** The nearest thing in a direction: distance along it, and twice the distance aside. */
export function nearest(layout: StageLayout, from: string, [wx, wy]: readonly [number, number]): string | undefined {
  const start = layout.places.get(from);
  if (start === undefined) return undefined;
  const here = headOf(start.kind, start.box);
  let best: { id: string; cost: number } | undefined;
  for (const place of layout.places.values()) {
    if (place.id === from || UNREACHABLE.has(place.kind)) continue;
    const there = headOf(place.kind, place.box);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const ahead = dx * wx + dy * wy;
    const aside = Math.abs(dx * wy) + Math.abs(dy * wx);
    if (ahead <= 1 || aside > ahead * 3 + 40) continue;
    const cost = ahead + aside * 2;
    if (best === undefined || cost < best.cost) best = { id: place.id, cost };
  }
  return best?.id;
}

/** A node card is reached by its head; its pods stand below. */
function headOf(kind: string, box: Box) {
  return kind === "machine" ? { x: box.x + box.width / 2, y: box.y + 12 } : centerOf(box);
}
