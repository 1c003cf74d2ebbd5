import { describe, expect, it } from "vitest";
import type { DaemonSet, Pod } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";
import { nodeOf } from "./daemon-pods.ts";

function daemonSet(extra: Partial<NonNullable<DaemonSet["spec"]>> = {}, image = "agent:1"): DaemonSet {
  return {
    apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "agent", namespace: "default" },
    spec: { selector: { matchLabels: { app: "agent" } }, template: { metadata: { labels: { app: "agent" } }, spec: { containers: [{ name: "c", image }] } }, ...extra },
  };
}
function cluster(nodes: number): RealCluster {
  const c = new RealCluster(CONTROLLERS);
  for (let index = 1; index <= nodes; index++) {
    const name = `node-${String(index)}`;
    c.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name, labels: { disk: index === 1 ? "ssd" : "hdd" } } });
    c.patch("nodes", name, { status: { conditions: [{ type: "Ready", status: "True" }] } }, "status");
  }
  c.run(500);
  return c;
}
const pods = (c: RealCluster): Pod[] => c.list<Pod>("pods", "default");
function runAll(c: RealCluster): void {
  for (const pod of pods(c)) {
    const name = pod.metadata!.name!;
    if (pod.metadata?.deletionTimestamp !== undefined) c.delete("pods", `default/${name}`, { gracePeriodSeconds: 0 });
    else {
      if (pod.spec?.nodeName === undefined) c.bind("default", name, nodeOf(pod));
      c.patch("pods", `default/${name}`, { status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] } }, "status");
    }
  }
  c.run(300);
}

describe("DaemonSet", () => {
  it("puts a pod on each node, tied to it, and follows nodes", () => {
    const c = cluster(3);
    c.create("daemonsets.apps", daemonSet());
    c.run(500);
    expect(pods(c).map(nodeOf).sort()).toEqual(["node-1", "node-2", "node-3"]);
    expect(pods(c)[0]?.spec?.tolerations?.some((toleration) => toleration.key === "node.kubernetes.io/unschedulable")).toBe(true);
    runAll(c);
    expect(c.get<DaemonSet>("daemonsets.apps", "default/agent")?.status).toMatchObject({
      desiredNumberScheduled: 3, currentNumberScheduled: 3, numberReady: 3, numberAvailable: 3, updatedNumberScheduled: 3, numberMisscheduled: 0,
    });
    c.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name: "node-4" } });
    c.patch("nodes", "node-4", { status: { conditions: [{ type: "Ready", status: "True" }] } }, "status");
    c.run(500);
    expect(pods(c).map(nodeOf).sort()).toEqual(["node-1", "node-2", "node-3", "node-4"]);
  });

  it("obeys node selector and taints", () => {
    const c = cluster(3);
    c.patch("nodes", "node-1", { spec: { taints: [{ key: "dedicated", value: "x", effect: "NoSchedule" }] } });
    c.create("daemonsets.apps", daemonSet({ template: { metadata: { labels: { app: "agent" } }, spec: { nodeSelector: { disk: "hdd" }, containers: [{ name: "c", image: "x" }] } } }));
    c.run(500);
    expect(pods(c).map(nodeOf).sort()).toEqual(["node-2", "node-3"]);
    c.patch("nodes", "node-3", { metadata: { labels: { disk: "ssd" } } });
    c.run(500);
    expect(pods(c).filter((pod) => pod.metadata?.deletionTimestamp === undefined).map(nodeOf)).toEqual(["node-2"]);
  });

  it("rolls an update out one node at a time", () => {
    const c = cluster(3);
    c.create("daemonsets.apps", daemonSet());
    c.run(500);
    runAll(c);
    c.patch("daemonsets.apps", "default/agent", { spec: { template: { spec: { containers: [{ name: "c", image: "agent:2" }] } } } });
    for (let round = 0; round < 12; round++) {
      c.run(300);
      expect(pods(c).filter((pod) => pod.metadata?.deletionTimestamp === undefined && pod.status?.phase === "Running").length).toBeGreaterThanOrEqual(2);
      runAll(c);
    }
    expect(pods(c).map((pod) => pod.spec?.containers[0]?.image)).toEqual(["agent:2", "agent:2", "agent:2"]);
    expect(c.list("controllerrevisions.apps", "default")).toHaveLength(2);
  });
});
