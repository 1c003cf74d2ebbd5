import { describe, expect, it } from "vitest";
import type { Deployment, DeploymentCondition, Pod, ReplicaSet } from "../../api/index.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { FakeCluster } from "../testing/cluster.fake.ts";
import { deploymentController } from "./index.ts";

type Spec = NonNullable<Deployment["spec"]>;

function deployment(replicas: number, extra: Partial<Spec> = {}, labels: Record<string, string> = {}): Deployment {
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "default" },
    spec: {
      replicas, selector: { matchLabels: { app: "web" } }, revisionHistoryLimit: 10, progressDeadlineSeconds: 600,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
      template: template("nginx:1", labels), ...extra,
    },
  };
}
function template(image: string, labels: Record<string, string> = {}): Spec["template"] {
  return { metadata: { labels: { app: "web", ...labels } }, spec: { containers: [{ name: "c", image }] } };
}
function cluster(options: ConstructorParameters<typeof FakeCluster>[1] = {}): FakeCluster {
  return new FakeCluster([replicaSetController, deploymentController], options);
}
const web = (c: FakeCluster): Deployment => c.get<Deployment>("deployments.apps", "default/web")!;
const sets = (c: FakeCluster): ReplicaSet[] => c.all<ReplicaSet>("replicasets.apps");
const condition = (c: FakeCluster, type: string): DeploymentCondition | undefined => web(c).status?.conditions?.find((item) => item.type === type);
const living = (c: FakeCluster): Pod[] => c.all<Pod>("pods").filter((pod) => pod.metadata?.deletionTimestamp === undefined);
const ready = (c: FakeCluster): number => living(c).filter((pod) => pod.status?.conditions?.[0]?.status === "True").length;
const update = (c: FakeCluster, spec: unknown): unknown => c.patch("deployments.apps", "default", "web", { spec });

describe("Deployment: first rollout", () => {
  it("makes one ReplicaSet of the wanted size, with hash, revision and books", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(3));
    c.run(3000);
    const [set] = sets(c);
    expect(sets(c)).toHaveLength(1);
    expect(set?.metadata?.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{1,10}$/);
    const hash = set?.metadata?.labels?.["pod-template-hash"];
    expect(set?.spec?.selector.matchLabels).toEqual({ app: "web", "pod-template-hash": hash });
    expect(set?.metadata?.annotations).toEqual({
      "deployment.kubernetes.io/desired-replicas": "3", "deployment.kubernetes.io/max-replicas": "4", "deployment.kubernetes.io/revision": "1",
    });
    expect(web(c).metadata?.annotations?.["deployment.kubernetes.io/revision"]).toBe("1");
  });

  it("tells the status as upstream does", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(3));
    c.run(60);
    expect(condition(c, "Progressing")).toMatchObject({ status: "True", reason: "ReplicaSetUpdated" });
    expect(condition(c, "Available")).toMatchObject({ status: "False", reason: "MinimumReplicasUnavailable", message: "Deployment does not have minimum availability." });
    c.run(3000);
    const name = sets(c)[0]?.metadata?.name;
    expect(web(c).status).toMatchObject({ observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3, terminatingReplicas: 0 });
    expect(web(c).status?.unavailableReplicas).toBeUndefined();
    expect(condition(c, "Available")).toMatchObject({ status: "True", reason: "MinimumReplicasAvailable", message: "Deployment has minimum availability." });
    expect(condition(c, "Progressing")).toMatchObject({ status: "True", reason: "NewReplicaSetAvailable", message: `ReplicaSet "${name!}" has successfully progressed.` });
    expect(c.notes("RolloutStarted")).toHaveLength(1);
    expect(c.notes("RolloutFinished")).toHaveLength(1);
    expect(c.notes("DeploymentScaledReplicaSet")[0]?.data).toMatchObject({ from: 0, to: 3, replicaSet: name });
  });

  it("comes to rest: no more writes after the rollout", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(3));
    c.run(5000);
    const { revision } = c.api;
    c.run(3_600_000);
    expect(c.api.revision).toBe(revision);
  });
});

describe("Deployment: rolling update", () => {
  it("keeps within surge and availability, and ends with the new template alone", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(8));
    c.run(3000);
    update(c, { template: template("nginx:2") });
    for (let step = 0; step < 600; step++) {
      c.run(5);
      expect(living(c).length).toBeLessThanOrEqual(10);
      expect(ready(c)).toBeGreaterThanOrEqual(6);
    }
    expect(living(c).map((pod) => pod.spec?.containers[0]?.image)).toEqual(new Array(8).fill("nginx:2"));
    expect(web(c).metadata?.annotations?.["deployment.kubernetes.io/revision"]).toBe("2");
    expect(sets(c).map((set) => set.spec?.replicas)).toEqual([0, 8]);
  });

  it("goes back to an earlier ReplicaSet on a rollback, with a new revision and its history", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(2));
    c.run(2000);
    update(c, { template: template("nginx:2") });
    c.run(3000);
    update(c, { template: template("nginx:1") });
    c.run(3000);
    expect(sets(c)).toHaveLength(2);
    expect(sets(c)[0]?.spec?.replicas).toBe(2);
    expect(sets(c)[0]?.metadata?.annotations).toMatchObject({ "deployment.kubernetes.io/revision": "3", "deployment.kubernetes.io/revision-history": "1" });
    expect(web(c).metadata?.annotations?.["deployment.kubernetes.io/revision"]).toBe("3");
    expect(c.notes("DeploymentScaledReplicaSet").some((note) => note.data["reason"] === "rollback")).toBe(true);
  });

  it("stalls with a broken template: old pods stay, the deadline is reported, a rollback heals", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(4, { progressDeadlineSeconds: 30 }));
    c.run(2000);
    update(c, { template: template("nginx:bad", { broken: "yes" }) });
    c.run(20_000);
    expect(ready(c)).toBe(3);
    expect(condition(c, "Progressing")?.reason).toBe("ReplicaSetUpdated");
    c.run(20_000);
    const bad = sets(c)[1]?.metadata?.name;
    expect(condition(c, "Progressing")).toMatchObject({ status: "False", reason: "ProgressDeadlineExceeded", message: `ReplicaSet "${bad!}" has timed out progressing.` });
    expect(c.notes("RolloutStalled")).toHaveLength(1);
    update(c, { template: { metadata: { labels: { broken: null } }, spec: template("nginx:1").spec } });
    c.run(10_000);
    expect(ready(c)).toBe(4);
    expect(condition(c, "Progressing")?.reason).toBe("NewReplicaSetAvailable");
  });

  it("scales in proportion in the middle of a rollout", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(10, { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } }));
    c.run(3000);
    update(c, { template: template("nginx:bad", { broken: "yes" }) });
    c.run(3000);
    expect(sets(c).map((set) => set.spec?.replicas)).toEqual([8, 5]);
    update(c, { replicas: 15 });
    c.run(3000);
    // The documentation's own example (concepts/workloads/controllers/deployment, Proportional scaling).
    expect(sets(c).map((set) => set.spec?.replicas)).toEqual([11, 7]);
  });

  it("keeps no more old sets than revisionHistoryLimit", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(1, { revisionHistoryLimit: 2 }));
    for (let version = 2; version <= 6; version++) {
      c.run(2000);
      update(c, { template: template(`nginx:${String(version)}`) });
    }
    c.run(3000);
    expect(sets(c).map((set) => set.metadata?.annotations?.["deployment.kubernetes.io/revision"])).toEqual(["4", "5", "6"]);
  });
});

describe("Deployment: other ways", () => {
  it("recreates: no new pod before the last old one has gone", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(3, { strategy: { type: "Recreate" } }));
    c.run(2000);
    update(c, { template: template("nginx:2") });
    for (let step = 0; step < 300; step++) {
      c.run(5);
      expect(new Set(c.all<Pod>("pods").map((pod) => pod.spec?.containers[0]?.image)).size).toBeLessThanOrEqual(1);
    }
    expect(living(c).map((pod) => pod.spec?.containers[0]?.image)).toEqual(new Array(3).fill("nginx:2"));
  });

  it("scales, and does nothing about a new template while paused", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(2));
    c.run(2000);
    update(c, { paused: true });
    c.run(100);
    expect(condition(c, "Progressing")).toMatchObject({ status: "Unknown", reason: "DeploymentPaused", message: "Deployment is paused" });
    update(c, { replicas: 4, template: template("nginx:2") });
    c.run(2000);
    expect(living(c).map((pod) => pod.spec?.containers[0]?.image)).toEqual(new Array(4).fill("nginx:1"));
    update(c, { paused: false });
    c.run(3000);
    expect(living(c).map((pod) => pod.spec?.containers[0]?.image)).toEqual(new Array(4).fill("nginx:2"));
  });

  it("scales to nothing and back", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(2));
    c.run(2000);
    update(c, { replicas: 0 });
    c.run(2000);
    expect(c.all("pods")).toHaveLength(0);
    expect(web(c).status?.replicas).toBeUndefined();
    update(c, { replicas: 3 });
    c.run(2000);
    expect(living(c)).toHaveLength(3);
    expect(sets(c)).toHaveLength(1);
  });

  it("counts up collisions when the name of its set is taken", () => {
    const c = cluster();
    c.create("deployments.apps", deployment(1));
    c.run(2000);
    const taken = sets(c)[0]!;
    const other = cluster();
    other.create("replicasets.apps", {
      ...taken, metadata: { name: taken.metadata!.name!, namespace: "default", labels: { app: "foreign" } },
      spec: { ...taken.spec!, replicas: 0, selector: { matchLabels: { app: "foreign" } }, template: template("foreign") },
    } as ReplicaSet);
    other.create("deployments.apps", deployment(1));
    other.run(2000);
    expect(web(other).status?.collisionCount).toBe(1);
    expect(sets(other)).toHaveLength(2);
    expect(living(other)).toHaveLength(1);
  });

  it("adopts a ReplicaSet that matches", () => {
    const c = cluster();
    c.create("replicasets.apps", {
      apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name: "web-old", namespace: "default", labels: { app: "web", "pod-template-hash": "x" } },
      spec: { replicas: 2, selector: { matchLabels: { app: "web", "pod-template-hash": "x" } }, template: template("nginx:1", { "pod-template-hash": "x" }) },
    } as ReplicaSet);
    c.run(1000);
    const owner = c.create("deployments.apps", deployment(2));
    c.run(2000);
    expect(sets(c)).toHaveLength(1);
    expect(sets(c)[0]?.metadata?.ownerReferences?.[0]?.uid).toBe(owner.metadata?.uid);
  });
});
