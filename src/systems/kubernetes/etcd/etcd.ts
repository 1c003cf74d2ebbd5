/**
 * etcd as one component: a multi-version store, watches from a revision, leases and compaction.
 * Simplified: one member that is always its own leader; the raft log, snapshots and defragmentation are not modelled.
 * What was acknowledged is on disk and survives a crash.
 */
import { extended } from "../../../base/plain/index.ts";
import type { Behaviour, ClosedReason, Context } from "../../../engine/bus/index.ts";
import { type Change, changesSince, compact, createStore, get, list, listAt, prefixOf, put, remove, type Revisioned, type Store, type WriteResult } from "../../../engine/store/index.ts";
import type { Stored } from "../api/index.ts";
import { attachToLease, createLeases, detachFromLease, expireLeases, grantLease, type Leases, rearmLeases } from "./leases.ts";
import type {
  EtcdCompact, EtcdDiskSpeed, EtcdEvent, EtcdEvents, EtcdLeaseGrant, EtcdRange, EtcdRangeResult, EtcdReply, EtcdRequest, EtcdTxn, EtcdTxnResult, EtcdValue, EtcdWatch, EtcdWatchCanceled,
} from "./messages.ts";

/** Start values. */
export interface EtcdConfig {
  /** How long a write takes to reach the disk, ms. */
  readonly commitDelayMs?: number;
}

/** One open watch. */
interface EtcdWatcher {
  readonly stream: number;
  readonly prefix: string;
}

/** etcd's state. `watchers` are grouped as the store groups keys, so that a write meets only those of its resource. */
export interface EtcdState {
  readonly store: Store<EtcdValue>;
  readonly leases: Leases;
  readonly watchers: Map<string, EtcdWatcher[]>;
  readonly streams: Map<number, string>;
  commitDelayMs: number;
}

interface EtcdDisk {
  readonly store: Store<EtcdValue>;
  readonly leases: Leases;
}

/** The etcd component. */
export const etcd: Behaviour<EtcdState, EtcdConfig | undefined> = {
  type: "etcd",
  start(context, config, disk) {
    const kept = disk as EtcdDisk | undefined;
    const leases = kept?.leases ?? createLeases();
    rearmLeases(leases, context);
    return { store: kept?.store ?? createStore(), leases, watchers: new Map(), streams: new Map(), commitDelayMs: config?.commitDelayMs ?? 0 };
  },
  disk(state): EtcdDisk {
    return { store: state.store, leases: state.leases };
  },
  onRequest(state, context, body, request) {
    if (body.type === "etcd-txn") commit(state, context, body as EtcdTxn, request);
    else context.reply(request, read(state.store, body as EtcdRequest));
  },
  onMessage(state, context, body) {
    if (body.type === "etcd-lease-grant") grantLease(state.leases, context, body as EtcdLeaseGrant);
    else if (body.type === "etcd-compact") compactTo(state, context, body as EtcdCompact);
    else if (body.type === "etcd-disk-speed") state.commitDelayMs = (body as EtcdDiskSpeed).commitDelayMs;
  },
  onOpen(state, context, body, stream) {
    openWatch(state, context, body as EtcdWatch, stream);
  },
  onClosed(state, _context, _reason: ClosedReason, stream) {
    dropWatcher(state, stream);
  },
  onTimer(state, context, name) {
    for (const key of expireLeases(state.leases, context, name)) announce(state, context, remove(state.store, key));
  },
};

function commit(state: EtcdState, context: Context, body: EtcdTxn, request: number): void {
  const { store, leases } = state;
  if (body.lease !== undefined && !leases.byId.has(body.lease)) {
    const unknownLease: EtcdTxnResult = { ...refused(store, undefined), error: "etcdserver: requested lease not found" };
    context.reply(request, unknownLease);
    return;
  }
  const result = transact(store, body);
  if (!result.ok) {
    context.reply(request, refused(store, result.actual?.value));
    return;
  }
  if (leases.byId.size > 0) {
    detachFromLease(leases, body.key);
    if (body.lease !== undefined) attachToLease(leases, body.lease, body.key);
  }
  const { change, revision } = result;
  const done: EtcdTxnResult = { type: "etcd-txn-result", succeeded: true, revision, value: change.value ?? change.previous?.value };
  context.reply(request, done, state.commitDelayMs);
  tellWatchers(state, context, change);
}

function refused(store: Store<EtcdValue>, value: EtcdValue | undefined): EtcdTxnResult {
  return { type: "etcd-txn-result", succeeded: false, revision: store.revision, value };
}

function transact(store: Store<EtcdValue>, body: EtcdTxn): WriteResult<EtcdValue> {
  const { key, expected, object, fields } = body;
  if (object === undefined) return remove(store, key, expected);
  return put(store, key, (revision) => Object.freeze({ object: withRevision(object, revision), fields }), expected);
}

function read(store: Store<EtcdValue>, body: EtcdRequest): EtcdReply {
  switch (body.type) {
    case "etcd-get": return { type: "etcd-get-result", revision: store.revision, value: get(store, body.key)?.value };
    case "etcd-range": return range(store, body);
    default: return { type: "etcd-status-result", revision: store.revision };
  }
}

function range(store: Store<EtcdValue>, body: EtcdRange): EtcdRangeResult {
  const found = body.revision === undefined ? list(store, body.prefix) : listAt(store, body.prefix, body.revision);
  if (!Array.isArray(found)) {
    const { compactedRevision } = found as { readonly compactedRevision: number };
    return { type: "etcd-range-result", revision: store.revision, items: [], compacted: compactedRevision };
  }
  return { type: "etcd-range-result", revision: store.revision, items: found as readonly Revisioned<EtcdValue>[] };
}

/** The object as everybody will share it: with its resourceVersion, frozen at the top. */
function withRevision(object: Stored, revision: number): Stored {
  return Object.freeze(extended(object, { metadata: Object.freeze(extended(object.metadata, { resourceVersion: String(revision) })) }));
}

function announce(state: EtcdState, context: Context, result: WriteResult<EtcdValue>): void {
  if (result.ok) tellWatchers(state, context, result.change);
}

function eventOf(change: Change<EtcdValue>): EtcdEvent {
  return { revision: change.revision, key: change.key, value: change.value, previous: change.previous?.value };
}

function tellWatchers(state: EtcdState, context: Context, change: Change<EtcdValue>): void {
  const watchers = state.watchers.get(prefixOf(change.key));
  if (watchers === undefined) return;
  let message: EtcdEvents | undefined;
  for (const watcher of watchers) {
    if (!change.key.startsWith(watcher.prefix)) continue;
    message ??= { type: "etcd-events", events: [eventOf(change)] };
    context.push(watcher.stream, message);
  }
}

function openWatch(state: EtcdState, context: Context, body: EtcdWatch, stream: number): void {
  const missed = changesSince(state.store, body.after, body.prefix);
  if (!Array.isArray(missed)) {
    const { compactedRevision } = missed as { readonly compactedRevision: number };
    context.push(stream, { type: "etcd-watch-canceled", compactRevision: compactedRevision } as EtcdWatchCanceled);
    context.close(stream);
    return;
  }
  if (missed.length > 0) context.push(stream, { type: "etcd-events", events: (missed as readonly Change<EtcdValue>[]).map(eventOf) } as EtcdEvents);
  const group = prefixOf(body.prefix);
  const watchers = state.watchers.get(group) ?? [];
  watchers.push({ stream, prefix: body.prefix });
  state.watchers.set(group, watchers);
  state.streams.set(stream, group);
}

function dropWatcher(state: EtcdState, stream: number): void {
  const group = state.streams.get(stream);
  if (group === undefined) return;
  state.streams.delete(stream);
  state.watchers.set(group, (state.watchers.get(group) ?? []).filter((watcher) => watcher.stream !== stream));
}

function compactTo(state: EtcdState, context: Context, body: EtcdCompact): void {
  const before = state.store.compactedRevision;
  compact(state.store, body.revision);
  if (state.store.compactedRevision > before) context.note("HistoryCompacted", "etcd", { revision: state.store.compactedRevision });
}
