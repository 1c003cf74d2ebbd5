/** Go's quoted strings. Source: the Go library, strconv.Quote: what fmt's %q prints. */

const SHORT_ESCAPES: ReadonlyMap<number, string> = new Map([
  [7, "\\a"], [8, "\\b"], [9, "\\t"], [10, "\\n"], [11, "\\v"], [12, "\\f"], [13, "\\r"], [34, '\\"'], [92, "\\\\"],
]);

/** Letters, marks, numbers, punctuation and symbols print as they are (unicode.IsPrint); other spaces do not. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, "0");
}

function escapeOf(code: number, char: string): string {
  const short = SHORT_ESCAPES.get(code);
  if (short !== undefined) return short;
  if (code >= 32 && code < 127) return char;
  if (code < 32 || code === 127) return `\\x${hex(code, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  if (PRINTABLE.test(char)) return char;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

/** The text in double quotes with Go's escapes: control and invisible characters are shown, printable ones kept. */
export function quote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const char of text) quoted += escapeOf(char.codePointAt(0) ?? 0, char);
  return `${quoted}"`;
}
