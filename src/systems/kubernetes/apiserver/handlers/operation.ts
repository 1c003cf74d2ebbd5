/**
 * Writes: what a request wants done to one stored object, tried against the cached object first and, when that proves
 * stale, against the object that etcd holds. Model: k8s.io/apiserver v1.36 pkg/storage/etcd3/store.go, GuaranteedUpdate.
 */
import { type ApiRequest, type ApiResponse, ETCD, type KubeObject, namespacedKey, type Stored } from "../../api/index.ts";
import type { EtcdGet, EtcdTxn, EtcdTxnResult, EtcdValue } from "../../etcd/index.ts";
import type { ResourceInfo } from "../../schema/index.ts";
import { cached, type ResourceCache } from "../cache/resource-cache.ts";
import { internalError } from "../answers/status.ts";
import { isShown } from "../resources/audience.ts";
import type { Server } from "../state.ts";

/** The kinds of writes; each has a {@link Mutation}. */
export type OperationName = "create" | "update" | "patch" | "apply" | "delete" | "binding" | "scale" | "evict" | "evict-budget";

/** One write on its way. Plain data: it travels as the tag of the requests to etcd. */
export interface Operation {
  readonly tag: "operation";
  readonly name: OperationName;
  readonly call: ApiRequest;
  /** The client's request; 0 = nobody waits for the answer. */
  readonly request: number;
  readonly info: ResourceInfo;
  readonly storage: string;
  readonly namespace: string;
  readonly objectName: string;
  readonly attempt: number;
  /** "read": asking etcd for the present object; "write": the transaction; "gone": the transaction that deletes. */
  readonly step: "read" | "write" | "gone";
  /** The body, decoded, defaulted and admitted as far as that doesn't depend on the stored object. */
  readonly body: KubeObject | undefined;
  readonly warnings: readonly string[] | undefined;
  /** Deletecollection it belongs to; 0 = none. */
  readonly batch: number;
  /** uid of the object it makes, if it makes one. */
  readonly madeUid: string | undefined;
}

/** What is to be done to the stored object. */
export type Outcome =
  | { readonly do: "put"; readonly object: KubeObject; readonly fields: unknown }
  | { readonly do: "remove"; readonly object?: Stored }
  | { readonly do: "answer"; readonly response: ApiResponse }
  | { readonly do: "nothing" };

/** Decides what a write does, from the object as it is (undefined = there is none). Pure but for allocations and random names. */
export type Mutation = (server: Server, operation: Operation, existing: EtcdValue | undefined) => Outcome;

/** How operations go on and are answered; given by the module that knows them all. */
export interface OperationTable {
  readonly mutations: Readonly<Record<OperationName, Mutation>>;
  answer(server: Server, operation: Operation, response: ApiResponse): void;
  respond(server: Server, operation: Operation, value: EtcdValue, gone: boolean): ApiResponse;
}

/** A refused outcome. */
export function refuse(response: ApiResponse): Outcome {
  return { do: "answer", response };
}

/** How long a write may take (apiserver pkg/endpoints/handlers/rest.go, requestTimeoutUpperBound 34 s), ms. */
export const WRITE_TIMEOUT_MS = 34_000;
const NOTHING: Outcome = { do: "nothing" };
/** See {@link Outcome}. */
export { NOTHING };

/** The cache of an operation's resource. */
export function cacheOf(server: Server, storage: string): ResourceCache {
  const cache = server.state.caches.get(storage);
  if (cache === undefined) throw new Error(`no watch cache for ${storage}`);
  return cache;
}

/** etcd key of an object. */
export function etcdKey(cache: ResourceCache, namespace: string, name: string): string {
  return cache.prefix + namespacedKey(cache.namespaced ? namespace : "", name);
}

/** Starts an operation on an object that should be there: from the cache, or from etcd if the cache hasn't got it. */
export function startOperation(server: Server, table: OperationTable, operation: Operation): void {
  const cache = cacheOf(server, operation.storage);
  const namespace = cache.namespaced ? operation.namespace : "";
  const known = cached(cache, namespace, namespacedKey(namespace, operation.objectName));
  if (known === undefined) readAgain(server, operation);
  else proceed(server, table, operation, known, false);
}

/** Tries an operation against an object. `fresh`: the object came from etcd, so a refusal is final. */
export function proceed(server: Server, table: OperationTable, operation: Operation, existing: EtcdValue | undefined, fresh: boolean): void {
  const outcome = attempted(server, table, operation, existing);
  if (!fresh && (outcome.do === "answer" || outcome.do === "nothing")) {
    readAgain(server, operation);
    return;
  }
  carryOut(server, table, operation, existing, outcome);
}

/**
 * What a person sends may be of any shape: what the handlers trip over is answered with 500 as upstream answers a panic
 * (k8s.io/apiserver pkg/server/filters/wrap.go). A component's request that fails this way is a bug of ours and throws.
 */
function attempted(server: Server, table: OperationTable, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const mutation = table.mutations[operation.name];
  if (!isShown(operation.call)) return mutation(server, operation, existing);
  try {
    return mutation(server, operation, existing);
  } catch (error) {
    return { do: "answer", response: internalError(error instanceof Error ? error.message : String(error)) };
  }
}

function carryOut(server: Server, table: OperationTable, operation: Operation, existing: EtcdValue | undefined, outcome: Outcome): void {
  if (outcome.do === "answer") {
    table.answer(server, operation, outcome.response);
    return;
  }
  if (outcome.do === "nothing") {
    table.answer(server, operation, table.respond(server, operation, existing as EtcdValue, false));
    return;
  }
  if (operation.call.options?.dryRun === true) {
    const value = outcome.do === "put" ? dryValue(outcome.object, outcome.fields) : (existing as EtcdValue);
    table.answer(server, operation, table.respond(server, operation, value, outcome.do === "remove"));
    return;
  }
  sendTxn(server, operation, existing, outcome);
}

function dryValue(object: KubeObject, fields: unknown): EtcdValue {
  return { object: object as Stored, fields };
}

/** The revision that a transaction on this object expects; 0 when it must not exist. */
export function expectedRevision(existing: EtcdValue | undefined): number {
  return existing === undefined ? 0 : Number(existing.object.metadata.resourceVersion);
}

function sendTxn(server: Server, operation: Operation, existing: EtcdValue | undefined, outcome: Exclude<Outcome, { do: "answer" } | { do: "nothing" }>): void {
  const cache = cacheOf(server, operation.storage);
  const put = outcome.do === "put";
  const name = put ? (outcome.object.metadata?.name ?? operation.objectName) : operation.objectName;
  const txn: EtcdTxn = {
    type: "etcd-txn", key: etcdKey(cache, operation.namespace, name), expected: expectedRevision(existing),
    object: put ? (outcome.object as Stored) : undefined, fields: put ? outcome.fields : undefined,
    lease: put && operation.storage === "events" ? eventLease(server) : undefined,
  };
  const madeUid = put && existing === undefined ? outcome.object.metadata?.uid : undefined;
  server.context.request(ETCD, txn, { ...operation, objectName: name, step: put ? "write" : "gone", madeUid }, WRITE_TIMEOUT_MS);
}

/** Asks etcd for the object as it is now. */
export function readAgain(server: Server, operation: Operation): void {
  const cache = cacheOf(server, operation.storage);
  const read: EtcdGet = { type: "etcd-get", key: etcdKey(cache, operation.namespace, operation.objectName) };
  server.context.request(ETCD, read, { ...operation, step: "read" }, WRITE_TIMEOUT_MS);
}

/** etcd has answered a transaction. */
export function txnAnswered(server: Server, table: OperationTable, operation: Operation, result: EtcdTxnResult): void {
  if (result.succeeded) {
    noteRevision(server, result.revision);
    table.answer(server, operation, table.respond(server, operation, result.value as EtcdValue, operation.step === "gone"));
    return;
  }
  proceed(server, table, { ...operation, attempt: operation.attempt + 1 }, result.value, true);
}

/** Remembers the highest revision etcd has told. */
export function noteRevision(server: Server, revision: number): void {
  if (revision > server.state.lastRevision) server.state.lastRevision = revision;
}

/** A lease handed to new keys for this long before the next one is made (etcd3/lease_manager.go, LeaseReuseDurationSeconds). */
const LEASE_REUSE_MS = 60_000;
/** --event-ttl. */
const EVENT_TTL_SECONDS = 3600;

/** The lease for an Event written now. The grant goes ahead of the write on the same connection. */
function eventLease(server: Server): number {
  const { state, context } = server;
  if (state.eventLease !== 0 && context.now < state.eventLeaseUntil) return state.eventLease;
  const ttlSeconds = state.config.eventTtlSeconds ?? EVENT_TTL_SECONDS;
  state.eventLease = context.event;
  state.eventLeaseUntil = context.now + LEASE_REUSE_MS;
  context.send(ETCD, { type: "etcd-lease-grant", lease: state.eventLease, ttlSeconds: ttlSeconds + LEASE_REUSE_MS / 1000 } as never);
  return state.eventLease;
}
