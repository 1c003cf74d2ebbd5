/**
 * Informers: for each resource a component cares about, a list and then a watch keep a cache up to date.
 * Model: client-go's Reflector (tools/cache/reflector.go): on a lost watch it watches again from the last revision;
 * on 410 Gone it lists again; after failures it backs off 0.8 s doubling to 30 s with jitter.
 *
 * A set of informers is plain data in its component's state. The component passes what the bus hands it (reply, data,
 * closed, failure, timer) to the functions here; each returns whether it was theirs. Changes are told to a handler.
 */
import { extended } from "../../../base/plain/index.ts";
import type { ClosedReason, Context, Message } from "../../../engine/bus/index.ts";
import { nextFloat } from "../../../engine/random/index.ts";
import { applyDelete, applyUpsert, type CacheIndex, createCache, type ObjectCache, replaceAll } from "../../../engine/reconcile/index.ts";
import { type ApiRequest, type ApiResponse, type KubeList, type KubeObject, objectKey, succeeded, type WatchEvent } from "../api/index.ts";
import type { ApiClient } from "./call.ts";

/** What an informer lists and watches. Code (module constant), not state. */
export interface InformerSpec<T extends KubeObject = KubeObject> {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  readonly indexes?: CacheIndex<T>;
}

/** Specs by informer name. */
export type InformerSpecs = Readonly<Record<string, InformerSpec>>;

/** One informer's state. */
export interface Informer {
  readonly name: string;
  readonly cache: ObjectCache<KubeObject>;
  /** True after the first complete list. */
  synced: boolean;
  /** Highest revision seen: everything this resource did up to here is in the cache. */
  revision: number;
  stream: number;
  failures: number;
}

/** All informers of a component. */
export interface InformerSet {
  readonly client: ApiClient;
  readonly informers: Map<string, Informer>;
}

/** Told about each change of a cache: `before` undefined = new, `after` undefined = gone. */
export type ChangeHandler<S> = (state: S, context: Context, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined) => void;

interface InformerTag {
  readonly informer: string;
}

const NO_INDEXES: CacheIndex<KubeObject> = {};
const FIRST_BACKOFF_MS = 800;
const LAST_BACKOFF_MS = 30_000;
const TIMER_PREFIX = "informer/";

/** Informers that have not started yet. */
export function createInformers(client: ApiClient, specs: InformerSpecs): InformerSet {
  const informers = new Map<string, Informer>();
  for (const name of Object.keys(specs)) {
    const cache = createCache<KubeObject>((specs[name] as InformerSpec).indexes ?? NO_INDEXES);
    informers.set(name, { name, cache, synced: false, revision: 0, stream: 0, failures: 0 });
  }
  return { client, informers };
}

/** Starts listing. */
export function startInformers(set: InformerSet, specs: InformerSpecs, context: Context): void {
  for (const informer of set.informers.values()) sendList(set, specs[informer.name] as InformerSpec, informer, context);
}

/** True when every cache has been filled once. */
export function allSynced(set: InformerSet): boolean {
  for (const informer of set.informers.values()) if (!informer.synced) return false;
  return true;
}

/** The cache of an informer, typed by the caller who knows its resource. */
export function cacheOf<T extends KubeObject>(set: InformerSet, name: string): ObjectCache<T> {
  const informer = set.informers.get(name);
  if (informer === undefined) throw new Error(`no informer "${name}"`);
  return informer.cache as unknown as ObjectCache<T>;
}

/** Hands an answer over; true if it was an informer's list. */
export function informerReply<S>(set: InformerSet, specs: InformerSpecs, context: Context, body: Message, tag: unknown, state: S, handler: ChangeHandler<S>): boolean {
  const informer = informerOf(set, tag);
  if (informer === undefined) return false;
  const response = body as ApiResponse;
  if (!succeeded(response)) {
    retryLater(informer, context);
    return true;
  }
  const spec = specs[informer.name] as InformerSpec;
  const answer = response.body as KubeList;
  const fresh = new Map<string, KubeObject>();
  for (const item of answer.items) fresh.set(objectKey(item), item);
  informer.revision = Number(answer.metadata.resourceVersion ?? "0");
  informer.failures = 0;
  const changes = replaceAll(informer.cache, spec.indexes ?? NO_INDEXES, fresh);
  informer.synced = true;
  openWatch(set, spec, informer, context);
  for (const change of changes) handler(state, context, informer.name, change.key, change.before, change.after);
  return true;
}

/** Hands stream data over; true if it was an informer's watch event. */
export function informerData<S>(set: InformerSet, specs: InformerSpecs, context: Context, body: Message, stream: number, tag: unknown, state: S, handler: ChangeHandler<S>): boolean {
  const informer = informerOf(set, tag);
  if (informer === undefined) return false;
  if (informer.stream !== stream) return true;
  const { event, object } = body as WatchEvent;
  informer.failures = 0; // A watch that speaks is well: the next trouble begins with the shortest wait.
  if (event === "ERROR") {
    context.close(stream);
    informer.stream = 0;
    sendList(set, specs[informer.name] as InformerSpec, informer, context);
    return true;
  }
  informer.revision = Number(object.metadata?.resourceVersion ?? informer.revision);
  if (event === "BOOKMARK") return true;
  const indexes = (specs[informer.name] as InformerSpec).indexes ?? NO_INDEXES;
  const key = objectKey(object);
  if (event === "DELETED") {
    const before = applyDelete(informer.cache, indexes, key);
    if (before !== undefined) handler(state, context, informer.name, key, before, undefined);
  } else {
    const before = applyUpsert(informer.cache, indexes, key, object);
    handler(state, context, informer.name, key, before, object);
  }
  return true;
}

/** Hands the end of a stream over; true if it was an informer's watch. It is opened again from the last revision. */
export function informerClosed(set: InformerSet, specs: InformerSpecs, context: Context, reason: ClosedReason, stream: number, tag: unknown): boolean {
  const informer = informerOf(set, tag);
  if (informer === undefined) return false;
  if (informer.stream !== stream) return true;
  informer.stream = 0;
  if (reason === "closed") openWatch(set, specs[informer.name] as InformerSpec, informer, context);
  else retryLater(informer, context);
  return true;
}

/** Hands a failed request over; true if it was an informer's list. */
export function informerFailure(set: InformerSet, context: Context, tag: unknown): boolean {
  const informer = informerOf(set, tag);
  if (informer === undefined) return false;
  retryLater(informer, context);
  return true;
}

/** Hands a timer over; true if it was an informer's back-off. */
export function informerTimer(set: InformerSet, specs: InformerSpecs, context: Context, name: string): boolean {
  if (!name.startsWith(TIMER_PREFIX)) return false;
  const informer = set.informers.get(name.slice(TIMER_PREFIX.length));
  if (informer === undefined) return false;
  const spec = specs[informer.name] as InformerSpec;
  if (informer.synced) openWatch(set, spec, informer, context);
  else sendList(set, spec, informer, context);
  return true;
}

function informerOf(set: InformerSet, tag: unknown): Informer | undefined {
  const name = (tag as InformerTag | undefined)?.informer;
  return name === undefined ? undefined : set.informers.get(name);
}

function sendList(set: InformerSet, spec: InformerSpec, informer: Informer, context: Context): void {
  const tag: InformerTag = { informer: informer.name };
  context.request(set.client.server, requestFor(set, spec, "list", { resourceVersion: "0" }), tag);
}

function openWatch(set: InformerSet, spec: InformerSpec, informer: Informer, context: Context): void {
  const tag: InformerTag = { informer: informer.name };
  const options = { resourceVersion: String(informer.revision), allowWatchBookmarks: true };
  informer.stream = context.openStream(set.client.server, requestFor(set, spec, "watch", options), tag);
}

function requestFor(set: InformerSet, spec: InformerSpec, verb: "list" | "watch", options: NonNullable<ApiRequest["options"]>): ApiRequest {
  const { group, version, resource } = spec;
  const selected = extended(options, {
    ...(spec.fieldSelector === undefined ? {} : { fieldSelector: spec.fieldSelector }),
    ...(spec.labelSelector === undefined ? {} : { labelSelector: spec.labelSelector }),
  });
  return {
    type: "api-request", verb, group, version, resource, user: set.client.user, agent: set.client.agent, options: selected,
    ...(spec.namespace === undefined ? {} : { namespace: spec.namespace }),
  };
}

function retryLater(informer: Informer, context: Context): void {
  const delay = Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(informer.failures, 10), LAST_BACKOFF_MS);
  informer.failures++;
  context.setTimer(TIMER_PREFIX + informer.name, Math.round(delay * (1 + nextFloat(context.random))));
}
