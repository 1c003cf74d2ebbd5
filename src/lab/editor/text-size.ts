/** Texts longer than this are checked, compared and pasted only when asked for: they would keep the engine busy. Characters. */
export const BIG_TEXT = 1_000_000;
/** The server's own limit on one request is about 1.5 MB (etcd's --max-request-bytes); files above this are not opened at all. */
export const MOST_TEXT = 10 * 1024 * 1024;

/** Whether a text is too long for work that nobody asked for. */
export function isBig(length: number): boolean {
  return length > BIG_TEXT;
}
