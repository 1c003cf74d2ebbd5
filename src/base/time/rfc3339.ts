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
  const micros = Math.round((timeMs - Math.floor(timeMs / 1000) * 1000) * 1000);
  return `${rfc3339(timeMs).slice(0, 19)}.${String(micros).padStart(6, "0")}Z`;
}

/** Milliseconds since the epoch for an RFC 3339 text; NaN when it isn't one. */
export function parseRfc3339(text: string): number {
  return /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
}
