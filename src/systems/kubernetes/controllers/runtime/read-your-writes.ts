/**
 * Read your writes: a key isn't planned again until the caches have seen what its last plan wrote. Upstream counts
 * expected creations and deletions per key (pkg/controller/controller_utils.go, ControllerExpectations); the revision in
 * the API server's answers says the same more exactly, for updates too.
 */
import { add } from "../../../../engine/reconcile/index.ts";
import { isBeingDeleted, type KubeObject } from "../../api/index.ts";
import type { Block, Desk, Flight, ManagerState, Waiter } from "./state.ts";
import { goneKey } from "./state.ts";

/** Expectations are given up after this long (ExpectationsTimeout, 5 minutes). */
const GIVE_UP_MS = 300_000;

/** Blocks a key until the caches have caught up with its flight; returns false when they already have. */
export function blockUntilSeen(state: ManagerState, desk: number, flight: Flight, now: number): boolean {
  const block: Block = { missing: 0, dirty: false, since: now };
  for (const [informer, revision] of flight.revisions) {
    if ((state.informers.informers.get(informer)?.revision ?? revision) >= revision) continue;
    insertByRevision(state, informer, { desk, key: flight.key, block, revision, uid: "" });
    block.missing++;
  }
  for (const [object, uid] of flight.gone) {
    if (!isStillThere(state, object, uid)) continue;
    const waiters = state.byObject.get(object);
    const waiter: Waiter = { desk, key: flight.key, block, revision: 0, uid };
    if (waiters === undefined) state.byObject.set(object, [waiter]);
    else waiters.push(waiter);
    block.missing++;
  }
  if (block.missing === 0) return false;
  (state.desks[desk] as Desk).blocked.set(flight.key, block);
  return true;
}

/** An informer has got on: frees the keys that waited for it. */
export function revisionReached(state: ManagerState, informer: string): void {
  const waiters = state.byRevision.get(informer);
  if (waiters === undefined) return;
  const revision = state.informers.informers.get(informer)?.revision ?? 0;
  let count = 0;
  while (count < waiters.length && (waiters[count] as Waiter).revision <= revision) release(state, waiters[count++] as Waiter);
  if (count === waiters.length) state.byRevision.delete(informer);
  else if (count > 0) waiters.splice(0, count);
}

/** An object changed: frees the keys that waited for it to go. */
export function objectChanged(state: ManagerState, informer: string, key: string, after: KubeObject | undefined): void {
  if (state.byObject.size === 0) return;
  const name = goneKey(informer, key);
  const waiters = state.byObject.get(name);
  if (waiters === undefined) return;
  const waiting = waiters.filter((waiter) => after !== undefined && !isBeingDeleted(after) && after.metadata?.uid === waiter.uid);
  for (const waiter of waiters) if (!waiting.includes(waiter)) release(state, waiter);
  if (waiting.length === 0) state.byObject.delete(name);
  else state.byObject.set(name, waiting);
}

/** Frees keys that have waited too long: a write may have been undone in a way the cache never shows. True if some still wait. */
export function giveUpWaiting(state: ManagerState, now: number): boolean {
  let waiting = false;
  state.desks.forEach((desk, index) => {
    for (const [key, block] of desk.blocked) {
      if (now - block.since < GIVE_UP_MS) {
        waiting = true;
        continue;
      }
      desk.blocked.delete(key);
      add(desk.queue, key);
      state.awake.add(index);
    }
  });
  return waiting;
}

function isStillThere(state: ManagerState, object: string, uid: string): boolean {
  const colon = object.indexOf(":");
  const cached = state.informers.informers.get(object.slice(0, colon))?.cache.items.get(object.slice(colon + 1));
  return cached !== undefined && cached.metadata?.uid === uid && !isBeingDeleted(cached);
}

function insertByRevision(state: ManagerState, informer: string, waiter: Waiter): void {
  const waiters = state.byRevision.get(informer);
  if (waiters === undefined) {
    state.byRevision.set(informer, [waiter]);
    return;
  }
  let index = waiters.length;
  while (index > 0 && (waiters[index - 1] as Waiter).revision > waiter.revision) index--;
  waiters.splice(index, 0, waiter);
}

function release(state: ManagerState, waiter: Waiter): void {
  const { block } = waiter;
  if (--block.missing > 0) return;
  const desk = state.desks[waiter.desk] as Desk;
  if (desk.blocked.get(waiter.key) !== block) return;
  desk.blocked.delete(waiter.key);
  if (!block.dirty) return;
  add(desk.queue, waiter.key);
  state.awake.add(waiter.desk);
}
