/**
 * Cron schedules: reading them with the refusals Kubernetes passes on, and the next time they name.
 * Source: github.com/robfig/cron v3, ParseStandard (used by kubernetes pkg/apis/batch/validation and the CronJob controller).
 * Simplified: times are computed in UTC; a leading TZ= or CRON_TZ= is kept as text for the caller.
 */
import { readDuration } from "../duration/index.ts";
import { quote } from "../go-format/index.ts";

/** A schedule as sets of allowed values, or a fixed interval. */
export type CronSchedule =
  | { readonly type: "fields"; readonly minutes: ReadonlySet<number>; readonly hours: ReadonlySet<number>; readonly days: ReadonlySet<number>; readonly months: ReadonlySet<number>; readonly weekdays: ReadonlySet<number>; readonly anyDay: boolean; readonly anyWeekday: boolean }
  | { readonly type: "every"; readonly everyMs: number };

/** A schedule, or the parser's words for why the text is none. */
export type CronResult = { readonly schedule: CronSchedule } | { readonly error: string };

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59 }, { min: 0, max: 23 }, { min: 1, max: 31 }, { min: 1, max: 12, names: MONTHS }, { min: 0, max: 6, names: WEEKDAYS },
];
const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"], ["@annually", "0 0 1 1 *"], ["@monthly", "0 0 1 * *"], ["@weekly", "0 0 * * 0"], ["@daily", "0 0 * * *"], ["@midnight", "0 0 * * *"], ["@hourly", "0 * * * *"],
]);

class CronSyntaxError extends Error {}

function parseNumber(text: string, bounds: Bounds): number {
  const named = bounds.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + bounds.min;
  if (!/^[-+]?[0-9]+$/.test(text)) throw new CronSyntaxError(`failed to parse int from ${text}: strconv.Atoi: parsing ${quote(text)}: invalid syntax`);
  const value = Number(text);
  if (value < 0) throw new CronSyntaxError(`negative number (${value}) not allowed: ${text}`);
  return value;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly any: boolean;
}

function parseSpan(text: string, whole: string, hasStep: boolean, bounds: Bounds): Span {
  const parts = text.split("-");
  const first = parts[0] ?? "";
  if (first === "*" || first === "?") return { start: bounds.min, end: bounds.max, any: true };
  if (parts.length > 2) throw new CronSyntaxError(`too many hyphens: ${whole}`);
  const start = parseNumber(first, bounds);
  if (parts.length === 2) return { start, end: parseNumber(parts[1] ?? "", bounds), any: false };
  return { start, end: hasStep ? bounds.max : start, any: false };
}

/** One part of a field, e.g. "1-5/2"; true when it stands for any value. */
function addPart(text: string, bounds: Bounds, values: Set<number>): boolean {
  const [range = "", stepText, ...more] = text.split("/");
  const span = parseSpan(range, text, stepText !== undefined, bounds);
  if (more.length > 0) throw new CronSyntaxError(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : parseNumber(stepText, { min: 0, max: 0 });
  if (span.start < bounds.min) throw new CronSyntaxError(`beginning of range (${span.start}) below minimum (${bounds.min}): ${text}`);
  if (span.end > bounds.max) throw new CronSyntaxError(`end of range (${span.end}) above maximum (${bounds.max}): ${text}`);
  if (span.start > span.end) throw new CronSyntaxError(`beginning of range (${span.start}) beyond end of range (${span.end}): ${text}`);
  if (step === 0) throw new CronSyntaxError(`step of range should be a positive number: ${text}`);
  for (let value = span.start; value <= span.end; value += step) values.add(value);
  return span.any && step === 1;
}

function parseField(text: string, bounds: Bounds): { readonly values: ReadonlySet<number>; readonly any: boolean } {
  const values = new Set<number>();
  let any = false;
  for (const part of text.split(",")) if (part !== "" && addPart(part, bounds, values)) any = true;
  return { values, any };
}

function parseFields(text: string): CronSchedule {
  const texts = text.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) throw new CronSyntaxError(`expected exactly ${FIELDS.length} fields, found ${texts.length}: [${texts.join(" ")}]`);
  const fields = FIELDS.map((bounds, index) => parseField(texts[index] ?? "", bounds));
  const values = (index: number): ReadonlySet<number> => fields[index]?.values ?? new Set();
  return {
    type: "fields", minutes: values(0), hours: values(1), days: values(2), months: values(3), weekdays: values(4),
    anyDay: fields[2]?.any === true, anyWeekday: fields[4]?.any === true,
  };
}

function parseDescriptor(text: string): CronSchedule {
  const known = DESCRIPTORS.get(text);
  if (known !== undefined) return parseFields(known);
  if (!text.startsWith("@every ")) throw new CronSyntaxError(`unrecognized descriptor: ${text}`);
  const duration = readDuration(text.slice("@every ".length));
  if ("error" in duration) throw new CronSyntaxError(`failed to parse duration ${text}: ${duration.error}`);
  return { type: "every", everyMs: Math.max(1000, Math.floor(duration.durationMs / 1000) * 1000) };
}

/** Reads a schedule such as "0-30/5 * * * *", "@daily" or "@every 1h30m". */
export function parseCron(text: string): CronResult {
  if (text === "") return { error: "empty spec string" };
  const zone = /^(?:CRON_)?TZ=\S+\s*/.exec(text);
  const rest = zone === null ? text : text.slice(zone[0].length).trim();
  try {
    return { schedule: rest.startsWith("@") ? parseDescriptor(rest) : parseFields(rest) };
  } catch (error) {
    if (error instanceof CronSyntaxError) return { error: error.message };
    throw error;
  }
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A schedule that names no time in five years (30 February) names none at all. */
const SEARCH_DAYS = 5 * 366;

function dayMatches(schedule: Extract<CronSchedule, { readonly type: "fields" }>, date: Date): boolean {
  if (!schedule.months.has(date.getUTCMonth() + 1)) return false;
  const day = schedule.days.has(date.getUTCDate());
  const weekday = schedule.weekdays.has(date.getUTCDay());
  return schedule.anyDay || schedule.anyWeekday ? day && weekday : day || weekday;
}

/** The first time after `afterMs` (milliseconds since 1970, UTC) that the schedule names, or undefined when there is none. */
export function nextCronTime(schedule: CronSchedule, afterMs: number): number | undefined {
  if (schedule.type === "every") return Math.floor((afterMs + schedule.everyMs) / 1000) * 1000;
  const from = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
  const firstDay = Math.floor(from / DAY_MS) * DAY_MS;
  const hours = [...schedule.hours].sort((a, b) => a - b);
  const minutes = [...schedule.minutes].sort((a, b) => a - b);
  for (let index = 0; index <= SEARCH_DAYS; index++) {
    const day = firstDay + index * DAY_MS;
    if (!dayMatches(schedule, new Date(day))) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const time = day + (hour * 60 + minute) * MINUTE_MS;
        if (time >= from) return time;
      }
    }
  }
  return undefined;
}
