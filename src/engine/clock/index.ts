/** Virtual time: a queue of future events ordered by (time, sequence). */
export { type EventQueue, createQueue, enqueue, dequeue, nextTime, queueSize } from "./event-queue.ts";
