import type { World } from "../bus/index.ts";

/** One planned input. `choose` looks at the world when the moment has come; undefined = nothing to do there and then. */
export interface Step<I> {
  /** Virtual ms since the start. */
  readonly at: number;
  readonly choose: (world: World) => I | undefined;
}

/** Steps that only make sense together (a fault and its end), the unit in which plans are shrunk. */
export interface Piece<I> {
  readonly label: string;
  readonly steps: readonly Step<I>[];
}

/** A world with a seed, and everything that is going to be done to it. */
export interface Plan<W, I> {
  readonly seed: number;
  readonly world: W;
  readonly pieces: readonly Piece<I>[];
}

/** A step whose input is known beforehand. */
export function fixed<I>(at: number, input: I): Step<I> {
  return { at, choose: () => input };
}

/** All steps of a plan in order of time; those of one moment in the order of the pieces. */
export function stepsOf<I>(pieces: readonly Piece<I>[]): Step<I>[] {
  const steps = pieces.flatMap((piece) => [...piece.steps]);
  return steps.map((step, index) => ({ step, index })).sort((a, b) => a.step.at - b.step.at || a.index - b.index).map(({ step }) => step);
}
