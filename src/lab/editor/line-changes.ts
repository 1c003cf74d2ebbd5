import { diffArrays } from "diff";

/** A stretch of lines that differs from the base: `line` is where it begins now (from 1), `removed` what stood there. */
export interface LineHunk {
  readonly line: number;
  readonly added: number;
  readonly removed: readonly string[];
}

/** Texts longer than this are not compared while typing. */
export const COMPARE_LIMIT = 300_000;
const EFFORT = 2_000;

/** Stretches in which `text` differs from `base`; null when they differ too much to be worth telling. */
export function lineHunks(base: string, text: string): readonly LineHunk[] | null {
  if (base === text) return [];
  if (base.length + text.length > COMPARE_LIMIT) return null;
  const parts = diffArrays(linesOf(base), linesOf(text), { maxEditLength: EFFORT });
  if (parts === undefined) return null;
  const hunks: LineHunk[] = [];
  let line = 1;
  let removed: readonly string[] = [];
  const close = (added: number): void => {
    if (added > 0 || removed.length > 0) hunks.push({ line, added, removed });
    removed = [];
    line += added;
  };
  for (const part of parts) {
    if (part.removed) removed = [...removed, ...part.value];
    else if (part.added) close(part.value.length);
    else {
      close(0);
      line += part.value.length;
    }
  }
  close(0);
  return hunks;
}

/** How many lines a person would say differ: a changed line counts once. */
export function linesDiffering(hunks: readonly LineHunk[]): number {
  return hunks.reduce((sum, hunk) => sum + Math.max(hunk.added, hunk.removed.length), 0);
}

function linesOf(text: string): string[] {
  return text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
}
