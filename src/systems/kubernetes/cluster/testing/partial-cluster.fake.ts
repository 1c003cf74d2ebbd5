/** The real API server and etcd with the components under test, and stand-ins for what they talk to. */
import { type Behaviour, type ComponentSpec, type Message, World } from "../../../../engine/bus/index.ts";
import { API_SERVER, type ApiResponse, CONTROL_PLANE_HOST, ETCD, type KubeList, type KubeObject, OUTSIDE_HOST, type Status } from "../../api/index.ts";
import { apiServer } from "../../apiserver/index.ts";
import { type Call, probe, type ProbeState } from "../../apiserver/testing/world.ts";
import { etcd } from "../../etcd/index.ts";

/** What a stand-in has heard. */
export interface Heard {
  readonly messages: (Message & { readonly at: number })[];
  /** Answers to give to requests of a type. */
  readonly answers: Map<string, Message>;
}

/** Keeps messages and requests; answers requests as it was told to, or not at all. */
export const listener: Behaviour<Heard> = {
  type: "listener",
  start: () => ({ messages: [], answers: new Map() }),
  onMessage: (state, context, body) => void state.messages.push({ ...body, at: context.now }),
  onRequest(state, context, body, request) {
    state.messages.push({ ...body, at: context.now });
    const answer = state.answers.get(body.type);
    if (answer !== undefined) context.reply(request, answer);
  },
};

/** Sends a request for a test and keeps the answer. */
const asker: Behaviour<Map<number, Message>> = {
  type: "asker",
  start: () => new Map<number, Message>(),
  onMessage(_state, context, body) {
    const { to, what, id } = body as unknown as { readonly to: string; readonly what: Message; readonly id: number };
    context.request(to, what, id, 20_000, true);
  },
  onReply: (state, _context, body, tag) => void state.set(tag as number, body),
  onFailure: (state, _context, reason, tag) => void state.set(tag as number, { type: reason }),
};

/** See the module's comment. */
export class PartialCluster {
  readonly world: World;
  private nextId = 1;

  constructor(behaviours: readonly unknown[], components: readonly ComponentSpec[], seed = 1) {
    const all = new Map<string, Behaviour<unknown>>();
    for (const behaviour of [etcd, apiServer, probe, listener, asker, ...(behaviours as readonly Behaviour<never>[])]) all.set(behaviour.type, behaviour as unknown as Behaviour<unknown>);
    this.world = new World({ seed, startAt: Date.UTC(2026, 0, 1), behaviours: all });
    this.world.spawn({ id: ETCD, type: "etcd", host: CONTROL_PLANE_HOST, config: undefined });
    this.world.spawn({ id: API_SERVER, type: "kube-apiserver", host: CONTROL_PLANE_HOST, config: undefined });
    this.world.spawn({ id: "probe", type: "probe", host: OUTSIDE_HOST, config: undefined });
    this.world.spawn({ id: "asker", type: "asker", host: OUTSIDE_HOST, config: undefined });
    for (const component of components) this.world.spawn(component);
    this.pass(3000);
  }

  /** Lets virtual time pass, ms. */
  pass(ms: number): void {
    this.world.run(this.world.now + ms);
  }
  heard(id: string): Heard {
    return this.world.stateOf<Heard>(id)!;
  }
  /** Sends a request to any component and waits for the answer. */
  request(to: string, what: object): Message {
    const id = this.nextId++;
    this.world.inject("asker", { type: "ask", to, what, id } as Message);
    const answers = this.world.stateOf<Map<number, Message>>("asker")!;
    for (let step = 0; step < 4000 && !answers.has(id); step++) this.pass(10);
    return answers.get(id)!;
  }
  /** Calls the API. Throws when it refuses. */
  call<T extends KubeObject = KubeObject>(call: Call): T {
    const id = this.nextId++;
    const request = { type: "api-request", group: "", version: "v1", user: "kubernetes-admin", agent: "kubectl", ...call };
    this.world.inject("probe", { type: "ask", id, call: request } as never);
    const { answers } = this.world.stateOf<ProbeState>("probe")!;
    for (let step = 0; step < 2000 && !answers.has(id); step++) this.pass(1);
    const answer = answers.get(id) as ApiResponse;
    if (answer.code >= 300) throw new Error(`${answer.code}: ${(answer.body as Status).message ?? ""}`);
    return answer.body as T;
  }
  create<T extends KubeObject>(resource: string, object: T, group = ""): T {
    const namespace = object.metadata?.namespace;
    return this.call<T>({ verb: "create", group, resource, body: object, ...(namespace === undefined ? {} : { namespace }) });
  }
  patch(resource: string, name: string, body: unknown, more: Partial<Call> = {}): KubeObject {
    return this.call({ verb: "patch", resource, name, body, options: { patchType: "application/merge-patch+json" }, ...more });
  }
  list<T extends KubeObject>(resource: string, namespace?: string, group = ""): readonly T[] {
    return (this.call({ verb: "list", group, resource, ...(namespace === undefined ? {} : { namespace }) }) as unknown as KubeList<T>).items;
  }
  notes(kind: string): readonly { readonly object: string; readonly data: Readonly<Record<string, unknown>> }[] {
    return this.world.trace.notes.filter((note) => note.kind === kind);
  }
}
