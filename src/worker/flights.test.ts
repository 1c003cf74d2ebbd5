import { describe, expect, it } from "vitest";
import { type Envelope, World } from "../engine/bus/index.ts";
import { EventKind } from "../engine/trace/index.ts";
import { FlightLog } from "./flights.ts";

const world = new World({ seed: 1, startAt: 0, behaviours: new Map() });
for (const id of ["a", "b", "c"]) world.spawn({ id, type: "none", host: "h", config: undefined });

let nextId = 1;
function envelope(body: object, change: Partial<Envelope> = {}): Envelope {
  return { id: nextId++, kind: EventKind.Request, at: 5, from: 1, to: 2, epoch: -1, ref: 0, tag: undefined, body, ...change };
}

const call = (verb: string, resource: string, more: object = {}): object => ({ type: "api-request", verb, group: "", version: "v1", resource, user: "u", agent: "kubelet", ...more });
const answer = (code: number, kind: string): object => ({ type: "api-response", code, body: { kind, metadata: { uid: "u1" } } });
const watch = (event: string, kind: string): object => ({ type: "watch-event", event, object: { kind, metadata: { name: "web", uid: "u1" } } });
const rules = (more: object): object => ({ type: "network/SetServiceRules", full: false, changed: [], removed: [], ...more });
const REPLY = { kind: EventKind.Reply };
const DATA = { kind: EventKind.Data };

describe("a flight", () => {
  it.each<[name: string, body: object, change: Partial<Envelope>, shape: string, label: string, about: string]>([
    ["a creation", call("create", "pods", { body: { metadata: { uid: "u1" } } }), {}, "request", "create pods", "u1"],
    ["a change of a part", call("patch", "pods", { name: "web", subresource: "status" }), {}, "request", "patch pods/status web", ""],
    ["a person's look", call("get", "pods", { name: "web", agent: "kubectl" }), {}, "request", "get pods web", ""],
    ["an answer", answer(201, "Pod"), REPLY, "answer", "201 Pod", "u1"],
    ["a refusal", answer(409, "Status"), REPLY, "answer", "409 Status", "u1"],
    ["news of a watch", watch("MODIFIED", "Pod"), DATA, "watch", "MODIFIED Pod web", "u1"],
    ["a write to etcd", { type: "etcd-txn", key: "/registry/pods/default/web", object: { kind: "Pod", metadata: { name: "web", uid: "u1" } } }, {}, "write", "write Pod web", "u1"],
    ["a deletion in etcd", { type: "etcd-txn", key: "/registry/pods/default/web" }, {}, "write", "delete", ""],
    ["a call of the runtime", { type: "cri/RunPodSandbox", podUid: "u1" }, {}, "request", "RunPodSandbox", "u1"],
    ["news of a container", { type: "cri/ContainerEvent", event: "started", podUid: "u1" }, DATA, "watch", "container started", "u1"],
    ["a call of the network", { type: "cni/Add", podUid: "u1" }, {}, "request", "CNI ADD", "u1"],
    ["rules of Services", rules({ changed: [{ service: "default/web" }], removed: ["shop/db"] }), {}, "write", "rules web, db", ""],
  ])("is %s", (_name, body, change, shape, label, about) => {
    const log = new FlightLog(world);
    const sent = envelope(body, change);
    expect(log.sent(sent, 3)).toBe(true);
    expect(log.count).toBe(1);
    expect(log.take()).toEqual([{ id: sent.id, from: "a", to: "b", shape, label, about, count: 1, sentAt: 3, at: 5 }]);
  });

  it.each<[name: string, body: object, change?: Partial<Envelope>]>([
    ["a heartbeat", call("update", "leases")], ["an Event", call("create", "events")], ["a controller's look", call("get", "pods")], ["a list", call("list", "pods")],
    ["the opening of a watch", call("watch", "pods"), { kind: EventKind.Open }], ["a node's own status", call("patch", "nodes", { subresource: "status" })],
    ["an answer that only says all is well", answer(200, "Status"), REPLY], ["an answer with a list", answer(200, "PodList"), REPLY], ["an answer about a node", answer(200, "Node"), REPLY],
    ["a bookmark", watch("BOOKMARK", "Pod"), DATA], ["news of a lease", watch("MODIFIED", "Lease"), DATA], ["news of a node", watch("MODIFIED", "Node"), DATA],
    ["a lease written", { type: "etcd-txn", key: "/registry/leases/x", object: { kind: "Lease" } }], ["a lease deleted", { type: "etcd-txn", key: "/registry/leases/x" }],
    ["a probe", { type: "cri/ExecSync" }], ["statistics", { type: "cri/ContainerStats" }], ["an answer of the runtime", { type: "cri/RunPodSandbox" }, REPLY],
    ["all rules at once", rules({ full: true, changed: [{ service: "default/web" }] })], ["rules of the cluster's own", rules({ changed: [{ service: "default/kubernetes" }, { service: "kube-system/kube-dns" }] })],
    ["anything else", { type: "etcd-range" }], ["nothing", {}],
  ])("is not %s", (_name, body, change = {}) => {
    const log = new FlightLog(world);
    log.stopAtFirst = true;
    expect(log.sent(envelope(body, change), 3)).toBe(false);
    expect(log.count).toBe(0);
    expect(log.take()).toEqual([]);
  });
});

describe("the log of flights", () => {
  it("makes one dot with a count of what leaves alike, and keeps ways and shapes apart", () => {
    const log = new FlightLog(world);
    for (let at = 5; at < 8; at++) log.sent(envelope(call("create", "pods"), { at }), 3);
    log.sent(envelope(call("create", "pods"), { to: 3 }), 3);
    log.sent(envelope(answer(201, "Pod"), { ...REPLY, from: 2, to: 1 }), 3);
    expect(log.count).toBe(5);
    expect(log.take().map(({ from, to, shape, count, at }) => [from, to, shape, count, at])).toEqual([["a", "b", "request", 3, 7], ["a", "c", "request", 1, 5], ["b", "a", "answer", 1, 5]]);
  });

  it("begins anew when it is read", () => {
    const log = new FlightLog(world);
    log.sent(envelope(call("create", "pods")), 3);
    log.take();
    expect(log.count).toBe(0);
    expect(log.take()).toEqual([]);
  });

  it("draws no more than a picture can hold, and counts on", () => {
    const crowd = new World({ seed: 1, startAt: 0, behaviours: new Map() });
    for (let index = 0; index < 100; index++) crowd.spawn({ id: `p${index}`, type: "none", host: "h", config: undefined });
    const log = new FlightLog(crowd);
    for (let from = 1; from <= 100; from++) log.sent(envelope(call("create", "pods"), { from, to: 1 }), 3);
    expect(log.count).toBe(100);
    expect(log.take()).toHaveLength(60);
  });
});
