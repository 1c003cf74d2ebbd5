/** Counts of a client: totals, and a row for each second. */
import type { Context } from "../../../engine/bus/index.ts";
import type { ClientProgram, SecondRow } from "./state.ts";

/** Rows kept: an hour of traffic. */
const MOST_ROWS = 3600;
/** Rows that keep their answers by pod. */
const DETAILED_ROWS = 10;
const MOST_ERRORS = 10;
/** Failures are told once a second at most. */
const TELL_EVERY_MS = 1000;

/** The row of this second; made if there is none. */
export function rowOf(program: ClientProgram, now: number): SecondRow {
  const second = Math.floor(now / 1000);
  const { rows } = program;
  const last = rows.at(-1);
  if (last !== undefined && last.second >= second) return last;
  const row: SecondRow = { second, sent: 0, answered: 0, failed: 0, latencySumMs: 0, byPod: new Map() };
  rows.push(row);
  const old = rows.at(-1 - DETAILED_ROWS);
  if (old !== undefined) old.byPod = undefined;
  if (rows.length > MOST_ROWS) rows.shift();
  return row;
}

/** A request was sent. */
export function countSent(program: ClientProgram, now: number): void {
  program.sent++;
  rowOf(program, now).sent++;
}

/** A request that was sent by a machine that turned out to be dead: nobody has sent it. */
export function withdraw(program: ClientProgram, sentAt: number): void {
  program.sent--;
  const second = Math.floor(sentAt / 1000);
  for (let index = program.rows.length - 1; index >= 0; index--) {
    const row = program.rows[index] as SecondRow;
    if (row.second === second) row.sent--;
    if (row.second <= second) return;
  }
}

/** A request was answered. */
export function countAnswered(program: ClientProgram, now: number, latencyMs: number, served: string | undefined): void {
  program.answered++;
  const row = rowOf(program, now);
  row.answered++;
  row.latencySumMs += latencyMs;
  if (served !== undefined) row.byPod?.set(served, (row.byPod.get(served) ?? 0) + 1);
}

/** A request failed; told at once or, within a second of the last time, together with others. */
export function countFailed(program: ClientProgram, context: Context, reason: string): void {
  program.failed++;
  rowOf(program, context.now).failed++;
  program.errors.push({ at: context.now, reason });
  if (program.errors.length > MOST_ERRORS) program.errors.shift();
  program.untold++;
  tellFailures(program, context);
}

/** Tells of failures that have not been told, unless that was done less than a second ago. */
export function tellFailures(program: ClientProgram, context: Context): void {
  if (program.untold === 0 || context.now - program.toldAt < TELL_EVERY_MS) return;
  const { name } = program.spec;
  context.note("TrafficFailed", `client/${name}`, { client: name, reason: program.errors.at(-1)?.reason ?? "", count: program.untold, url: program.spec.url });
  program.toldAt = context.now;
  program.untold = 0;
}
