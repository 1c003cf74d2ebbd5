import { describe, expect, it } from "vitest";
import type { KubeList, KubeObject, Pod, Stored } from "../api/index.ts";
import type { EtcdState } from "../etcd/index.ts";
import { pod, TestCluster } from "./testing/world.ts";

const inDefault = { namespace: "default" };

function withPods(...names: string[]): TestCluster {
  const cluster = new TestCluster();
  for (const name of names) cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod(name, {}, { labels: { app: name.slice(0, 1) } }) });
  return cluster;
}

function list(cluster: TestCluster, options: object): KubeList {
  return cluster.do({ verb: "list", resource: "pods", ...inDefault, options }) as unknown as KubeList;
}

describe("lists", () => {
  it("are sorted by name and pick by labels and fields", () => {
    const cluster = withPods("b1", "a2", "a1");
    expect(list(cluster, {}).items.map((item) => item.metadata?.name)).toEqual(["a1", "a2", "b1"]);
    expect(list(cluster, { labelSelector: "app in (a)" }).items.length).toBe(2);
    expect(list(cluster, { fieldSelector: "metadata.name=b1,status.phase=Pending" }).items.length).toBe(1);
    expect(list(cluster, { fieldSelector: "spec.nodeName=n1" }).items.length).toBe(0);
  });

  it("come in pages of one revision", () => {
    const cluster = withPods("a", "b", "c");
    const first = list(cluster, { limit: 2 });
    expect(first.items.map((item) => item.metadata?.name)).toEqual(["a", "b"]);
    expect(first.metadata.remainingItemCount).toBe(1);
    cluster.do({ verb: "delete", resource: "pods", ...inDefault, name: "c" });
    const rest = list(cluster, { limit: 2, continue: first.metadata.continue });
    expect(rest.items.map((item) => item.metadata?.name)).toEqual(["c"]);
    expect(rest.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
    expect(cluster.refused({ verb: "list", resource: "pods", options: { continue: "!" } }).code).toBe(400);
  });

  it("refuse fields they don't know and revisions that haven't come", () => {
    const cluster = withPods();
    expect(cluster.refused({ verb: "list", resource: "pods", options: { fieldSelector: "spec.color=red" } }).message)
      .toBe('Unable to find "/v1, Resource=pods" that match label selector "", field selector "spec.color=red": field label not supported: spec.color');
    expect(cluster.refused({ verb: "list", resource: "pods", options: { resourceVersion: "99999" } })).toMatchObject({ code: 504, message: expect.stringContaining("Too large resource version: 99999, current: ") as string });
    expect(cluster.refused({ verb: "list", resource: "pods", options: { labelSelector: "a in" } }).code).toBe(400);
  });

  it("see everything acknowledged before they were asked for", () => {
    const cluster = withPods();
    cluster.send({ verb: "create", resource: "pods", ...inDefault, body: pod("a") });
    cluster.pass(20);
    expect(list(cluster, {}).items.length).toBe(1);
  });
});

describe("watches", () => {
  it("with a selector turn changes into coming and going", () => {
    const cluster = withPods("a");
    const watch = cluster.watch({ verb: "watch", resource: "pods", options: { labelSelector: "hot=yes" } });
    const label = (value: string | null): void => void cluster.do({ verb: "patch", resource: "pods", ...inDefault, name: "a", body: { metadata: { labels: { hot: value } } } });
    label("yes");
    cluster.do({ verb: "patch", resource: "pods", ...inDefault, name: "a", body: { metadata: { annotations: { x: "1" } } } });
    label(null);
    cluster.do({ verb: "delete", resource: "pods", ...inDefault, name: "a" });
    cluster.pass(20);
    expect(cluster.told(watch)).toEqual(["ADDED a", "MODIFIED a", "DELETED a"]);
  });

  it("of one node hear of its pods alone", () => {
    const cluster = withPods("a", "b");
    const watch = cluster.watch({ verb: "watch", resource: "pods", options: { fieldSelector: "spec.nodeName=n1" } });
    for (const [name, node] of [["a", "n1"], ["b", "n2"]] as const) {
      cluster.do({ verb: "create", resource: "pods", subresource: "binding", ...inDefault, name, body: { apiVersion: "v1", kind: "Binding", metadata: { name }, target: { kind: "Node", name: node } } as KubeObject });
    }
    cluster.pass(20);
    expect(cluster.told(watch)).toEqual(["ADDED a"]);
  });

  it("start with everything when asked to, and say where the beginning ends", () => {
    const cluster = withPods("a", "b");
    const watch = cluster.watch({ verb: "watch", resource: "pods", options: { sendInitialEvents: true, allowWatchBookmarks: true, resourceVersionMatch: "NotOlderThan" } });
    expect(cluster.told(watch)).toEqual(["ADDED a", "ADDED b", "BOOKMARK "]);
    expect(cluster.events(watch)[2]?.object.metadata?.annotations).toEqual({ "k8s.io/initial-events-end": "true" });
  });

  it("bring bookmarks when others' changes move the revision", () => {
    const cluster = withPods("a");
    const watch = cluster.watch({ verb: "watch", resource: "pods", options: { resourceVersion: "0", fieldSelector: "metadata.name=a", allowWatchBookmarks: true } });
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("b") });
    cluster.pass(70_000);
    expect(cluster.told(watch)).toEqual(["ADDED a", "BOOKMARK "]);
  });

  it("from before the API server's memory end with 410", () => {
    const cluster = withPods("a");
    const old = cluster.do<Stored<Pod>>({ verb: "get", resource: "pods", ...inDefault, name: "a" }).metadata.resourceVersion;
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("b") });
    cluster.world.crash("kube-apiserver");
    cluster.world.startComponent("kube-apiserver");
    cluster.pass(100);
    const watch = cluster.watch({ verb: "watch", resource: "pods", options: { resourceVersion: old } });
    cluster.pass(20);
    expect(cluster.events(watch)[0]).toMatchObject({ event: "ERROR", object: { kind: "Status", code: 410, reason: "Expired", message: expect.stringMatching(new RegExp(`^too old resource version: ${old} \\(\\d+\\)$`)) as string } });
    expect(cluster.closed(watch)).toBe("closed");
  });

  it("end by themselves after their time", () => {
    const cluster = withPods();
    const watch = cluster.watch({ verb: "watch", resource: "pods", options: { timeoutSeconds: 10 } });
    cluster.pass(11_000);
    expect(cluster.closed(watch)).toBe("closed");
  });
});

describe("when etcd is away", () => {
  it("writes and consistent reads fail, the cache still answers, and all goes on afterwards", () => {
    const cluster = withPods("a");
    const watch = cluster.watch({ verb: "watch", resource: "pods", options: { resourceVersion: "0" } });
    cluster.world.crash("etcd");
    cluster.pass(10);
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: pod("b") })).toMatchObject({ code: 500, message: expect.stringContaining("connection refused") as string });
    expect(cluster.refused({ verb: "list", resource: "pods" }).code).toBe(500);
    expect(cluster.names({ resource: "pods", options: { resourceVersion: "0" } })).toEqual(["a"]);
    cluster.world.startComponent("etcd");
    cluster.pass(2000);
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("b") });
    cluster.pass(20);
    expect(cluster.told(watch)).toEqual(["ADDED a", "ADDED b"]);
  });

  it("a frozen etcd makes writes time out", () => {
    const cluster = withPods();
    cluster.world.pause("etcd");
    const id = cluster.send({ verb: "create", resource: "pods", ...inDefault, body: pod("b") });
    cluster.pass(40_000);
    expect(cluster.answerTo(id)).toMatchObject({ code: 504, body: { reason: "Timeout" } });
  });
});

describe("etcd", () => {
  it("compacts every five minutes what is older than the round before", () => {
    const cluster = withPods("a", "b");
    cluster.pass(620_000);
    const { store } = cluster.world.stateOf<EtcdState>("etcd") as EtcdState;
    expect(store.compactedRevision).toBeGreaterThan(5);
    expect(cluster.refused({ verb: "list", resource: "pods", options: { resourceVersion: "3", resourceVersionMatch: "Exact" } }).code).toBe(410);
  });

  it("lets Events go after an hour", () => {
    const cluster = new TestCluster();
    const body = { apiVersion: "v1", kind: "Event", metadata: { name: "e1" }, involvedObject: { kind: "Pod", namespace: "default", name: "a" }, reason: "Started", type: "Normal", source: { component: "kubelet" } } as KubeObject;
    cluster.do({ verb: "create", resource: "events", ...inDefault, user: "system:node:n1", agent: "kubelet", body });
    expect(cluster.names({ group: "events.k8s.io", resource: "events", ...inDefault })).toEqual(["e1"]);
    cluster.pass(3_500_000);
    expect(cluster.names({ resource: "events", ...inDefault })).toEqual(["e1"]);
    cluster.pass(300_000);
    expect(cluster.names({ resource: "events", ...inDefault })).toEqual([]);
  });
});
