/** "Did you mean": the nearest known words to one that isn't known. */
import { compareCodePoints } from "../json/index.ts";

/**
 * Edit distance in which a swap of neighbours counts one (optimal string alignment), or `limit + 1` when it is larger.
 * Work is at most the product of the lengths.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const distance = cell(a, b, i, j, row, last, beforeLast);
      row.push(distance);
      if (distance < smallest) smallest = distance;
    }
    if (smallest > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

function cell(a: string, b: string, i: number, j: number, row: readonly number[], last: readonly number[], beforeLast: readonly number[]): number {
  const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
  const edited = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
  const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
  return swapped ? Math.min(edited, (beforeLast[j - 2] ?? 0) + 1) : edited;
}

/**
 * The known words nearest to `word`, best first; none when nothing is near. Case doesn't count as a difference,
 * and a word that begins with `word` is near. The tolerance grows with the length: 1 up to 4 letters, 2 up to 8, then 3.
 */
export function suggest(word: string, known: Iterable<string>, most = 3): readonly string[] {
  const wanted = word.toLowerCase();
  const tolerance = wanted.length <= 4 ? 1 : wanted.length <= 8 ? 2 : 3;
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of known) {
    const text = candidate.toLowerCase();
    const isPrefix = wanted.length >= 3 && text.startsWith(wanted);
    const distance = isPrefix ? 1 : editDistance(wanted, text, tolerance);
    if (distance <= tolerance) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || compareCodePoints(a.candidate, b.candidate));
  return near.slice(0, most).map((entry) => entry.candidate);
}

/** `did you mean "a"?`, `did you mean "a" or "b"?`, or undefined when nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const quoted = suggest(word, known).map((candidate) => `"${candidate}"`);
  const last = quoted.pop();
  if (last === undefined) return undefined;
  return quoted.length === 0 ? `did you mean ${last}?` : `did you mean ${quoted.join(", ")} or ${last}?`;
}
