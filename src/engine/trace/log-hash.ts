/** A running 64-bit hash of the event log, as two 32-bit lanes (FNV-1a with different primes). */
export interface LogHash {
  low: number;
  high: number;
}

/** The hash of an empty log. */
export function createHash(): LogHash {
  return { low: 0x811c9dc5 | 0, high: 0xcbf29ce4 | 0 };
}

/** Folds a number in: all 64 bits of an integer up to 2^53 count. */
export function mixNumber(hash: LogHash, value: number): void {
  const low = value | 0;
  const high = Math.floor(value / 4294967296) | 0;
  hash.low = Math.imul(hash.low ^ low, 0x01000193);
  hash.high = Math.imul(hash.high ^ low ^ (hash.low >>> 15), 0x85ebca6b);
  if (high !== 0) hash.low = Math.imul(hash.low ^ high, 0x01000193);
}

/** Folds a text in, by UTF-16 code units. */
export function mixText(hash: LogHash, text: string): void {
  let low = hash.low;
  for (let index = 0; index < text.length; index++) low = Math.imul(low ^ text.charCodeAt(index), 0x01000193);
  hash.low = low;
  hash.high = Math.imul(hash.high ^ low ^ (text.length << 3), 0x85ebca6b);
}

/** Sixteen hexadecimal digits. */
export function hashText(hash: LogHash): string {
  return (hash.high >>> 0).toString(16).padStart(8, "0") + (hash.low >>> 0).toString(16).padStart(8, "0");
}
