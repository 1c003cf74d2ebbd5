import { createStream, nextBelow, nextFloat, type RandomStream } from "../random/index.ts";

/** Chance for plans of tests: the same seed and name give the same throws. */
export class Dice {
  private readonly stream: RandomStream;

  constructor(seed: number, name: string) {
    this.stream = createStream(seed, name);
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return nextBelow(this.stream, limit);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + nextBelow(this.stream, most - least + 1);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return nextFloat(this.stream) < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error("nothing to pick from");
    return items[this.below(items.length)] as T;
  }

  /** One of a list, each as likely as its weight says; at least one weight is positive. */
  pickWeighted<T extends { readonly weight: number }>(items: readonly T[]): T {
    let left = nextFloat(this.stream) * items.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of items) if ((left -= item.weight) < 0) return item;
    return this.pick(items);
  }
}
