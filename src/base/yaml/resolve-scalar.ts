/**
 * What a plain scalar is: YAML 1.1 as go.yaml.in/yaml/v2 resolve.go has it (sigs.k8s.io/yaml reads with it).
 * Booleans include y, yes, on and their opposites; 0644 is octal; 1_000 is 1000; base 60 is text; timestamps stay text;
 * a number too large for a float (1e400) stays text.
 */

/** A resolved scalar. `infinite` marks .inf and .nan, which JSON can't say. */
export interface Resolved {
  readonly type: "string" | "bool" | "int" | "float" | "null" | "timestamp";
  readonly value: string | number | boolean | null;
  readonly infinite?: string;
}

const WORDS = new Map<string, Resolved>();
for (const word of ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]) WORDS.set(word, { type: "bool", value: true });
for (const word of ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]) WORDS.set(word, { type: "bool", value: false });
for (const word of ["", "~", "null", "Null", "NULL"]) WORDS.set(word, { type: "null", value: null });
for (const word of [".nan", ".NaN", ".NAN"]) WORDS.set(word, { type: "float", value: null, infinite: "NaN" });
for (const word of [".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"]) WORDS.set(word, { type: "float", value: null, infinite: "+Inf" });
for (const word of ["-.inf", "-.Inf", "-.INF"]) WORDS.set(word, { type: "float", value: null, infinite: "-Inf" });

const FIRST_OF_WORD = "yYnNtTfFoO~";
const POINT_FLOAT = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const TIMESTAMP = /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d{2}:\d{2})|\s(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/;

/** Resolves the text of a plain scalar without a tag. */
export function resolvePlain(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45;
  if (isNumeric) return resolveNumeric(text);
  if (first === 46 && POINT_FLOAT.test(text)) return finite(Number(text.replace(/_/g, "")), text);
  return { type: "string", value: text };
}

function resolveNumeric(text: string): Resolved {
  if (isTimestamp(text)) return { type: "timestamp", value: text };
  const plain = text.includes("_") ? text.replace(/_/g, "") : text;
  const integer = parseInteger(plain);
  if (integer !== undefined) return { type: "int", value: integer };
  return FLOAT.test(plain) ? finite(Number(plain), text) : { type: "string", value: text };
}

function finite(value: number, text: string): Resolved {
  return Number.isFinite(value) ? { type: "float", value } : { type: "string", value: text };
}

/** Go's ParseInt and ParseUint with base 0, within 64 bits. Larger numbers are floats. */
function parseInteger(text: string): number | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, binary, octal, decimal] = match;
  const short = decimal !== undefined && decimal.length < 16;
  if (short) return (sign === "-" ? -1 : 1) * Number(decimal) + 0;
  const value = BigInt(hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : (decimal ?? "0"));
  const fits = sign === "-" ? value <= 2n ** 63n : sign === "+" ? value < 2n ** 63n : value < 2n ** 64n;
  return fits ? (sign === "-" ? 0 - Number(value) : Number(value)) : undefined;
}

function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 45) return false;
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [month, day, ...clock] = match.slice(1).map((part) => (part === undefined ? 0 : Number(part)));
  const [hour = 0, minute = 0, second = 0] = clock.slice(0, 3).map((part, i) => part + (clock[i + 3] ?? 0));
  const year = Number(text.slice(0, 4));
  return (month ?? 0) >= 1 && (month ?? 0) <= 12 && (day ?? 0) >= 1 && (day ?? 0) <= daysIn(year, month ?? 1) && hour < 24 && minute < 60 && second < 60;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const SHORT_PREFIX = "tag:yaml.org,2002:";
const RESOLVABLE = new Set(["str", "bool", "int", "float", "null", "timestamp"]);
const TYPE_TAGS: Readonly<Record<Resolved["type"], string>> = { string: "str", bool: "bool", int: "int", float: "float", null: "null", timestamp: "timestamp" };

/** Resolves a scalar with a tag. Returns the library's refusal as text when the tag and the value don't agree. */
export function resolveTagged(tag: string, text: string): Resolved | { readonly problem: string } {
  const name = tag.startsWith(SHORT_PREFIX) ? tag.slice(SHORT_PREFIX.length) : undefined;
  if (name === undefined || !RESOLVABLE.has(name) || name === "str") return { type: "string", value: text };
  const resolved = text !== "" && !mayResolve(text) ? { type: "string" as const, value: text } : resolvePlain(text);
  const type = resolved.type === "timestamp" && name !== "timestamp" ? resolveWithoutTimestamp(text) : resolved;
  if (TYPE_TAGS[type.type] === name) return type;
  if (name === "float" && type.type === "int") return { type: "float", value: type.value };
  return { problem: `cannot decode !!${TYPE_TAGS[type.type]} \`${text}\` as a !!${name}` };
}

function mayResolve(text: string): boolean {
  const first = text.charAt(0);
  return FIRST_OF_WORD.includes(first) || /[-+.0-9]/.test(first);
}

function resolveWithoutTimestamp(text: string): Resolved {
  const plain = text.replace(/_/g, "");
  return FLOAT.test(plain) ? finite(Number(plain), text) : { type: "string", value: text };
}
