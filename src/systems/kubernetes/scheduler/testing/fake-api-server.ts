/** A stand-in for the API server, for tests and benchmarks of the scheduler: stores, lists, watches, binds, patches, deletes. */
import type { Behaviour, Context, Message } from "../../../../engine/bus/index.ts";
import type { ApiRequest, ApiResponse, KubeObject, Pod } from "../../api/index.ts";
import { objectKey } from "../../api/index.ts";

/** Plain data. */
export interface FakeServer {
  revision: number;
  /** resource → key → object. */
  readonly objects: Map<string, Map<string, KubeObject>>;
  /** resource → watch streams. */
  readonly watches: Map<string, number[]>;
  /** Requests that change something, events apart. */
  readonly log: ApiRequest[];
  readonly events: Record<string, unknown>[];
  /** Answers bindings with this code when not 0. */
  failBindings: number;
  /** Whether requests and events are kept. */
  readonly keepsLog: boolean;
}

/** Puts objects into the store (as a person or a controller would). */
export interface Put {
  readonly type: "put";
  readonly resource: string;
  readonly objects: readonly KubeObject[];
}

/** Takes objects out of the store. */
export interface Drop {
  readonly type: "drop";
  readonly resource: string;
  readonly keys: readonly string[];
}

/** Sets how bindings are answered. */
export interface FailBindings {
  readonly type: "fail-bindings";
  readonly code: number;
}

function tableOf(state: FakeServer, resource: string): Map<string, KubeObject> {
  const known = state.objects.get(resource);
  if (known !== undefined) return known;
  const fresh = new Map<string, KubeObject>();
  state.objects.set(resource, fresh);
  return fresh;
}

function publish(state: FakeServer, context: Context, resource: string, event: string, object: KubeObject): void {
  for (const stream of state.watches.get(resource) ?? []) context.push(stream, { type: "watch-event", event, object } as Message);
}

function store(state: FakeServer, context: Context, resource: string, object: KubeObject): KubeObject {
  const key = objectKey(object);
  const table = tableOf(state, resource);
  const event = table.has(key) ? "MODIFIED" : "ADDED";
  const stored: KubeObject = { ...object, metadata: { uid: `uid-${key}`, ...object.metadata, resourceVersion: String(++state.revision) } };
  table.set(key, Object.freeze(stored));
  publish(state, context, resource, event, stored);
  return stored;
}

function drop(state: FakeServer, context: Context, resource: string, key: string): void {
  const table = tableOf(state, resource);
  const object = table.get(key);
  if (object === undefined) return;
  table.delete(key);
  publish(state, context, resource, "DELETED", { ...object, metadata: { ...object.metadata, resourceVersion: String(++state.revision) } });
}

function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const merged: Record<string, unknown> = { ...(target as Record<string, unknown> | undefined) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function change(state: FakeServer, context: Context, request: ApiRequest): [number, unknown] {
  if (request.resource === "events") {
    if (state.keepsLog) state.events.push(request.body as Record<string, unknown>);
    return [201, {}];
  }
  if (state.keepsLog) state.log.push(request);
  const key = request.namespace === undefined ? (request.name ?? "") : `${request.namespace}/${request.name ?? ""}`;
  const object = tableOf(state, request.resource).get(key);
  if (object === undefined) return [404, { kind: "Status", message: `${request.resource} "${request.name ?? ""}" not found` }];
  if (request.subresource === "binding") return bindPod(state, context, object as Pod, request);
  if (request.verb === "patch") return [200, store(state, context, request.resource, merge(object, request.body) as KubeObject)];
  if (request.verb === "delete") drop(state, context, request.resource, key);
  return [200, { kind: "Status" }];
}

function bindPod(state: FakeServer, context: Context, pod: Pod, request: ApiRequest): [number, unknown] {
  if (state.failBindings !== 0) return [state.failBindings, { kind: "Status", message: "not now" }];
  const node = (request.body as { readonly target: { readonly name: string } }).target.name;
  if (pod.spec?.nodeName !== undefined) return [409, { kind: "Status", message: "already bound" }];
  store(state, context, "pods", { ...pod, spec: { ...pod.spec, containers: pod.spec?.containers ?? [], nodeName: node } } as Pod);
  return [201, { kind: "Status" }];
}

/** The stand-in's behaviour. */
export const fakeApiServer: Behaviour<FakeServer, boolean | undefined> = {
  type: "fake-api-server",
  start: (_context, keepsLog = true) => ({ revision: 1, objects: new Map(), watches: new Map(), log: [], events: [], failBindings: 0, keepsLog }),
  onMessage(state, context, body) {
    const message = body as Put | Drop | FailBindings;
    if (message.type === "put") for (const object of message.objects) store(state, context, message.resource, object);
    else if (message.type === "drop") for (const key of message.keys) drop(state, context, message.resource, key);
    else state.failBindings = message.code;
  },
  onRequest(state, context, body, request) {
    const call = body as ApiRequest;
    const [code, answer] = call.verb === "list"
      ? [200, { kind: "List", metadata: { resourceVersion: String(state.revision) }, items: [...tableOf(state, call.resource).values()] }]
      : change(state, context, call);
    context.reply(request, { type: "api-response", code, body: answer } as ApiResponse);
  },
  onOpen(state, context, body, stream) {
    const { resource, options } = body as ApiRequest;
    const streams = state.watches.get(resource) ?? [];
    streams.push(stream);
    state.watches.set(resource, streams);
    const since = Number(options?.resourceVersion ?? "0");
    for (const object of tableOf(state, resource).values()) {
      if (Number(object.metadata?.resourceVersion) > since) context.push(stream, { type: "watch-event", event: "ADDED", object } as Message);
    }
  },
};
