/**
 * Quantities as plain numbers, for hot paths. The texts in a cluster repeat ("100m", "128Mi"), so each is read once.
 * The tables only remember pure results and are emptied when they grow large: they never change an answer.
 */
import { parseQuantity } from "./parse.ts";
import { scaledMantissa } from "./quantity.ts";

const REMEMBERED = 8192;
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

function toNumber(value: bigint): number {
  if (value > LARGEST) return Number.MAX_SAFE_INTEGER;
  return value < -LARGEST ? -Number.MAX_SAFE_INTEGER : Number(value);
}

function read(text: string, exponent: number): number {
  const quantity = parseQuantity(text);
  return quantity === undefined ? 0 : toNumber(scaledMantissa(quantity, exponent));
}

function remembering(exponent: number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const value = read(text, exponent);
    known.set(text, value);
    return value;
  };
}

const millis = remembering(-3);
const units = remembering(0);

/** Thousandths of a unit ("1.5" is 1500), rounded up: CPU in millicores. Absent or unreadable is 0. */
export function milliValue(quantity: string | number | undefined): number {
  if (quantity === undefined) return 0;
  if (typeof quantity === "number") return Number.isSafeInteger(quantity) ? quantity * 1000 : millis(String(quantity));
  return millis(quantity);
}

/** Whole units ("1Ki" is 1024), rounded up: bytes, counts. Absent or unreadable is 0; capped at 2^53 − 1. */
export function byteValue(quantity: string | number | undefined): number {
  if (quantity === undefined) return 0;
  if (typeof quantity === "number") return Number.isSafeInteger(quantity) ? quantity : units(String(quantity));
  return units(quantity);
}
