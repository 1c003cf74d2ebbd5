/**
 * UTF-8 without the platform's TextEncoder, which this layer does without.
 * A lone surrogate is written as U+FFFD, as the Encoding standard has it (https://encoding.spec.whatwg.org/#utf-8-encoder).
 */

const REPLACEMENT = 0xfffd;

/** Bytes that `text` takes in UTF-8, without encoding it. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (isSurrogatePair(text, i)) {
      length += 2;
      i++;
    } else length += 2;
  }
  return length;
}

/** `text` in UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    const code = codePointOr(text, i, unit);
    if (code > 0xffff) i++;
    at = writeCodePoint(bytes, at, code);
  }
  return bytes;
}

function isSurrogatePair(text: string, index: number): boolean {
  const high = text.charCodeAt(index);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(index + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}

function codePointOr(text: string, index: number, unit: number): number {
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  return isSurrogatePair(text, index) ? (text.codePointAt(index) ?? REPLACEMENT) : REPLACEMENT;
}

function writeCodePoint(bytes: Uint8Array, start: number, code: number): number {
  let at = start;
  if (code < 0x800) {
    bytes[at++] = 0xc0 | (code >> 6);
  } else {
    if (code > 0xffff) {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    } else {
      bytes[at++] = 0xe0 | (code >> 12);
    }
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (code & 0x3f);
  return at;
}

/** Text of UTF-8 `bytes`; `undefined` when they aren't valid UTF-8 (binary data). */
export function utf8Text(bytes: Uint8Array): string | undefined {
  const parts: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    const size = sequenceLength(lead);
    const code = size === 1 ? lead : decodeSequence(bytes, i, size);
    if (size === 0 || code === undefined) return undefined;
    if (code > 0xffff) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
    else units.push(code);
    i += size;
    if (units.length >= 4096) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  }
  parts.push(String.fromCharCode(...units));
  return parts.join("");
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

const SMALLEST_OF_LENGTH = [0, 0, 0x80, 0x800, 0x10000];

function decodeSequence(bytes: Uint8Array, start: number, size: number): number | undefined {
  let code = (bytes[start] ?? 0) & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) {
    const next = bytes[start + i];
    if (next === undefined || (next & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (next & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < (SMALLEST_OF_LENGTH[size] ?? 0) || code > 0x10ffff || isSurrogate ? undefined : code;
}
