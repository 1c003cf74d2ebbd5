import { describe, expect, it } from "vitest";
import { createStream, nextBelow } from "../random/index.ts";
import { createQueue, dequeue, enqueue, nextTime, queueSize } from "./index.ts";

describe("event queue", () => {
  it("orders by time, then by insertion", () => {
    const queue = createQueue<string>();
    for (const [time, item] of [[5, "c"], [1, "a"], [5, "d"], [1, "b"], [9, "e"]] as const) enqueue(queue, time, item);
    expect(nextTime(queue)).toBe(1);
    expect([1, 2, 3, 4, 5].map(() => dequeue(queue))).toEqual(["a", "b", "c", "d", "e"]);
    expect(dequeue(queue)).toBeUndefined();
    expect(nextTime(queue)).toBe(Number.POSITIVE_INFINITY);
  });

  it("agrees with a sorted list under random use, also when pushing at the present time", () => {
    const queue = createQueue<[number, number]>();
    const model: [number, number][] = [];
    const random = createStream(42, "queue");
    let now = 0;
    for (let step = 0; step < 20_000; step++) {
      if (nextBelow(random, 5) < 3) {
        const item: [number, number] = [now + nextBelow(random, 50), step];
        enqueue(queue, item[0], item);
        model.push(item);
      } else if (model.length > 0) {
        let best = 0;
        for (let index = 1; index < model.length; index++) if (model[index]![0] < model[best]![0]) best = index;
        const expected = model.splice(best, 1)[0]!;
        now = expected[0];
        expect(dequeue(queue)).toEqual(expected);
      }
      expect(queueSize(queue)).toBe(model.length);
      if (model.length > 200) {
        model.length = 0;
        Object.assign(queue, createQueue());
      }
    }
  });
});
