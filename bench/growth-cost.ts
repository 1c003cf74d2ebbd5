/** Ratios of CPU time that hold on a machine with other work to do. */
import { runInNewContext } from "node:vm";
import { setFlagsFromString } from "node:v8";

/** How often each size is measured. */
const ROUNDS = 4;

/**
 * Cost of the large case over the small one. Both are warmed up, then measured in turn; each is taken at its least
 * disturbed, as other work on the machine can only add to it.
 */
export function costRatio(large: () => number, small: () => number, rounds = ROUNDS): number {
  small();
  large();
  let most = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    collectGarbage();
    least = Math.min(least, small());
    collectGarbage();
    most = Math.min(most, large());
  }
  return most / least;
}

let collect: (() => void) | undefined;

/** Collects all garbage now: what earlier work left behind is not to be paid for by later work. */
export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}

/** Bytes of heap in use while what `make` returns is alive. The last one made may stay in use until another is made: subtract that of a small one. */
export function heapWith(make: () => unknown): number {
  const kept = make();
  collectGarbage();
  return kept === undefined ? Number.NaN : process.memoryUsage().heapUsed;
}
