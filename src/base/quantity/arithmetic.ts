/** Arithmetic on quantities. Source: apimachinery pkg/api/resource/quantity.go, Add, Sub, Mul, Cmp. */
import { formatQuantity } from "./format.ts";
import { parseQuantity } from "./parse.ts";
import { scaledMantissa, ZERO_QUANTITY, type Quantity } from "./quantity.ts";
import { milliValue } from "./values.ts";

/** The sum. The style is the first one's, unless that is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const exponent = Math.min(a.exponent, b.exponent);
  const format = a.mantissa === 0n ? b.format : a.format;
  return { mantissa: scaledMantissa(a, exponent) + scaledMantissa(b, exponent), exponent, format };
}

/** The same number with its sign turned. */
export function negateQuantity(quantity: Quantity): Quantity {
  return { mantissa: -quantity.mantissa, exponent: quantity.exponent, format: quantity.format };
}

/** The difference `a − b`, in the style of `a` unless that is zero. */
export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return addQuantities(a, negateQuantity(b));
}

/** The quantity times a whole number. */
export function multiplyQuantity(quantity: Quantity, factor: number): Quantity {
  return { mantissa: quantity.mantissa * BigInt(factor), exponent: quantity.exponent, format: quantity.format };
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = scaledMantissa(a, exponent);
  const right = scaledMantissa(b, exponent);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The sum of texts as canonical text; text that is no quantity counts as zero. */
export function sumQuantities(texts: Iterable<string | number>): string {
  let total = ZERO_QUANTITY;
  for (const text of texts) total = addQuantities(total, parseQuantity(text) ?? ZERO_QUANTITY);
  return formatQuantity(total);
}

/** Compares two texts; text that is no quantity counts as zero. Usually decided by the remembered millis, exactly otherwise. */
export function compareQuantityTexts(a: string | number, b: string | number): -1 | 0 | 1 {
  if (a === b) return 0;
  const left = milliValue(a);
  const right = milliValue(b);
  if (left !== right) return left < right ? -1 : 1;
  return compareQuantities(parseQuantity(a) ?? ZERO_QUANTITY, parseQuantity(b) ?? ZERO_QUANTITY);
}
