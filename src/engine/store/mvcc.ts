/**
 * Multi-version store. Plain data, so that a component can hold it as state.
 *
 * Model: etcd's key space (https://etcd.io/docs/v3.6/learning/data_model/). One counter of revisions for all keys;
 * each successful write takes the next one; a key's past values stay readable until compaction; the change log can be
 * read from any revision that isn't compacted. Keys are grouped by prefix ("/registry/pods/"), so that listing one
 * resource never touches another.
 */

/** A value with the revisions of its key. */
export interface Revisioned<V> {
  readonly key: string;
  readonly value: V;
  /** Revision that created the key in its present life. */
  readonly createRevision: number;
  /** Revision of this value. */
  readonly modRevision: number;
}

/** One entry of the change log. `value` undefined = deleted; `previous` is what it replaced. */
export interface Change<V> {
  readonly revision: number;
  readonly key: string;
  readonly value: V | undefined;
  readonly previous: Revisioned<V> | undefined;
}

/** The store's state. Use the functions of this module. */
export interface Store<V> {
  revision: number;
  /** Everything below this revision has been compacted away; reading or watching there is an error. */
  compactedRevision: number;
  readonly prefixes: Map<string, Map<string, Revisioned<V>>>;
  /** Change log since the last compaction, in order of revisions. */
  log: Change<V>[];
  /** The same changes by group and key: to read one key's past, however long the log. */
  readonly histories: Map<string, Map<string, Change<V>[]>>;
}

/** Outcome of a write: the new revision, or the present value when the expected revision didn't match. */
export type WriteResult<V> =
  | { readonly ok: true; readonly revision: number; readonly change: Change<V> }
  | { readonly ok: false; readonly actual: Revisioned<V> | undefined };

/** Reading or watching from before the last compaction (etcd: "required revision has been compacted"). */
export interface CompactedError {
  readonly compacted: true;
  readonly compactedRevision: number;
}

/** An empty store. etcd's first revision is 1, so the first write is 2. */
export function createStore<V>(): Store<V> {
  return { revision: 1, compactedRevision: 0, prefixes: new Map(), log: [], histories: new Map() };
}

/** Group of a key: up to and including the second-level slash, e.g. "/registry/pods/" of "/registry/pods/default/web". */
export function prefixOf(key: string): string {
  const second = key.indexOf("/", key.indexOf("/", 1) + 1);
  return second < 0 ? key : key.slice(0, second + 1);
}

/** The present value of a key. */
export function get<V>(store: Store<V>, key: string): Revisioned<V> | undefined {
  return store.prefixes.get(prefixOf(key))?.get(key);
}

/** All present values whose key starts with `prefix`, in key order (byte order of etcd; keys are ASCII). */
export function list<V>(store: Store<V>, prefix: string): Revisioned<V>[] {
  const group = store.prefixes.get(prefixOf(prefix));
  if (group === undefined) return [];
  const found: Revisioned<V>[] = [];
  for (const [key, item] of group) if (key.startsWith(prefix)) found.push(item);
  return found.sort(byKey);
}

/**
 * Writes a value. `expected`: the key's modRevision must be this (0 = the key must not exist); undefined = whatever.
 * The value may be a function of the revision it will get (Kubernetes writes resourceVersion into the object).
 */
export function put<V>(store: Store<V>, key: string, value: (revision: number) => V, expected?: number): WriteResult<V> {
  const group = groupFor(store, key);
  const previous = group.get(key);
  if (expected !== undefined && (previous?.modRevision ?? 0) !== expected) return { ok: false, actual: previous };
  const revision = ++store.revision;
  const written: Revisioned<V> = { key, value: value(revision), createRevision: previous?.createRevision ?? revision, modRevision: revision };
  group.set(key, written);
  const change: Change<V> = { revision, key, value: written.value, previous };
  remember(store, change);
  return { ok: true, revision, change };
}

/** Deletes a key; with `expected` only if its modRevision is that. Deleting what isn't there fails with no actual value. */
export function remove<V>(store: Store<V>, key: string, expected?: number): WriteResult<V> {
  const group = groupFor(store, key);
  const previous = group.get(key);
  if (previous === undefined || (expected !== undefined && previous.modRevision !== expected)) return { ok: false, actual: previous };
  const revision = ++store.revision;
  group.delete(key);
  const change: Change<V> = { revision, key, value: undefined, previous };
  remember(store, change);
  return { ok: true, revision, change };
}

function remember<V>(store: Store<V>, change: Change<V>): void {
  store.log.push(change);
  const prefix = prefixOf(change.key);
  let histories = store.histories.get(prefix);
  if (histories === undefined) store.histories.set(prefix, (histories = new Map<string, Change<V>[]>()));
  const history = histories.get(change.key);
  if (history === undefined) histories.set(change.key, [change]);
  else history.push(change);
}

/** The changes after a revision, oldest first, optionally only below a prefix; or an error if they are compacted. */
export function changesSince<V>(store: Store<V>, revision: number, prefix = ""): readonly Change<V>[] | CompactedError {
  if (revision < store.compactedRevision) return { compacted: true, compactedRevision: store.compactedRevision };
  const changes = store.log.slice(firstAfter(store.log, revision));
  return prefix === "" ? changes : changes.filter((change) => change.key.startsWith(prefix));
}

/** The value of a key at an earlier revision: a read of history, not a replay. Costs the same however long the log is. */
export function getAt<V>(store: Store<V>, key: string, revision: number): Revisioned<V> | undefined | CompactedError {
  if (revision < store.compactedRevision) return { compacted: true, compactedRevision: store.compactedRevision };
  const history = store.histories.get(prefixOf(key))?.get(key);
  const next = history?.[firstAfter(history, revision)];
  return next === undefined ? get(store, key) : next.previous;
}

/** All values below a prefix at an earlier revision, in key order. Costs the changes since then or the keys of the group, whichever are fewer. */
export function listAt<V>(store: Store<V>, prefix: string, revision: number): Revisioned<V>[] | CompactedError {
  if (revision < store.compactedRevision) return { compacted: true, compactedRevision: store.compactedRevision };
  const items = new Map<string, Revisioned<V> | undefined>();
  for (const item of list(store, prefix)) items.set(item.key, item);
  const histories = store.histories.get(prefixOf(prefix));
  const first = firstAfter(store.log, revision);
  if (histories === undefined || store.log.length - first <= histories.size) undoChanges(store, prefix, first, items);
  else {
    for (const [key, history] of histories) {
      const next = key.startsWith(prefix) ? history[firstAfter(history, revision)] : undefined;
      if (next !== undefined) items.set(key, next.previous);
    }
  }
  return [...items.values()].filter((item) => item !== undefined).sort(byKey);
}

function undoChanges<V>({ log }: Store<V>, prefix: string, first: number, items: Map<string, Revisioned<V> | undefined>): void {
  for (let index = log.length - 1; index >= first; index--) {
    const change = log[index] as Change<V>;
    if (change.key.startsWith(prefix)) items.set(change.key, change.previous);
  }
}

/** Forgets history before a revision: values superseded or deleted before it can no longer be read or watched. */
export function compact<V>(store: Store<V>, revision: number): void {
  const target = Math.min(revision, store.revision);
  if (target <= store.compactedRevision) return;
  store.compactedRevision = target;
  const kept = firstAfter(store.log, target);
  for (let index = 0; index < kept; index++) forget(store, (store.log[index] as Change<V>).key, target);
  store.log = store.log.slice(kept);
}

/** Cuts what is compacted off a key's history; once cut, further calls find nothing to do. */
function forget<V>(store: Store<V>, key: string, target: number): void {
  const histories = store.histories.get(prefixOf(key));
  const history = histories?.get(key);
  if (history === undefined || (history[0] as Change<V>).revision > target) return;
  const kept = firstAfter(history, target);
  if (kept === history.length) histories?.delete(key);
  else histories?.set(key, history.slice(kept));
}

function byKey<V>(a: Revisioned<V>, b: Revisioned<V>): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function groupFor<V>(store: Store<V>, key: string): Map<string, Revisioned<V>> {
  const prefix = prefixOf(key);
  const known = store.prefixes.get(prefix);
  if (known !== undefined) return known;
  const group = new Map<string, Revisioned<V>>();
  store.prefixes.set(prefix, group);
  return group;
}

/** Index of the first log entry after a revision (binary search). */
function firstAfter<V>(log: readonly Change<V>[], revision: number): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((log[middle] as Change<V>).revision <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}
