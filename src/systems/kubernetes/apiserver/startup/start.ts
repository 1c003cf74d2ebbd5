/** Coming up: fill the caches, make the objects every cluster has, then serve what has been waiting. */
import type { ApiRequest, ApiResponse } from "../../api/index.ts";
import { lookupResource } from "../../schema/index.ts";
import { readList } from "../cache/feed.ts";
import { cached, createResourceCache } from "../cache/resource-cache.ts";
import { operationFor, serveRequest, serveWatch } from "../handlers/serve.ts";
import { operations, reply } from "../handlers/table.ts";
import { refuseWatch } from "../handlers/watch.ts";
import { startCreate } from "../handlers/create.ts";
import { storageName, storagePrefix, storedResources } from "../resources/storage.ts";
import type { Server } from "../state.ts";
import { startObjects } from "./objects.ts";

/** User of the API server's requests to itself (kubernetes v1.36 pkg/controlplane/apiserver, loopback client). */
export const LOOPBACK_USER = "system:apiserver";

/** Makes the caches and asks etcd for their contents. */
export function startCaches(server: Server): void {
  for (const info of storedResources()) {
    const cache = createResourceCache(storageName(info), info.kind, storagePrefix(info, false), info.namespaced);
    server.state.caches.set(cache.storage, cache);
    readList(server, cache);
  }
}

/** When the last cache has been filled: makes what is missing of the start-up objects. */
export function cachesFilled(server: Server): void {
  const { state } = server;
  if (state.phase !== "starting") return;
  for (const cache of state.caches.values()) if (!cache.ready) return;
  state.phase = "ready";
  for (const { group, version, resource, object } of startObjects(state.config)) {
    const info = lookupResource(state.kinds, group, version, resource);
    if (info === undefined) throw new Error(`no resource ${group}/${version}/${resource}`);
    const namespace = object.metadata?.namespace ?? "";
    const name = object.metadata?.name ?? "";
    const cache = state.caches.get(storageName(info));
    if (cache !== undefined && cached(cache, namespace, namespace === "" ? name : `${namespace}/${name}`) !== undefined) continue;
    const call: ApiRequest = { type: "api-request", verb: "create", group, version, resource, user: LOOPBACK_USER, agent: "kube-apiserver", body: object, ...(namespace === "" ? {} : { namespace }) };
    startCreate(server, operations, operationFor(call, 0, info, "create"));
  }
  server.context.setTimer("serve", 3);
}

/** etcd can't be reached: who waited for the caches is told so. */
export function refuseHeld(server: Server, response: ApiResponse): void {
  for (const { call, request, stream } of server.state.held.splice(0)) {
    if (stream === 0) reply(server, request, call, response);
    else refuseWatch(server, stream, response);
  }
}

/** Serves everything that came too early. */
export function serveHeld(server: Server): void {
  for (const { call, request, stream } of server.state.held.splice(0)) {
    if (stream === 0) serveRequest(server, call, request);
    else serveWatch(server, call, stream);
  }
}
