/**
 * Watches, answered from the watch cache. Source: k8s.io/apiserver v1.36 pkg/storage/cacher/cacher.go (Watch) and
 * pkg/endpoints/handlers/get.go (time-outs).
 */
import { nextBelow } from "../../../../engine/random/index.ts";
import { type ApiRequest, type ApiResponse, type KubeObject, namespacedKey, type Stored } from "../../api/index.ts";
import type { ResourceInfo } from "../../schema/index.ts";
import { badRequest, tooOld } from "../answers/status.ts";
import { addWatcher, frame, removeWatcher, tellWatcher } from "../cache/dispatch.ts";
import { eventsAfter, eventsOfKeyAfter, type ResourceCache } from "../cache/resource-cache.ts";
import type { Watcher } from "../cache/watcher.ts";
import { isShown } from "../resources/audience.ts";
import { pickItems, type Selection, selectionOf } from "../resources/selection.ts";
import { shownAs } from "../resources/shown.ts";
import { storageName } from "../resources/storage.ts";
import type { Server } from "../state.ts";
import { cacheOf } from "./operation.ts";

/** Without timeoutSeconds a watch ends after 30 to 60 minutes (--min-request-timeout 1800). */
const MIN_WATCH_MS = 1_800_000;
const TIMER = "watch/";

/** Refuses a watch: one ERROR event, then the end. */
export function refuseWatch(server: Server, stream: number, response: ApiResponse): void {
  server.context.push(stream, frame("ERROR", response.body as KubeObject));
  server.context.close(stream);
}

/** Opens a watch. */
export function startWatch(server: Server, call: ApiRequest, stream: number, info: ResourceInfo): void {
  const selection = selectionOf(server, call, info);
  if ("refused" in selection) {
    refuseWatch(server, stream, selection.refused);
    return;
  }
  const text = call.options?.resourceVersion ?? "";
  const revision = text === "" ? 0 : Number(text);
  if (!Number.isSafeInteger(revision) || revision < 0) {
    refuseWatch(server, stream, badRequest(`invalid resource version ${JSON.stringify(text)}`));
    return;
  }
  const cache = cacheOf(server, storageName(info));
  const watcher = watcherFor(call, stream, info, selection, revision);
  if (call.options?.sendInitialEvents === true || revision === 0) sendAll(server, cache, watcher, selection, call);
  else if (!sendMissed(server, cache, watcher, revision)) return;
  server.state.watchers.set(stream, watcher);
  addWatcher(cache.watchers, watcher);
  const seconds = call.options?.timeoutSeconds ?? 0;
  const lastsMs = seconds > 0 ? seconds * 1000 : MIN_WATCH_MS + nextBelow(server.context.random, MIN_WATCH_MS);
  server.context.setTimer(TIMER + String(stream), lastsMs, stream);
}

function watcherFor(call: ApiRequest, stream: number, info: ResourceInfo, selection: Selection, revision: number): Watcher {
  const { namespace, name, node, labels, fields } = selection;
  return {
    stream, storage: storageName(info), apiVersion: info.apiVersion, namespace, name, node, labels, fields,
    bookmarks: call.options?.allowWatchBookmarks === true, shown: isShown(call), revision,
  };
}

/** Everything there is as ADDED; a client that asked for it so is told where the beginning ends. */
function sendAll(server: Server, cache: ResourceCache, watcher: Watcher, selection: Selection, call: ApiRequest): void {
  for (const value of pickItems(cache, selection)) {
    server.context.push(watcher.stream, frame("ADDED", shownAs(server.state.kinds, value.object, value.fields, watcher.apiVersion, watcher.shown)));
  }
  watcher.revision = cache.revision;
  if (call.options?.sendInitialEvents !== true || !watcher.bookmarks) return;
  const annotations = { "k8s.io/initial-events-end": "true" };
  server.context.push(watcher.stream, bookmark(server, watcher, cache.revision, annotations));
}

/** The changes since a revision; false (and the watch refused) when they are no longer kept. */
function sendMissed(server: Server, cache: ResourceCache, watcher: Watcher, revision: number): boolean {
  const { name, namespace } = watcher;
  const one = name !== undefined && (namespace !== "" || !cache.namespaced);
  const missed = one ? eventsOfKeyAfter(cache, namespace, namespacedKey(namespace, name), revision) : eventsAfter(cache, revision);
  if (missed === undefined) {
    refuseWatch(server, watcher.stream, tooOld(revision, cache.windowStart));
    return false;
  }
  for (const event of missed) tellIfConcerned(server, cache, watcher, event);
  return true;
}

function tellIfConcerned(server: Server, cache: ResourceCache, watcher: Watcher, event: Parameters<typeof tellWatcher>[2]): void {
  const slash = event.key.indexOf("/");
  if (cache.namespaced && watcher.namespace !== "" && event.key.slice(0, slash) !== watcher.namespace) return;
  if (watcher.name !== undefined && event.key.slice(slash + 1) !== watcher.name) return;
  tellWatcher(server, watcher, event);
}

function bookmark(server: Server, watcher: Watcher, revision: number, annotations?: Readonly<Record<string, string>>): ReturnType<typeof frame> {
  const kind = kindOf(server, watcher);
  const metadata = { resourceVersion: String(revision), creationTimestamp: null, ...(annotations === undefined ? {} : { annotations }) };
  return frame("BOOKMARK", { apiVersion: watcher.apiVersion, kind, metadata } as unknown as Stored);
}

function kindOf(server: Server, watcher: Watcher): string {
  const cache = server.state.caches.get(watcher.storage);
  return cache?.kind ?? "";
}

/** How often a quiet watch is told how far the world has come (cacher.go, bookmarkFrequency), ms. */
export const BOOKMARK_MS = 60_000;

/** Tells quiet watches that asked for it the revision they are at. Those already there cost nothing. */
export function sendBookmarks(server: Server): void {
  for (const watcher of server.state.watchers.values()) {
    if (!watcher.bookmarks) continue;
    const cache = server.state.caches.get(watcher.storage);
    if (cache === undefined || cache.revision <= watcher.revision) continue;
    watcher.revision = cache.revision;
    server.context.push(watcher.stream, bookmark(server, watcher, cache.revision));
  }
}

/** The timer of a watch that has lasted long enough; true if it was one. */
export function watchTimedOut(server: Server, timer: string, body: unknown): boolean {
  if (!timer.startsWith(TIMER)) return false;
  const stream = body as number;
  dropWatch(server, stream);
  server.context.close(stream);
  return true;
}

/** A watch has ended. */
export function dropWatch(server: Server, stream: number): void {
  const watcher = server.state.watchers.get(stream);
  if (watcher === undefined) return;
  server.state.watchers.delete(stream);
  server.context.cancelTimer(TIMER + String(stream));
  const cache = server.state.caches.get(watcher.storage);
  if (cache !== undefined) removeWatcher(cache.watchers, watcher);
}

/** Ends all watches of a resource: its cache had to be filled anew, or the resource is no more. */
export function endWatches(server: Server, storage: string): void {
  for (const watcher of [...server.state.watchers.values()]) {
    if (watcher.storage !== storage) continue;
    dropWatch(server, watcher.stream);
    server.context.close(watcher.stream);
  }
}

