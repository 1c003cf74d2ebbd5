/** Plain scalars: text without quotes, which may go on over several lines. */
import { atDocumentIndicator, columnOf, isBlank, isBlankOrEnd, isBreak, peek, scannerFailure, takeBreak } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { TokenType } from "./token.ts";
import type { Token } from "./token.ts";

/** The token, and whether it ended after a line break, where a new key may begin. */
export interface PlainScan {
  readonly token: Token;
  readonly crossedLine: boolean;
}

/** Reads a plain scalar. `indent` is the indentation of the block it stands in. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): PlainScan {
  const start = cursor.at;
  const line = cursor.line;
  let value = "";
  let end = start;
  let folded: string | undefined;
  for (;;) {
    if (atDocumentIndicator(cursor) || peek(cursor) === 35) break;
    const runStart = cursor.at;
    skipPlainRun(cursor, inFlow);
    if (cursor.at > runStart) {
      value += (folded ?? "") + cursor.text.slice(runStart, cursor.at);
      end = cursor.at;
      folded = undefined;
    }
    if (!isBlank(peek(cursor)) && !isBreak(peek(cursor))) break;
    folded = scanGap(cursor, indent + 1);
    if (!inFlow && columnOf(cursor) < indent + 1) break;
  }
  const crossedLine = cursor.line > line && folded !== undefined && cursor.lineStart > end;
  return { token: { type: TokenType.Scalar, start, end, line, value, style: "plain" }, crossedLine };
}

function skipPlainRun(cursor: Cursor, inFlow: boolean): void {
  for (;;) {
    const unit = peek(cursor);
    if (isBlankOrEnd(unit)) return;
    if (unit === 58 && isBlankOrEnd(peek(cursor, 1))) return;
    if (inFlow && (unit === 44 || unit === 63 || unit === 91 || unit === 93 || unit === 123 || unit === 125)) return;
    cursor.at++;
  }
}

/** Reads the white space between two parts of the scalar and returns what stands for it: spaces, a space, or line feeds. */
function scanGap(cursor: Cursor, indent: number): string {
  const gapStart = cursor.at;
  let firstBreak = "";
  let moreBreaks = "";
  let crossed = false;
  for (;;) {
    const unit = peek(cursor);
    if (isBlank(unit)) {
      if (crossed && unit === 9 && columnOf(cursor) < indent) {
        throw scannerFailure(cursor, "found a tab character that violates indentation", "plain scalar");
      }
      cursor.at++;
    } else if (isBreak(unit)) {
      if (crossed) moreBreaks += takeBreak(cursor);
      else firstBreak = takeBreak(cursor);
      crossed = true;
    } else break;
  }
  if (!crossed) return cursor.text.slice(gapStart, cursor.at);
  return foldBreaks(firstBreak, moreBreaks);
}

/** One line feed folds to a space; more line feeds stay, less one. A Unicode separator stays as it is. */
export function foldBreaks(firstBreak: string, moreBreaks: string): string {
  if (firstBreak !== "\n") return firstBreak + moreBreaks;
  return moreBreaks === "" ? " " : moreBreaks;
}
