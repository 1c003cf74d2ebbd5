/**
 * Array indices as the API server's JSON patch reads them.
 * Source: gopkg.in/evanphx/json-patch.v4 patch.go (partialArray), with SupportNegativeIndices on, its default.
 */

/** An index, or the message why it isn't one. */
export type ArrayIndex = { readonly ok: true; readonly index: number } | { readonly ok: false; readonly message: string };

/** Go's `strconv.Atoi`, with its wording. */
export function parseGoInteger(text: string): ArrayIndex {
  if (!/^[+-]?[0-9]+$/.test(text)) return { ok: false, message: `strconv.Atoi: parsing ${goQuote(text)}: invalid syntax` };
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  const inRange = value >= -(2n ** 63n) && value < 2n ** 63n;
  return inRange ? { ok: true, index: Number(value) } : { ok: false, message: `strconv.Atoi: parsing ${goQuote(text)}: value out of range` };
}

/** Go's `%q` for the plain texts that occur here. */
export function goQuote(text: string): string {
  return JSON.stringify(text);
}

/** Index of an existing element in a list of `length`; negative counts from the end. */
export function existingIndex(key: string, length: number): ArrayIndex {
  return boundedIndex(key, length, length - 1);
}

/** Index at which an element may be inserted in a list of `length`: up to its length. */
export function insertionIndex(key: string, length: number): ArrayIndex {
  return boundedIndex(key, length + 1, length);
}

function boundedIndex(key: string, span: number, largest: number): ArrayIndex {
  const parsed = parseGoInteger(key);
  if (!parsed.ok) return parsed;
  if (parsed.index > largest || parsed.index < -span) {
    return { ok: false, message: `Unable to access invalid index: ${String(parsed.index)}: invalid index referenced` };
  }
  return parsed.index < 0 ? { ok: true, index: parsed.index + span } : parsed;
}
