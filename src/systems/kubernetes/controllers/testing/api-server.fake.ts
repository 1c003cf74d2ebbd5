/** A small API server for tests of the driver: storage, watches, optimistic locking, finalizers and generated names; no schema. */
import { applyMergePatch, type JsonValue } from "../../../../base/json/index.ts";
import { deepFreeze } from "../../../../base/plain/index.ts";
import { rfc3339 } from "../../../../base/time/index.ts";
import type { Behaviour, Context } from "../../../../engine/bus/index.ts";
import { type ApiRequest, type ApiResponse, type KubeObject, namespacedKey, type Status } from "../../api/index.ts";

export interface FakeState {
  revision: number;
  uids: number;
  names: number;
  readonly resources: Map<string, Map<string, KubeObject>>;
  readonly watches: Map<number, string>;
  /** Watch events come this much later than answers, ms. */
  watchLagMs: number;
  events: number;
  readonly log: ApiRequest[];
  /** Refusals to give next, by "verb resource". */
  readonly refusals: Map<string, { code: number; reason: string; message: string; times: number }>;
}

type Answer = { code: number; body: unknown };

export const fakeApiServer: Behaviour<FakeState> = {
  type: "fake-api-server",
  start: () => ({ revision: 1, uids: 0, names: 0, resources: new Map(), watches: new Map(), watchLagMs: 0, events: 0, log: [], refusals: new Map() }),
  onRequest(state, context, body, request) {
    const call = body as ApiRequest;
    if (call.verb !== "list") state.log.push(call);
    const { code, body: answer } = handle(state, context, call);
    const response: ApiResponse = { type: "api-response", code, body: answer as KubeObject };
    context.reply(request, response);
  },
  onOpen(state, context, body, stream) {
    const call = body as ApiRequest;
    void context;
    state.watches.set(stream, nameOf(call));
  },
  onTimer(state, context, _name, body) {
    tellWatches(state, context, body as Told);
  },
  onClosed(state, _context, _reason, stream) {
    state.watches.delete(stream);
  },
};

function nameOf(call: ApiRequest): string {
  return call.group === "" ? call.resource : `${call.resource}.${call.group}`;
}

function refusal(code: number, reason: string, message: string): Answer {
  const status: Status = { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", reason, message, code };
  return { code, body: status };
}

function handle(state: FakeState, context: Context, call: ApiRequest): Answer {
  const planned = state.refusals.get(`${call.verb} ${nameOf(call)}`);
  if (planned !== undefined && planned.times-- > 0) return refusal(planned.code, planned.reason, planned.message);
  const items = itemsOf(state, nameOf(call));
  if (call.verb === "list") {
    const found = [...items.values()].filter((item) => call.namespace === undefined || item.metadata?.namespace === call.namespace);
    return { code: 200, body: { kind: "List", metadata: { resourceVersion: String(state.revision) }, items: found } };
  }
  if (call.verb === "create") return create(state, context, call);
  const known = items.get(namespacedKey(call.namespace, call.name ?? ""));
  if (known === undefined) return refusal(404, "NotFound", `${nameOf(call)} "${call.name ?? ""}" not found`);
  if (call.verb === "get") return { code: 200, body: known };
  if (call.verb === "delete") return remove(state, context, call, known);
  return change(state, context, call, known);
}

function itemsOf(state: FakeState, name: string): Map<string, KubeObject> {
  const known = state.resources.get(name) ?? new Map<string, KubeObject>();
  state.resources.set(name, known);
  return known;
}

function create(state: FakeState, context: Context, call: ApiRequest): Answer {
  const body = call.body as KubeObject;
  const name = body.metadata?.name ?? `${body.metadata?.generateName ?? ""}${String(++state.names)}`;
  const key = namespacedKey(call.namespace, name);
  if (itemsOf(state, nameOf(call)).has(key)) return refusal(409, "AlreadyExists", `${nameOf(call)} "${name}" already exists`);
  const metadata = { ...body.metadata, name, ...(call.namespace === undefined ? {} : { namespace: call.namespace }) };
  return { code: 201, body: store(state, context, nameOf(call), { ...body, metadata }) };
}

function change(state: FakeState, context: Context, call: ApiRequest, known: KubeObject): Answer {
  const patch = call.body as KubeObject & { status?: unknown; spec?: unknown };
  let next: KubeObject = call.verb === "patch" ? applyMergePatch(known as JsonValue, patch as JsonValue) as KubeObject : patch;
  if (next.metadata?.uid !== undefined && next.metadata.uid !== known.metadata?.uid) return refusal(409, "Conflict", "uid mismatch");
  if (next.metadata?.resourceVersion !== undefined && next.metadata.resourceVersion !== known.metadata?.resourceVersion) {
    return refusal(409, "Conflict", "the object has been modified");
  }
  const annotations = next.metadata?.annotations;
  if (call.subresource === "status") next = { ...known, metadata: { ...known.metadata, ...(annotations === undefined ? {} : { annotations }) }, status: (next as { status?: unknown }).status } as KubeObject;
  else if (JSON.stringify((next as { spec?: unknown }).spec) !== JSON.stringify((known as { spec?: unknown }).spec)) {
    next = { ...next, metadata: { ...next.metadata, generation: (known.metadata?.generation ?? 1) + 1 } };
  }
  if (next.metadata?.deletionTimestamp !== undefined && (next.metadata.finalizers ?? []).length === 0) {
    drop(state, context, nameOf(call), next);
    return { code: 200, body: next };
  }
  return { code: 200, body: store(state, context, nameOf(call), next) };
}

function remove(state: FakeState, context: Context, call: ApiRequest, known: KubeObject): Answer {
  const wanted = call.options?.preconditions?.uid;
  if (wanted !== undefined && wanted !== known.metadata?.uid) return refusal(409, "Conflict", "the uid in the precondition is another");
  const policy = call.options?.propagationPolicy;
  const extra = policy === "Foreground" ? ["foregroundDeletion"] : policy === "Orphan" ? ["orphan"] : [];
  const finalizers = [...new Set([...(known.metadata?.finalizers ?? []), ...extra])];
  const isGraceful = nameOf(call) === "pods" && (known as { spec?: { nodeName?: string } }).spec?.nodeName !== undefined && call.options?.gracePeriodSeconds !== 0;
  if (finalizers.length === 0 && !isGraceful) {
    drop(state, context, nameOf(call), known);
    return { code: 200, body: { apiVersion: "v1", kind: "Status", metadata: {}, status: "Success" } };
  }
  const metadata = { ...known.metadata, ...(finalizers.length > 0 ? { finalizers } : {}), deletionTimestamp: rfc3339(context.now) };
  return { code: 200, body: store(state, context, nameOf(call), { ...known, metadata }) };
}

function store(state: FakeState, context: Context, resource: string, object: KubeObject): KubeObject {
  const items = itemsOf(state, resource);
  const key = namespacedKey(object.metadata?.namespace, object.metadata?.name ?? "");
  const known = items.get(key);
  const metadata = {
    uid: `uid-${String(known === undefined ? ++state.uids : 0)}`, creationTimestamp: rfc3339(context.now), generation: 1,
    ...object.metadata, resourceVersion: String(++state.revision),
  };
  const stored = deepFreeze({ ...object, metadata });
  items.set(key, stored);
  broadcast(state, context, resource, known === undefined ? "ADDED" : "MODIFIED", stored);
  return stored;
}

function drop(state: FakeState, context: Context, resource: string, object: KubeObject): void {
  itemsOf(state, resource).delete(namespacedKey(object.metadata?.namespace, object.metadata?.name ?? ""));
  broadcast(state, context, resource, "DELETED", deepFreeze({ ...object, metadata: { ...object.metadata, resourceVersion: String(++state.revision) } }));
}

function broadcast(state: FakeState, context: Context, resource: string, event: "ADDED" | "MODIFIED" | "DELETED", object: KubeObject): void {
  const told = { resource, event, object };
  if (state.watchLagMs > 0) context.setTimer(`lag/${String(++state.events)}`, state.watchLagMs, told);
  else tellWatches(state, context, told);
}

interface Told {
  readonly resource: string;
  readonly event: string;
  readonly object: KubeObject;
}

function tellWatches(state: FakeState, context: Context, { resource, event, object }: Told): void {
  for (const [stream, watched] of state.watches) if (watched === resource) context.push(stream, { type: "watch-event", event, object } as never);
}
