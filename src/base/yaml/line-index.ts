/** Offsets to lines and columns, and back. */
import type { TextRange } from "./problem.ts";

/** Offsets at which the lines of a text begin. */
export type LineIndex = readonly number[];

/** Finds the lines of `text`; LF, CRLF and CR end a line, as in editors. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  const hasCarriageReturns = text.includes("\r");
  if (!hasCarriageReturns) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** Line of `offset`, from 0. */
export function lineAt(lines: LineIndex, offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The range between two offsets, counted from 1. */
export function rangeOf(lines: LineIndex, start: number, end: number): TextRange {
  const line = lineAt(lines, start);
  const endLine = end <= start ? line : lineAt(lines, end);
  return { line: line + 1, column: start - (lines[line] ?? 0) + 1, endLine: endLine + 1, endColumn: Math.max(start, end) - (lines[endLine] ?? 0) + 1 };
}

/** Offset of a line and a column that count from 1, within the text. */
export function offsetOf(lines: LineIndex, line: number, column: number, length: number): number {
  const start = lines[Math.min(Math.max(line, 1), lines.length) - 1] ?? 0;
  return Math.min(start + Math.max(column, 1) - 1, length);
}
