import { describe, expect, it } from "vitest";
import type { Namespace } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";
import { conditionsFor } from "./namespace-conditions.ts";

describe("namespace deletion", () => {
  it("deletes everything in it, then the namespace", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    c.run(100);
    c.create("configmaps", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "shop" } });
    c.create("deployments.apps", {
      apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "shop" },
      spec: { replicas: 2, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: "nginx" }] } } },
    } as never);
    c.run(500);
    expect(c.list("pods", "shop")).toHaveLength(2);
    c.delete("namespaces", "shop");
    c.run(10_000);
    expect(c.get("namespaces", "shop")).toBeUndefined();
    expect(c.list("configmaps", "shop")).toEqual([]);
    expect(c.list("pods", "shop")).toEqual([]);
    expect(c.notes("NamespaceFinalized")).toHaveLength(1);
  });

  it("says what holds it back", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    c.run(100);
    c.create("configmaps", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "shop", finalizers: ["example.com/hold"] } });
    c.delete("namespaces", "shop");
    c.run(3000);
    const held = c.get<Namespace>("namespaces", "shop");
    expect(held?.status?.phase).toBe("Terminating");
    const byType = Object.fromEntries((held?.status?.conditions ?? []).map((condition) => [condition.type, condition]));
    expect(byType["NamespaceContentRemaining"]).toMatchObject({ status: "True", reason: "SomeResourcesRemain", message: "Some resources are remaining: configmaps. has 1 resource instances" });
    expect(byType["NamespaceFinalizersRemaining"]).toMatchObject({
      status: "True", reason: "SomeFinalizersRemain", message: "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances",
    });
    c.patch("configmaps", "shop/c", { metadata: { finalizers: null } });
    c.run(5000);
    expect(c.get("namespaces", "shop")).toBeUndefined();
  });

  it("keeps its conditions when nothing changes", () => {
    const first = conditionsFor([], new Map(), [], 0);
    expect(first).toHaveLength(5);
    expect(conditionsFor(first, new Map(), [], 99_000)).toBe(first);
  });
});
