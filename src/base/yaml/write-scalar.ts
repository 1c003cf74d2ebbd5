/**
 * How the library writes one scalar: which quotes it needs, and where a long line is folded (after column 80).
 * Sources: go.yaml.in/yaml/v2 encode.go (stringv), emitterc.go (analyze_scalar, select_scalar_style and the writers).
 */
import { utf8Length } from "../encoding/index.ts";
import { resolvePlain } from "./resolve-scalar.ts";

const BEST_WIDTH = 80;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Where a scalar is written: the column before it, the indentation of its further lines, and whether it is a key. */
export interface ScalarPlace {
  readonly column: number;
  readonly indent: number;
  readonly isKey: boolean;
}

interface Analysis {
  readonly isMultiline: boolean;
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

const SPECIAL = /[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const BREAK = /[\r\n\u0085\u2028\u2029]/;
const BREAK_SPACE = /[\r\n\u0085\u2028\u2029] /;
const SPACE_BREAK = / [\r\n\u0085\u2028\u2029]/;
const OUTER_WHITE = /^[ \r\n\u0085\u2028\u2029]|[ \r\n\u0085\u2028\u2029]$/;
const FIRST_INDICATOR = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$)|---|\.\.\.)/;
const INNER_INDICATOR = /.:(?:[ \t]|$)|[\s\0\u0085\u2028\u2029]#/s;

function analyse(text: string): Analysis {
  if (text === "") return { isMultiline: false, plain: true, single: true, block: false };
  const isMultiline = BREAK.test(text);
  const isSpecial = SPECIAL.test(text) || SPACE_BREAK.test(text);
  const breakSpace = BREAK_SPACE.test(text);
  const indicators = FIRST_INDICATOR.test(text) || INNER_INDICATOR.test(text);
  return {
    isMultiline,
    plain: !isSpecial && !isMultiline && !indicators && !OUTER_WHITE.test(text),
    single: !isSpecial && !breakSpace,
    block: !isSpecial && !text.endsWith(" "),
  };
}

/** True for a key that needs no `? ` before it: on one line and at most 128 bytes. */
export function isSimpleKey(key: string): boolean {
  return !BREAK.test(key) && utf8Length(key) <= 128;
}

/** The text of a string, without the space before it. */
export function writeString(text: string, place: ScalarPlace): string {
  const analysis = analyse(text);
  const mayBePlain = resolvePlain(text).type === "string" && !BASE_60.test(text);
  if (text.includes("\n")) return analysis.block && !place.isKey ? literal(text, place.indent) : doubleQuoted(text, place);
  if (!mayBePlain) return doubleQuoted(text, place);
  if (analysis.plain) return fold(text, place, place.column);
  return analysis.single ? singleQuoted(text, place) : doubleQuoted(text, place);
}

/** Breaks a line at a single space once it is longer than the best width. */
function fold(text: string, place: ScalarPlace, startColumn: number, mayFoldAt: (index: number) => boolean = () => true): string {
  if (place.isKey || startColumn + text.length <= BEST_WIDTH) return text;
  let out = "";
  let column = startColumn;
  let afterSpace = false;
  let index = 0;
  for (const character of text) {
    const folds = character === " " && !afterSpace && column > BEST_WIDTH && text.charAt(index + 1) !== " " && mayFoldAt(index);
    if (folds) {
      out += `\n${" ".repeat(place.indent)}`;
      column = place.indent;
    } else {
      out += character;
      column++;
    }
    afterSpace = character === " ";
    index += character.length;
  }
  return out;
}

function singleQuoted(text: string, place: ScalarPlace): string {
  const indented = text.replace(/([\u2028\u2029])(?![\u2028\u2029])/g, `$1${" ".repeat(place.indent)}`);
  const doubled = indented.replace(/'/g, "''");
  return `'${fold(doubled, place, place.column + 1, (index) => index > 0 && index < doubled.length - 1)}'`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  "\0": "\\0", "\x07": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r", "\x1b": "\\e",
  '"': '\\"', "\\": "\\\\", "\u0085": "\\N", "\u2028": "\\L", "\u2029": "\\P",
};

function escape(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  if (!SPECIAL.test(character)) return character;
  const code = character.codePointAt(0) ?? 0xfffd;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}

function doubleQuoted(text: string, place: ScalarPlace): string {
  const characters = [...text];
  let out = '"';
  let column = place.column + 1;
  let afterSpace = false;
  for (const [i, character] of characters.entries()) {
    if (character === " " && !place.isKey && !afterSpace && column > BEST_WIDTH && i > 0 && i < characters.length - 1) {
      out += `\n${" ".repeat(place.indent)}${characters[i + 1] === " " ? "\\" : ""}`;
      column = place.indent + (characters[i + 1] === " " ? 1 : 0);
    } else {
      const written = escape(character);
      out += written;
      column += [...written].length;
    }
    afterSpace = character === " ";
  }
  return `${out}"`;
}

function literal(text: string, indent: number): string {
  const hint = BREAK.test(text.charAt(0)) || text.startsWith(" ") ? "2" : "";
  const last = BREAK.test(text.charAt(text.length - 1));
  const secondLast = text.length > 1 && BREAK.test(text.charAt(text.length - 2));
  const chomp = !last ? "-" : text.length === 1 || secondLast ? "+" : "";
  const pad = " ".repeat(indent);
  const body = text.replace(/[^\n\u2028\u2029]+/g, (line) => pad + line);
  // The next key begins with a line feed of its own.
  return `|${hint}${chomp}\n${body.endsWith("\n") ? body.slice(0, -1) : body}`;
}

/** A number: integers of 64 bits plainly, the rest as Go's shortest `%g`. */
export function writeNumber(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 64) return BigInt(value).toString();
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  // strconv/ftoa.go, 'g' with the shortest digits: an exponent below -4 or from 6 up is written out.
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
