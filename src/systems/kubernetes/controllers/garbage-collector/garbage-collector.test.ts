import { describe, expect, it } from "vitest";
import type { Deployment, KubeObject, OwnerReference, Pod } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";
import { createGraph } from "./graph.ts";
import { observe } from "./observe.ts";

function map(name: string, owner?: KubeObject, extra: Partial<OwnerReference> = {}): KubeObject {
  const reference: OwnerReference = { apiVersion: "v1", kind: "ConfigMap", name: owner?.metadata?.name ?? "", uid: owner?.metadata?.uid ?? "", ...extra };
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default", ...(owner === undefined && extra.uid === undefined ? {} : { ownerReferences: [reference] }) } };
}
const names = (c: RealCluster): string[] => c.list("configmaps", "default").map((item) => item.metadata?.name ?? "").filter((name) => name !== "kube-root-ca.crt").sort();
const cluster = (): RealCluster => new RealCluster(CONTROLLERS);
function web(): Deployment {
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "default" },
    spec: { replicas: 3, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: "nginx" }] } } },
  };
}

describe("garbage collector", () => {
  it("deletes dependents in the background when their owner has gone, all the way down", () => {
    const c = cluster();
    c.create("deployments.apps", web());
    c.run(500);
    expect(c.list("pods", "default")).toHaveLength(3);
    c.delete("deployments.apps", "default/web", { propagationPolicy: "Background" });
    c.run(1000);
    expect(c.list("deployments.apps", "default")).toEqual([]);
    expect(c.list("replicasets.apps", "default")).toEqual([]);
    expect(c.list("pods", "default")).toEqual([]);
    expect(c.notes("GarbageCollected").length).toBe(4);
    expect(c.notes("GarbageCollected")[0]?.data).toMatchObject({ policy: "Background", owner: "Deployment/web" });
  });

  it("deletes in the foreground: the owner goes last", () => {
    const c = cluster();
    const owner = c.create("configmaps", map("owner"));
    c.create("configmaps", { ...map("held", owner, { blockOwnerDeletion: true }), metadata: { ...map("held", owner, { blockOwnerDeletion: true }).metadata, finalizers: ["test/hold"] } });
    c.create("configmaps", map("free", owner, { blockOwnerDeletion: true }));
    c.run(200);
    c.delete("configmaps", "default/owner", { propagationPolicy: "Foreground" });
    c.run(500);
    expect(names(c)).toEqual(["held", "owner"]);
    c.patch("configmaps", "default/held", { metadata: { finalizers: null } });
    c.run(500);
    expect(names(c)).toEqual([]);
  });

  it("deletes a whole tree in the foreground", () => {
    const c = cluster();
    c.create("deployments.apps", web());
    c.run(500);
    c.delete("deployments.apps", "default/web", { propagationPolicy: "Foreground" });
    c.run(2000);
    expect(c.list("deployments.apps", "default")).toEqual([]);
    expect(c.list("replicasets.apps", "default")).toEqual([]);
    expect(c.list("pods", "default")).toEqual([]);
  });

  it("orphans dependents: they stay, without the owner", () => {
    const c = cluster();
    c.create("deployments.apps", web());
    c.run(500);
    c.delete("deployments.apps", "default/web", { propagationPolicy: "Orphan" });
    c.run(1000);
    expect(c.list("deployments.apps", "default")).toEqual([]);
    const sets = c.list("replicasets.apps", "default");
    expect(sets).toHaveLength(1);
    expect(sets[0]?.metadata?.ownerReferences).toBeUndefined();
    expect(c.list<Pod>("pods", "default").map((pod) => pod.metadata?.ownerReferences?.[0]?.name)).toEqual(new Array(3).fill(sets[0]?.metadata?.name));
  });

  it("deletes what names an owner that never was, after asking for it", () => {
    const c = cluster();
    c.create("configmaps", map("lost", undefined, { name: "nobody", uid: "11111111-2222-4333-8444-555555555555" }));
    c.run(500);
    expect(names(c)).toEqual([]);
  });

  it("keeps what has another owner, and takes the lost one off", () => {
    const c = cluster();
    const one = c.create("configmaps", map("one"));
    const two = c.create("configmaps", map("two"));
    const both = map("both", one);
    c.create("configmaps", { ...both, metadata: { ...both.metadata, ownerReferences: [...(both.metadata?.ownerReferences ?? []), ...(map("x", two).metadata?.ownerReferences ?? [])] } });
    c.run(200);
    c.delete("configmaps", "default/one");
    c.run(500);
    expect(names(c)).toEqual(["both", "two"]);
    expect(c.get("configmaps", "default/both")?.metadata?.ownerReferences?.map((owner) => owner.name)).toEqual(["two"]);
  });

  it("resolves two objects that wait for each other", () => {
    const c = cluster();
    const a = c.create("configmaps", map("a"));
    const b = c.create("configmaps", map("b", a, { blockOwnerDeletion: true }));
    c.patch("configmaps", "default/a", { metadata: { ownerReferences: map("x", b, { blockOwnerDeletion: true }).metadata?.ownerReferences } });
    c.run(200);
    c.delete("configmaps", "default/a", { propagationPolicy: "Foreground" });
    c.run(3000);
    expect(names(c)).toEqual([]);
  });

  it("starts anew after a crash and collects what was missed", () => {
    const c = cluster();
    const owner = c.create("configmaps", map("owner"));
    c.create("configmaps", map("dependent", owner));
    c.run(200);
    c.world.crash("kube-controller-manager");
    c.delete("configmaps", "default/owner");
    c.run(100);
    expect(names(c)).toEqual(["dependent"]);
    c.world.startComponent("kube-controller-manager");
    c.run(1000);
    expect(names(c)).toEqual([]);
  });

  it("collects custom resources", () => {
    const c = cluster();
    c.create("customresourcedefinitions.apiextensions.k8s.io", {
      apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "widgets.example.com" },
      spec: {
        group: "example.com", scope: "Namespaced", names: { plural: "widgets", singular: "widget", kind: "Widget", listKind: "WidgetList" },
        versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
      },
    } as KubeObject);
    c.run(1000);
    if (c.ask({ verb: "list", group: "example.com", resource: "widgets" }).code !== 200) return;
    const owner = c.create("configmaps", map("owner"));
    c.do({ verb: "create", group: "example.com", resource: "widgets", namespace: "default", body: { ...map("w", owner), apiVersion: "example.com/v1", kind: "Widget" } });
    c.run(500);
    c.delete("configmaps", "default/owner");
    c.run(1000);
    expect(c.list("widgets.example.com", "default")).toEqual([]);
  });
});

describe("the graph", () => {
  it("stays empty for objects without ties, and forgets those that are gone", () => {
    const graph = createGraph();
    const queued: string[] = [];
    const enqueue = { now: 0, add: (key: string) => void queued.push(key), addAfter: () => undefined };
    const plain = { kind: "ConfigMap", metadata: { name: "p", uid: "p" } };
    observe(graph, enqueue, "configmaps", "default/p", undefined, plain);
    observe(graph, enqueue, "configmaps", "default/p", plain, { ...plain, metadata: { ...plain.metadata } });
    expect(graph.nodes.size).toBe(0);
    const child = { kind: "Pod", metadata: { name: "c", uid: "c", ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "p", uid: "p" }] } };
    observe(graph, enqueue, "pods", "default/c", undefined, child);
    expect(graph.nodes.get("p")?.state).toBe("virtual");
    expect(queued).toEqual(["delete/p"]);
    observe(graph, enqueue, "pods", "default/c", child, undefined);
    expect(graph.nodes.size).toBe(0);
  });
});
