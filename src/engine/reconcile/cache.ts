/**
 * The informer's cache: the objects a component knows of, with indexes. It lags behind the store, as in reality.
 * Model: client-go's thread-safe store with indexers (tools/cache/thread_safe_store.go).
 */

/** Plain data. `indexes` maps an index's name to value → keys; insertion order makes iteration deterministic. */
export interface ObjectCache<T> {
  readonly items: Map<string, T>;
  readonly indexes: Map<string, Map<string, Set<string>>>;
}

/** Code of the indexes of a cache: for each name, the values under which an object is found. Not part of the state. */
export type CacheIndex<T> = Readonly<Record<string, (object: T) => readonly string[]>>;

/** What a change did: the object before (undefined = new) and after (undefined = gone). */
export interface Cached<T> {
  readonly key: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** An empty cache with the given indexes. */
export function createCache<T>(indexes: CacheIndex<T> = {}): ObjectCache<T> {
  return { items: new Map(), indexes: new Map(Object.keys(indexes).map((name) => [name, new Map<string, Set<string>>()])) };
}

/** Adds or replaces an object; returns what was there before. An index whose values stay the same is not touched. */
export function applyUpsert<T>(cache: ObjectCache<T>, indexes: CacheIndex<T>, key: string, object: T): T | undefined {
  const before = cache.items.get(key);
  cache.items.set(key, object);
  for (const name in indexes) {
    const valuesOf = indexes[name] as (object: T) => readonly string[];
    const values = valuesOf(object);
    const old = before === undefined ? NO_VALUES : valuesOf(before);
    if (isSame(old, values)) continue;
    const index = cache.indexes.get(name) as Map<string, Set<string>>;
    leave(index, old, key);
    enter(index, values, key);
  }
  return before;
}

const NO_VALUES: readonly string[] = [];

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let position = 0; position < a.length; position++) if (a[position] !== b[position]) return false;
  return true;
}

/** Removes an object; returns what was there. */
export function applyDelete<T>(cache: ObjectCache<T>, indexes: CacheIndex<T>, key: string): T | undefined {
  const before = cache.items.get(key);
  if (before === undefined) return undefined;
  unindex(cache, indexes, key, before);
  cache.items.delete(key);
  return before;
}

/** Makes the cache hold exactly these objects (a fresh list); returns what changed, in a deterministic order. */
export function replaceAll<T>(cache: ObjectCache<T>, indexes: CacheIndex<T>, fresh: ReadonlyMap<string, T>): Cached<T>[] {
  const changes: Cached<T>[] = [];
  for (const [key, before] of [...cache.items]) {
    if (fresh.has(key)) continue;
    applyDelete(cache, indexes, key);
    changes.push({ key, before, after: undefined });
  }
  for (const [key, after] of fresh) {
    const before = applyUpsert(cache, indexes, key, after);
    if (before !== after) changes.push({ key, before, after });
  }
  return changes;
}

/** The objects found under a value of an index, in order of arrival. */
export function byIndex<T>(cache: ObjectCache<T>, name: string, value: string): T[] {
  const keys = cache.indexes.get(name)?.get(value);
  if (keys === undefined) return [];
  const found: T[] = [];
  for (const key of keys) found.push(cache.items.get(key) as T);
  return found;
}

function enter(index: Map<string, Set<string>>, values: readonly string[], key: string): void {
  for (const value of values) {
    const keys = index.get(value);
    if (keys === undefined) index.set(value, new Set([key]));
    else keys.add(key);
  }
}

function leave(index: Map<string, Set<string>>, values: readonly string[], key: string): void {
  for (const value of values) {
    const keys = index.get(value);
    if (keys === undefined) continue;
    keys.delete(key);
    if (keys.size === 0) index.delete(value);
  }
}

function unindex<T>(cache: ObjectCache<T>, indexes: CacheIndex<T>, key: string, object: T): void {
  for (const name in indexes) {
    leave(cache.indexes.get(name) as Map<string, Set<string>>, (indexes[name] as (object: T) => readonly string[])(object), key);
  }
}
