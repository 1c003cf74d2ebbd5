import { describe, expect, it } from "vitest";
import { drop, makeNode, makePod, makeWorld, nodeOf, notesOf, podOf, put, schedulerOf, serverOf, whyPending } from "../../testing/test-cluster.ts";

const deleted = (world: ReturnType<typeof makeWorld>): string[] => serverOf(world).log.filter((call) => call.verb === "delete").map((call) => call.name ?? "");
const pod = (name: string, cpu: string, priority: number, more: object = {}): ReturnType<typeof makePod> => makePod(name, { requests: { cpu }, labels: { app: name }, spec: { priority, ...more } });

describe("preemption", () => {
  it("asks the least important pods to go, no more than needed, and then takes their place", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a")]);
    put(world, "pods", [pod("low", "1", 1), pod("mid", "1", 5), pod("other", "2", 3)]);
    put(world, "pods", [pod("high", "1", 10)], 12_000);
    expect(deleted(world)).toEqual(["low"]);
    expect(nodeOf(world, "high")).toBe("a");
    expect(notesOf(world, "PodPreempted")[0]).toMatchObject({ object: "pods/default/low", data: { by: "default/high", node: "a" } });
    const patch = serverOf(world).log.find((call) => call.verb === "patch" && call.name === "low");
    expect(patch?.body).toMatchObject({ status: { conditions: [{ type: "DisruptionTarget", reason: "PreemptionByScheduler", message: "default-scheduler: preempting to accommodate a higher priority pod" }] } });
  });

  it("nominates the node, and keeps its room from pods of lower priority", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a")]);
    put(world, "pods", [pod("low", "4", 1)]);
    world.inject("kube-apiserver", { type: "put", resource: "pods", objects: [pod("high", "4", 10), pod("late", "4", 5)] } as never);
    world.run(world.now + 20_000);
    expect(serverOf(world).log.find((call) => call.verb === "patch" && call.name === "high")?.body).toMatchObject({ status: { nominatedNodeName: "a" } });
    expect(schedulerOf(world).nominator.pods.size).toBe(0);
    expect(nodeOf(world, "high")).toBe("a");
    expect(nodeOf(world, "late")).toBe("");
  });

  it("never touches pods of equal or higher priority, and says so", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a"), makeNode("b", { spec: { unschedulable: true, taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] } })]);
    put(world, "pods", [pod("equal", "4", 10)]);
    put(world, "pods", [pod("high", "4", 10)], 1000);
    expect(deleted(world)).toEqual([]);
    expect(whyPending(world, "high")).toBe("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.");
  });

  it("does not help a pod that is too large for any node", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a"), makeNode("b")]);
    put(world, "pods", [pod("low", "1", 1)]);
    put(world, "pods", [pod("huge", "64", 10)]);
    expect(whyPending(world, "huge")).toBe("0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.");
  });

  it("respects preemptionPolicy Never", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a")]);
    put(world, "pods", [pod("low", "4", 1)]);
    put(world, "pods", [pod("polite", "4", 10, { preemptionPolicy: "Never" })]);
    expect(deleted(world)).toEqual([]);
    expect(whyPending(world, "polite")).toContain("preemption: not eligible due to preemptionPolicy=Never.");
  });

  it("prefers the node whose victims break no budget", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a"), makeNode("b")]);
    put(world, "pods", [pod("guarded", "4", 1)]);
    put(world, "pods", [pod("free", "4", 2)]);
    put(world, "poddisruptionbudgets", [{ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "p", namespace: "default" }, spec: { selector: { matchLabels: { app: "guarded" } } }, status: { disruptionsAllowed: 0 } } as never]);
    put(world, "pods", [pod("high", "4", 10)], 5000);
    expect(deleted(world)).toEqual(["free"]);
  });

  it("waits for its victims to end before it preempts again", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a"), makeNode("b")]);
    put(world, "pods", [pod("x", "4", 1), pod("y", "4", 1)], 300);
    put(world, "pods", [pod("high", "4", 10)], 300);
    const gone = deleted(world)[0] as string;
    expect(deleted(world)).toHaveLength(1);
    drop(world, "pods", [`default/${gone}`], 300);
    expect(deleted(world)).toHaveLength(1);
    expect(podOf(world, "high")?.spec?.nodeName).toBeDefined();
  });
});
