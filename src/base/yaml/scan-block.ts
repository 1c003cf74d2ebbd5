/** Block scalars: literal `|` and folded `>`. */
import { columnOf, isBlank, isBreak, isBreakOrEnd, isDigit, peek, scannerFailure, skipBlanks, skipToBreak, takeBreak } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { TokenType } from "./token.ts";
import type { Token } from "./token.ts";

interface Header {
  /** -1 strip, 0 clip, 1 keep the line breaks at the end. */
  readonly chomping: number;
  /** Indentation given in the header; 0 when it is to be found out. */
  readonly increment: number;
}

/** Reads a block scalar; the cursor stands on `|` or `>`. `parentIndent` is the indentation of the block it stands in. */
export function scanBlock(cursor: Cursor, parentIndent: number): Token {
  const start = cursor.at;
  const line = cursor.line;
  const isLiteral = peek(cursor) === 124;
  cursor.at++;
  const header = scanHeader(cursor);
  skipBlanks(cursor);
  if (peek(cursor) === 35) skipToBreak(cursor);
  if (!isBreakOrEnd(peek(cursor))) throw scannerFailure(cursor, "did not find expected comment or line break", "block scalar");
  if (isBreak(peek(cursor))) takeBreak(cursor);
  const given = header.increment > 0 ? Math.max(parentIndent, 0) + header.increment : 0;
  const { value, end } = scanLines(cursor, { given, parentIndent, isLiteral, chomping: header.chomping });
  return { type: TokenType.Scalar, start, end, line, value, style: isLiteral ? "literal" : "folded" };
}

function scanHeader(cursor: Cursor): Header {
  let chomping = scanChomping(cursor);
  const increment = scanIncrement(cursor);
  if (chomping === 0 && increment > 0) chomping = scanChomping(cursor);
  return { chomping, increment };
}

function scanChomping(cursor: Cursor): number {
  const unit = peek(cursor);
  if (unit !== 43 && unit !== 45) return 0;
  cursor.at++;
  return unit === 43 ? 1 : -1;
}

function scanIncrement(cursor: Cursor): number {
  const unit = peek(cursor);
  if (!isDigit(unit)) return 0;
  if (unit === 48) throw scannerFailure(cursor, "found an indentation indicator equal to 0", "block scalar");
  cursor.at++;
  return unit - 48;
}

interface Shape {
  readonly given: number;
  readonly parentIndent: number;
  readonly isLiteral: boolean;
  readonly chomping: number;
}

function scanLines(cursor: Cursor, shape: Shape): { readonly value: string; readonly end: number } {
  let end = cursor.at;
  const first = scanEmptyLines(cursor, shape.given, shape.parentIndent);
  const indent = first.indent;
  let pending = first.breaks;
  let lastBreak = "";
  let previousBlank = false;
  const parts: string[] = [];
  while (columnOf(cursor) === indent && cursor.at < cursor.end) {
    const startsBlank = isBlank(peek(cursor));
    const folds = !shape.isLiteral && !previousBlank && !startsBlank && lastBreak === "\n";
    if (!folds) parts.push(lastBreak);
    else if (pending === "") parts.push(" ");
    parts.push(pending);
    previousBlank = startsBlank;
    const lineStart = cursor.at;
    skipToBreak(cursor);
    parts.push(cursor.text.slice(lineStart, cursor.at));
    end = cursor.at;
    lastBreak = isBreak(peek(cursor)) ? takeBreak(cursor) : "";
    pending = scanEmptyLines(cursor, indent, shape.parentIndent).breaks;
  }
  if (shape.chomping !== -1) parts.push(lastBreak);
  if (shape.chomping === 1) parts.push(pending);
  return { value: parts.join(""), end };
}

/** Reads indentation and empty lines; finds the indentation out when `known` is 0. */
function scanEmptyLines(cursor: Cursor, known: number, parentIndent: number): { readonly breaks: string; readonly indent: number } {
  let breaks = "";
  let widest = 0;
  for (;;) {
    while ((known === 0 || columnOf(cursor) < known) && peek(cursor) === 32) cursor.at++;
    widest = Math.max(widest, columnOf(cursor));
    if ((known === 0 || columnOf(cursor) < known) && peek(cursor) === 9) {
      throw scannerFailure(cursor, "found a tab character where an indentation space is expected", "block scalar");
    }
    if (!isBreak(peek(cursor))) break;
    breaks += takeBreak(cursor);
  }
  return { breaks, indent: known > 0 ? known : Math.max(widest, parentIndent + 1, 1) };
}
