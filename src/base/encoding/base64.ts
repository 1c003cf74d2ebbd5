/** Base64 (RFC 4648): the standard alphabet as in Secret data, and the URL alphabet without padding as in JSON web tokens. */
import { utf8Bytes, utf8Text } from "./utf8.ts";

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const STANDARD_VALUES = valuesOf(STANDARD);
const URL_SAFE_VALUES = valuesOf(URL_SAFE);

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
}

/** `bytes` in base64 with padding. */
export function base64Encode(bytes: Uint8Array): string {
  return encode(bytes, STANDARD, "=");
}

/** The UTF-8 bytes of `text` in base64 with padding. */
export function base64EncodeText(text: string): string {
  return base64Encode(utf8Bytes(text));
}

/** `bytes` in the URL-safe alphabet without padding, as in a JSON web token (RFC 7515). */
export function base64UrlEncode(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE, "");
}

function encode(bytes: Uint8Array, alphabet: string, pad: string): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const third = left > 1 ? alphabet.charAt((word >> 6) & 63) : pad;
    const fourth = left > 2 ? alphabet.charAt(word & 63) : pad;
    parts.push(alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63) + third + fourth);
  }
  return parts.join("");
}

/** Decoded bytes, or the offset of the first byte that doesn't belong, as Go's `CorruptInputError` counts it. */
export type Base64Decoded = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly offset: number };

/**
 * Decodes base64 as Go's `base64.StdEncoding` does (what the API server uses for `[]byte` fields):
 * padding is required, line breaks are skipped. Source: https://pkg.go.dev/encoding/base64.
 */
export function base64Decode(text: string): Base64Decoded {
  return decode(text, STANDARD_VALUES, true);
}

/** Decodes the URL-safe alphabet without padding. */
export function base64UrlDecode(text: string): Base64Decoded {
  return decode(text, URL_SAFE_VALUES, false);
}

/** The UTF-8 text in base64 `text`; `undefined` when it is neither valid base64 nor valid UTF-8. */
export function base64DecodeText(text: string): string | undefined {
  const decoded = base64Decode(text);
  return decoded.ok ? utf8Text(decoded.bytes) : undefined;
}

function decode(text: string, values: Int8Array, padded: boolean): Base64Decoded {
  const bytes = new Uint8Array(Math.ceil(text.length / 4) * 3);
  let written = 0;
  let word = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) continue;
    if (code === 61 && padded) return finishPadded(text, i, { bytes, written, word, digits });
    const value = code < 128 ? (values[code] ?? -1) : -1;
    if (value < 0) return { ok: false, offset: i };
    word = (word << 6) | value;
    if (++digits < 4) continue;
    written = writeWord(bytes, written, word, 3);
    word = digits = 0;
  }
  if (digits === 0) return { ok: true, bytes: bytes.slice(0, written) };
  if (padded || digits === 1) return { ok: false, offset: text.length - (digits === 1 || padded ? digits : 0) };
  written = writeWord(bytes, written, word << (6 * (4 - digits)), digits - 1);
  return { ok: true, bytes: bytes.slice(0, written) };
}

interface Progress {
  readonly bytes: Uint8Array;
  readonly written: number;
  readonly word: number;
  readonly digits: number;
}

function finishPadded(text: string, padAt: number, progress: Progress): Base64Decoded {
  const { digits, word, bytes } = progress;
  const rest = text.slice(padAt).replace(/[\r\n]/g, "");
  if (digits < 2) return { ok: false, offset: padAt };
  const wanted = 4 - digits;
  const firstWrong = rest.search(/[^=]/);
  if (firstWrong >= 0 && firstWrong < wanted) return { ok: false, offset: padAt + firstWrong };
  if (rest.length < wanted) return { ok: false, offset: text.length };
  if (rest.length > wanted) return { ok: false, offset: padAt + wanted };
  const end = writeWord(bytes, progress.written, word << (6 * wanted), digits - 1);
  return { ok: true, bytes: bytes.slice(0, end) };
}

function writeWord(bytes: Uint8Array, start: number, word: number, count: number): number {
  for (let i = 0; i < count; i++) bytes[start + i] = (word >> (16 - 8 * i)) & 0xff;
  return start + count;
}
