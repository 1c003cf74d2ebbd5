/**
 * Leases: keys that vanish together when their time is over. kube-apiserver uses them for Events (--event-ttl 1h).
 * As in etcd, a restart gives every lease its full time again (server/lease/lessor.go, Promote).
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { EtcdLeaseGrant } from "./messages.ts";

interface Lease {
  readonly id: number;
  readonly ttlSeconds: number;
  readonly keys: Set<string>;
}

/** Leases by id, and the lease of each key that has one. */
export interface Leases {
  readonly byId: Map<number, Lease>;
  readonly ofKey: Map<string, number>;
}

const TIMER = "lease/";

/** No leases. */
export function createLeases(): Leases {
  return { byId: new Map(), ofKey: new Map() };
}

/** Makes a lease; granting one that exists renews it. */
export function grantLease(leases: Leases, context: Context, grant: EtcdLeaseGrant): void {
  if (!leases.byId.has(grant.lease)) leases.byId.set(grant.lease, { id: grant.lease, ttlSeconds: grant.ttlSeconds, keys: new Set() });
  context.setTimer(TIMER + String(grant.lease), grant.ttlSeconds * 1000, grant.lease);
}

/** After a start: every lease runs anew. */
export function rearmLeases(leases: Leases, context: Context): void {
  for (const lease of leases.byId.values()) context.setTimer(TIMER + String(lease.id), lease.ttlSeconds * 1000, lease.id);
}

/** Ties a key to a lease. */
export function attachToLease(leases: Leases, id: number, key: string): void {
  leases.byId.get(id)?.keys.add(key);
  leases.ofKey.set(key, id);
}

/** A key was written without its lease, or deleted. */
export function detachFromLease(leases: Leases, key: string): void {
  const id = leases.ofKey.get(key);
  if (id === undefined) return;
  leases.ofKey.delete(key);
  leases.byId.get(id)?.keys.delete(key);
}

/** The lease whose timer this is ends; returns the keys that go with it. */
export function expireLeases(leases: Leases, _context: Context, timer: string): readonly string[] {
  if (!timer.startsWith(TIMER)) return [];
  const id = Number(timer.slice(TIMER.length));
  const lease = leases.byId.get(id);
  if (lease === undefined) return [];
  leases.byId.delete(id);
  for (const key of lease.keys) leases.ofKey.delete(key);
  return [...lease.keys];
}
