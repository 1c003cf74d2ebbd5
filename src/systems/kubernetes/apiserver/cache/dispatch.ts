/**
 * Tells watchers of a change. A change meets only the watchers it can concern (by namespace, by name, by node), and all
 * that see it the same way share one message. Model: k8s.io/apiserver v1.36 pkg/storage/cacher/cacher.go, indexedWatchers.
 */
import type { KubeObject, Stored, WatchEvent } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { matchesFields, matchesSelector } from "../../selectors/index.ts";
import { fieldReader } from "../resources/field-labels.ts";
import { shownAs } from "../resources/shown.ts";
import type { Server } from "../state.ts";
import { type CachedEvent, namespaceOfKey, nodeNameOf, type ResourceCache, type WatcherIndex } from "./resource-cache.ts";
import type { Watcher } from "./watcher.ts";

/** Puts a watcher where changes that concern it will find it. */
export function addWatcher(index: WatcherIndex, watcher: Watcher): void {
  bucketOf(index, watcher, true)?.set(watcher.stream, watcher);
}

/** Takes a watcher out. */
export function removeWatcher(index: WatcherIndex, watcher: Watcher): void {
  const bucket = bucketOf(index, watcher, false);
  if (bucket === undefined) return;
  bucket.delete(watcher.stream);
  if (bucket.size > 0 || bucket === index.all) return;
  if (watcher.node !== undefined) index.byNode.delete(watcher.node);
  else if (watcher.name !== undefined) index.byName.delete(nameKey(watcher));
  else index.byNamespace.delete(watcher.namespace);
}

function nameKey(watcher: Watcher): string {
  return watcher.namespace === "" ? (watcher.name ?? "") : `${watcher.namespace}/${watcher.name ?? ""}`;
}

function bucketOf(index: WatcherIndex, watcher: Watcher, make: boolean): Map<number, Watcher> | undefined {
  if (watcher.node !== undefined) return bucket(index.byNode, watcher.node, make);
  if (watcher.name !== undefined) return bucket(index.byName, nameKey(watcher), make);
  return watcher.namespace === "" ? index.all : bucket(index.byNamespace, watcher.namespace, make);
}

function bucket(buckets: Map<string, Map<number, Watcher>>, key: string, make: boolean): Map<number, Watcher> | undefined {
  const known = buckets.get(key);
  if (known !== undefined || !make) return known;
  const fresh = new Map<number, Watcher>();
  buckets.set(key, fresh);
  return fresh;
}

/** The same change as different watchers see it; made when first needed. */
interface Views {
  readonly event: CachedEvent;
  plain: WatchEvent | undefined;
  entered: WatchEvent | undefined;
  left: WatchEvent | undefined;
}

/** Tells everybody concerned about a change that has just been taken into the cache. */
export function dispatch(server: Server, cache: ResourceCache, event: CachedEvent): void {
  const { watchers } = cache;
  const views: Views = { event, plain: undefined, entered: undefined, left: undefined };
  for (const watcher of watchers.all.values()) tell(server, watcher, views);
  if (cache.namespaced) tellBucket(server, watchers.byNamespace.get(namespaceOfKey(event.key)), views);
  if (watchers.byName.size > 0) {
    tellBucket(server, watchers.byName.get(event.key), views);
    if (cache.namespaced) tellBucket(server, watchers.byName.get(event.key.slice(event.key.indexOf("/") + 1)), views);
  }
  if (watchers.byNode.size === 0) return;
  const before = nodeNameOf(event.previous?.object);
  const after = nodeNameOf(event.value?.object);
  tellBucket(server, watchers.byNode.get(after === "" ? before : after), views);
  if (before !== after && before !== "" && after !== "") tellBucket(server, watchers.byNode.get(before), views);
}

function tellBucket(server: Server, watchers: Map<number, Watcher> | undefined, views: Views): void {
  if (watchers !== undefined) for (const watcher of watchers.values()) tell(server, watcher, views);
}

/** Tells one watcher about one change, if it is for it: what comes into its selection is ADDED, what leaves it DELETED. */
export function tellWatcher(server: Server, watcher: Watcher, event: CachedEvent): void {
  tell(server, watcher, { event, plain: undefined, entered: undefined, left: undefined });
}

function tell(server: Server, watcher: Watcher, views: Views): void {
  const { event } = views;
  const message = watcher.labels === undefined && watcher.fields === undefined ? plainView(views) : selectedView(watcher, views);
  if (message === undefined) return;
  watcher.revision = event.revision;
  server.context.push(watcher.stream, adapt(server, watcher, message, event.value ?? event.previous));
}

function plainView(views: Views): WatchEvent {
  const { event } = views;
  if (views.plain !== undefined) return views.plain;
  const { value, previous } = event;
  if (value === undefined) views.plain = frame("DELETED", atRevision((previous as EtcdValue).object, event.revision));
  else views.plain = frame(previous === undefined ? "ADDED" : "MODIFIED", value.object);
  return views.plain;
}

function selectedView(watcher: Watcher, views: Views): WatchEvent | undefined {
  const { value, previous, revision } = views.event;
  const before = previous !== undefined && selects(watcher, previous.object);
  const after = value !== undefined && selects(watcher, value.object);
  if (after && before) return plainView(views);
  if (after) return (views.entered ??= frame("ADDED", value.object));
  if (!before) return undefined;
  if (value === undefined) return plainView(views);
  return (views.left ??= frame("DELETED", atRevision(previous.object, revision)));
}

/** True when an object is in a watcher's selection. */
export function selects(watcher: Watcher, object: Stored): boolean {
  if (watcher.labels !== undefined && !matchesSelector(watcher.labels, object.metadata.labels)) return false;
  return watcher.fields === undefined || matchesFields(watcher.fields, fieldReader(watcher.storage, object));
}

/** One frame of a watch. */
export function frame(event: WatchEvent["event"], object: KubeObject): WatchEvent {
  return Object.freeze({ type: "watch-event", event, object });
}

/** The last state of an object with the revision at which it went. */
function atRevision(object: Stored, revision: number): Stored {
  return Object.freeze({ ...object, metadata: Object.freeze({ ...object.metadata, resourceVersion: String(revision) }) });
}

function adapt(server: Server, watcher: Watcher, message: WatchEvent, value: EtcdValue | undefined): WatchEvent {
  if (!watcher.shown && message.object.apiVersion === watcher.apiVersion) return message;
  return frame(message.event, shownAs(server.state.kinds, message.object as Stored, value?.fields, watcher.apiVersion, watcher.shown));
}
