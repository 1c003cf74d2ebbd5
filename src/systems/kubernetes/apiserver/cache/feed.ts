/**
 * Keeps the watch caches fed: for each resource one list and one watch of etcd. A watch that breaks is opened again where
 * it ended (as etcd's client does by itself); only when history is gone is the list read anew and the clients' watches ended.
 */
import { ETCD } from "../../api/index.ts";
import type { EtcdEvents, EtcdRange, EtcdRangeResult, EtcdWatch } from "../../etcd/index.ts";
import { noteRevision } from "../handlers/operation.ts";
import { endWatches } from "../handlers/watch.ts";
import type { Server } from "../state.ts";
import { dispatch } from "./dispatch.ts";
import { applyEvent, type CachedEvent, fillCache, type ResourceCache } from "./resource-cache.ts";

/** Tag of the list and the watch of a cache. */
export interface FeedTag {
  readonly tag: "feed";
  readonly storage: string;
}

const RETRY_MS = 1000;
const TIMER = "feed/";

/** Asks for everything of a resource. */
export function readList(server: Server, cache: ResourceCache): void {
  const tag: FeedTag = { tag: "feed", storage: cache.storage };
  const range: EtcdRange = { type: "etcd-range", prefix: cache.prefix };
  server.context.request(ETCD, range, tag);
}

/** The list has come: fills the cache and watches from there. */
export function listArrived(server: Server, tag: FeedTag, result: EtcdRangeResult): ResourceCache | undefined {
  const cache = server.state.caches.get(tag.storage);
  if (cache === undefined) return undefined;
  if (cache.ready) endWatches(server, cache.storage);
  fillCache(cache, result.items, result.revision);
  noteRevision(server, result.revision);
  openFeed(server, cache);
  return cache;
}

function openFeed(server: Server, cache: ResourceCache): void {
  const tag: FeedTag = { tag: "feed", storage: cache.storage };
  const watch: EtcdWatch = { type: "etcd-watch", prefix: cache.prefix, after: cache.revision };
  cache.stream = server.context.openStream(ETCD, watch, tag);
}

/** Changes have come: the cache takes them in and the watchers hear of them. Calls `taken` for each. */
export function eventsArrived(server: Server, tag: FeedTag, stream: number, body: EtcdEvents, taken: (server: Server, cache: ResourceCache, event: CachedEvent) => void): void {
  const cache = server.state.caches.get(tag.storage);
  if (cache === undefined || cache.stream !== stream) return;
  for (const event of body.events) {
    if (event.revision <= cache.revision) continue;
    const remembered = applyEvent(cache, event, server.context.now);
    taken(server, cache, remembered);
    dispatch(server, cache, remembered);
  }
  noteRevision(server, cache.revision);
}

/** etcd can't go on from where the cache is. */
export function feedCanceled(server: Server, tag: FeedTag, stream: number): void {
  const cache = server.state.caches.get(tag.storage);
  if (cache === undefined || cache.stream !== stream) return;
  cache.stream = 0;
  server.context.close(stream);
  readList(server, cache);
}

/** The feed broke, or the list failed: tried again after a while. */
export function feedBroke(server: Server, tag: FeedTag, stream: number): void {
  const cache = server.state.caches.get(tag.storage);
  if (cache === undefined || (stream !== 0 && cache.stream !== stream)) return;
  cache.stream = 0;
  server.context.setTimer(TIMER + tag.storage, RETRY_MS);
}

/** The timer of a feed; true if it was one. */
export function feedTimer(server: Server, name: string): boolean {
  if (!name.startsWith(TIMER)) return false;
  const cache = server.state.caches.get(name.slice(TIMER.length));
  if (cache === undefined) return true;
  if (cache.ready) openFeed(server, cache);
  else readList(server, cache);
  return true;
}
