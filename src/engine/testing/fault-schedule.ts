/** Draws a schedule of faults: which, when, for how long. What a fault is stays the product's business. */
import type { Dice } from "./dice.ts";
import type { Piece } from "./plan.ts";

/** A kind of fault. `make` draws one that begins at `fromMs` and has ended by `untilMs`; undefined = not possible here. */
export interface FaultKind<I> {
  readonly name: string;
  /** How likely beside the others. */
  readonly weight: number;
  /** How long it lasts: at least and at most, ms. */
  readonly leastMs: number;
  readonly mostMs: number;
  make(dice: Dice, fromMs: number, untilMs: number): Piece<I> | undefined;
}

/** When faults may happen. `moments` are times at which something interesting begins: half of the faults fall just after one. */
export interface FaultWindow {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly moments: readonly number[];
}

/** How soon after a moment a fault counts as in the middle of it, ms. */
const JUST_AFTER_MS = 400;

/** Draws `count` faults; each has ended when the window closes. */
export function scheduleFaults<I>(dice: Dice, kinds: readonly FaultKind<I>[], window: FaultWindow, count: number): Piece<I>[] {
  const pieces: Piece<I>[] = [];
  for (let index = 0; index < count && kinds.length > 0; index++) {
    const kind = dice.pickWeighted(kinds);
    const fromMs = beginning(dice, window);
    const untilMs = Math.min(window.untilMs, fromMs + dice.between(kind.leastMs, kind.mostMs));
    const piece = kind.make(dice, fromMs, untilMs);
    if (piece !== undefined) pieces.push(piece);
  }
  return pieces;
}

function beginning(dice: Dice, window: FaultWindow): number {
  const moments = window.moments.filter((at) => at >= window.fromMs && at + JUST_AFTER_MS < window.untilMs);
  if (moments.length > 0 && dice.chance(0.5)) return dice.pick(moments) + dice.between(0, JUST_AFTER_MS);
  return dice.between(window.fromMs, window.untilMs - 1);
}
