/** What watchers of other resources cost a write: the API server and etcd, and a client that opens watches and writes. */
import { type Behaviour, type Context, type Message, World } from "../src/engine/bus/index.ts";
import { Trace } from "../src/engine/trace/index.ts";
import { API_SERVER, type ApiResponse, CONTROL_PLANE_HOST, ETCD, OUTSIDE_HOST, type Stored, succeeded } from "../src/systems/kubernetes/api/index.ts";
import { apiServer } from "../src/systems/kubernetes/apiserver/index.ts";
import { callApi } from "../src/systems/kubernetes/client/index.ts";
import { etcd } from "../src/systems/kubernetes/etcd/index.ts";
import { cpuMs } from "./benchmark.ts";

const CLIENT = { server: API_SERVER, user: "kubernetes-admin", agent: "bench" };
const OTHERS = ["secrets", "services", "serviceaccounts", "limitranges"];

interface Work extends Message {
  readonly watch?: number;
  readonly write?: number;
}

/** Opens watches when told to, or writes one ConfigMap again and again, each time when the last answer has come. */
const writer: Behaviour<{ left: number; written: number }> = {
  type: "writer",
  start: () => ({ left: 0, written: 0 }),
  onMessage(state, context, body) {
    const { watch = 0, write = 0 } = body as Work;
    for (let index = 0; index < watch; index++) openWatch(context, index);
    if (write > 0) {
      state.left = write;
      createNext(state, context);
    }
  },
  onReply(state, context, body) {
    if (!succeeded(body as ApiResponse)) throw new Error(JSON.stringify((body as ApiResponse).body));
    if (state.left > 0) createNext(state, context);
  },
};

function openWatch(context: Context, index: number): void {
  const resource = OTHERS[index % OTHERS.length] as string;
  const options = { resourceVersion: "0", allowWatchBookmarks: true };
  context.openStream(API_SERVER, { type: "api-request", verb: "watch", group: "", version: "v1", resource, user: CLIENT.user, agent: CLIENT.agent, options } as Message, index);
}

function createNext(state: { left: number; written: number }, context: Context): void {
  state.left--;
  const name = `c${state.written++}`;
  const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { k: "v" } } as unknown as Stored;
  callApi(context, CLIENT, { verb: "create", group: "", version: "v1", resource: "configmaps", namespace: "default", body }, undefined);
}

/** CPU ms of 3,000 writes while `watchers` watch other resources. */
export function writeCost(watchers: number): number {
  const behaviours = new Map([etcd, apiServer, writer].map((behaviour) => [behaviour.type, behaviour as Behaviour<unknown>]));
  const world = new World({ seed: 1, startAt: 0, behaviours, trace: new Trace(65_536, 1_000) });
  world.spawn({ id: ETCD, type: "etcd", host: CONTROL_PLANE_HOST, config: undefined });
  world.spawn({ id: API_SERVER, type: "kube-apiserver", host: CONTROL_PLANE_HOST, config: undefined });
  world.spawn({ id: "writer", type: "writer", host: OUTSIDE_HOST, config: undefined });
  world.run(500);
  world.inject("writer", { type: "work", watch: watchers } as Message);
  world.run(1_000);
  world.inject("writer", { type: "work", write: 3_000 } as Message);
  const ms = cpuMs(() => void world.run(60_000));
  const { left, written } = world.stateOf<{ left: number; written: number }>("writer") ?? { left: -1, written: 0 };
  if (left !== 0 || written !== 3_000) throw new Error(`${written} of 3,000 written`);
  return ms;
}
