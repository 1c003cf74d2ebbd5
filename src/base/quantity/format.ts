/** Canonical text of quantities. Source: apimachinery pkg/api/resource/quantity.go, CanonicalizeBytes. */
import { parseQuantity } from "./parse.ts";
import { tenTo, type Quantity, type QuantityFormat } from "./quantity.ts";

const BINARY_SUFFIXES = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL_SUFFIXES: ReadonlyMap<number, string> = new Map([
  [-9, "n"], [-6, "u"], [-3, "m"], [0, ""], [3, "k"], [6, "M"], [9, "G"], [12, "T"], [15, "P"], [18, "E"],
]);

function decimalText(quantity: Quantity, format: QuantityFormat): string {
  let mantissa = quantity.mantissa;
  let exponent = quantity.exponent;
  while (mantissa % 10n === 0n) {
    mantissa /= 10n;
    exponent++;
  }
  while (exponent % 3 !== 0) {
    mantissa *= 10n;
    exponent--;
  }
  if (format === "DecimalExponent") return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  return `${mantissa}${DECIMAL_SUFFIXES.get(exponent) ?? ""}`;
}

function binaryText(whole: bigint): string {
  let mantissa = whole;
  let power = 0;
  while (mantissa % 1024n === 0n && power < BINARY_SUFFIXES.length - 1) {
    mantissa /= 1024n;
    power++;
  }
  return `${mantissa}${BINARY_SUFFIXES[power] ?? ""}`;
}

/** The whole number a quantity stands for, or undefined when it has a fraction. */
function exactInteger(quantity: Quantity): bigint | undefined {
  if (quantity.exponent >= 0) return quantity.mantissa * tenTo(quantity.exponent);
  const one = tenTo(-quantity.exponent);
  return quantity.mantissa % one === 0n ? quantity.mantissa / one : undefined;
}

/**
 * The canonical text: no fraction, the largest suffix that loses nothing ("1.5" is "1500m", "1.5Gi" is "1536Mi").
 * A binary style falls back to decimal for fractions and for magnitudes under 1024.
 */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text;
  if (quantity.mantissa === 0n) return "0";
  if (quantity.format !== "BinarySI") return decimalText(quantity, quantity.format);
  const whole = exactInteger(quantity);
  if (whole === undefined || (whole > -1024n && whole < 1024n)) return decimalText(quantity, "DecimalSI");
  return binaryText(whole);
}

/** The canonical form of a quantity's text, or undefined when the text is no quantity. */
export function canonicalQuantity(text: string | number): string | undefined {
  const quantity = parseQuantity(text);
  return quantity === undefined ? undefined : formatQuantity(quantity);
}
