/** Components that misbehave on purpose, to prove that each check catches what it is for. */
import type { Behaviour, Context, Message } from "../../../engine/bus/index.ts";
import type { CniRequest } from "../../containers/cni/index.ts";
import type { ApiRequest, KubeObject, Pod } from "../api/index.ts";
import { CLUSTER_BEHAVIOURS } from "../cluster/index.ts";
import type { EtcdState, EtcdTxn } from "../etcd/index.ts";

type Any = Behaviour<unknown>;
/** Every kind of component, one of them changed. */
export type Behaviours = ReadonlyMap<string, Any>;

function replaced(type: string, change: (original: Any) => Partial<Any>): Behaviours {
  const original = CLUSTER_BEHAVIOURS.get(type);
  if (original === undefined) throw new Error(`no behaviour ${type}`);
  return new Map([...CLUSTER_BEHAVIOURS, [type, { ...original, ...change(original) }]]);
}

/** etcd that changes objects on their way in. `tamper` returns what is stored instead. */
export function tamperingEtcd(tamper: (object: Mutable, before: Mutable | undefined) => void): Behaviours {
  return replaced("etcd", (original) => ({
    onRequest(state, context, body, request, from) {
      const txn = body as EtcdTxn;
      if (body.type !== "etcd-txn" || txn.object === undefined) return original.onRequest?.(state, context, body, request, from);
      const before = (state as EtcdState).store.prefixes.get(txn.key.slice(0, txn.key.indexOf("/", 10) + 1))?.get(txn.key)?.value.object;
      const object = JSON.parse(JSON.stringify(txn.object)) as Mutable;
      tamper(object, before as unknown as Mutable | undefined);
      original.onRequest?.(state, context, { ...txn, object } as Message, request, from);
    },
  }));
}

/** An object of which everything may be changed. */
export interface Mutable {
  kind: string;
  metadata: { name: string; uid: string; namespace?: string; generation?: number; deletionTimestamp?: string; ownerReferences?: object[]; resourceVersion: string; labels?: Record<string, string> };
  spec?: { nodeName?: string; nodeSelector?: Record<string, string>; containers?: { ports?: object[] }[]; clusterIP?: string; replicas?: number };
  status?: { phase?: string; podIP?: string };
}

/** etcd whose counter goes back after a write now and then. */
export function revisionsReused(): Behaviours {
  let writes = 0;
  return replaced("etcd", (original) => ({
    onRequest(state, context, body, request, from) {
      original.onRequest?.(state, context, body, request, from);
      if (body.type === "etcd-txn" && ++writes % 20 === 0) (state as EtcdState).store.revision--;
    },
  }));
}

/** etcd that lets a late copy of an earlier write undo a newer one, although it expected another revision. */
export function lostUpdates(): Behaviours {
  return replaced("etcd", (original) => ({
    onRequest(state, context, body, request, from) {
      const txn = body as EtcdTxn;
      const group = body.type === "etcd-txn" ? (state as EtcdState).store.prefixes.get(txn.key.slice(0, txn.key.indexOf("/", 10) + 1)) : undefined;
      const before = group?.get(txn.key);
      original.onRequest?.(state, context, body, request, from);
      const after = group?.get(txn.key);
      if (before === undefined || after === undefined || before === after || after.value.object.kind !== "Deployment") return;
      original.onRequest?.(state, context, { ...txn, object: before.value.object, expected: after.modRevision } as Message, request, from);
    },
  }));
}

/** A component whose requests to the API server are changed on the way. */
export function rewriting(type: string, rewrite: (request: ApiRequest) => ApiRequest): Behaviours {
  const wrap = (context: Context): Context => new Proxy(context, {
    get(target, key) {
      if (key === "request") return (to: string, body: Message, ...rest: [unknown, number?, boolean?]) => target.request(to, body.type === "api-request" ? rewrite(body as ApiRequest) : body, ...rest);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value as (...all: unknown[]) => unknown).bind(target) : value;
    },
  });
  return replaced(type, (original) => ({
    start: (context, config, disk) => original.start(wrap(context), config, disk),
    onMessage: (state, context, body, from) => original.onMessage?.(state, wrap(context), body, from),
    onReply: (state, context, body, tag, from) => original.onReply?.(state, wrap(context), body, tag, from),
    onFailure: (state, context, reason, tag, to) => original.onFailure?.(state, wrap(context), reason, tag, to),
    onTimer: (state, context, name, body) => original.onTimer?.(state, wrap(context), name, body),
    onData: (state, context, body, stream, tag) => original.onData?.(state, wrap(context), body, stream, tag),
    onClosed: (state, context, reason, stream, tag) => original.onClosed?.(state, wrap(context), reason, stream, tag),
  }));
}

/** A component that sees objects other than they are, in lists and watches. */
export function deceived(type: string, change: (object: KubeObject) => KubeObject): Behaviours {
  const seen = (body: Message): Message => {
    const { body: list, object } = body as unknown as { readonly body?: { readonly items?: readonly KubeObject[] }; readonly object?: KubeObject };
    if (object !== undefined) return { ...body, object: change(object) } as Message;
    return list?.items === undefined ? body : ({ ...body, body: { ...list, items: list.items.map(change) } } as Message);
  };
  return replaced(type, (original) => ({
    onReply: (state, context, body, tag, from) => original.onReply?.(state, context, seen(body), tag, from),
    onData: (state, context, body, stream, tag) => original.onData?.(state, context, seen(body), stream, tag),
  }));
}

/** A watch that loses every n-th event. */
export function eventsLost(type: string, every: number): Behaviours {
  let count = 0;
  return replaced(type, (original) => ({
    onData: (state, context, body, stream, tag) => {
      if ((body as { readonly object?: Pod }).object?.kind === "Pod" && ++count % every === 0) return;
      original.onData?.(state, context, body, stream, tag);
    },
  }));
}

/** A network that gives every pod the same address. */
export function sameAddress(): Behaviours {
  return replaced("network", (original) => ({
    onRequest(state, context, body, request, from) {
      const message = body as CniRequest;
      if (message.type === "cni/ADD") context.reply(request, { type: "cni/ok", ip: "10.244.1.77" } as Message);
      else original.onRequest?.(state, context, body, request, from);
    },
  }));
}
