/**
 * What etcd's clients send and get, as bus messages: the part of etcd's v3 API that kube-apiserver uses
 * (https://etcd.io/docs/v3.6/learning/api/): range, transactions on one key, watch, compaction and leases.
 */
import type { Stored } from "../api/index.ts";

/**
 * A stored value: an API object, and beside it what the API server wants to keep about it without showing it
 * (field ownership that has not been written out yet). Immutable.
 */
export interface EtcdValue {
  readonly object: Stored;
  readonly fields: unknown;
}

/** Reads one key, at the present revision. */
export interface EtcdGet {
  readonly type: "etcd-get";
  readonly key: string;
}
/** Answer to {@link EtcdGet}; `value` is absent when the key isn't there. */
export interface EtcdGetResult {
  readonly type: "etcd-get-result";
  readonly revision: number;
  readonly value: EtcdValue | undefined;
}

/** Reads all keys below a prefix, now or at an earlier revision. */
export interface EtcdRange {
  readonly type: "etcd-range";
  readonly prefix: string;
  readonly revision?: number;
}
/** Answer to {@link EtcdRange}, in key order. `compacted`: the revision asked for is gone; `revision` is the present one. */
export interface EtcdRangeResult {
  readonly type: "etcd-range-result";
  readonly revision: number;
  readonly items: readonly EtcdItem[];
  readonly compacted?: number;
}
/** One key and its value. */
export interface EtcdItem {
  readonly key: string;
  readonly value: EtcdValue;
}

/** Asks for the present revision: a linearizable read that costs nothing. */
export interface EtcdStatus {
  readonly type: "etcd-status";
}
/** Answer to {@link EtcdStatus}. */
export interface EtcdStatusResult {
  readonly type: "etcd-status-result";
  readonly revision: number;
}

/**
 * If the key's modification revision is `expected` (0 = there is no such key), writes the object, or deletes the key
 * when `object` is absent. The object gets its resourceVersion from the revision of the write.
 */
export interface EtcdTxn {
  readonly type: "etcd-txn";
  readonly key: string;
  readonly expected: number;
  readonly object?: Stored | undefined;
  readonly fields?: unknown;
  readonly lease?: number | undefined;
}
/**
 * Answer to {@link EtcdTxn}: whether it was done, and the value now there (after a deletion: the value deleted).
 * `error` is etcd's own refusal, e.g. of an unknown lease.
 */
export interface EtcdTxnResult {
  readonly type: "etcd-txn-result";
  readonly succeeded: boolean;
  readonly revision: number;
  readonly value: EtcdValue | undefined;
  readonly error?: string;
}

/** Opens a stream of the changes below a prefix after a revision. */
export interface EtcdWatch {
  readonly type: "etcd-watch";
  readonly prefix: string;
  readonly after: number;
}
/** Changes, oldest first. */
export interface EtcdEvents {
  readonly type: "etcd-events";
  readonly events: readonly EtcdEvent[];
}
/** One change: `value` absent = deleted; `previous` is what was there before. */
export interface EtcdEvent {
  readonly revision: number;
  readonly key: string;
  readonly value: EtcdValue | undefined;
  readonly previous: EtcdValue | undefined;
}
/** The watch can't be served because history is compacted up to here; the stream ends. */
export interface EtcdWatchCanceled {
  readonly type: "etcd-watch-canceled";
  readonly compactRevision: number;
}

/** Forgets history before a revision. */
export interface EtcdCompact {
  readonly type: "etcd-compact";
  readonly revision: number;
}

/** Makes a lease with an id of the client's choice: the keys attached to it are deleted when it runs out. One-way. */
export interface EtcdLeaseGrant {
  readonly type: "etcd-lease-grant";
  readonly lease: number;
  readonly ttlSeconds: number;
}

/** Everything etcd answers to as a request. */
export type EtcdRequest = EtcdGet | EtcdRange | EtcdStatus | EtcdTxn;
/** Everything etcd answers with. */
export type EtcdReply = EtcdGetResult | EtcdRangeResult | EtcdStatusResult | EtcdTxnResult;
/** Changes how long a commit to disk takes (a slow disk), ms. */
export interface EtcdDiskSpeed {
  readonly type: "etcd-disk-speed";
  readonly commitDelayMs: number;
}
