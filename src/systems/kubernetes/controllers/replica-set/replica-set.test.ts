import { describe, expect, it } from "vitest";
import type { Pod, ReplicaSet } from "../../api/index.ts";
import { FakeCluster } from "../testing/cluster.fake.ts";
import { replicaSetController, replicationController } from "./index.ts";

function replicaSet(replicas: number, extra: Partial<NonNullable<ReplicaSet["spec"]>> = {}): ReplicaSet {
  return {
    apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name: "web", namespace: "default" },
    spec: { replicas, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: "nginx" }] } }, ...extra },
  };
}
function cluster(options: ConstructorParameters<typeof FakeCluster>[1] = {}): FakeCluster {
  return new FakeCluster([replicaSetController, replicationController], options);
}
const active = (c: FakeCluster): Pod[] => c.all<Pod>("pods").filter((pod) => pod.metadata?.deletionTimestamp === undefined);

describe("ReplicaSet", () => {
  it("makes as many pods as asked for, owned by it, and says so in its status", () => {
    const c = cluster();
    const set = c.create("replicasets.apps", replicaSet(5));
    c.run(2000);
    const pods = c.all<Pod>("pods");
    expect(pods).toHaveLength(5);
    expect(pods[0]?.metadata?.ownerReferences).toEqual([{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "web", uid: set.metadata?.uid, controller: true, blockOwnerDeletion: true }]);
    expect(c.get<ReplicaSet>("replicasets.apps", "default/web")?.status).toEqual({
      replicas: 5, fullyLabeledReplicas: 5, readyReplicas: 5, availableReplicas: 5, terminatingReplicas: 0, observedGeneration: 1,
    });
    expect(c.notes("PodCreatedByController")).toHaveLength(5);
    expect(c.notes("PodCreatedByController")[0]?.data["owner"]).toBe("ReplicaSet/web");
  });

  it("starts slowly: 1, 2, 4, … requests at a time", () => {
    const c = cluster({ idle: true });
    c.create("replicasets.apps", replicaSet(10));
    const sizes: number[] = [];
    let seen = 0;
    for (let step = 0; step < 60; step++) {
      c.run(1);
      const count = c.api.log.filter((call) => call.verb === "create" && call.resource === "pods").length;
      if (count > seen) sizes.push(count - seen);
      seen = count;
    }
    expect(sizes).toEqual([1, 2, 4, 3]);
  });

  it("stops at the first refused batch, reports ReplicaFailure, backs off, and recovers", () => {
    const c = cluster();
    c.api.refusals.set("create pods", { code: 403, reason: "Forbidden", message: 'pods "web-" is forbidden: exceeded quota', times: 3 });
    c.create("replicasets.apps", replicaSet(4));
    c.run(20);
    const failed = c.get<ReplicaSet>("replicasets.apps", "default/web")?.status?.conditions?.[0];
    expect(failed).toMatchObject({ type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: 'pods "web-" is forbidden: exceeded quota' });
    c.run(3000);
    expect(active(c)).toHaveLength(4);
    expect(c.get<ReplicaSet>("replicasets.apps", "default/web")?.status?.conditions).toBeUndefined();
  });

  it("never makes too many: nothing is planned before its own writes are seen", () => {
    const c = cluster();
    c.api.watchLagMs = 40;
    c.create("replicasets.apps", replicaSet(50));
    c.run(5000);
    expect(c.api.log.filter((call) => call.verb === "create" && call.resource === "pods")).toHaveLength(50);
    expect(c.manager.byRevision.size).toBe(0);
    expect(c.manager.byObject.size).toBe(0);
  });

  it("replaces a pod that is deleted and one that fails", () => {
    const c = cluster();
    c.create("replicasets.apps", replicaSet(2));
    c.run(1000);
    const [first, second] = c.all<Pod>("pods");
    c.delete("pods", "default", first!.metadata!.name!);
    c.patch("pods", "default", second!.metadata!.name!, { status: { phase: "Failed", conditions: [] } });
    c.run(1000);
    expect(c.all<Pod>("pods").filter((pod) => pod.status?.phase === "Running")).toHaveLength(2);
  });

  it("scales down, the unready and the cheap first", () => {
    const c = cluster();
    c.create("replicasets.apps", replicaSet(4));
    c.run(1000);
    const names = c.all<Pod>("pods").map((pod) => pod.metadata!.name!);
    c.patch("pods", "default", names[2]!, { metadata: { annotations: { "controller.kubernetes.io/pod-deletion-cost": "-5" } } });
    c.patch("pods", "default", names[1]!, { status: { conditions: [{ type: "Ready", status: "False" }] } });
    c.patch("replicasets.apps", "default", "web", { spec: { replicas: 2 } });
    c.run(1000);
    expect(c.all<Pod>("pods").map((pod) => pod.metadata?.name)).toEqual([names[0], names[3]]);
    expect(c.notes("PodDeletedByController")).toHaveLength(2);
  });

  it("adopts orphans that match and releases pods that no longer do", () => {
    const c = cluster();
    c.create("pods", { apiVersion: "v1", kind: "Pod", metadata: { name: "stray", namespace: "default", labels: { app: "web" } } });
    c.create("pods", { apiVersion: "v1", kind: "Pod", metadata: { name: "other", namespace: "default", labels: { app: "other" } } });
    c.run(500);
    const set = c.create("replicasets.apps", replicaSet(2));
    c.run(1000);
    expect(c.get<Pod>("pods", "default/stray")?.metadata?.ownerReferences?.[0]?.uid).toBe(set.metadata?.uid);
    expect(c.get<Pod>("pods", "default/other")?.metadata?.ownerReferences).toBeUndefined();
    expect(active(c)).toHaveLength(3);
    c.patch("pods", "default", "stray", { metadata: { labels: { app: "debug" } } });
    c.run(1000);
    expect(c.get<Pod>("pods", "default/stray")?.metadata?.ownerReferences ?? []).toEqual([]);
    expect(active(c).filter((pod) => pod.metadata?.labels?.["app"] === "web")).toHaveLength(2);
  });

  it("counts a pod as available after minReadySeconds", () => {
    const c = cluster();
    c.create("replicasets.apps", replicaSet(1, { minReadySeconds: 10 }));
    c.run(5000);
    expect(c.get<ReplicaSet>("replicasets.apps", "default/web")?.status).toMatchObject({ readyReplicas: 1 });
    expect(c.get<ReplicaSet>("replicasets.apps", "default/web")?.status?.availableReplicas).toBeUndefined();
    c.run(7000);
    expect(c.get<ReplicaSet>("replicasets.apps", "default/web")?.status).toMatchObject({ readyReplicas: 1, availableReplicas: 1 });
  });

  it("survives a crash of the controller manager and of the API server", () => {
    const c = cluster();
    c.create("replicasets.apps", replicaSet(30));
    c.run(20);
    c.world.crash("kube-controller-manager");
    c.run(500);
    c.world.startComponent("kube-controller-manager");
    c.run(3000);
    expect(active(c)).toHaveLength(30);
  });

  it("can be saved and restored in the middle of a sync", () => {
    const c = cluster();
    c.create("replicasets.apps", replicaSet(30));
    c.run(8);
    expect(() => c.world.save()).not.toThrow();
  });
});

describe("ReplicationController", () => {
  it("keeps its pods", () => {
    const c = cluster();
    c.create("replicationcontrollers", {
      apiVersion: "v1", kind: "ReplicationController", metadata: { name: "old", namespace: "default" },
      spec: { replicas: 3, selector: { app: "old" }, template: { metadata: { labels: { app: "old" } }, spec: { containers: [] } } },
    } as never);
    c.run(1500);
    expect(active(c)).toHaveLength(3);
    expect(c.get("replicationcontrollers", "default/old")).toMatchObject({ status: { replicas: 3, readyReplicas: 3, availableReplicas: 3 } });
  });
});
