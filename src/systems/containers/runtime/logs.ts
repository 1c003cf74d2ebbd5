/** Container logs: bounded, with the time of every line. */
import type { LogLine } from "../cri/index.ts";
import type { RuntimeContainer } from "./state.ts";

/** Lines kept of one container; the oldest go in bulk (the real bound is by size: 10 MiB and 5 files). */
export const MAX_LOG_LINES = 2000;
const SLACK = 500;

/** Appends text, a line for each newline. An unfinished last line is kept as a line of its own (simplified). */
export function appendLog(container: RuntimeContainer, at: number, stream: LogLine["stream"], text: string): void {
  if (text === "") return;
  const body = text.endsWith("\n") ? text.slice(0, -1) : text;
  if (!body.includes("\n")) container.log.push({ at, stream, text: body });
  else for (const line of body.split("\n")) container.log.push({ at, stream, text: line });
  if (container.log.length > MAX_LOG_LINES + SLACK) container.log.splice(0, container.log.length - MAX_LOG_LINES);
}

/** The last lines. */
export function logTail(log: readonly LogLine[], lines: number): readonly LogLine[] {
  return lines >= log.length ? log : log.slice(log.length - lines);
}

/** Lines by the options of `kubectl logs`. */
export function readLog(log: readonly LogLine[], options: { readonly tailLines?: number; readonly sinceMs?: number; readonly limitBytes?: number }): readonly LogLine[] {
  const { tailLines, sinceMs, limitBytes } = options;
  let lines: readonly LogLine[] = sinceMs === undefined ? log : log.filter((line) => line.at >= sinceMs);
  if (tailLines !== undefined && tailLines >= 0) lines = logTail(lines, tailLines);
  if (limitBytes === undefined) return lines;
  const kept: LogLine[] = [];
  let bytes = 0;
  for (const line of lines) {
    bytes += line.text.length + 1;
    if (bytes > limitBytes) break;
    kept.push(line);
  }
  return kept;
}
