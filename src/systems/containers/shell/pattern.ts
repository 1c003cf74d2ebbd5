/** Shell patterns: *, ?, [abc], matched against whole texts (XCU 2.13). */

/** The pattern as a regular expression's source, without anchors. Backslashes escape. */
export function patternSource(pattern: string, lazy = false): string {
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    const close = character === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (character === "*") source += lazy ? "[\\s\\S]*?" : "[\\s\\S]*";
    else if (character === "?") source += "[\\s\\S]";
    else if (character === "\\" && at + 1 < pattern.length) source += escapeRegex(pattern[++at] as string);
    else if (close > 0) {
      const inner = pattern.slice(at + 1, close).replace(/\\/g, "\\\\");
      source += `[${inner.startsWith("!") ? `^${inner.slice(1)}` : inner}]`;
      at = close;
    } else source += escapeRegex(character);
  }
  return source;
}

/** True when the whole text matches. */
export function matchesPattern(pattern: string, text: string): boolean {
  return new RegExp(`^${patternSource(pattern)}$`).test(text);
}

/** Literal text for a regular expression or a pattern. */
export function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** ${x#p}, ${x##p}, ${x%p}, ${x%%p}. */
export function removeAffix(text: string, pattern: string, op: "#" | "##" | "%" | "%%"): string {
  if (op === "#" || op === "##") return text.replace(new RegExp(`^${patternSource(pattern, op === "#")}`), "");
  for (let step = 0; step <= text.length; step++) {
    const at = op === "%" ? text.length - step : step;
    if (matchesPattern(pattern, text.slice(at))) return text.slice(0, at);
  }
  return text;
}
