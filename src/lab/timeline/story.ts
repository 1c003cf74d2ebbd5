import type { Caption } from "../../protocol/index.ts";

/** One or more marks at a place of the track. */
export interface StoryMark {
  readonly x: number;
  readonly captions: readonly Caption[];
  /** 0 = upper line of labels, 1 = lower line, -1 = no room for the label. */
  readonly row: 0 | 1 | -1;
  /** Middle of the label: beside the mark where the track ends. */
  readonly labelX: number;
  /** Whether a line from an upper label down to its mark crosses no other label. */
  readonly stem: boolean;
}

/** A stretch in which nothing that matters happened. */
export interface StoryGap {
  readonly x: number;
  readonly ms: number;
}

export interface Story {
  readonly marks: readonly StoryMark[];
  readonly gaps: readonly StoryGap[];
  /** Where the present stands. */
  readonly present: number;
}

/** Marks nearer than this share one place, so that each can be hit; CSS pixels. */
const TOGETHER = 26;
/** Gaps longer than this are told in words when there is room. */
const LONG_MS = 5000;
const UNIT = 34;
const LETTER = 6.9;
const EDGE = 14;

/**
 * Places marks on a track of this width. Time is told, not measured: a gap of a second and one of an hour differ, but not
 * three thousand times. Places stay where they are until the track is full, then all move closer.
 */
export function layoutStory(marks: readonly Caption[], startedAt: number, now: number, width: number): Story {
  const weights: number[] = [];
  let before = startedAt;
  for (const mark of marks) {
    weights.push(weightOf(mark.at - before));
    before = mark.at;
  }
  const last = weightOf(now - before);
  const total = weights.reduce((sum, one) => sum + one, last);
  const unit = Math.min(UNIT, (width - 2 * EDGE - 24) / Math.max(total, 1));
  const groups: { x: number; captions: Caption[] }[] = [];
  const gaps: StoryGap[] = [];
  let x = EDGE;
  before = startedAt;
  for (const [i, mark] of marks.entries()) {
    const step = (weights[i] ?? 0) * unit;
    if (mark.at - before >= LONG_MS && step > 44) gaps.push({ x: x + step / 2, ms: mark.at - before });
    x += step;
    before = mark.at;
    const group = groups.at(-1);
    if (group !== undefined && x - group.x < TOGETHER) group.captions.push(mark);
    else groups.push({ x, captions: [mark] });
  }
  return { marks: withRows(groups, width), gaps, present: Math.min(width - EDGE, x + last * unit) };
}

/** How wide a gap is drawn, in units: grows with its logarithm. */
function weightOf(gapMs: number): number {
  return Math.min(5, 0.8 + Math.log2(1 + Math.max(0, gapMs) / 400) * 0.62);
}

function withRows(groups: readonly { x: number; captions: Caption[] }[], width: number): StoryMark[] {
  const free = [0, 0];
  return groups.map(({ x, captions }) => {
    const half = (markWord(captions).length * LETTER) / 2 + 4;
    const left = Math.max(0, Math.min(x - half, width - 2 * half));
    const row = ([1, 0] as const).find((one) => left >= (free[one] ?? 0)) ?? -1;
    if (row >= 0) free[row] = left + 2 * half;
    return { x, captions, row, labelX: left + half, stem: row === 0 && Math.abs(left + half - x) < 1 && (free[1] ?? 0) <= x };
  });
}

/** The word at a mark: its own, or the last of several with how many more. */
export function markWord(captions: readonly Caption[]): string {
  const last = captions.at(-1)?.mark ?? "";
  return captions.length > 1 ? `${last} +${captions.length - 1}` : last;
}
