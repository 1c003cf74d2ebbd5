/**
 * Durations as Go writes them ("1h30m", "1.5s") and as kubectl shows ages ("3d4h").
 * Sources: the Go library, package time (ParseDuration, Duration.String); apimachinery v1.36 pkg/util/duration.
 * Durations are in milliseconds here; finer units are kept as fractions.
 */
import { quote } from "../go-format/index.ts";

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6], ["us", 1e-3], ["µs", 1e-3], ["μs", 1e-3], ["ms", 1], ["s", 1000], ["m", 60_000], ["h", 3_600_000],
]);

/** Milliseconds, or Go's own words for why the text is no duration. */
export type DurationResult = { readonly durationMs: number } | { readonly error: string };

const PART = /^([0-9]*)(\.([0-9]*))?([^0-9.]*)/;

function invalid(text: string): DurationResult {
  return { error: `time: invalid duration ${quote(text)}` };
}

/** Reads a Go duration such as "300ms", "-1.5h" or "2h45m". */
export function readDuration(text: string): DurationResult {
  const negative = text.startsWith("-");
  let rest = negative || text.startsWith("+") ? text.slice(1) : text;
  if (rest === "0") return { durationMs: 0 };
  if (rest === "") return invalid(text);
  let total = 0;
  while (rest !== "") {
    const [all = "", whole = "", point, fraction = "", unit = ""] = PART.exec(rest) ?? [];
    if (whole === "" && (point === undefined || fraction === "")) return invalid(text);
    if (unit === "") return { error: `time: missing unit in duration ${quote(text)}` };
    const scale = UNIT_MS.get(unit);
    if (scale === undefined) return { error: `time: unknown unit ${quote(unit)} in duration ${quote(text)}` };
    total += Number(`${whole === "" ? "0" : whole}.${fraction === "" ? "0" : fraction}`) * scale;
    rest = rest.slice(all.length);
  }
  return { durationMs: negative ? -total : total };
}

/** Reads a Go duration in milliseconds, or undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  const result = readDuration(text);
  return "durationMs" in result ? result.durationMs : undefined;
}

function decimal(value: number, unit: string): string {
  const digits = value.toFixed(9).replace(/0+$/, "").replace(/\.$/, "");
  return `${digits}${unit}`;
}

/** Writes a duration as Go does: "1h30m0s", "1.5s", "20ms", "0s". */
export function formatDuration(durationMs: number): string {
  if (durationMs === 0) return "0s";
  const sign = durationMs < 0 ? "-" : "";
  const ms = Math.abs(durationMs);
  if (ms < 0.001) return `${sign}${Math.round(ms * 1e6)}ns`;
  if (ms < 1) return `${sign}${decimal(ms * 1000, "µs")}`;
  if (ms < 1000) return `${sign}${decimal(ms, "ms")}`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = decimal((ms % 60_000) / 1000, "s");
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`;
}

/** An age with two or three significant figures, as kubectl prints it: "45s", "5m30s", "3d4h", "2y35d". */
export function humanDuration(durationMs: number): string {
  const seconds = Math.trunc(durationMs / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return withRest(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return withRest(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 24 * 8) return withRest(days, "d", hours % 24, "h");
  if (hours < 24 * 365 * 2) return `${days}d`;
  const years = Math.floor(days / 365);
  return hours < 24 * 365 * 8 ? withRest(years, "y", days % 365, "d") : `${years}y`;
}

/** An age of one unit: "45s", "5m", "3d", "2y". */
export function shortHumanDuration(durationMs: number): string {
  const seconds = Math.trunc(durationMs / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h`;
  return hours < 24 * 365 ? `${Math.floor(hours / 24)}d` : `${Math.floor(hours / 24 / 365)}y`;
}
