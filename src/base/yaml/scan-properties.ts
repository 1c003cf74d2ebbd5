/** Anchors, aliases, tags and directives. */
import { utf8Text } from "../encoding/index.ts";
import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isWord, peek, scannerFailure, skipBlanks, skipToBreak, takeBreak } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { TokenType } from "./token.ts";
import type { Token } from "./token.ts";

/** Reads `&name` or `*name`. */
export function scanAnchor(cursor: Cursor, type: typeof TokenType.Anchor | typeof TokenType.Alias): Token {
  const start = cursor.at;
  cursor.at++;
  const value = takeWord(cursor);
  const next = peek(cursor);
  if (value === "" || (!isBlankOrEnd(next) && !"?:,]}%@`".includes(String.fromCharCode(next)))) {
    const context = type === TokenType.Anchor ? "anchor" : "alias";
    throw scannerFailure(cursor, "did not find expected alphabetic or numeric character", context, start);
  }
  return { type, start, end: cursor.at, line: cursor.line, value };
}

function takeWord(cursor: Cursor): string {
  const start = cursor.at;
  while (isWord(peek(cursor))) cursor.at++;
  return cursor.text.slice(start, cursor.at);
}

/** Reads `!`, `!local`, `!!core`, `!handle!suffix` or `!<verbatim>`. `value` is the handle, empty for a verbatim tag and for `!`. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.at;
  const { value, suffix } = peek(cursor, 1) === 60 ? scanVerbatim(cursor) : scanShorthand(cursor);
  if (!isBlankOrEnd(peek(cursor))) throw scannerFailure(cursor, "did not find expected whitespace or line break", "tag", start);
  return { type: TokenType.Tag, start, end: cursor.at, line: cursor.line, value, suffix };
}

interface TagText {
  readonly value: string;
  readonly suffix: string;
}

function scanVerbatim(cursor: Cursor): TagText {
  cursor.at += 2;
  const suffix = scanUri(cursor, false);
  if (peek(cursor) !== 62) throw scannerFailure(cursor, "did not find the expected '>'", "tag");
  cursor.at++;
  return { value: "", suffix };
}

function scanShorthand(cursor: Cursor): TagText {
  const handle = scanHandle(cursor, false);
  if (handle.length > 1 && handle.endsWith("!")) return { value: handle, suffix: scanUri(cursor, false) };
  const suffix = handle.slice(1) + scanUri(cursor, true);
  return suffix === "" ? { value: "", suffix: "!" } : { value: "!", suffix };
}

function scanHandle(cursor: Cursor, isDirective: boolean): string {
  if (peek(cursor) !== 33) throw scannerFailure(cursor, "did not find expected '!'", "tag");
  cursor.at++;
  const name = takeWord(cursor);
  if (peek(cursor) === 33) {
    cursor.at++;
    return `!${name}!`;
  }
  if (isDirective && name !== "") throw scannerFailure(cursor, "did not find expected '!'", "tag");
  return `!${name}`;
}

function scanUri(cursor: Cursor, mayBeEmpty: boolean): string {
  let uri = "";
  for (;;) {
    const unit = peek(cursor);
    if (unit === 37) uri += scanUriEscape(cursor);
    else if (isWord(unit) || (unit !== 0 && ";/?:@&=+$,.!~*'()[]".includes(String.fromCharCode(unit)))) {
      uri += String.fromCharCode(unit);
      cursor.at++;
    } else break;
  }
  if (uri === "" && !mayBeEmpty) throw scannerFailure(cursor, "did not find expected tag URI", "tag");
  return uri;
}

/** Reads the `%xx` groups of one character. */
function scanUriEscape(cursor: Cursor): string {
  const octets: number[] = [];
  let wanted = 1;
  while (octets.length < wanted) {
    const digits = cursor.text.slice(cursor.at + 1, Math.min(cursor.end, cursor.at + 3));
    if (peek(cursor) !== 37 || !/^[0-9a-fA-F]{2}$/.test(digits)) throw scannerFailure(cursor, "did not find URI escaped octet", "tag");
    const octet = Number.parseInt(digits, 16);
    if (octets.length === 0) {
      wanted = octet < 0x80 ? 1 : (octet & 0xe0) === 0xc0 ? 2 : (octet & 0xf0) === 0xe0 ? 3 : (octet & 0xf8) === 0xf0 ? 4 : 0;
      if (wanted === 0) throw scannerFailure(cursor, "found an incorrect leading UTF-8 octet", "tag");
    } else if ((octet & 0xc0) !== 0x80) throw scannerFailure(cursor, "found an incorrect trailing UTF-8 octet", "tag");
    octets.push(octet);
    cursor.at += 3;
  }
  return utf8Text(new Uint8Array(octets)) ?? "\ufffd";
}

/** Reads a `%YAML` or `%TAG` line. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.at;
  const line = cursor.line;
  cursor.at++;
  const name = takeWord(cursor);
  if (name === "") throw scannerFailure(cursor, "could not find expected directive name", "directive", start);
  if (!isBlankOrEnd(peek(cursor))) throw scannerFailure(cursor, "found unexpected non-alphabetical character", "directive");
  if (name !== "YAML" && name !== "TAG") throw scannerFailure(cursor, "found unknown directive name", "directive", start);
  skipBlanks(cursor);
  const content = name === "YAML" ? { value: scanVersion(cursor) } : scanTagDirective(cursor);
  const end = cursor.at;
  skipBlanks(cursor);
  if (peek(cursor) === 35) skipToBreak(cursor);
  if (!isBreakOrEnd(peek(cursor))) throw scannerFailure(cursor, "did not find expected comment or line break", "directive");
  if (isBreak(peek(cursor))) takeBreak(cursor);
  return { type: name === "YAML" ? TokenType.VersionDirective : TokenType.TagDirective, start, end, line, ...content };
}

function scanVersion(cursor: Cursor): string {
  const major = scanVersionNumber(cursor);
  if (peek(cursor) !== 46) throw scannerFailure(cursor, "did not find expected digit or '.' character", "directive");
  cursor.at++;
  return `${major}.${scanVersionNumber(cursor)}`;
}

function scanVersionNumber(cursor: Cursor): string {
  const start = cursor.at;
  while (isDigit(peek(cursor))) {
    cursor.at++;
    if (cursor.at - start > 2) throw scannerFailure(cursor, "found extremely long version number", "directive");
  }
  if (cursor.at === start) throw scannerFailure(cursor, "did not find expected version number", "directive");
  return String(Number(cursor.text.slice(start, cursor.at)));
}

function scanTagDirective(cursor: Cursor): TagText {
  const value = scanHandle(cursor, true);
  if (!isBlank(peek(cursor))) throw scannerFailure(cursor, "did not find expected whitespace", "directive");
  skipBlanks(cursor);
  const suffix = scanUri(cursor, false);
  if (!isBlankOrEnd(peek(cursor))) throw scannerFailure(cursor, "did not find expected whitespace or line break", "directive");
  return { value, suffix };
}
