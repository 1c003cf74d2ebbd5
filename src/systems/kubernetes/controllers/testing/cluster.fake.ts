/** A world with the controllers under test, the small API server, and a robot that runs pods. */
import { rfc3339 } from "../../../../base/time/index.ts";
import { type Behaviour, type Message, World } from "../../../../engine/bus/index.ts";
import { API_SERVER, type ApiRequest, type ApiResponse, CONTROL_PLANE_HOST, CONTROLLER_MANAGER, type KubeObject, type Pod, succeeded } from "../../api/index.ts";
import { type AnyController, createControllerManager, type ManagerState } from "../runtime/index.ts";
import { type FakeState, fakeApiServer } from "./api-server.fake.ts";

export const START = Date.UTC(2026, 0, 1);

interface RobotState {
  readonly answers: ApiResponse[];
}

/** Binds each new pod, makes it ready, and lets deleted ones go; `runMs` between the steps; a pod with the label `broken` never gets ready. */
const robot: Behaviour<RobotState, { readonly runMs: number; readonly idle?: boolean }> = {
  type: "robot",
  start(context, config) {
    if (config.idle !== true) context.openStream(API_SERVER, request({ verb: "watch", resource: "pods" }), config.runMs);
    return { answers: [] };
  },
  onData(_state, context, body, _stream, tag) {
    const { event, object } = body as unknown as { event: string; object: Pod };
    const meta = object.metadata!;
    if (event === "DELETED") return;
    if (meta.deletionTimestamp !== undefined) context.setTimer(`gone/${meta.uid!}`, tag as number, object);
    else if (object.status?.phase === undefined) context.setTimer(`run/${meta.uid!}`, tag as number, object);
  },
  onTimer(_state, context, name, body) {
    const pod = body as Pod;
    const { namespace, name: podName } = pod.metadata!;
    const where = { resource: "pods", namespace: namespace!, name: podName! };
    if (name.startsWith("gone/")) {
      context.request(API_SERVER, request({ verb: "delete", ...where, options: { gracePeriodSeconds: 0 } }), undefined);
      return;
    }
    const at = rfc3339(context.now);
    const status = pod.metadata?.labels?.["broken"] === undefined
      ? { phase: "Running", podIP: "10.0.0.1", conditions: [{ type: "Ready", status: "True", lastTransitionTime: at }] }
      : { phase: "Pending", conditions: [{ type: "Ready", status: "False", lastTransitionTime: at }] };
    context.request(API_SERVER, request({ verb: "patch", ...where, body: { spec: { nodeName: "node-1" }, status }, options: { patchType: "application/merge-patch+json" } }), undefined);
  },
  onMessage(_state, context, body) {
    const { call } = body as unknown as { call: Partial<ApiRequest> };
    context.request(API_SERVER, request(call), "answer");
  },
  onReply(state, _context, body, tag) {
    if (tag === "answer") state.answers.push(body as ApiResponse);
  },
};

function request(call: Partial<ApiRequest>): ApiRequest {
  return { type: "api-request", verb: "get", group: "", version: "v1", resource: "pods", user: "test", agent: "test", ...call };
}

/** A cluster for tests. */
export class FakeCluster {
  readonly world: World;

  constructor(controllers: readonly AnyController[], options: { readonly runMs?: number; readonly idle?: boolean; readonly seed?: number } = {}) {
    const manager = createControllerManager(controllers);
    const behaviours = new Map<string, Behaviour<unknown>>([
      [fakeApiServer.type, fakeApiServer as Behaviour<unknown>], [manager.type, manager as Behaviour<unknown>], [robot.type, robot as unknown as Behaviour<unknown>],
    ]);
    this.world = new World({ seed: options.seed ?? 1, startAt: START, behaviours });
    this.world.spawn({ id: API_SERVER, type: fakeApiServer.type, host: CONTROL_PLANE_HOST, config: undefined });
    this.world.spawn({ id: "robot", type: robot.type, host: "node-1", config: { runMs: options.runMs ?? 100, idle: options.idle ?? false } });
    this.world.spawn({ id: CONTROLLER_MANAGER, type: manager.type, host: CONTROL_PLANE_HOST, config: {} });
    this.run(100);
  }

  /** Lets virtual time pass, ms. */
  run(ms: number): void {
    this.world.run(this.world.now + ms);
  }
  /** Sends a request as a user and waits for the answer. */
  ask(call: Partial<ApiRequest>): ApiResponse {
    const { answers } = this.world.stateOf<RobotState>("robot")!;
    const before = answers.length;
    this.world.inject("robot", { type: "ask", call } as unknown as Message);
    for (let turn = 0; turn < 100 && answers.length === before; turn++) this.run(1);
    return answers.at(-1)!;
  }
  create(resource: string, object: KubeObject): KubeObject {
    const [name, group] = split(resource);
    const { namespace } = object.metadata ?? {};
    const answer = this.ask({ verb: "create", group, resource: name, body: object, ...(namespace === undefined ? {} : { namespace }) });
    if (!succeeded(answer)) throw new Error(JSON.stringify(answer.body));
    return answer.body as KubeObject;
  }
  patch(resource: string, namespace: string, name: string, body: unknown, subresource?: string): ApiResponse {
    const [plural, group] = split(resource);
    return this.ask({
      verb: "patch", group, resource: plural, namespace, name, body, options: { patchType: "application/merge-patch+json" },
      ...(subresource === undefined ? {} : { subresource }),
    });
  }
  delete(resource: string, namespace: string, name: string, propagationPolicy?: "Orphan" | "Background" | "Foreground"): ApiResponse {
    const [plural, group] = split(resource);
    return this.ask({
      verb: "delete", group, resource: plural, name, ...(namespace === "" ? {} : { namespace }),
      ...(propagationPolicy === undefined ? {} : { options: { propagationPolicy } }),
    });
  }
  /** What the API server has. */
  all<T extends KubeObject>(resource: string): T[] {
    return [...(this.api.resources.get(resource)?.values() ?? [])] as T[];
  }
  get<T extends KubeObject>(resource: string, key: string): T | undefined {
    return this.api.resources.get(resource)?.get(key) as T | undefined;
  }
  get api(): FakeState {
    return this.world.stateOf<FakeState>(API_SERVER)!;
  }
  get manager(): ManagerState {
    return this.world.stateOf<ManagerState>(CONTROLLER_MANAGER)!;
  }
  notes(kind: string): { object: string; data: Readonly<Record<string, unknown>> }[] {
    return this.world.trace.notes.filter((note) => note.kind === kind);
  }
}

function split(resource: string): [string, string] {
  const dot = resource.indexOf(".");
  return dot < 0 ? [resource, ""] : [resource.slice(0, dot), resource.slice(dot + 1)];
}
