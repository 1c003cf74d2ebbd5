import { describe, expect, it } from "vitest";
import type { Pod, StatefulSet } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";

function statefulSet(replicas: number, extra: Partial<NonNullable<StatefulSet["spec"]>> = {}): StatefulSet {
  return {
    apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db", namespace: "default" },
    spec: {
      replicas, serviceName: "db", selector: { matchLabels: { app: "db" } },
      template: { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "c", image: "postgres:1" }] } },
      volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } }],
      ...extra,
    },
  };
}
const cluster = (): RealCluster => {
  const c = new RealCluster(CONTROLLERS);
  c.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name: "node-1" } });
  return c;
};
const pods = (c: RealCluster): Pod[] => c.list<Pod>("pods", "default");
const names = (c: RealCluster): string[] => pods(c).map((pod) => pod.metadata!.name!);
function turn(c: RealCluster): void {
  for (const pod of pods(c)) if (pod.metadata?.deletionTimestamp !== undefined) c.delete("pods", `default/${pod.metadata.name!}`, { gracePeriodSeconds: 0 });
  c.run(200);
  c.runPods("default");
}

describe("StatefulSet", () => {
  it("makes pods in order, each when the ones before are ready, with claims of their own", () => {
    const c = cluster();
    c.create("statefulsets.apps", statefulSet(3));
    c.run(500);
    expect(names(c)).toEqual(["db-0"]);
    turn(c);
    expect(names(c)).toEqual(["db-0", "db-1"]);
    turn(c);
    turn(c);
    expect(names(c)).toEqual(["db-0", "db-1", "db-2"]);
    expect(c.list("persistentvolumeclaims", "default").map((claim) => claim.metadata?.name)).toEqual(["data-db-0", "data-db-1", "data-db-2"]);
    const [first] = pods(c);
    expect(first?.metadata?.labels).toMatchObject({ "statefulset.kubernetes.io/pod-name": "db-0", "apps.kubernetes.io/pod-index": "0" });
    expect(first?.spec).toMatchObject({ hostname: "db-0", subdomain: "db" });
    expect(first?.spec?.volumes?.find((volume) => volume.name === "data")?.persistentVolumeClaim?.claimName).toBe("data-db-0");
    const status = c.get<StatefulSet>("statefulsets.apps", "default/db")?.status;
    expect(status).toMatchObject({ replicas: 3, readyReplicas: 3, availableReplicas: 3, currentReplicas: 3, updatedReplicas: 3 });
    expect(status?.currentRevision).toBe(status?.updateRevision);
  });

  it("gives a lost pod its name back and keeps its claim", () => {
    const c = cluster();
    c.create("statefulsets.apps", statefulSet(2));
    for (let round = 0; round < 3; round++) turn(c);
    const before = pods(c)[0]?.metadata?.uid;
    c.delete("pods", "default/db-0", { gracePeriodSeconds: 0 });
    c.run(300);
    expect(names(c)).toEqual(["db-0", "db-1"]);
    expect(pods(c)[0]?.metadata?.uid).not.toBe(before);
    expect(c.list("persistentvolumeclaims", "default")).toHaveLength(2);
  });

  it("never has two pods of one ordinal: one that is terminating holds its name", () => {
    const c = cluster();
    c.create("statefulsets.apps", statefulSet(1));
    turn(c);
    turn(c);
    c.delete("pods", "default/db-0");
    c.run(20_000);
    expect(pods(c)).toHaveLength(1);
    expect(pods(c)[0]?.metadata?.deletionTimestamp).toBeDefined();
  });

  it("scales down from the highest ordinal, one at a time", () => {
    const c = cluster();
    c.create("statefulsets.apps", statefulSet(3));
    for (let round = 0; round < 4; round++) turn(c);
    c.patch("statefulsets.apps", "default/db", { spec: { replicas: 1 } });
    c.run(300);
    expect(pods(c).filter((pod) => pod.metadata?.deletionTimestamp !== undefined).map((pod) => pod.metadata?.name)).toEqual(["db-2"]);
    for (let round = 0; round < 3; round++) turn(c);
    expect(names(c)).toEqual(["db-0"]);
  });

  it("updates from the highest ordinal down to the partition", () => {
    const c = cluster();
    c.create("statefulsets.apps", statefulSet(3, { updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 1 } } }));
    for (let round = 0; round < 4; round++) turn(c);
    c.patch("statefulsets.apps", "default/db", { spec: { template: { spec: { containers: [{ name: "c", image: "postgres:2" }] } } } });
    for (let round = 0; round < 6; round++) turn(c);
    expect(pods(c).map((pod) => pod.spec?.containers[0]?.image)).toEqual(["postgres:1", "postgres:2", "postgres:2"]);
    const status = c.get<StatefulSet>("statefulsets.apps", "default/db")?.status;
    expect(status?.currentRevision).not.toBe(status?.updateRevision);
    expect(status).toMatchObject({ currentReplicas: 1, updatedReplicas: 2 });
  });

  it("makes all pods at once when told to", () => {
    const c = cluster();
    c.create("statefulsets.apps", statefulSet(3, { podManagementPolicy: "Parallel" }));
    c.run(500);
    expect(names(c)).toEqual(["db-0", "db-1", "db-2"]);
  });
});
