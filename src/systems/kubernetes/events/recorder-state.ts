import type { ObjectReference } from "../api/index.ts";

/** Which of the two event APIs a recorder writes: controllers and kubelets the core one, the scheduler events.k8s.io. */
export type EventApi = "core" | "events.k8s.io";

/** One thing to say about an object. */
export interface EventDraft {
  readonly regarding: ObjectReference;
  readonly type: "Normal" | "Warning";
  /** CamelCase, e.g. "FailedScheduling". */
  readonly reason: string;
  readonly message: string;
  /** What was being done (events.k8s.io), e.g. "Binding". */
  readonly action?: string;
  readonly related?: ObjectReference;
}

/** An event that was written and may be counted up. */
export interface KnownEvent {
  readonly namespace: string;
  readonly name: string;
  readonly firstAtMs: number;
  lastAtMs: number;
  count: number;
  /** events.k8s.io: whether the server knows of the series already. */
  inSeries: boolean;
  /** Count the server was last told. */
  toldCount: number;
}

/** Similar events (same object and reason, different messages) seen lately. */
export interface SimilarEvents {
  lastAtMs: number;
  readonly messages: Set<string>;
}

/** Tokens left of the spam filter for one object. */
export interface SpamBucket {
  tokens: number;
  atMs: number;
}

/** What a component keeps to record events. Plain data. */
export interface RecorderState {
  readonly component: string;
  readonly host: string;
  api: EventApi;
  /** Makes the names of events written in one millisecond differ. */
  serial: number;
  readonly known: Map<string, KnownEvent>;
  readonly similar: Map<string, SimilarEvents>;
  readonly spam: Map<string, SpamBucket>;
}

/** A recorder that has said nothing yet. `component` is the source, e.g. "default-scheduler" or "kubelet"; `host` its node. */
export function createRecorder(component: string, host: string, api: EventApi = "core"): RecorderState {
  return { component, host, api, serial: 0, known: new Map(), similar: new Map(), spam: new Map() };
}

/** Caches remember this many keys (client-go tools/record/events_cache.go, maxLruCacheEntries). */
const LARGEST_CACHE = 4096;

/** Sets a key as the newest of a cache, and forgets the oldest where there are too many. */
export function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size <= LARGEST_CACHE) return;
  for (const oldest of cache.keys()) {
    cache.delete(oldest);
    return;
  }
}
