/** For tests: one node (network, runtime, kubelet) and an API server that only stores, lists and watches. */
import { applyMergePatch, type JsonValue } from "../../../base/json/index.ts";
import { rfc3339 } from "../../../base/time/index.ts";
import { type Behaviour, type Context, World } from "../../../engine/bus/index.ts";
import { nodeNetwork } from "../../containers/network/index.ts";
import { containerRuntime } from "../../containers/runtime/index.ts";
import { MACHINE_TYPES } from "../../machines/index.ts";
import { API_SERVER, type ApiRequest, type ApiResponse, kubeletId, type KubeObject, type Node, nodeNetworkId, type Pod, type PodSpec, runtimeId, type WatchEvent } from "../api/index.ts";
import { kubelet } from "./behaviour.ts";
import type { KubeletConfig, KubeletState } from "./state.ts";

interface Watch {
  readonly stream: number;
  readonly request: ApiRequest;
}

interface FakeState {
  revision: number;
  readonly objects: Map<string, KubeObject>;
  readonly watches: Map<number, Watch>;
  readonly log: string[];
}

/** Objects put into the server from outside. */
export interface Put {
  readonly type: "test/put";
  readonly resource: string;
  readonly object: KubeObject;
}

/** An object taken away from outside (a pod with a grace period only gets its deletionTimestamp). */
export interface Drop {
  readonly type: "test/drop";
  readonly resource: string;
  readonly key: string;
  readonly graceSeconds?: number;
}

const fakeApiServer: Behaviour<FakeState> = {
  type: "fake-api",
  start: () => ({ revision: 1, objects: new Map(), watches: new Map(), log: [] }),
  onMessage(state, context, body) {
    if (body.type === "test/put") store(state, context, (body as Put).resource, (body as Put).object);
    else drop(state, context, body as Drop);
  },
  onRequest(state, context, body, request) {
    const call = body as ApiRequest;
    if (call.resource !== "events" && call.resource !== "leases") state.log.push(`${call.verb} ${call.resource}${call.subresource === undefined ? "" : `/${call.subresource}`} ${call.name ?? ""}`.trim());
    context.reply(request, serve(state, context, call));
  },
  onOpen(state, _context, body, stream) {
    state.watches.set(stream, { stream, request: body as ApiRequest });
  },
  onClosed(state, _context, _reason, stream) {
    state.watches.delete(stream);
  },
};

function keyOf(resource: string, namespace: string | undefined, name: string): string {
  return `${resource}/${namespace === undefined || resource === "nodes" ? "" : `${namespace}/`}${name}`;
}

function store(state: FakeState, context: Context, resource: string, object: KubeObject): KubeObject {
  const key = keyOf(resource, object.metadata?.namespace, object.metadata?.name ?? "");
  const before = state.objects.get(key);
  const metadata = { uid: `uid-${object.metadata?.name ?? ""}`, creationTimestamp: rfc3339(context.now), generation: 1, ...object.metadata, resourceVersion: String(++state.revision) };
  const stored = Object.freeze({ ...object, metadata });
  state.objects.set(key, stored);
  tell(state, context, resource, before === undefined ? "ADDED" : "MODIFIED", stored);
  return stored;
}

function drop(state: FakeState, context: Context, body: Drop): void {
  const key = `${body.resource}/${body.key}`;
  const object = state.objects.get(key);
  if (object === undefined) return;
  if (body.graceSeconds !== undefined) {
    store(state, context, body.resource, { ...object, metadata: { ...object.metadata, deletionTimestamp: rfc3339(context.now + body.graceSeconds * 1000), deletionGracePeriodSeconds: body.graceSeconds } });
    return;
  }
  state.objects.delete(key);
  tell(state, context, body.resource, "DELETED", { ...object, metadata: { ...object.metadata, resourceVersion: String(++state.revision) } });
}

function tell(state: FakeState, context: Context, resource: string, event: WatchEvent["event"], object: KubeObject): void {
  for (const { stream, request } of state.watches.values()) {
    if (request.resource !== resource || !selected(request, object)) continue;
    const body: WatchEvent = { type: "watch-event", event, object };
    context.push(stream, body as unknown as { readonly type: string });
  }
}

function selected(request: ApiRequest, object: KubeObject): boolean {
  if (request.namespace !== undefined && request.namespace !== object.metadata?.namespace) return false;
  const [field, value] = (request.options?.fieldSelector ?? "").split("=");
  if (field === "spec.nodeName") return (object as Pod).spec?.nodeName === value;
  return field === "metadata.name" ? object.metadata?.name === value : true;
}

function serve(state: FakeState, context: Context, call: ApiRequest): ApiResponse {
  const key = keyOf(call.resource, call.namespace, call.name ?? (call.body as KubeObject | undefined)?.metadata?.name ?? "");
  const known = state.objects.get(key);
  switch (call.verb) {
    case "list": {
      const items = [...state.objects].filter(([name, object]) => name.startsWith(`${call.resource}/`) && selected(call, object)).map(([, object]) => object);
      return { type: "api-response", code: 200, body: { apiVersion: "v1", kind: "List", metadata: { resourceVersion: String(state.revision) }, items } };
    }
    case "get": return known === undefined ? failure(404) : ok(known);
    case "create": return known === undefined ? ok(store(state, context, call.resource, withNamespace(call))) : failure(409);
    case "update": return known === undefined ? failure(404) : ok(store(state, context, call.resource, call.body as KubeObject));
    case "patch": return known === undefined ? failure(404) : ok(store(state, context, call.resource, applyMergePatch(known as unknown as JsonValue, call.body as JsonValue) as unknown as KubeObject));
    case "delete": {
      if (known === undefined) return failure(404);
      drop(state, context, { type: "test/drop", resource: call.resource, key: key.slice(call.resource.length + 1) });
      return ok(known);
    }
    default: return failure(405);
  }
}

function withNamespace(call: ApiRequest): KubeObject {
  const body = call.body as KubeObject;
  return call.namespace === undefined ? body : { ...body, metadata: { ...body.metadata, namespace: call.namespace } };
}

function ok(body: KubeObject): ApiResponse {
  return { type: "api-response", code: 200, body };
}

function failure(code: number): ApiResponse {
  return { type: "api-response", code, body: { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", code } };
}

/** Virtual time at which test clusters start. */
export const START = Date.UTC(2026, 0, 5, 8);

/** A node under test. */
export class TestNode {
  readonly world: World;

  constructor(config: Partial<KubeletConfig> = {}, seed = 1) {
    const behaviours = new Map<string, Behaviour<unknown>>();
    for (const behaviour of [fakeApiServer, kubelet, containerRuntime, nodeNetwork]) behaviours.set(behaviour.type, behaviour as Behaviour<unknown>);
    this.world = new World({ seed, startAt: START, behaviours });
    const node = "node-1";
    const shared = { node, nodeIp: "192.168.0.11", machine: MACHINE_TYPES.medium };
    this.world.spawn({ id: API_SERVER, type: "fake-api", host: "control-plane", config: {} });
    this.world.spawn({ id: nodeNetworkId(node), type: "network", host: node, config: { ...shared, podCidr: "10.244.1.0/24", runtime: runtimeId(node), routes: new Map(), nameServer: "nobody", routeSource: "nobody" } });
    this.world.spawn({ id: runtimeId(node), type: "runtime", host: node, config: { ...shared, network: nodeNetworkId(node) } });
    this.world.spawn({ id: kubeletId(node), type: "kubelet", host: node, config: { ...shared, podCidr: "10.244.1.0/24", ...config } });
    this.run(2);
  }

  /** Lets seconds pass. */
  run(seconds: number): void {
    this.world.run(this.world.now + seconds * 1000);
  }

  /** Puts an object into the API server. */
  put(resource: string, object: KubeObject): void {
    const message: Put = { type: "test/put", resource, object };
    this.world.inject(API_SERVER, message);
  }

  /** Deletes an object. */
  drop(resource: string, key: string, graceSeconds?: number): void {
    const message: Drop = graceSeconds === undefined ? { type: "test/drop", resource, key } : { type: "test/drop", resource, key, graceSeconds };
    this.world.inject(API_SERVER, message);
  }

  /** Binds a pod to the node. */
  pod(name: string, spec: Partial<PodSpec>, metadata: Pod["metadata"] = {}): void {
    const containers = spec.containers ?? [{ name: "app", image: "nginx:1.27" }];
    this.put("pods", { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default", ...metadata }, spec: { nodeName: "node-1", restartPolicy: "Always", ...spec, containers } } as Pod);
  }

  /** A pod as the API has it. */
  readPod(name: string): Pod | undefined {
    return this.objects().get(`pods/default/${name}`) as Pod | undefined;
  }

  /** The node as the API has it. */
  readNode(): Node | undefined {
    return this.objects().get("nodes/node-1") as Node | undefined;
  }

  /** Everything in the API server. */
  objects(): ReadonlyMap<string, KubeObject> {
    return this.fake().objects;
  }

  /** Requests so far, without events and leases. */
  log(): string[] {
    return this.fake().log;
  }

  private fake(): FakeState {
    const state = this.world.stateOf<FakeState>(API_SERVER);
    if (state === undefined) throw new Error("the API server is down");
    return state;
  }

  /** The kubelet's state. */
  kubelet(): KubeletState {
    const state = this.world.stateOf<KubeletState>(kubeletId("node-1"));
    if (state === undefined) throw new Error("the kubelet is down");
    return state;
  }

  /** Messages of the events about a pod, oldest first, with repetitions counted: "Pulled: … (x2)". */
  events(name: string): string[] {
    const found: string[] = [];
    for (const [key, object] of this.objects()) {
      if (!key.startsWith("events/")) continue;
      const event = object as { involvedObject?: { name?: string }; reason?: string; message?: string; count?: number };
      if (event.involvedObject?.name === name) found.push(`${event.reason ?? ""}: ${event.message ?? ""}${(event.count ?? 1) > 1 ? ` (x${event.count})` : ""}`);
    }
    return found;
  }

  /** Kinds of the notes about an object, oldest first. */
  notes(object: string): string[] {
    return this.world.trace.notes.filter((note) => note.object === object).map((note) => note.kind);
  }
}
