import type { TextProblem } from "../../protocol/index.ts";

/** A change of a text as the editor tells it: lines from 1. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** The server's refusals after a change of the text: those on changed lines are answered and go, those below move along. */
export function afterChanges(problems: readonly TextProblem[], changes: readonly LineChange[]): readonly TextProblem[] {
  return changes.reduce<readonly TextProblem[]>((rest, change) => afterChange(rest, change), problems);
}

function afterChange(problems: readonly TextProblem[], change: LineChange): readonly TextProblem[] {
  const shift = lineBreaks(change.text) - (change.endLine - change.startLine);
  return problems.flatMap((problem) => {
    if (problem.endLine < change.startLine) return [problem];
    if (problem.line > change.endLine) return shift === 0 ? [problem] : [{ ...problem, line: problem.line + shift, endLine: problem.endLine + shift }];
    return [];
  });
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
