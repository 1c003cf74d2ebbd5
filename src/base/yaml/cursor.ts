/** A place in the text that moves forward, and the character classes of YAML 1.1. */
import { YamlFailure } from "./token.ts";

/** Where the scanner stands. `line` counts from 0 within the chunk; the column is `at - lineStart`. */
export interface Cursor {
  readonly text: string;
  /** End of the chunk (offset in `text`). */
  readonly end: number;
  at: number;
  line: number;
  lineStart: number;
}

/** The UTF-16 unit `ahead` of the cursor; 0 at and after the end, as the library's buffer has it. */
export function peek(cursor: Cursor, ahead = 0): number {
  const index = cursor.at + ahead;
  return index < cursor.end ? cursor.text.charCodeAt(index) : 0;
}

/** Column of the cursor, from 0. */
export function columnOf(cursor: Cursor): number {
  return cursor.at - cursor.lineStart;
}

/** A line break: LF, CR, NEL, LS or PS. */
export function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13 || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}

/** A space or a tab. */
export function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9;
}

/** A line break or the end of the chunk. */
export function isBreakOrEnd(unit: number): boolean {
  return unit === 0 || isBreak(unit);
}

/** A space, a tab, a line break or the end of the chunk. */
export function isBlankOrEnd(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 9 || unit === 0 || isBreak(unit);
}

/** A decimal digit. */
export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** Letters, digits, `_` and `-`: what names of anchors and tag handles are made of. */
export function isWord(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || isDigit(unit) || unit === 95 || unit === 45;
}

/** Moves over one line break and returns how it counts in a scalar: LF, or the Unicode separator itself. */
export function takeBreak(cursor: Cursor): string {
  const unit = peek(cursor);
  cursor.at += unit === 13 && peek(cursor, 1) === 10 ? 2 : 1;
  cursor.line++;
  cursor.lineStart = cursor.at;
  return unit === 0x2028 ? "\u2028" : unit === 0x2029 ? "\u2029" : "\n";
}

/** Moves to the end of the line. */
export function skipToBreak(cursor: Cursor): void {
  while (!isBreakOrEnd(peek(cursor))) cursor.at++;
}

/** Moves over spaces and tabs. */
export function skipBlanks(cursor: Cursor): void {
  while (isBlank(peek(cursor))) cursor.at++;
}

/** True at `---` or `...` at the start of a line, followed by a blank, a break or the end. */
export function atDocumentIndicator(cursor: Cursor): boolean {
  if (cursor.at !== cursor.lineStart) return false;
  const unit = peek(cursor);
  return (unit === 45 || unit === 46) && peek(cursor, 1) === unit && peek(cursor, 2) === unit && isBlankOrEnd(peek(cursor, 3));
}

/** A failure of the scanner: the library gives the line where it stands, unless that is the first. */
export function scannerFailure(cursor: Cursor, problem: string, context: string, offset: number = cursor.at): YamlFailure {
  return new YamlFailure(problem, offset, cursor.line === 0 ? 0 : cursor.line + 1, context);
}
