/**
 * The order in which the library writes the keys of a mapping: letters after other characters, runs of digits as numbers.
 * Source: go.yaml.in/yaml/v2 sorter.go (keyList.Less).
 */

const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

function isLetter(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 128 ? (code >= 97 && code <= 122) || (code >= 65 && code <= 90) : LETTER.test(character);
}

function isDigit(character: string | undefined): boolean {
  if (character === undefined) return false;
  const code = character.charCodeAt(0);
  return code < 128 ? code >= 48 && code <= 57 : DIGIT.test(character);
}

/** Compares two keys. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++) if (left[i] !== right[i]) return compareAt(left, right, i);
  return left.length - right.length;
}

function compareAt(left: readonly string[], right: readonly string[], i: number): number {
  const a = left[i] ?? "";
  const b = right[i] ?? "";
  const order = (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
  const aIsLetter = isLetter(a);
  const bIsLetter = isLetter(b);
  if (aIsLetter && bIsLetter) return order;
  if (aIsLetter || bIsLetter) return bIsLetter ? -1 : 1;
  const lead = (a === "0" || b === "0") && followsNumber(left, i) ? 1 : 0;
  const x = readNumber(left, i, lead);
  const y = readNumber(right, i, lead);
  return x.value - y.value || x.end - y.end || order;
}

/** True when the digits before `i`, up to the first other character, hold one that isn't zero. */
function followsNumber(characters: readonly string[], i: number): boolean {
  for (let j = i - 1; j >= 0 && isDigit(characters[j]); j--) if (characters[j] !== "0") return true;
  return false;
}

function readNumber(characters: readonly string[], i: number, lead: number): { readonly value: number; readonly end: number } {
  let value = lead;
  let end = i;
  for (; isDigit(characters[end]); end++) value = value * 10 + (characters[end]?.codePointAt(0) ?? 48) - 48;
  return { value, end };
}
