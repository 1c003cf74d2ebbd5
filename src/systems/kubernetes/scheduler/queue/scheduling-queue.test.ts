import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeShape } from "../framework/pod-shape.ts";
import { makePod } from "../testing/test-cluster.ts";
import { heapPop, heapPush } from "./heap.ts";
import { activate, backOffOrActivate, createQueue, flushBackoff, forgetQueued, markError, markUnschedulable, newQueuedPod, nextBackoffEnd, popNext, type QueuedPod } from "./scheduling-queue.ts";

function waiting(name: string, priority = 0, nowMs = 0): QueuedPod {
  const pod = makePod(name, { spec: { priority } });
  return newQueuedPod(`default/${name}`, pod, makeShape(pod, 1), nowMs);
}

describe("the heap", () => {
  it("gives items in order", () => {
    fc.assert(fc.property(fc.array(fc.integer()), (items) => {
      const heap: number[] = [];
      const before = (a: number, b: number): boolean => a < b;
      for (const item of items) heapPush(heap, item, before);
      expect(items.map(() => heapPop(heap, before))).toEqual([...items].sort((a, b) => a - b));
      expect(heapPop(heap, before)).toBeUndefined();
    }));
  });
});

describe("the scheduling queue", () => {
  it("gives the highest priority first, then the longest waiting", () => {
    const queue = createQueue();
    activate(queue, waiting("late"), 5);
    activate(queue, waiting("early"), 1);
    activate(queue, waiting("high", 9), 9);
    expect([popNext(queue), popNext(queue), popNext(queue), popNext(queue)].map((pod) => pod?.key)).toEqual(["default/high", "default/early", "default/late", undefined]);
  });

  it("backs off twice as long each time, up to the limit", () => {
    const queue = createQueue();
    const pod = waiting("p");
    const delays = [1, 2, 3, 4, 5, 6].map(() => {
      markUnschedulable(queue, pod, ["NodeResourcesFit"], 0);
      return pod.backoffUntilMs;
    });
    expect(delays).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it("moves pods on when their back-off is over", () => {
    const queue = createQueue();
    const pod = waiting("p");
    markError(queue, pod, 100);
    expect(popNext(queue)).toBeUndefined();
    expect(nextBackoffEnd(queue)).toBe(1100);
    expect(flushBackoff(queue, 1099)).toBe(0);
    expect(flushBackoff(queue, 1100)).toBe(1);
    expect(popNext(queue)?.attempts).toBe(1);
  });

  it("lets a pod that found no node skip its back-off when nothing else waits, but not one with an error", () => {
    const queue = createQueue();
    const patient = waiting("patient");
    markUnschedulable(queue, patient, ["NodeResourcesFit"], 0);
    markError(queue, waiting("broken"), 0);
    backOffOrActivate(queue, patient, 10);
    expect(patient.place).toBe("backoff");
    expect(popNext(queue)?.key).toBe("default/patient");
    expect(popNext(queue)).toBeUndefined();
    expect(nextBackoffEnd(queue)).toBe(1000);
  });

  it("forgets pods wherever they are", () => {
    const queue = createQueue();
    const pods = ["a", "b", "c"].map((name) => waiting(name));
    activate(queue, pods[0] as QueuedPod, 0);
    markUnschedulable(queue, pods[1] as QueuedPod, ["NodePorts"], 0);
    markError(queue, pods[2] as QueuedPod, 0);
    for (const pod of pods) forgetQueued(queue, pod.key);
    expect(popNext(queue)).toBeUndefined();
    expect(flushBackoff(queue, 99_999)).toBe(0);
    expect(queue.unschedulable.size + (queue.refusedBy.get("NodePorts")?.size ?? 0)).toBe(0);
  });
});
