/** What controllers are made of: a cache of what the world looks like, a work queue, and back-off. */
export { type CacheIndex, type Cached, type ObjectCache, applyDelete, applyUpsert, byIndex, createCache, replaceAll } from "./cache.ts";
export { type WorkQueue, add, addAfter, addRateLimited, createWorkQueue, done, failuresOf, forget, takeNext, timerFired } from "./work-queue.ts";
