import { describe, expect, it } from "vitest";
import { copyPlain } from "../../base/plain/index.ts";
import { createStream, nextBelow, nextFloat, nextUint32, seedFrom } from "./index.ts";

describe("seedFrom", () => {
  it.each([["", 0x811c9dc5], ["a", 0xe40c292c], ["foobar", 0xbf9cf968]])("is 32-bit FNV-1a: %j", (text, hash) => {
    expect(seedFrom(text)).toBe(hash); // Test vectors of the FNV reference code.
  });
  it("tells similar names apart", () => {
    const hashes = new Set(Array.from({ length: 2000 }, (_, index) => seedFrom(`kubelet/node-${index}`)));
    expect(hashes.size).toBe(2000);
  });
});

describe("a random stream", () => {
  it("gives the numbers it has always given: sessions that were shared depend on them", () => {
    const stream = createStream(1, "etcd");
    const first = [nextUint32(stream), nextUint32(stream), nextUint32(stream)];
    const again = createStream(1, "etcd");
    expect([nextUint32(again), nextUint32(again), nextUint32(again)]).toEqual(first);
    expect(first).toMatchInlineSnapshot(`
      [
        3009556085,
        1955167490,
        3003316981,
      ]
    `);
  });

  it("differs by name, by seed, and by the part of the seed beyond 32 bits", () => {
    const first = (seed: number, name: string): number => nextUint32(createStream(seed, name));
    const numbers = [first(1, "a"), first(1, "b"), first(2, "a"), first(1 + 2 ** 32, "a"), first(1 + 2 ** 40, "a")];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("goes on from a copy as the original does: it is plain data", () => {
    const stream = createStream(7, "x");
    nextUint32(stream);
    const copy = copyPlain(stream);
    expect(Array.from({ length: 50 }, () => nextUint32(copy))).toEqual(Array.from({ length: 50 }, () => nextUint32(stream)));
  });

  it("is not disturbed by other streams", () => {
    const [one, other] = [createStream(7, "x"), createStream(7, "y")];
    const alone = Array.from({ length: 20 }, () => nextUint32(createStream(7, "x")));
    for (let index = 0; index < 20; index++) nextUint32(other);
    expect(nextUint32(one)).toBe(alone[0]);
  });

  it("spreads evenly: bits, tenths and dice", () => {
    const stream = createStream(3, "spread");
    const tenths = new Array<number>(10).fill(0);
    const bits = new Array<number>(32).fill(0);
    for (let index = 0; index < 20_000; index++) {
      const value = nextUint32(stream);
      for (let bit = 0; bit < 32; bit++) bits[bit] = (bits[bit] ?? 0) + ((value >>> bit) & 1);
      const tenth = Math.floor(nextFloat(stream) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200); // 4.7 standard deviations
    for (const count of bits) expect(Math.abs(count - 10_000)).toBeLessThan(350);
  });

  it("never reaches one, nor a limit", () => {
    const stream = createStream(4, "limits");
    for (let index = 0; index < 10_000; index++) {
      const share = nextFloat(stream);
      expect(share >= 0 && share < 1).toBe(true);
      const six = nextBelow(stream, 6);
      expect(Number.isInteger(six) && six >= 0 && six < 6).toBe(true);
    }
    expect(nextBelow(stream, 1)).toBe(0);
  });

  it("throws every side of a die", () => {
    const stream = createStream(5, "die");
    expect(new Set(Array.from({ length: 200 }, () => nextBelow(stream, 6))).size).toBe(6);
  });
});
