/** Texts longer than this are checked, compared and pasted only when asked for: they would keep the engine busy. Characters. */
export const BIG_TEXT = 1_000_000;

/** Whether a text is too long for work that nobody asked for. */
export function isBig(length: number): boolean {
  return length > BIG_TEXT;
}
