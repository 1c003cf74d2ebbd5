/** A world with etcd, the API server and a client that keeps what it hears: for tests of the API server. */
import { type Behaviour, type Context, type Message, World } from "../../../../engine/bus/index.ts";
import { API_SERVER, type ApiRequest, type ApiResponse, CONTROL_PLANE_HOST, ETCD, type KubeList, type KubeObject, OUTSIDE_HOST, type Status, type WatchEvent } from "../../api/index.ts";
import { etcd, type EtcdConfig } from "../../etcd/index.ts";
import { apiServer } from "../apiserver.ts";
import type { ApiServerConfig } from "../config.ts";

/** What the test client has heard. */
export interface ProbeState {
  readonly answers: Map<number, ApiResponse | { readonly failed: string }>;
  readonly events: Map<number, WatchEvent[]>;
  readonly closed: Map<number, string>;
}

interface Ask extends Message {
  readonly type: "ask" | "open" | "hang-up";
  readonly id: number;
  readonly call?: ApiRequest;
}

/** Sends what it is told to send. */
export const probe: Behaviour<ProbeState> = {
  type: "probe",
  start: () => ({ answers: new Map(), events: new Map(), closed: new Map() }),
  onMessage(state, context: Context, body: Message) {
    const ask = body as Ask;
    if (ask.type === "ask") context.request(API_SERVER, ask.call as ApiRequest, ask.id);
    else if (ask.type === "open") {
      state.events.set(ask.id, []);
      context.openStream(API_SERVER, ask.call as ApiRequest, ask.id);
    }
  },
  onReply(state, _context, body, tag) {
    state.answers.set(tag as number, body as ApiResponse);
  },
  onFailure(state, _context, reason, tag) {
    state.answers.set(tag as number, { failed: reason });
  },
  onData(state, _context, body, _stream, tag) {
    state.events.get(tag as number)?.push(body as WatchEvent);
  },
  onClosed(state, _context, reason, _stream, tag) {
    state.closed.set(tag as number, reason);
  },
};

/** A request with only what matters said. */
export type Call = Partial<ApiRequest> & Pick<ApiRequest, "verb" | "resource">;

/** Drives a world for tests: requests in, answers out. */
export class TestCluster {
  readonly world: World;
  private nextId = 1;

  constructor(options: { readonly seed?: number; readonly apiServer?: ApiServerConfig; readonly etcd?: EtcdConfig; readonly behaviours?: readonly Behaviour<unknown>[] } = {}) {
    const behaviours = new Map<string, Behaviour<unknown>>();
    for (const behaviour of [etcd, apiServer, probe]) behaviours.set(behaviour.type, behaviour as Behaviour<unknown>);
    for (const behaviour of options.behaviours ?? []) behaviours.set(behaviour.type, behaviour);
    this.world = new World({ seed: options.seed ?? 1, startAt: Date.UTC(2026, 0, 1), behaviours });
    this.world.spawn({ id: ETCD, type: "etcd", host: CONTROL_PLANE_HOST, config: options.etcd });
    this.world.spawn({ id: API_SERVER, type: "kube-apiserver", host: CONTROL_PLANE_HOST, config: { disableAdmissionPlugins: ["ServiceAccount"], ...options.apiServer } });
    this.world.spawn({ id: "probe", type: "probe", host: OUTSIDE_HOST, config: undefined });
    this.world.run(this.world.now + 100);
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.world.run(this.world.now + ms);
  }

  /** Sends a request; its number is for {@link TestCluster.answerTo}. */
  send(call: Call): number {
    const id = this.nextId++;
    this.world.inject("probe", { type: "ask", id, call: requestOf(call) } as Ask);
    return id;
  }

  /** Opens a watch; its number is for {@link TestCluster.events}. */
  watch(call: Call): number {
    const id = this.nextId++;
    this.world.inject("probe", { type: "open", id, call: requestOf(call) } as Ask);
    this.pass(20);
    return id;
  }

  /** What a request was answered, if it was. */
  answerTo(id: number): ApiResponse | undefined {
    const answer = this.probeState().answers.get(id);
    if (answer !== undefined && "failed" in answer) throw new Error(`request failed: ${answer.failed}`);
    return answer;
  }

  /** Sends a request and lets time pass until it is answered. */
  ask(call: Call): ApiResponse {
    const id = this.send(call);
    for (let step = 0; step < 2000 && this.probeState().answers.get(id) === undefined; step++) this.pass(5);
    const answer = this.answerTo(id);
    if (answer === undefined) throw new Error("no answer");
    return answer;
  }

  /** Sends a request that should succeed; returns the object. */
  do<T extends KubeObject = KubeObject>(call: Call): T {
    const answer = this.ask(call);
    if (answer.code >= 300) throw new Error(`${answer.code}: ${(answer.body as Status).message ?? ""}`);
    return answer.body as T;
  }

  /** Sends a request that should be refused; returns code, reason and message. */
  refused(call: Call): { readonly code: number; readonly reason: string; readonly message: string } {
    const answer = this.ask(call);
    const status = answer.body as Status;
    return { code: answer.code, reason: status.reason ?? "", message: status.message ?? JSON.stringify(status) };
  }

  /** Lists; returns names. */
  names(call: Omit<Call, "verb">): string[] {
    return (this.do<KubeObject>({ ...call, verb: "list" } as Call) as unknown as KubeList).items.map((item) => item.metadata?.name ?? "");
  }

  /** What a watch has told so far, as "ADDED name". */
  told(id: number): string[] {
    return this.events(id).map(({ event, object }) => `${event} ${object.metadata?.name ?? ""}`);
  }

  /** The frames of a watch. */
  events(id: number): readonly WatchEvent[] {
    return this.probeState().events.get(id) ?? [];
  }

  /** Why a watch has ended, if it has. */
  closed(id: number): string | undefined {
    return this.probeState().closed.get(id);
  }

  private probeState(): ProbeState {
    return this.world.stateOf<ProbeState>("probe") as ProbeState;
  }
}

function requestOf(call: Call): ApiRequest {
  return { type: "api-request", group: "", version: "v1", user: "kubernetes-admin", agent: "kubectl", ...call };
}

/** A small pod. */
export function pod(name: string, extra: object = {}, meta: object = {}): KubeObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, ...meta }, spec: { containers: [{ name: "c", image: "nginx" }], ...extra } } as KubeObject;
}
