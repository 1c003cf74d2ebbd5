/** Coming up: fill the caches, make the objects every cluster has, then serve what has been waiting. */
import { type ApiRequest, type ApiResponse, namespacedKey } from "../../api/index.ts";
import { lookupResource } from "../../schema/index.ts";
import { readList } from "../cache/feed.ts";
import { cached, createResourceCache } from "../cache/resource-cache.ts";
import { operationFor, serveRequest, serveWatch } from "../handlers/serve.ts";
import { operations, reply } from "../handlers/table.ts";
import { refuseWatch } from "../handlers/watch.ts";
import { startCreate } from "../handlers/create.ts";
import { storageName, storagePrefix, storedResources } from "../resources/storage.ts";
import type { Server } from "../state.ts";
import { type StartObject, startObjects } from "./objects.ts";

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

/** How often the API server looks whether its own objects are there (pkg/controlplane/controller/kubernetesservice, 10 s), ms. */
const LOOK_AFTER_MS = 10_000;

/** When the last cache has been filled: makes what is missing of the start-up objects, then serves. */
export function cachesFilled(server: Server): void {
  const { state } = server;
  if (state.phase !== "starting") return;
  for (const cache of state.caches.values()) if (!cache.ready) return;
  state.phase = "ready";
  makeStartObjects(server);
  server.context.setTimer("serve", 3);
}

/** Makes the start-up objects that aren't there; those in a namespace as soon as it is. */
function makeStartObjects(server: Server): void {
  const { state } = server;
  for (const start of startObjects(state.config)) {
    const info = lookupResource(state.kinds, start.group, start.version, start.resource);
    const cache = info === undefined ? undefined : state.caches.get(storageName(info));
    if (info === undefined || cache === undefined) throw new Error(`no resource ${start.group}/${start.version}/${start.resource}`);
    const { namespace = "", name = "" } = start.object.metadata ?? {};
    if (cached(cache, namespace, namespacedKey(namespace, name)) !== undefined || (namespace !== "" && !hasNamespace(server, namespace))) continue;
    startCreate(server, operations, operationFor(createCall(start, namespace), 0, info, "create"));
  }
  server.context.setTimer("start-objects", LOOK_AFTER_MS);
}

function hasNamespace(server: Server, namespace: string): boolean {
  const cache = server.state.caches.get("namespaces");
  return cache !== undefined && cached(cache, "", namespace) !== undefined;
}

function createCall({ group, version, resource, object }: StartObject, namespace: string): ApiRequest {
  const call: ApiRequest = { type: "api-request", verb: "create", group, version, resource, user: LOOPBACK_USER, agent: "kube-apiserver", body: object };
  return namespace === "" ? call : { ...call, namespace };
}

/** The timers of starting up; true if it was one. */
export function startTimer(server: Server, name: string): boolean {
  if (name === "start-objects") makeStartObjects(server);
  else if (name !== "serve") return false;
  else {
    server.state.serving = true;
    makeStartObjects(server);
    serveHeld(server);
  }
  return true;
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
