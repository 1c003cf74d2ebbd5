/** Puts what the reader and the server say at its place in the text. */
import type { YamlDocument } from "../../base/yaml/index.ts";
import type { TextProblem } from "../../protocol/index.ts";
import type { Status } from "../../systems/kubernetes/api/index.ts";

/** The reader's own problems. */
export function yamlProblems(document: YamlDocument): TextProblem[] {
  return document.problems.map((found) => ({
    severity: found.severity, source: "yaml", message: found.fix === undefined ? found.message : `${found.message} ${found.fix}`,
    line: found.line, column: found.column, endLine: found.endLine, endColumn: found.endColumn,
  }));
}

/** The server's refusal, one problem a cause, each at the field it names. */
export function problemsOfStatus(status: Status, document: YamlDocument): TextProblem[] {
  const causes = status.details?.causes ?? [];
  const named = causes.filter((cause) => cause.field !== undefined && cause.field !== "");
  if (named.length > 0) return named.map((cause) => at(document, fieldPath(cause.field ?? ""), `${cause.field ?? ""}: ${cause.message ?? ""}`));
  const message = status.message ?? "";
  const fields = [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map((match) => match[1] ?? "");
  if (fields.length > 0) return fields.map((field) => at(document, fieldPath(field), message));
  const typed = [...message.matchAll(/(?:^|\s)\.((?:[\w-]+|\[[^\]]*\]|\.)+): ([^\n]+)/g)];
  if (typed.length > 0) return typed.map(([, field = "", why = ""]) => at(document, fieldPath(field), `${field}: ${why}`));
  return [at(document, fieldPath(/field ([A-Za-z]+\.[\w.[\]]+) of type/.exec(message)?.[1]?.replace(/^[A-Za-z]+\./, "") ?? ""), message)];
}

/** "spec.containers[0].image" → ["spec", "containers", 0, "image"]; keys in brackets may hold dots. */
export function fieldPath(field: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (const match of field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)) {
    const inner = match[1];
    if (inner === undefined) path.push(match[0]);
    else path.push(/^\d+$/.test(inner) ? Number(inner) : inner);
  }
  return path;
}

/** The innermost part of the path that stands in the text. */
function at(document: YamlDocument, path: readonly (string | number)[], message: string): TextProblem {
  for (let length = path.length; length > 0; length--) {
    const place = document.locate(path.slice(0, length));
    if (place === undefined) continue;
    const range = length === path.length ? place : (place.key ?? place);
    return { severity: "error", source: "server", message, line: range.line, column: range.column, endLine: range.endLine, endColumn: range.endColumn };
  }
  return { severity: "error", source: "server", message, line: document.startLine, column: 1, endLine: document.startLine, endColumn: 200 };
}
