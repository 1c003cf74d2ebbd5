import { describe, expect, it } from "vitest";
import { rfc3339, rfc3339Micro } from "../../../../base/time/index.ts";
import type { KubeObject, Node, Pod } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";

const CONDITIONS = ["MemoryPressure", "DiskPressure", "PIDPressure"];

/** A cluster whose nodes' kubelets are played by the test. */
class Nodes extends RealCluster {
  readonly silent = new Set<string>();
  readonly names: string[] = [];

  constructor(count: number, zones = 1) {
    super(CONTROLLERS);
    for (let index = 1; index <= count; index++) {
      const name = `node-${String(index)}`;
      this.names.push(name);
      this.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name, labels: { "topology.kubernetes.io/zone": `z${String(index % zones)}` } } });
      this.create("leases.coordination.k8s.io", { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name, namespace: "kube-node-lease" }, spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: rfc3339Micro(this.world.now) } } as KubeObject);
      this.report(name, "True");
    }
    this.run(500);
  }
  report(name: string, ready: string): void {
    const at = rfc3339(this.world.now);
    const conditions = [
      ...CONDITIONS.map((type) => ({ type, status: "False", lastHeartbeatTime: at, lastTransitionTime: at })),
      { type: "Ready", status: ready, reason: ready === "True" ? "KubeletReady" : "KubeletNotReady", lastHeartbeatTime: at, lastTransitionTime: at },
    ];
    this.patch("nodes", name, { status: { conditions } }, "status");
  }
  /** Lets time pass, with lease renewals of those that aren't silent. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second += 10) {
      for (const name of this.names) {
        if (!this.silent.has(name)) this.patch("leases.coordination.k8s.io", `kube-node-lease/${name}`, { spec: { renewTime: rfc3339Micro(this.world.now) } });
      }
      this.run(10_000 - this.names.length * 20);
    }
  }
  node(name: string): Node {
    return this.get<Node>("nodes", name)!;
  }
  taints(name: string): string[] {
    return (this.node(name).spec?.taints ?? []).map((taint) => `${taint.key}:${taint.effect}`).sort();
  }
  pod(name: string, node: string, seconds: number): void {
    const toleration = (key: string): object => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: seconds });
    this.create("pods", {
      apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default" },
      spec: { containers: [{ name: "c", image: "nginx" }], tolerations: [toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable")] },
    } as Pod);
    this.bind("default", name, node);
    this.patch("pods", `default/${name}`, { status: { phase: "Running", conditions: [{ type: "Ready", status: "True", lastTransitionTime: rfc3339(this.world.now) }] } }, "status");
  }
}

describe("node lifecycle", () => {
  it("leaves healthy nodes alone", () => {
    const c = new Nodes(3);
    c.pass(120);
    expect(c.names.flatMap((name) => c.taints(name))).toEqual([]);
    expect(c.notes("NodeReady")).toHaveLength(3);
  });

  it("marks a silent node Unknown after 50 s, taints it, marks its pods, and evicts them when they no longer tolerate it", () => {
    const c = new Nodes(3);
    c.pod("short", "node-1", 30);
    c.pod("long", "node-1", 300);
    c.silent.add("node-1");
    c.pass(40);
    expect(c.node("node-1").status?.conditions?.find((condition) => condition.type === "Ready")?.status).toBe("True");
    c.pass(20);
    const ready = c.node("node-1").status?.conditions?.find((condition) => condition.type === "Ready");
    expect(ready).toMatchObject({ status: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status." });
    expect(c.node("node-1").status?.conditions?.map((condition) => condition.status)).toEqual(["Unknown", "Unknown", "Unknown", "Unknown"]);
    expect(c.taints("node-1")).toEqual(["node.kubernetes.io/unreachable:NoExecute", "node.kubernetes.io/unreachable:NoSchedule"]);
    expect(c.get<Pod>("pods", "default/short")?.status?.conditions?.find((condition) => condition.type === "Ready")?.status).toBe("False");
    expect(c.notes("NodeNotReady")[0]?.object).toBe("nodes/node-1");
    c.pass(40);
    const evicted = c.get<Pod>("pods", "default/short");
    expect(evicted?.metadata?.deletionTimestamp).toBeDefined();
    expect(evicted?.status?.conditions?.find((condition) => condition.type === "DisruptionTarget")).toMatchObject({ reason: "DeletionByTaintManager", message: "Taint manager: deleting due to NoExecute taint" });
    expect(c.get<Pod>("pods", "default/long")?.metadata?.deletionTimestamp).toBeUndefined();
    expect(c.notes("PodEvictedByTaint")).toHaveLength(1);
    c.pass(290);
    expect(c.get<Pod>("pods", "default/long")?.metadata?.deletionTimestamp).toBeDefined();
  });

  it("takes the taints off when the node comes back in time, and spares its pods", () => {
    const c = new Nodes(2);
    c.pod("p", "node-1", 300);
    c.silent.add("node-1");
    c.pass(90);
    expect(c.taints("node-1")).toHaveLength(2);
    c.silent.delete("node-1");
    c.report("node-1", "True");
    c.pass(400);
    expect(c.taints("node-1")).toEqual([]);
    expect(c.get<Pod>("pods", "default/p")?.metadata?.deletionTimestamp).toBeUndefined();
  });

  it("taints a node that says itself that it isn't ready, and a cordoned one", () => {
    const c = new Nodes(2);
    c.report("node-1", "False");
    c.run(300);
    expect(c.taints("node-1")).toEqual(["node.kubernetes.io/not-ready:NoExecute", "node.kubernetes.io/not-ready:NoSchedule"]);
    c.patch("nodes", "node-2", { spec: { unschedulable: true } });
    c.run(300);
    expect(c.taints("node-2")).toEqual(["node.kubernetes.io/unschedulable:NoSchedule"]);
    c.patch("nodes", "node-2", { spec: { unschedulable: null } });
    c.run(300);
    expect(c.taints("node-2")).toEqual([]);
  });

  it("evicts from one node in ten seconds, and from none when no node at all is heard of", () => {
    const c = new Nodes(6, 2);
    c.silent.add("node-1");
    c.silent.add("node-3");
    c.pass(60);
    const tainted = (): number => c.names.filter((name) => c.taints(name).some((taint) => taint.endsWith("NoExecute"))).length;
    expect(tainted()).toBe(1);
    c.pass(20);
    expect(tainted()).toBe(2);
    for (const name of c.names) c.silent.add(name);
    c.pass(90);
    expect(tainted()).toBe(0);
    for (const name of c.names) expect(c.taints(name)).toEqual(["node.kubernetes.io/unreachable:NoSchedule"]);
  });

  it("collects the pods of a node that was deleted, after the quarantine", () => {
    const c = new Nodes(2);
    c.pod("p", "node-1", 300);
    c.delete("nodes", "node-1");
    c.run(30_000);
    expect(c.get("pods", "default/p")).toBeDefined();
    c.run(15_000);
    expect(c.get("pods", "default/p")).toBeUndefined();
    expect(c.notes("PodDeletedByController").at(-1)?.data["why"]).toBe("node no longer exists");
  });
});
