/**
 * resource.Quantity: a fixed-point number with a remembered suffix style ("500m", "1536Mi", "12e6").
 * Source of the rules: k8s.io/apimachinery pkg/api/resource (quantity.go, amount.go, suffix.go).
 * Simplified: exponents of more than {@link MAX_EXPONENT} digits are refused, so that no text can make
 * an astronomically large number; upstream accepts them.
 */

/** The three ways a quantity is written: "12Mi", "12M", "12e6". */
export type QuantityFormat = "BinarySI" | "DecimalSI" | "DecimalExponent";

/**
 * A number as plain data: `mantissa × 10^exponent`, and the style it is written in.
 * `text` is set only where upstream keeps the text as it was typed instead of rewriting it.
 */
export interface Quantity {
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly format: QuantityFormat;
  readonly text?: string;
}

/** The largest power of ten that may be written as an exponent ("1e100"). */
export const MAX_EXPONENT = 100;

/** Zero in the default style. */
export const ZERO_QUANTITY: Quantity = { mantissa: 0n, exponent: 0, format: "DecimalSI" };

/** 10^n for n ≥ 0. */
export function tenTo(power: number): bigint {
  return 10n ** BigInt(power);
}

/** `mantissa × 10^exponent` moved to another power of ten, rounded away from zero where digits are lost. */
export function scaledMantissa(quantity: Quantity, exponent: number): bigint {
  if (quantity.exponent >= exponent) return quantity.mantissa * tenTo(quantity.exponent - exponent);
  const divisor = tenTo(exponent - quantity.exponent);
  const whole = quantity.mantissa / divisor;
  const rest = quantity.mantissa % divisor;
  if (rest === 0n) return whole;
  return rest > 0n ? whole + 1n : whole - 1n;
}

/** The integer value, rounded away from zero (Quantity.Value). */
export function integerValue(quantity: Quantity): bigint {
  return scaledMantissa(quantity, 0);
}

/** The value in billionths, the finest a quantity has: a common scale for exact arithmetic on several. */
export function nanoValue(quantity: Quantity): bigint {
  return scaledMantissa(quantity, -9);
}

/** A quantity of whole units. */
export function integerQuantity(value: number | bigint, format: QuantityFormat): Quantity {
  return { mantissa: BigInt(value), exponent: 0, format };
}

/** A quantity of thousandths. */
export function milliQuantity(millis: number | bigint, format: QuantityFormat): Quantity {
  return { mantissa: BigInt(millis), exponent: -3, format };
}
