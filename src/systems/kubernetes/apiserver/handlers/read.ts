/**
 * Reads. A get goes to etcd, unless resourceVersion "0" allows the cache. Lists are answered from the watch cache: at once
 * with resourceVersion "0" (or an old enough one), else when the cache has reached etcd's present revision (KEP-2340).
 * Source: k8s.io/apiserver v1.36 pkg/storage/cacher/cacher.go and delegator.
 */
import { type ApiRequest, type ApiResponse, ETCD, type KubeList, namespacedKey, type Stored } from "../../api/index.ts";
import type { EtcdGet, EtcdRange, EtcdRangeResult, EtcdStatus, EtcdValue } from "../../etcd/index.ts";
import type { ResourceInfo } from "../../schema/index.ts";
import { badRequest, expired, notFound, tooLargeResourceVersion, tooOld } from "../answers/status.ts";
import { cached, type ResourceCache } from "../cache/resource-cache.ts";
import { isShown } from "../resources/audience.ts";
import { pickItems, type Selection, selectionOf } from "../resources/selection.ts";
import { shownAs } from "../resources/shown.ts";
import { storageName } from "../resources/storage.ts";
import type { Server } from "../state.ts";
import { decodeContinue, encodeContinue } from "./continue-token.ts";
import { cacheOf, etcdKey } from "./operation.ts";
import { readScale } from "../subresources/scale.ts";

/** A read on its way to etcd. Plain data: the tag of the request. */
export interface ReadTag {
  readonly tag: "get" | "list" | "range";
  readonly call: ApiRequest;
  readonly request: number;
  readonly info: ResourceInfo;
  /** etcd watch that fed the cache when a list was asked for. */
  readonly feed: number;
}

/** How long a read may take (--request-timeout 1m), ms. */
export const READ_TIMEOUT_MS = 60_000;
/** How long a read waits for the cache to catch up (cacher/watch_cache.go, blockTimeout), ms. */
export const CATCH_UP_MS = 3_000;

/** Answers a request. */
export type Reply = (server: Server, request: number, call: ApiRequest, response: ApiResponse) => void;

/** GET of one object. */
export function startGet(server: Server, call: ApiRequest, request: number, info: ResourceInfo, reply: Reply): void {
  const cache = cacheOf(server, storageName(info));
  const namespace = info.namespaced ? (call.namespace ?? "") : "";
  if (call.options?.resourceVersion === "0") {
    reply(server, request, call, getResponse(server, call, info, cached(cache, namespace, namespacedKey(namespace, call.name ?? ""))));
    return;
  }
  const tag: ReadTag = { tag: "get", call, request, info, feed: 0 };
  const read: EtcdGet = { type: "etcd-get", key: etcdKey(cache, namespace, call.name ?? "") };
  server.context.request(ETCD, read, tag, READ_TIMEOUT_MS);
}

/** The answer to a GET. */
export function getResponse(server: Server, call: ApiRequest, info: ResourceInfo, value: EtcdValue | undefined): ApiResponse {
  if (value === undefined) return notFound(info, call.name ?? "");
  if (call.subresource === "scale") return readScale(info, value.object);
  return { type: "api-response", code: 200, body: shownAs(server.state.kinds, value.object, value.fields, info.apiVersion, isShown(call)) };
}

/** LIST. */
export function startList(server: Server, call: ApiRequest, request: number, info: ResourceInfo, reply: Reply): void {
  const options = call.options ?? {};
  const selection = selectionOf(server, call, info);
  if ("refused" in selection) {
    reply(server, request, call, selection.refused);
    return;
  }
  const cache = cacheOf(server, storageName(info));
  const { resourceVersion = "", resourceVersionMatch } = options;
  if ((options.continue ?? "") !== "" || resourceVersionMatch === "Exact") {
    startRange(server, call, request, info, cache, reply);
    return;
  }
  if (resourceVersion === "") {
    const tag: ReadTag = { tag: "list", call, request, info, feed: cache.stream };
    server.context.request(ETCD, { type: "etcd-status" } as EtcdStatus, tag, READ_TIMEOUT_MS);
    return;
  }
  const revision = Number(resourceVersion);
  if (!Number.isSafeInteger(revision) || revision < 0) reply(server, request, call, invalidVersion(resourceVersion));
  else listWhenReached(server, call, request, info, revision, reply);
}

function invalidVersion(text: string): ApiResponse {
  return badRequest(`Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** Lists as soon as the cache holds everything up to a revision; refuses if that takes too long. */
export function listWhenReached(server: Server, call: ApiRequest, request: number, info: ResourceInfo, revision: number, reply: Reply): void {
  const cache = cacheOf(server, storageName(info));
  if (cache.revision >= revision) {
    reply(server, request, call, listResponse(server, call, info, cache));
    return;
  }
  const waiting = server.state.waiting.get(cache.storage) ?? [];
  waiting.push({ call, request, revision });
  server.state.waiting.set(cache.storage, waiting);
  server.context.setTimer(`catch-up/${cache.storage}/${request}`, CATCH_UP_MS);
}

/** Answers the reads that waited for what the cache now has. */
export function wakeReaders(server: Server, cache: ResourceCache, infoFor: (call: ApiRequest) => ResourceInfo | undefined, reply: Reply): void {
  const waiting = server.state.waiting.get(cache.storage);
  if (waiting === undefined) return;
  const still = waiting.filter((read) => {
    if (cache.revision < read.revision) return true;
    const info = infoFor(read.call);
    server.context.cancelTimer(`catch-up/${cache.storage}/${read.request}`);
    if (info !== undefined) reply(server, read.request, read.call, listResponse(server, read.call, info, cache));
    return false;
  });
  if (still.length === 0) server.state.waiting.delete(cache.storage);
  else server.state.waiting.set(cache.storage, still);
}

/** The timer of a read that has waited too long. */
export function giveUpWaiting(server: Server, timer: string, reply: Reply): void {
  const [, storage = "", number = ""] = /^catch-up\/(.+)\/(\d+)$/.exec(timer) ?? [];
  const waiting = server.state.waiting.get(storage) ?? [];
  const read = waiting.find((candidate) => candidate.request === Number(number));
  if (read === undefined) return;
  server.state.waiting.set(storage, waiting.filter((candidate) => candidate !== read));
  const current = server.state.caches.get(storage)?.revision ?? 0;
  reply(server, read.request, read.call, tooLargeResourceVersion(read.revision, current));
}

/** The answer to a LIST from the cache as it is now. */
export function listResponse(server: Server, call: ApiRequest, info: ResourceInfo, cache: ResourceCache): ApiResponse {
  const selection = selectionOf(server, call, info);
  if ("refused" in selection) return selection.refused;
  const items = pickItems(cache, selection);
  return pageOf(server, call, info, items, selection, cache.revision);
}

function pageOf(server: Server, call: ApiRequest, info: ResourceInfo, values: readonly EtcdValue[], selection: Selection, revision: number): ApiResponse {
  // A list from the cache as it is comes whole (cacher/delegator.go: no limit with resourceVersion "0").
  const limit = call.options?.resourceVersion === "0" ? 0 : (call.options?.limit ?? 0);
  const cut = limit > 0 && values.length > limit;
  const page = cut ? values.slice(0, limit) : values;
  const last = page[page.length - 1];
  const rest = cut && last !== undefined
    ? { continue: encodeContinue(revision, keyOf(last.object)), ...(selection.everything ? { remainingItemCount: values.length - page.length } : {}) }
    : {};
  const shown = isShown(call);
  const items = page.map((value) => shownAs(server.state.kinds, value.object, value.fields, info.apiVersion, shown));
  const list: KubeList = { apiVersion: info.apiVersion, kind: info.listKind, metadata: { resourceVersion: String(revision), ...rest }, items };
  return { type: "api-response", code: 200, body: list };
}

function keyOf(object: Stored): string {
  return namespacedKey(object.metadata.namespace, object.metadata.name);
}

/** Lists at an exact revision, or goes on with one that was cut by `limit`: only etcd keeps that. */
function startRange(server: Server, call: ApiRequest, request: number, info: ResourceInfo, cache: ResourceCache, reply: Reply): void {
  const token = call.options?.continue ?? "";
  const from = token === "" ? { revision: Number(call.options?.resourceVersion ?? "0"), after: "" } : decodeContinue(token);
  if (from === undefined) {
    reply(server, request, call, badRequest("continue key is not valid: invalid continue token"));
    return;
  }
  const tag: ReadTag = { tag: "range", call, request, info, feed: 0 };
  const range: EtcdRange = { type: "etcd-range", prefix: cache.prefix, ...(from.revision > 0 ? { revision: from.revision } : {}) };
  server.context.request(ETCD, range, tag, READ_TIMEOUT_MS);
}

const CONTINUE_EXPIRED = "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

/** etcd has answered a list at a revision. */
export function rangeResponse(server: Server, tag: ReadTag, result: EtcdRangeResult): ApiResponse {
  const { call, info } = tag;
  const token = call.options?.continue ?? "";
  const from = token === "" ? { revision: Number(call.options?.resourceVersion ?? "0"), after: "" } : (decodeContinue(token) ?? { revision: 0, after: "" });
  if (result.compacted !== undefined) return token === "" ? tooOld(from.revision, result.compacted) : expired(CONTINUE_EXPIRED);
  const selection = selectionOf(server, call, info);
  if ("refused" in selection) return selection.refused;
  const prefix = cacheOf(server, storageName(info)).prefix;
  const values = result.items.filter((item) => item.key.slice(prefix.length) > from.after).map((item) => item.value).filter((value) => selection.matches(value.object));
  return pageOf(server, call, info, values, selection, from.revision > 0 ? from.revision : result.revision);
}
