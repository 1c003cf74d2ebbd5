/** Scalars in single or double quotes, with the escapes of YAML 1.1. */
import { atDocumentIndicator, isBlank, isBlankOrEnd, isBreak, peek, scannerFailure, takeBreak } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { foldBreaks } from "./scan-plain.ts";
import { TokenType } from "./token.ts";
import type { Token } from "./token.ts";

const SINGLE = 39;
const DOUBLE = 34;
const BACKSLASH = 92;

/** Reads a quoted scalar; the cursor stands on its opening quote. */
export function scanQuoted(cursor: Cursor): Token {
  const start = cursor.at;
  const line = cursor.line;
  const quote = peek(cursor);
  cursor.at++;
  let value = "";
  for (;;) {
    if (atDocumentIndicator(cursor)) throw scannerFailure(cursor, "found unexpected document indicator", "quoted scalar", start);
    if (cursor.at >= cursor.end) throw endOfStream(cursor, start);
    const part = scanRun(cursor, quote, start);
    value += part.text;
    if (peek(cursor) === quote) break;
    value += scanSpace(cursor, part.escapedBreak);
  }
  cursor.at++;
  return { type: TokenType.Scalar, start, end: cursor.at, line, value, style: quote === SINGLE ? "single-quoted" : "double-quoted" };
}

function endOfStream(cursor: Cursor, start: number): Error {
  return scannerFailure(cursor, "found unexpected end of stream", "quoted scalar", start);
}

interface Run {
  readonly text: string;
  readonly escapedBreak: boolean;
}

/** Reads up to white space, the closing quote or an escaped line break. */
function scanRun(cursor: Cursor, quote: number, start: number): Run {
  let text = "";
  let copied = cursor.at;
  for (;;) {
    const unit = peek(cursor);
    if (isBlankOrEnd(unit)) break;
    if (unit === quote) {
      if (quote === DOUBLE || peek(cursor, 1) !== SINGLE) break;
      text += cursor.text.slice(copied, cursor.at + 1);
      cursor.at += 2;
      copied = cursor.at;
    } else if (unit === BACKSLASH && quote === DOUBLE) {
      text += cursor.text.slice(copied, cursor.at);
      if (isBreak(peek(cursor, 1))) {
        cursor.at++;
        takeBreak(cursor);
        return { text, escapedBreak: true };
      }
      text += scanEscape(cursor, start);
      copied = cursor.at;
    } else cursor.at++;
  }
  return { text: text + cursor.text.slice(copied, cursor.at), escapedBreak: false };
}

/** Reads white space inside quotes: kept within a line, folded across lines, dropped after an escaped break. */
function scanSpace(cursor: Cursor, afterEscapedBreak: boolean): string {
  const start = cursor.at;
  let firstBreak = "";
  let moreBreaks = "";
  let crossed = afterEscapedBreak;
  for (;;) {
    const unit = peek(cursor);
    if (isBlank(unit)) cursor.at++;
    else if (isBreak(unit)) {
      if (crossed) moreBreaks += takeBreak(cursor);
      else firstBreak = takeBreak(cursor);
      crossed = true;
    } else break;
  }
  return crossed ? foldBreaks(firstBreak, moreBreaks) : cursor.text.slice(start, cursor.at);
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0", a: "\x07", b: "\b", t: "\t", "\t": "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b", " ": " ", '"': '"', "'": "'", "\\": "\\",
  N: "\u0085", _: "\u00a0", L: "\u2028", P: "\u2029",
};
const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads one escape; the cursor stands on the backslash. */
function scanEscape(cursor: Cursor, start: number): string {
  const letter = cursor.at + 1 < cursor.end ? cursor.text.charAt(cursor.at + 1) : "";
  const simple = Object.hasOwn(SIMPLE_ESCAPES, letter) ? SIMPLE_ESCAPES[letter] : undefined;
  if (simple !== undefined) {
    cursor.at += 2;
    return simple;
  }
  const length = Object.hasOwn(HEX_LENGTHS, letter) ? HEX_LENGTHS[letter] : undefined;
  if (length === undefined) throw scannerFailure(cursor, "found unknown escape character", "quoted scalar");
  cursor.at += 2;
  const digits = cursor.text.slice(cursor.at, Math.min(cursor.end, cursor.at + length));
  if (digits.length < length || /[^0-9a-fA-F]/.test(digits)) throw scannerFailure(cursor, "did not find expected hexdecimal number", "quoted scalar", start);
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) throw scannerFailure(cursor, "found invalid Unicode character escape code", "quoted scalar");
  cursor.at += length;
  return String.fromCodePoint(code);
}
