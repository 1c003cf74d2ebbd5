/**
 * FNV-1a, the hash behind pod-template-hash and many other Kubernetes names.
 * Constants: http://www.isthe.com/chongo/tech/comp/fnv/ (the same as Go's hash/fnv).
 */
import { utf8Bytes } from "./utf8.ts";

const OFFSET_32 = 0x811c9dc5;
const PRIME_32 = 0x01000193;

/** FNV-1a of the UTF-8 bytes of `text`, as an unsigned 32-bit number. `seed` continues an earlier hash. */
export function fnv1a32(text: string, seed: number = OFFSET_32): number {
  let hash = seed | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return fnv1a32Bytes(utf8Bytes(text.slice(i)), hash);
    hash = Math.imul(hash ^ unit, PRIME_32);
  }
  return hash >>> 0;
}

/** FNV-1a of `bytes`, as an unsigned 32-bit number. */
export function fnv1a32Bytes(bytes: Uint8Array, seed: number = OFFSET_32): number {
  let hash = seed | 0;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, PRIME_32);
  return hash >>> 0;
}

/** The two 32-bit halves of a 64-bit hash: cheaper than a bigint where only equality or digits matter. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

const OFFSET_64: Hash64 = { high: 0xcbf29ce4, low: 0x84222325 };

/** FNV-1a 64 of `bytes`. The prime is 2^40 + 0x1b3, so the product is a shift and a small multiplication. */
export function fnv1a64Bytes(bytes: Uint8Array, seed: Hash64 = OFFSET_64): Hash64 {
  let { high, low } = seed;
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x100000000) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return { high, low };
}

/** FNV-1a 64 of the UTF-8 bytes of `text`. */
export function fnv1a64(text: string, seed?: Hash64): Hash64 {
  return fnv1a64Bytes(utf8Bytes(text), seed);
}

/** Sixteen hexadecimal digits. */
export function hash64Hex(hash: Hash64): string {
  return hash.high.toString(16).padStart(8, "0") + hash.low.toString(16).padStart(8, "0");
}
