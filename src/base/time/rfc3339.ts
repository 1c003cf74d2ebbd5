let lastSecond = Number.NaN;
let lastText = "";

/** `2026-01-01T00:00:00Z` for a time in ms: the precision of metav1.Time (whole seconds, UTC). The last second is remembered. */
export function rfc3339(timeMs: number): string {
  const second = Math.floor(timeMs / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
  }
  return lastText;
}

/** `2026-01-01T00:00:00.000000Z`: the precision of metav1.MicroTime (leases, events). */
export function rfc3339Micro(timeMs: number): string {
  const micros = Math.min(999_999, Math.round((timeMs - Math.floor(timeMs / 1000) * 1000) * 1000));
  return `${rfc3339(timeMs).slice(0, 19)}.${String(micros).padStart(6, "0")}Z`;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** Milliseconds since the epoch for an RFC 3339 text; NaN when it isn't one, or names a day or an hour that doesn't exist. */
export function parseRfc3339(text: string): number {
  const [, year, month, day, hour] = RFC3339.exec(text) ?? [];
  // Engines differ on 30 February and on hour 24, so that neither may reach Date.parse.
  if (Number(hour) > 23 || Number(day) > daysIn(Number(year), Number(month))) return Number.NaN;
  return year === undefined ? Number.NaN : Date.parse(text.toUpperCase());
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
