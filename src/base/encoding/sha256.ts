/** SHA-256 (FIPS 180-4), for image digests and checksums. Pure and synchronous, unlike the platform's. */
import { hexEncode } from "./hex.ts";
import { utf8Bytes } from "./utf8.ts";

const ROUND_CONSTANTS = fractionsOfRoots(64, 3);
const INITIAL_STATE = fractionsOfRoots(8, 2);

/** First 32 bits of the fractional parts of the square or cube roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function fractionsOfRoots(count: number, degree: 2 | 3): Uint32Array {
  const words = new Uint32Array(count);
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  for (const [i, prime] of primes.entries()) {
    words[i] = Number(integerRoot(BigInt(prime) << BigInt(32 * degree), degree) & 0xffffffffn);
  }
  return words;
}

/** Largest r with r^degree ≤ value, by bisection: exact on every engine, unlike Math.cbrt. */
function integerRoot(value: bigint, degree: 2 | 3): bigint {
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(degree) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** The 32 bytes of the digest. Text is hashed as UTF-8. */
export function sha256(data: Uint8Array | string): Uint8Array {
  const message = padded(typeof data === "string" ? utf8Bytes(data) : data);
  const state = INITIAL_STATE.slice();
  const schedule = new Uint32Array(64);
  const view = new DataView(message.buffer);
  for (let block = 0; block < message.length; block += 64) {
    fillSchedule(schedule, view, block);
    compress(state, schedule);
  }
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  state.forEach((word, i) => { out.setUint32(4 * i, word); });
  return digest;
}

/** The digest as 64 hexadecimal digits. */
export function sha256Hex(data: Uint8Array | string): string {
  return hexEncode(sha256(data));
}

function padded(bytes: Uint8Array): Uint8Array {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const message = new Uint8Array(length);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  return message;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function fillSchedule(schedule: Uint32Array, view: DataView, block: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = view.getUint32(block + 4 * i);
  for (let i = 16; i < 64; i++) {
    const early = at(schedule, i - 15);
    const late = at(schedule, i - 2);
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[i] = at(schedule, i - 16) + sigma0 + at(schedule, i - 7) + sigma1;
  }
}

function compress(state: Uint32Array, schedule: Uint32Array): void {
  const work = Array.from(state);
  for (let i = 0; i < 64; i++) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = work;
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + at(ROUND_CONSTANTS, i) + at(schedule, i)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    work.unshift((first + sum0 + majority) | 0);
    work[4] = (d + first) | 0;
    work.length = 8;
  }
  for (let i = 0; i < 8; i++) state[i] = at(state, i) + (work[i] ?? 0);
}
