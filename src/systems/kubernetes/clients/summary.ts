import type { ClientsState, SecondRow } from "./state.ts";

/** What a client has seen. Latency is the mean, ms; 0 without an answer. */
export interface ClientSummary {
  readonly name: string;
  readonly url: string;
  readonly on: boolean;
  readonly perSecond: number;
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  /** Requests that still wait for an outcome. */
  readonly waiting: number;
  readonly latencyMs: number;
  /** Answers by pod ("namespace/name"), of seconds that are not older than ten rows. */
  readonly byPod: ReadonlyMap<string, number>;
  readonly lastErrors: readonly { readonly at: number; readonly reason: string }[];
}

/**
 * Sums up what a client has seen, in all or between two times (ms since the epoch, whole seconds; an outcome counts in
 * the second in which it became known, which for a lost request is five seconds after it was sent). The history goes
 * back an hour of traffic. Undefined for a client that never was.
 */
export function clientSummary(state: ClientsState, name: string, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY): ClientSummary | undefined {
  const program = state.programs.get(name);
  if (program === undefined) return undefined;
  const totals = { sent: 0, answered: 0, failed: 0, latencySumMs: 0 };
  const byPod = new Map<string, number>();
  for (let index = program.rows.length - 1; index >= 0; index--) {
    const row = program.rows[index] as SecondRow;
    if (row.second * 1000 < fromMs) break;
    if (row.second * 1000 > toMs) continue;
    totals.sent += row.sent;
    totals.answered += row.answered;
    totals.failed += row.failed;
    totals.latencySumMs += row.latencySumMs;
    for (const [pod, count] of row.byPod ?? []) byPod.set(pod, (byPod.get(pod) ?? 0) + count);
  }
  const { sent, answered, failed } = fromMs === Number.NEGATIVE_INFINITY && toMs === Number.POSITIVE_INFINITY ? program : totals;
  let waiting = 0;
  for (const pending of state.pending.values()) if (pending.client === name) waiting++;
  return {
    name, url: program.spec.url, on: program.on, perSecond: program.spec.perSecond, sent, answered, failed, waiting, byPod, lastErrors: program.errors,
    latencyMs: totals.answered === 0 ? 0 : Math.round(totals.latencySumMs / totals.answered),
  };
}

/** Requests that failed between two times, of all clients; see {@link clientSummary}. */
export function requestsLost(state: ClientsState, fromMs?: number, toMs?: number): number {
  let lost = 0;
  for (const name of state.programs.keys()) lost += clientSummary(state, name, fromMs, toMs)?.failed ?? 0;
  return lost;
}
