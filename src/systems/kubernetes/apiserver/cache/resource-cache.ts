/**
 * The watch cache of one resource: its objects as of a revision, and the last changes, so that lists and watches cost
 * etcd nothing. Model: k8s.io/apiserver v1.36 pkg/storage/cacher (watch_cache.go).
 */
import type { Stored } from "../../api/index.ts";
import type { EtcdEvent, EtcdValue } from "../../etcd/index.ts";
import type { Watcher } from "./watcher.ts";

/** Watchers of a resource, grouped by what they can be interested in, so that a change meets only those concerned. */
export interface WatcherIndex {
  readonly all: Map<number, Watcher>;
  readonly byNamespace: Map<string, Map<number, Watcher>>;
  readonly byName: Map<string, Map<number, Watcher>>;
  /** Watchers of one node's pods. */
  readonly byNode: Map<string, Map<number, Watcher>>;
}

/** One remembered change. */
export interface CachedEvent {
  readonly revision: number;
  readonly at: number;
  readonly key: string;
  readonly value: EtcdValue | undefined;
  readonly previous: EtcdValue | undefined;
}

/** Plain data. Objects are kept by namespace ("" for cluster-scoped ones), then by key `namespace/name`. */
export interface ResourceCache {
  /** Storage name, e.g. "deployments.apps". */
  readonly storage: string;
  /** Kind of its objects, for bookmarks. */
  readonly kind: string;
  /** Prefix in etcd, e.g. "/registry/deployments/". */
  readonly prefix: string;
  readonly namespaced: boolean;
  readonly items: Map<string, Map<string, EtcdValue>>;
  /** Keys of pods by spec.nodeName (only for pods). */
  readonly byNode: Map<string, Set<string>> | undefined;
  /** Everything up to here is in the cache. */
  revision: number;
  /** Changes after this revision are in the window. */
  windowStart: number;
  window: CachedEvent[];
  windowHead: number;
  /** Revision of the last deletion. */
  lastDeletion: number;
  readonly watchers: WatcherIndex;
  ready: boolean;
  /** etcd watch that feeds the cache, 0 = none. */
  stream: number;
}

/** Changes younger than this stay in the window (cacher/watch_cache.go, eventFreshDuration). */
const FRESH_MS = 75_000;
/** The window holds at least and at most this many changes (defaultLowerBoundCapacity, defaultUpperBoundCapacity). */
const MIN_WINDOW = 100;
const MAX_WINDOW = 102_400;

/** A cache that has not been filled yet. */
export function createResourceCache(storage: string, kind: string, prefix: string, namespaced: boolean): ResourceCache {
  return {
    storage, kind, prefix, namespaced, items: new Map(), byNode: storage === "pods" ? new Map() : undefined, revision: 0, windowStart: 0, window: [],
    windowHead: 0, lastDeletion: 0, watchers: { all: new Map(), byNamespace: new Map(), byName: new Map(), byNode: new Map() }, ready: false, stream: 0,
  };
}

/** "default" of "default/web"; "" of "node-1". */
export function namespaceOfKey(key: string): string {
  const slash = key.indexOf("/");
  return slash < 0 ? "" : key.slice(0, slash);
}

/** The cached value of a key `namespace/name`. */
export function cached(cache: ResourceCache, namespace: string, key: string): EtcdValue | undefined {
  return cache.items.get(namespace)?.get(key);
}

/** Fills the cache with a fresh list; earlier changes can no longer be watched from. */
export function fillCache(cache: ResourceCache, items: readonly { readonly key: string; readonly value: EtcdValue }[], revision: number): void {
  cache.items.clear();
  cache.byNode?.clear();
  for (const { key, value } of items) setItem(cache, key.slice(cache.prefix.length), value);
  cache.revision = revision;
  cache.windowStart = revision;
  cache.window = [];
  cache.windowHead = 0;
  cache.ready = true;
}

/** Takes one change in; returns it as remembered. */
export function applyEvent(cache: ResourceCache, event: EtcdEvent, now: number): CachedEvent {
  const key = event.key.slice(cache.prefix.length);
  if (event.value === undefined) {
    cache.lastDeletion = event.revision;
    deleteItem(cache, key, event.previous);
  } else setItem(cache, key, event.value, event.previous);
  const remembered: CachedEvent = { revision: event.revision, at: now, key, value: event.value ?? undefined, previous: event.previous };
  cache.revision = event.revision;
  cache.window.push(remembered);
  trimWindow(cache, now);
  return remembered;
}

/** Remembered changes after a revision, or undefined when the window no longer reaches back that far. */
export function eventsAfter(cache: ResourceCache, revision: number): readonly CachedEvent[] | undefined {
  if (revision < cache.windowStart) return undefined;
  return cache.window.slice(firstAfter(cache, revision));
}

function firstAfter({ window, windowHead }: ResourceCache, revision: number): number {
  let low = windowHead;
  let high = window.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((window[middle] as CachedEvent).revision <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The same for one object, by its key `namespace/name`: costs what happened to that object, however much happened to
 * others. Each change knows the state before it, and so the revision of the change before.
 */
export function eventsOfKeyAfter(cache: ResourceCache, namespace: string, key: string, revision: number): readonly CachedEvent[] | undefined {
  if (revision < cache.windowStart) return undefined;
  const events: CachedEvent[] = [];
  for (let value = cached(cache, namespace, key); value !== undefined; value = events[0]?.previous) {
    const made = Number(value.object.metadata.resourceVersion);
    if (made <= revision) return events;
    const event = cache.window[firstAfter(cache, made - 1)];
    if (event?.key !== key) break;
    events.unshift(event);
  }
  // It has come (or isn't there): only where something was deleted can there be an earlier life to tell of.
  return cache.lastDeletion <= revision ? events : eventsAfter(cache, revision)?.filter((event) => event.key === key);
}

/** Value of spec.nodeName, "" when unset. */
export function nodeNameOf(object: Stored | undefined): string {
  return (object as { readonly spec?: { readonly nodeName?: string } } | undefined)?.spec?.nodeName ?? "";
}

function setItem(cache: ResourceCache, key: string, value: EtcdValue, previous?: EtcdValue): void {
  const namespace = cache.namespaced ? namespaceOfKey(key) : "";
  const group = cache.items.get(namespace);
  if (group === undefined) cache.items.set(namespace, new Map([[key, value]]));
  else group.set(key, value);
  if (cache.byNode !== undefined) moveNode(cache.byNode, key, nodeNameOf(previous?.object), nodeNameOf(value.object));
}

function deleteItem(cache: ResourceCache, key: string, previous: EtcdValue | undefined): void {
  const namespace = cache.namespaced ? namespaceOfKey(key) : "";
  const group = cache.items.get(namespace);
  if (group?.delete(key) === true && group.size === 0) cache.items.delete(namespace);
  if (cache.byNode !== undefined) moveNode(cache.byNode, key, nodeNameOf(previous?.object), "");
}

function moveNode(byNode: Map<string, Set<string>>, key: string, from: string, to: string): void {
  if (from === to && byNode.get(to)?.has(key) === true) return;
  if (from !== "" && from !== to) {
    const keys = byNode.get(from);
    if (keys?.delete(key) === true && keys.size === 0) byNode.delete(from);
  }
  if (to === "") return;
  const keys = byNode.get(to);
  if (keys === undefined) byNode.set(to, new Set([key]));
  else keys.add(key);
}

function trimWindow(cache: ResourceCache, now: number): void {
  const { window } = cache;
  while (window.length - cache.windowHead > MIN_WINDOW) {
    const oldest = window[cache.windowHead] as CachedEvent;
    if (now - oldest.at <= FRESH_MS && window.length - cache.windowHead <= MAX_WINDOW) break;
    cache.windowStart = oldest.revision;
    cache.windowHead++;
  }
  if (cache.windowHead > 1024 && cache.windowHead * 2 > window.length) {
    cache.window = window.slice(cache.windowHead);
    cache.windowHead = 0;
  }
}
