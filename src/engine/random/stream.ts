/**
 * The sfc32 generator (Chris Doty-Humphrey's "small fast counting" generator, PractRand): four 32-bit words,
 * good statistics, and the same numbers in every JavaScript engine because it uses 32-bit integer arithmetic only.
 */
export interface RandomStream {
  a: number;
  b: number;
  c: number;
  counter: number;
}

/** 32-bit FNV-1a over UTF-16 code units: turns a seed and a name into a starting point. */
export function seedFrom(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A stream for one component of one seed: streams of different names are independent. */
export function createStream(seed: number, name: string): RandomStream {
  const stream: RandomStream = { a: seed | 0, b: seedFrom(name) | 0, c: (seed / 4294967296) | 0, counter: 1 };
  for (let round = 0; round < 15; round++) nextUint32(stream);
  return stream;
}

/** The next 32 random bits, as an unsigned integer. */
export function nextUint32(stream: RandomStream): number {
  const sum = (((stream.a + stream.b) | 0) + stream.counter) | 0;
  stream.counter = (stream.counter + 1) | 0;
  stream.a = stream.b ^ (stream.b >>> 9);
  stream.b = (stream.c + (stream.c << 3)) | 0;
  stream.c = (stream.c << 21) | (stream.c >>> 11);
  stream.c = (stream.c + sum) | 0;
  return sum >>> 0;
}

/** A number in [0, 1). */
export function nextFloat(stream: RandomStream): number {
  return nextUint32(stream) / 4294967296;
}

/** A whole number in [0, limit). */
export function nextBelow(stream: RandomStream, limit: number): number {
  return Math.floor(nextFloat(stream) * limit);
}
