/** Reading quantities. Source: apimachinery pkg/api/resource/quantity.go, ParseQuantity. */
import { extended } from "../plain/index.ts";
import { MAX_EXPONENT, tenTo, ZERO_QUANTITY, type Quantity, type QuantityFormat } from "./quantity.ts";

/** The API server's words for text that is no quantity. */
export const FORMAT_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_ERROR = "unable to parse quantity's suffix";

/** Either the number, or upstream's reason why the text is none. */
export type QuantityResult = { readonly quantity: Quantity } | { readonly error: string };

interface Parts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string | undefined;
  readonly suffix: string;
}

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

const SUFFIXES: ReadonlyMap<string, Suffix> = new Map<string, Suffix>([
  ["n", { base: 10, exponent: -9, format: "DecimalSI" }],
  ["u", { base: 10, exponent: -6, format: "DecimalSI" }],
  ["m", { base: 10, exponent: -3, format: "DecimalSI" }],
  ["", { base: 10, exponent: 0, format: "DecimalSI" }],
  ["k", { base: 10, exponent: 3, format: "DecimalSI" }],
  ["M", { base: 10, exponent: 6, format: "DecimalSI" }],
  ["G", { base: 10, exponent: 9, format: "DecimalSI" }],
  ["T", { base: 10, exponent: 12, format: "DecimalSI" }],
  ["P", { base: 10, exponent: 15, format: "DecimalSI" }],
  ["E", { base: 10, exponent: 18, format: "DecimalSI" }],
  ["Ki", { base: 2, exponent: 10, format: "BinarySI" }],
  ["Mi", { base: 2, exponent: 20, format: "BinarySI" }],
  ["Gi", { base: 2, exponent: 30, format: "BinarySI" }],
  ["Ti", { base: 2, exponent: 40, format: "BinarySI" }],
  ["Pi", { base: 2, exponent: 50, format: "BinarySI" }],
  ["Ei", { base: 2, exponent: 60, format: "BinarySI" }],
]);

const NANO = -9;
const LARGEST_BINARY = (1n << 63n) - 1n;
/** How many decimal digits surely fit 64 bits: beyond them upstream leaves its fast path. */
const INT64_DIGITS = 18;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && isDigit(text.charCodeAt(at))) at++;
  return at;
}

function splitQuantity(text: string): Parts | undefined {
  const negative = text.startsWith("-");
  let at = negative || text.startsWith("+") ? 1 : 0;
  while (text[at] === "0") at++;
  const wholeEnd = skipDigits(text, at);
  const whole = wholeEnd === at ? "0" : text.slice(at, wholeEnd);
  let fraction: string | undefined;
  at = wholeEnd;
  if (text[at] === ".") {
    const end = skipDigits(text, at + 1);
    fraction = text.slice(at + 1, end);
    at = end;
  }
  const suffix = text.slice(at);
  return /^[eEinumkKMGTP]*[-+]?[0-9]*$/.test(suffix) ? { negative, whole, fraction, suffix } : undefined;
}

function readSuffix(suffix: string): Suffix | undefined {
  const known = SUFFIXES.get(suffix);
  if (known !== undefined) return known;
  if (!/^[eE][-+]?[0-9]+$/.test(suffix)) return undefined;
  const exponent = Number(suffix.slice(1));
  if (!Number.isSafeInteger(exponent) || Math.abs(exponent) > MAX_EXPONENT) return undefined;
  return { base: 10, exponent, format: "DecimalExponent" };
}

/** True where upstream takes the text for canonical without looking closer. */
function keepsText(digits: string, suffix: Suffix, exponent: number, hasFraction: boolean): boolean {
  if (suffix.format === "BinarySI") {
    const room = 15 - digits.length - Math.trunc((suffix.exponent * 3) / 10) - 1;
    return !hasFraction && room >= 0 && (Number(digits) & 7) !== 0;
  }
  if (digits.length > INT64_DIGITS || exponent < NANO) return false;
  return exponent % 3 === 0 && !digits.endsWith("000") && !digits.startsWith("0");
}

/** Too small is rounded up to a billionth, too large for a binary suffix is capped. */
function bounded(magnitude: bigint, exponent: number, format: QuantityFormat): Omit<Quantity, "text"> {
  let mantissa = magnitude;
  let power = exponent;
  if (power < NANO) {
    const divisor = tenTo(NANO - power);
    mantissa = mantissa / divisor + (mantissa % divisor === 0n ? 0n : 1n);
    power = NANO;
  }
  if (format !== "BinarySI") return { mantissa, exponent: power, format };
  const one = tenTo(-power);
  if (mantissa > LARGEST_BINARY * one) return { mantissa: LARGEST_BINARY, exponent: 0, format };
  return { mantissa, exponent: power, format: mantissa > 0n && mantissa < one ? "DecimalSI" : format };
}

/** Reads a quantity; the refusal carries the API server's words. */
export function readQuantity(text: string): QuantityResult {
  if (text === "0") return { quantity: ZERO_QUANTITY };
  const parts = text === "" ? undefined : splitQuantity(text);
  if (parts === undefined) return { error: FORMAT_ERROR };
  const suffix = readSuffix(parts.suffix);
  if (suffix === undefined) return { error: SUFFIX_ERROR };
  const fraction = parts.fraction ?? "";
  const digits = parts.whole + fraction;
  const unscaled = suffix.base === 2 ? BigInt(digits) << BigInt(suffix.exponent) : BigInt(digits);
  const exponent = (suffix.base === 2 ? 0 : suffix.exponent) - fraction.length;
  const value = bounded(unscaled, exponent, suffix.format);
  const signed = parts.negative ? { ...value, mantissa: -value.mantissa } : value;
  return { quantity: keepsText(digits, suffix, exponent, fraction !== "") ? extended(signed, { text }) : signed };
}

/** Reads a quantity, or gives undefined when the text is none. */
export function parseQuantity(text: string | number): Quantity | undefined {
  const result = readQuantity(String(text));
  return "quantity" in result ? result.quantity : undefined;
}

/** The API server's complaint about a text, or undefined when it is a quantity. */
export function quantityError(text: string): string | undefined {
  const result = readQuantity(text);
  return "error" in result ? result.error : undefined;
}
