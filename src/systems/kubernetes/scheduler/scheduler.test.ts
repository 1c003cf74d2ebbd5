import { describe, expect, it } from "vitest";
import { World } from "../../../engine/bus/index.ts";
import { drop, makeNode, makePod, makeWorld, nodeOf, notesOf, podOf, put, schedulerOf, serverOf, whyPending } from "./testing/test-cluster.ts";

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);

describe("placing", () => {
  it("binds a pod to a node, says so in an Event and a note", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a"), makeNode("b", { allocatable: { cpu: "1" } })]);
    put(world, "pods", [makePod("web", { requests: { cpu: "500m", memory: "1Gi" } })]);
    expect(nodeOf(world, "web")).toBe("a");
    expect(serverOf(world).events).toMatchObject([{ reason: "Scheduled", note: "Successfully assigned default/web to a", action: "Binding", reportingController: "default-scheduler" }]);
    expect(notesOf(world, "PodScheduled")[0]).toMatchObject({ object: "pods/default/web", data: { node: "a", feasible: 2, runnerUp: "b" } });
    expect(schedulerOf(world).attempts.get("default/web")).toMatchObject({ node: "a", feasible: 2 });
  });

  it("fills nodes to the brim and no further", () => {
    const world = makeWorld();
    put(world, "nodes", names(3).map((name) => makeNode(name, { allocatable: { cpu: "1" } })));
    put(world, "pods", names(10).map((name) => makePod(name, { requests: { cpu: "300m" } })), 500);
    const placed = names(10).filter((name) => nodeOf(world, name) !== "");
    expect(placed).toHaveLength(9);
    const pending = names(10).find((name) => nodeOf(world, name) === "") as string;
    expect(whyPending(world, pending)).toContain("0/3 nodes are available: 3 Insufficient cpu.");
    expect(podOf(world, pending)?.status?.conditions?.[0]).toMatchObject({ type: "PodScheduled", status: "False", reason: "Unschedulable" });
  });

  it("wakes a waiting pod when a node comes that can take it, and not for one that can't", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("small", { allocatable: { cpu: "1" } })]);
    put(world, "pods", [makePod("big", { requests: { cpu: "3" } })]);
    const attempts = (): number => schedulerOf(world).attempts.get("default/big")?.attempts ?? 0;
    expect(attempts()).toBe(1);
    put(world, "nodes", [makeNode("other", { allocatable: { cpu: "2" } })], 20_000);
    expect(attempts()).toBe(1);
    put(world, "nodes", [makeNode("large")], 20_000);
    expect(nodeOf(world, "big")).toBe("large");
  });

  it("wakes a waiting pod when another goes", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a", { allocatable: { cpu: "1" } })]);
    put(world, "pods", [makePod("first", { requests: { cpu: "1" } })]);
    put(world, "pods", [makePod("second", { requests: { cpu: "1" } })]);
    expect(nodeOf(world, "second")).toBe("");
    drop(world, "pods", ["default/first"], 15_000);
    expect(nodeOf(world, "second")).toBe("a");
  });

  it("tries again after five minutes in any case", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a", { allocatable: { cpu: "1" } })]);
    put(world, "pods", [makePod("big", { requests: { cpu: "3" } })], 340_000);
    expect(schedulerOf(world).attempts.get("default/big")?.attempts).toBe(2);
    expect(notesOf(world, "PodUnschedulable")).toHaveLength(1);
  });

  it("places pods of higher priority first", () => {
    const world = makeWorld();
    put(world, "pods", [makePod("low", { requests: { cpu: "4" }, spec: { priority: 1 } }), makePod("high", { requests: { cpu: "4" }, spec: { priority: 2 } })]);
    expect(whyPending(world, "low")).toBe("no nodes available to schedule pods");
    put(world, "nodes", [makeNode("a")], 15_000);
    expect(nodeOf(world, "high")).toBe("a");
    expect(nodeOf(world, "low")).toBe("");
  });

  it("leaves gated pods and those of other schedulers alone until it is its turn", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a")]);
    put(world, "pods", [makePod("gated", { spec: { schedulingGates: [{ name: "wait" }] } }), makePod("foreign", { spec: { schedulerName: "other" } })]);
    expect(nodeOf(world, "gated") + nodeOf(world, "foreign")).toBe("");
    put(world, "pods", [makePod("gated")]);
    expect(nodeOf(world, "gated")).toBe("a");
  });
});

describe("failures", () => {
  it("forgets a pod whose binding fails and tries again with back-off", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a")]);
    world.inject("kube-apiserver", { type: "fail-bindings", code: 500 } as never);
    put(world, "pods", [makePod("web", { requests: { cpu: "1" } })], 500);
    const { cluster } = schedulerOf(world);
    expect(cluster.nodes[0]?.requested.cpuMillis).toBe(0);
    expect(podOf(world, "web")?.status?.conditions?.[0]).toMatchObject({ reason: "SchedulerError", message: "not now" });
    world.inject("kube-apiserver", { type: "fail-bindings", code: 0 } as never);
    world.run(world.now + 3000);
    expect(nodeOf(world, "web")).toBe("a");
    expect(cluster.nodes[0]?.requested.cpuMillis).toBe(1000);
    expect(cluster.shapes.size).toBe(1);
  });

  it("recovers from a crash by what the API shows", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a", { allocatable: { cpu: "1" } })]);
    put(world, "pods", [makePod("one", { requests: { cpu: "600m" } })]);
    world.crash("kube-scheduler");
    put(world, "pods", [makePod("two", { requests: { cpu: "600m" } })]);
    world.startComponent("kube-scheduler");
    world.run(world.now + 500);
    expect(nodeOf(world, "two")).toBe("");
    expect(whyPending(world, "two")).toContain("Insufficient cpu");
  });

  it("goes on exactly the same from a saved world", () => {
    const world = makeWorld();
    put(world, "nodes", names(5).map((name) => makeNode(name)));
    put(world, "pods", names(8).map((name) => makePod(name, { requests: { cpu: "100m" } })), 4);
    const image = world.save();
    world.run(world.now + 5000);
    const after = world.logHash();
    const again = makeWorld();
    const copy = World.restore({ seed: 1, startAt: 0, behaviours: (again as unknown as { behaviours: never }).behaviours }, image);
    copy.run(copy.now + 5000);
    expect(copy.logHash()).toBe(after);
  });
});

describe("notes", () => {
  it("tell of new reasons, not of new counts", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a", { allocatable: { cpu: "1" } })]);
    put(world, "pods", [makePod("big", { requests: { cpu: "3" } })]);
    put(world, "nodes", [makeNode("b", { allocatable: { cpu: "2" } })], 400_000);
    expect(whyPending(world, "big")).toContain("2 Insufficient cpu");
    expect(notesOf(world, "PodUnschedulable")).toHaveLength(1);
    put(world, "nodes", [makeNode("c", { spec: { unschedulable: true } })], 400_000);
    expect(notesOf(world, "PodUnschedulable")).toHaveLength(2);
  });
});
