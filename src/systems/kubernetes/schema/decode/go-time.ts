/** Reads times as Go's time.Parse does with the two layouts of the API, with its complaints. Source: Go time/format.go. */
import { quote } from "../../../../base/go-format/index.ts";

const SECONDS = "2006-01-02T15:04:05Z07:00";
/** metav1.RFC3339Micro (apimachinery pkg/apis/meta/v1/micro_time.go). */
const MICROS = "2006-01-02T15:04:05.000000Z07:00";

/** The canonical text (UTC, whole seconds or microseconds), or the complaint. */
export type TimeResult = { readonly text: string } | { readonly error: string };

interface Element { readonly layout: string; readonly pattern: RegExp; readonly name?: string; readonly least?: number; readonly most?: number }

const elements: readonly Element[] = [
  { layout: "2006", pattern: /^\d{4}/ },
  { layout: "-", pattern: /^-/ },
  { layout: "01", pattern: /^\d\d/, name: "month", least: 1, most: 12 },
  { layout: "-", pattern: /^-/ },
  { layout: "02", pattern: /^\d\d/, name: "day", least: 1, most: 31 },
  { layout: "T", pattern: /^T/ },
  { layout: "15", pattern: /^\d\d/, name: "hour", least: 0, most: 23 },
  { layout: ":", pattern: /^:/ },
  { layout: "04", pattern: /^\d\d/, name: "minute", least: 0, most: 59 },
  { layout: ":", pattern: /^:/ },
  { layout: "05", pattern: /^\d\d/, name: "second", least: 0, most: 59 },
];
const zone: Element = { layout: "Z07:00", pattern: /^(Z|[+-]\d\d:\d\d)/ };
/** After seconds a fraction is read even when the layout has none. */
const freeFraction: Element = { layout: "", pattern: /^([.,]\d+)?/ };
const sixDigits: Element = { layout: ".000000", pattern: /^[.,]\d{6}/ };

/** Reads an RFC 3339 time with whole seconds (metav1.Time); fractions are cut off. */
export function readTime(text: string): TimeResult {
  if (text.length === 20 && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/.test(text)) return { text };
  return read(text, SECONDS, [...elements, freeFraction, zone], 0);
}

/** Reads an RFC 3339 time with exactly six digits of a second (metav1.MicroTime). */
export function readMicroTime(text: string): TimeResult {
  return read(text, MICROS, [...elements, sixDigits, zone], 6);
}

function read(text: string, layout: string, parts: readonly Element[], digits: number): TimeResult {
  let rest = text;
  const values: string[] = [];
  for (const part of parts) {
    const found = part.pattern.exec(rest)?.[0];
    if (found === undefined) return { error: `parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(part.layout)}` };
    if (part.name !== undefined && (Number(found) < (part.least ?? 0) || Number(found) > (part.most ?? 99))) return { error: `parsing time ${quote(text)}: ${part.name} out of range` };
    values.push(found);
    rest = rest.slice(found.length);
  }
  if (rest !== "") return { error: `parsing time ${quote(text)}: extra text: ${quote(rest)}` };
  return canonical(text, values, digits);
}

const DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function canonical(text: string, values: readonly string[], digits: number): TimeResult {
  const [year, month, day, hour, minute, second] = [0, 2, 4, 6, 8, 10].map((at) => Number(values[at])) as [number, number, number, number, number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day > (DAYS[month - 1] ?? 31) + (month === 2 && leap ? 1 : 0)) return { error: `parsing time ${quote(text)}: day out of range` };
  const offset = offsetMinutes(values[12] ?? "Z");
  const whole = Date.UTC(year, month - 1, day, hour, minute - offset, second);
  const fraction = digits === 0 ? "" : `.${(values[11] ?? "").slice(1)}`;
  return { text: `${new Date(whole).toISOString().slice(0, 19)}${fraction}Z` };
}

function offsetMinutes(zoneText: string): number {
  if (zoneText === "Z") return 0;
  const minutes = Number(zoneText.slice(1, 3)) * 60 + Number(zoneText.slice(4, 6));
  return zoneText.startsWith("-") ? -minutes : minutes;
}
