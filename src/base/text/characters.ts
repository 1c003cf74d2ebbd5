/**
 * Characters that don't show themselves: controls, and the bidirectional marks that can make text read otherwise than it is
 * ("Trojan Source", CVE-2021-42574). They are refused in input and shown escaped everywhere else.
 */

/** A character that must not come in unseen. `index` counts UTF-16 units. */
export interface HiddenCharacter {
  readonly index: number;
  readonly code: number;
  readonly kind: "control" | "bidirectional";
}

/**
 * Controls are what YAML 1.1 calls non-printable (https://yaml.org/spec/1.1/#printable%20character), with DEL among them;
 * tab, line feed, carriage return and NEL are allowed. Lone surrogates count as controls: they are no characters at all.
 */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The first hidden character at or after `from`. */
export function findHiddenCharacter(text: string, from = 0): HiddenCharacter | undefined {
  const pattern = new RegExp(HIDDEN);
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const code = match[0].charCodeAt(0);
  return { index: match.index, code, kind: isBidirectional(code) ? "bidirectional" : "control" };
}

function isBidirectional(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/** `text` with every hidden character written as `\u202e`, so that it shows and does nothing. Line breaks and tabs stay. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (character) => escapeUnit(character.charCodeAt(0)));
}

/** As {@link escapeHidden}, on one line: line breaks and tabs are written `\n`, `\r`, `\t`. */
export function escapeForOneLine(text: string): string {
  const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return escapeHidden(text).replace(/[\n\r\t]/g, (character) => short[character] ?? character);
}

function escapeUnit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

const NAMES: Readonly<Record<number, string>> = {
  0x00: "NUL", 0x07: "bell", 0x08: "backspace", 0x1b: "escape", 0x7f: "delete",
  0x202a: "left-to-right embedding", 0x202b: "right-to-left embedding", 0x202c: "pop directional formatting",
  0x202d: "left-to-right override", 0x202e: "right-to-left override",
  0x2066: "left-to-right isolate", 0x2067: "right-to-left isolate", 0x2068: "first strong isolate", 0x2069: "pop directional isolate",
};

/** A character for people: `U+202E (right-to-left override)`. */
export function nameCharacter(code: number): string {
  const point = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = NAMES[code];
  return name === undefined ? point : `${point} (${name})`;
}
