import { createStore } from "zustand/vanilla";
import type { Batch, PaceView } from "../../protocol/index.ts";

/** The virtual clock as of the last batch. */
export interface ClockState {
  /** Virtual now, ms since the epoch. */
  readonly now: number;
  readonly startedAt: number;
  readonly revision: number;
  readonly handled: number;
  readonly pace: PaceView;
  /** The idle stretch skipped last, kept on show until the next one; ms. */
  readonly lastSkipMs: number;
  readonly skippedAt: number;
  readonly epoch: number;
}

const STOPPED: PaceView = { mode: "follow", playing: false, speed: 1, skippedMs: 0 };
export const EMPTY_CLOCK: ClockState = { now: 0, startedAt: 0, revision: 0, handled: 0, pace: STOPPED, lastSkipMs: 0, skippedAt: 0, epoch: -1 };

export const createClockStore = () => createStore<ClockState>(() => EMPTY_CLOCK);

/** The clock after a batch. */
export function clockAfter(before: ClockState, batch: Batch): ClockState {
  const skipped = batch.pace.skippedMs > 0;
  return {
    now: batch.now,
    startedAt: batch.startedAt,
    revision: batch.revision,
    handled: batch.handled,
    pace: samePace(before.pace, batch.pace) ? before.pace : batch.pace,
    lastSkipMs: skipped ? batch.pace.skippedMs : before.lastSkipMs,
    skippedAt: skipped ? batch.now : before.skippedAt,
    epoch: batch.epoch,
  };
}

function samePace(a: PaceView, b: PaceView): boolean {
  return a.mode === b.mode && a.playing === b.playing && a.speed === b.speed && a.skippedMs === b.skippedMs;
}
