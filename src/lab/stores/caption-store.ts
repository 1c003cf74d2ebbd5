import { createStore } from "zustand/vanilla";
import type { Caption } from "../../protocol/index.ts";

/** How many captions the log keeps; older ones can be asked for again by moving in time. */
export const CAPTION_LIMIT = 2000;
/** How many important captions may wait to be shown before the calmest ones are folded into "and N more". */
export const QUEUE_LIMIT = 4;

/** What has been said, what is being said, and what waits to be said. */
export interface CaptionState {
  /** All captions, oldest first, bounded. */
  readonly log: readonly Caption[];
  /** Captions that are marks on the timeline, oldest first, bounded. */
  readonly marks: readonly Caption[];
  readonly shown: Caption | null;
  readonly queue: readonly Caption[];
  /** How many were folded away since the shown one began. */
  readonly folded: number;
}

const SILENT: CaptionState = { log: [], marks: [], shown: null, queue: [], folded: 0 };

export const createCaptionStore = () => createStore<CaptionState>(() => SILENT);

/** Adds a batch's captions to log, marks and queue. */
export function withCaptions(state: CaptionState, fresh: readonly Caption[]): CaptionState {
  if (fresh.length === 0) return state;
  const loud = fresh.filter((caption) => caption.weight === 1);
  const queue = [...state.queue, ...loud];
  const folded = Math.max(0, queue.length - QUEUE_LIMIT);
  const marks = fresh.filter((caption) => caption.mark !== "");
  return {
    log: bounded(state.log, fresh),
    marks: marks.length === 0 ? state.marks : bounded(state.marks, marks),
    shown: state.shown,
    queue: queue.slice(folded),
    folded: state.folded + folded,
  };
}

/** Shows the next waiting caption. */
export function nextCaption(state: CaptionState): CaptionState {
  const [next, ...queue] = state.queue;
  return next === undefined ? state : { ...state, shown: next, queue, folded: 0 };
}

/** Nothing said: a new world. */
export function silence(): CaptionState {
  return SILENT;
}

function bounded(old: readonly Caption[], fresh: readonly Caption[]): readonly Caption[] {
  const all = [...old, ...fresh];
  return all.length > CAPTION_LIMIT ? all.slice(all.length - CAPTION_LIMIT) : all;
}
