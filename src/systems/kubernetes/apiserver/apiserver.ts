/**
 * kube-apiserver as one component: requests come in over the bus, objects live in the component "etcd", watch caches
 * answer most reads. See MODEL.md for what is modelled.
 */
import type { Behaviour, Context, Message } from "../../../engine/bus/index.ts";
import { type ApiRequest, type ApiResponse, ETCD, type KubeObject } from "../api/index.ts";
import type { EtcdCompact, EtcdEvents, EtcdGetResult, EtcdRangeResult, EtcdReply, EtcdStatusResult, EtcdTxnResult } from "../etcd/index.ts";
import { emptyRegistry, lookupResource } from "../schema/index.ts";
import { storeFailure, storeTimeout } from "./answers/status.ts";
import { eventsArrived, feedBroke, feedCanceled, feedTimer, type FeedTag, listArrived } from "./cache/feed.ts";
import { type Operation, proceed, txnAnswered } from "./handlers/operation.ts";
import { getResponse, giveUpWaiting, listWhenReached, rangeResponse, type ReadTag, wakeReaders } from "./handlers/read.ts";
import { serveRequest, serveWatch } from "./handlers/serve.ts";
import { operations, reply } from "./handlers/table.ts";
import { BOOKMARK_MS, dropWatch, sendBookmarks, watchTimedOut } from "./handlers/watch.ts";
import type { CachedEvent, ResourceCache } from "./cache/resource-cache.ts";
import { createAllocations, followService } from "./resources/allocations.ts";
import { DEFINITIONS, followDefinition, goOnDeleting, lastOfItsKind } from "./resources/custom-resources.ts";
import { cachesFilled, refuseHeld, serveHeld, startCaches, startTimer } from "./startup/start.ts";
import { kubeletUnreachable, type ProxyTag } from "./subresources/proxy.ts";
import type { ApiServerConfig } from "./config.ts";
import type { ApiServerState, Server } from "./state.ts";
import { storageName } from "./resources/storage.ts";

type Tag = Operation | ReadTag | FeedTag | ProxyTag;

/** How often history is compacted (--etcd-compaction-interval), ms. */
const COMPACTION_MS = 300_000;

function emptyState(config: ApiServerConfig): ApiServerState {
  return {
    config, caches: new Map(), kinds: emptyRegistry, watchers: new Map(), allocations: createAllocations(), batches: new Map(), waiting: new Map(),
    phase: "starting", held: [], serving: false, eventLease: 0, eventLeaseUntil: 0, nextNumber: 0, etcdAway: false, compactTo: 0, lastRevision: 0,
  };
}

/** The API server component. */
export const apiServer: Behaviour<ApiServerState, ApiServerConfig | undefined> = {
  type: "kube-apiserver",
  start(context, config) {
    const state = emptyState(config ?? {});
    startCaches({ state, context });
    context.setTimer("bookmarks", BOOKMARK_MS);
    context.setTimer("compaction", COMPACTION_MS);
    return state;
  },
  onRequest(state, context, body, request) {
    if (body.type !== "api-request") return;
    if (state.serving) serveRequest({ state, context }, body as ApiRequest, request);
    else state.held.push({ call: body as ApiRequest, request, stream: 0 });
  },
  onOpen(state, context, body, stream) {
    if (body.type !== "api-request") return;
    if (state.serving) serveWatch({ state, context }, body as ApiRequest, stream);
    else state.held.push({ call: body as ApiRequest, request: 0, stream });
  },
  onReply(state, context, body, tag) {
    answered({ state, context }, body as EtcdReply, tag as Tag);
  },
  onFailure(state, context, reason, tag) {
    failed({ state, context }, reason, tag as Tag);
  },
  onData(state, context, body, stream, tag) {
    fed({ state, context }, body, stream, tag as FeedTag | undefined);
  },
  onClosed(state, context, _reason, stream, tag) {
    const server = { state, context };
    if ((tag as Tag | undefined)?.tag === "feed") feedBroke(server, tag as FeedTag, stream);
    else dropWatch(server, stream);
  },
  onTimer(state, context, name, body) {
    timer({ state, context }, name, body);
  },
};

/** People are told once when etcd goes and once when it answers again. */
function noteEtcd({ state, context }: Server, away: boolean): void {
  if (state.etcdAway === away) return;
  state.etcdAway = away;
  context.note(away ? "EtcdUnavailable" : "EtcdReconnected", ETCD, { revision: state.lastRevision });
}

function answered(server: Server, body: EtcdReply, tag: Tag): void {
  if (server.state.etcdAway && tag.tag !== "proxy") noteEtcd(server, false);
  switch (tag.tag) {
    case "operation": operationAnswered(server, body, tag); return;
    case "feed": cacheFilled(server, tag, body as EtcdRangeResult); return;
    case "proxy": reply(server, tag.request, tag.call, body as unknown as ApiResponse); return;
    case "get": reply(server, tag.request, tag.call, getResponse(server, tag.call, tag.info, (body as EtcdGetResult).value)); return;
    case "range": reply(server, tag.request, tag.call, rangeResponse(server, tag, body as EtcdRangeResult)); return;
    default: consistentList(server, tag, body as EtcdStatusResult);
  }
}

function cacheFilled(server: Server, tag: FeedTag, body: EtcdRangeResult): void {
  const cache = listArrived(server, tag, body);
  if (cache === undefined) return;
  for (const { value } of body.items) learn(server, cache, undefined, value.object);
  if (server.state.kinds.kinds.size > 0) goOnDeleting(server, cache);
  cachesFilled(server);
  if (server.state.waiting.size > 0) wake(server, cache);
  if (server.state.serving && server.state.held.length > 0) serveHeld(server);
}

/**
 * etcd's present revision has come. Its watch events travel the same connection and came before, so a cache whose feed has
 * been the same since the question holds everything up to there, whatever resource the last writes were to (etcd's progress notification).
 */
function consistentList(server: Server, tag: ReadTag, body: EtcdStatusResult): void {
  const cache = server.state.caches.get(storageName(tag.info));
  if (cache !== undefined && cache.stream !== 0 && cache.stream === tag.feed && body.revision > cache.revision) cache.revision = body.revision;
  listWhenReached(server, tag.call, tag.request, tag.info, body.revision, reply);
}

function operationAnswered(server: Server, body: EtcdReply, operation: Operation): void {
  if (operation.step === "read") {
    proceed(server, operations, operation, (body as EtcdGetResult).value, true);
    return;
  }
  const result = body as EtcdTxnResult;
  if (result.error === undefined) {
    txnAnswered(server, operations, operation, result);
    return;
  }
  server.state.eventLease = 0;
  operations.answer(server, operation, storeFailure(result.error));
}

function failed(server: Server, reason: "refused" | "reset" | "timeout", tag: Tag): void {
  if (tag.tag === "feed") {
    noteEtcd(server, true);
    feedBroke(server, tag, 0);
    refuseHeld(server, storeFailure(CONNECTION_ERRORS.refused));
    return;
  }
  if (tag.tag !== "proxy") noteEtcd(server, true);
  if (tag.tag === "proxy") {
    reply(server, tag.request, tag.call, kubeletUnreachable(tag, reason));
    return;
  }
  const response = reason === "timeout" ? storeTimeout() : storeFailure(CONNECTION_ERRORS[reason]);
  if (tag.tag === "operation") operations.answer(server, tag, response);
  else reply(server, tag.request, tag.call, response);
}

/** What etcd's client says of a connection that is refused, or broke while it waited for an answer. */
const CONNECTION_ERRORS = {
  refused: 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"',
  reset: "rpc error: code = Unavailable desc = error reading from server: EOF",
};

function fed(server: Server, body: Message, stream: number, tag: FeedTag | undefined): void {
  if (tag?.tag !== "feed") return;
  if (body.type === "etcd-watch-canceled") {
    feedCanceled(server, tag, stream);
    return;
  }
  eventsArrived(server, tag, stream, body as EtcdEvents, follow);
  const cache = server.state.caches.get(tag.storage);
  if (cache !== undefined && server.state.waiting.size > 0) wake(server, cache);
}

function wake(server: Server, cache: ResourceCache): void {
  wakeReaders(server, cache, (call) => lookupResource(server.state.kinds, call.group, call.version, call.resource), reply);
}

/** What the API server itself learns from a change: addresses in use, definitions of custom resources. */
function follow(server: Server, cache: ResourceCache, event: CachedEvent): void {
  learn(server, cache, event.previous?.object, event.value?.object);
}

function learn(server: Server, cache: ResourceCache, before: KubeObject | undefined, after: KubeObject | undefined): void {
  if (cache.storage === "services") followService(server.state.allocations, before, after);
  else if (cache.storage === DEFINITIONS) followDefinition(server, before, after);
  else if (after === undefined && server.state.kinds.kinds.size > 0) lastOfItsKind(server, cache);
}

function timer(server: Server, name: string, body: unknown): void {
  const { context } = server;
  if (startTimer(server, name)) return;
  if (name === "bookmarks") {
    sendBookmarks(server);
    context.setTimer("bookmarks", BOOKMARK_MS);
  } else if (name === "compaction") compaction(server, context);
  else if (!feedTimer(server, name) && !watchTimedOut(server, name, body)) giveUpWaiting(server, name, reply);
}

/** Compacts away what is older than one interval (etcd3/compact.go): the revision remembered at the last round. */
function compaction({ state }: Server, context: Context): void {
  if (state.compactTo > 0) context.send(ETCD, { type: "etcd-compact", revision: state.compactTo } as EtcdCompact);
  state.compactTo = state.lastRevision;
  context.setTimer("compaction", COMPACTION_MS);
}
