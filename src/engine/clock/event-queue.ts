/**
 * The queue of things to come, ordered by (time, order of insertion).
 * Many events share a millisecond, so items wait in one bucket per time and only distinct times are in the heap:
 * pushing into a known time is O(1). The queue is plain data.
 */
export interface EventQueue<T> {
  /** Binary min-heap of the distinct times that have a bucket. */
  readonly times: number[];
  readonly buckets: Map<number, Bucket<T>>;
  size: number;
}

interface Bucket<T> {
  readonly items: T[];
  /** Index of the next item to take; items before it are gone. */
  head: number;
}

/** An empty queue. */
export function createQueue<T>(): EventQueue<T> {
  return { times: [], buckets: new Map(), size: 0 };
}

/** Adds an item at a time (ms). Items at the same time come out in the order they went in. */
export function enqueue<T>(queue: EventQueue<T>, timeMs: number, item: T): void {
  queue.size++;
  const bucket = queue.buckets.get(timeMs);
  if (bucket !== undefined) {
    bucket.items.push(item);
    return;
  }
  queue.buckets.set(timeMs, { items: [item], head: 0 });
  siftUp(queue.times, timeMs);
}

/** Time of the next item, or Infinity. */
export function nextTime<T>(queue: EventQueue<T>): number {
  return queue.size === 0 ? Number.POSITIVE_INFINITY : (queue.times[0] as number);
}

/** Takes the next item, or undefined when the queue is empty. */
export function dequeue<T>(queue: EventQueue<T>): T | undefined {
  if (queue.size === 0) return undefined;
  const time = queue.times[0] as number;
  const bucket = queue.buckets.get(time) as Bucket<T>;
  const item = bucket.items[bucket.head] as T;
  bucket.items[bucket.head++] = undefined as T; // let go of it: a long bucket must not keep its past alive
  queue.size--;
  if (bucket.head === bucket.items.length) {
    queue.buckets.delete(time);
    removeFirst(queue.times);
  }
  return item;
}

/** Number of items waiting. */
export function queueSize<T>(queue: EventQueue<T>): number {
  return queue.size;
}

function siftUp(times: number[], time: number): void {
  let index = times.push(time) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = times[parent] as number;
    if (above <= time) break;
    times[index] = above;
    index = parent;
  }
  times[index] = time;
}

function removeFirst(times: number[]): void {
  const last = times.pop() as number;
  const length = times.length;
  if (length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= length) break;
    if (child + 1 < length && (times[child + 1] as number) < (times[child] as number)) child++;
    if ((times[child] as number) >= last) break;
    times[index] = times[child] as number;
    index = child;
  }
  times[index] = last;
}
