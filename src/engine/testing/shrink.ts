/**
 * Makes a failing list smaller: drops ever smaller runs of items as long as the rest still fails, in the manner of
 * delta debugging (Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, 2002).
 * `fails` is asked at most `budget` times; the result always fails.
 */
export function shrink<T>(items: readonly T[], fails: (rest: readonly T[]) => boolean, budget = 200): readonly T[] {
  let kept = items;
  let left = budget;
  for (let size = Math.ceil(items.length / 2); size >= 1 && left > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = kept.length - size; at > -size && left > 0; at -= size) {
      const rest = kept.filter((_, index) => index < at || index >= at + size);
      if (rest.length === kept.length) continue;
      left--;
      if (fails(rest)) kept = rest;
    }
  }
  return kept;
}
