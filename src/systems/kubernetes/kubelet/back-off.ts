/**
 * Back-off of restarts and image pulls, by the numbers of client-go's util/flowcontrol/backoff.go as the kubelet uses
 * it: 10 s doubling to 300 s, forgotten after twice the maximum (10 minutes) without a new failure.
 */

/** One entry: how long to wait, and when that was decided, ms. */
export interface BackOffEntry {
  readonly delayMs: number;
  readonly updatedAt: number;
}

/** First delay (kubelet.go: backOffPeriod / initialNodeStatusUpdate: 10 s). */
export const FIRST_BACK_OFF_MS = 10_000;
/** Longest delay (kubelet.go: MaxContainerBackOff = 300 s; image back-off has the same). */
export const LONGEST_BACK_OFF_MS = 300_000;

/** An entry is forgotten when nothing failed for twice the longest delay. */
export function hasExpired(entry: BackOffEntry, at: number): boolean {
  return at - entry.updatedAt > LONGEST_BACK_OFF_MS * 2;
}

/** The entry after another failure, which happened at `failedAt`. */
export function nextBackOff(entry: BackOffEntry | undefined, failedAt: number, now: number): BackOffEntry {
  if (entry === undefined || hasExpired(entry, failedAt)) return { delayMs: FIRST_BACK_OFF_MS, updatedAt: now };
  return { delayMs: Math.min(entry.delayMs * 2, LONGEST_BACK_OFF_MS), updatedAt: now };
}

/** When a container that finished at a time may start again, ms (IsInBackOffSince): at once after its first end. */
export function restartAllowedAt(entry: BackOffEntry | undefined, finishedAt: number): number {
  if (entry === undefined || hasExpired(entry, finishedAt)) return finishedAt;
  return finishedAt + entry.delayMs;
}

/** When the next pull may be tried, ms (IsInBackOffSinceUpdate). */
export function retryAllowedAt(entry: BackOffEntry | undefined, now: number): number {
  return entry === undefined || hasExpired(entry, now) ? now : entry.updatedAt + entry.delayMs;
}
