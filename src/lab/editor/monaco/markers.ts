import type { TextProblem } from "../../../protocol/index.ts";
import { monaco } from "./monaco.ts";

/** A problem as Monaco marks it; an empty range is widened so that it can be seen and pointed at. */
export function markerOf(problem: TextProblem): monaco.editor.IMarkerData {
  const empty = problem.line === problem.endLine && problem.endColumn <= problem.column;
  return {
    severity: severityOf(problem.severity), message: problem.message, source: problem.source,
    startLineNumber: problem.line, startColumn: problem.column, endLineNumber: problem.endLine, endColumn: empty ? problem.column + 1 : problem.endColumn,
  };
}

function severityOf(severity: TextProblem["severity"]): monaco.MarkerSeverity {
  if (severity === "error") return monaco.MarkerSeverity.Error;
  return severity === "warning" ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Info;
}
