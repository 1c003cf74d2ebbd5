import { describe, expect, it } from "vitest";
import { onNode } from "../testing/ask-plugin.ts";
import { makeNode, makePod, makeWorld, nodeOf, put, schedulerOf } from "../testing/test-cluster.ts";
import { explainAttempt } from "./explain-attempt.ts";
import { listsOf } from "./lists-of-state.ts";

describe("the table of an attempt", () => {
  const nodes = [makeNode("free"), makeNode("busy"), makeNode("small", { allocatable: { cpu: "1" } }), makeNode("off", { spec: { unschedulable: true, taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] } })];
  const pod = makePod("web", { requests: { cpu: "2", memory: "1Gi" } });
  const pods = [onNode(makePod("x", { requests: { cpu: "1", memory: "8Gi" } }), "busy")];

  it("shows every plugin's word on every node, the best node first", () => {
    const table = explainAttempt({ nodes, pods }, pod);
    expect(table.rows.map((row) => row.node)).toEqual(["free", "busy", "off", "small"]);
    expect(table.best).toEqual(["free"]);
    expect(table.rows[0]?.scores["NodeResourcesFit"]).toMatchObject({ weight: 1 });
    expect(table.rows[0]?.scores["TaintToleration"]).toEqual({ raw: 0, normalised: 100, weight: 3, weighted: 300 });
    expect(table.rows[0]?.total).toBe(Object.values(table.rows[0]?.scores ?? {}).reduce((sum, cell) => sum + cell.weighted, 0));
    expect(table.rows[2]).toMatchObject({ feasible: false, refusedBy: "NodeUnschedulable", filters: { NodeUnschedulable: ["node(s) were unschedulable"], TaintToleration: ["node(s) had untolerated taint(s)"], NodePorts: "skipped", NodeResourcesFit: "passed" } });
    expect(table.message).toBe("");
  });

  it("gives the message when there is no node", () => {
    const table = explainAttempt({ nodes, pods }, makePod("web", { requests: { cpu: "3500m" }, spec: { nodeSelector: { none: "x" } } }));
    expect(table.best).toEqual([]);
    expect(table.message).toBe("0/4 nodes are available: 1 node(s) were unschedulable, 3 node(s) didn't match Pod's node affinity/selector.");
    expect(explainAttempt({ nodes: [], pods: [] }, pod).message).toBe("no nodes available to schedule pods");
    expect(explainAttempt({ nodes, pods: [] }, makePod("p", { spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] } })).refusedAll).toBe('persistentvolumeclaim "c" not found');
  });

  it("explains a decision after it was taken, and obeys the profile", () => {
    const world = makeWorld();
    put(world, "nodes", nodes);
    put(world, "pods", [pod]);
    const state = schedulerOf(world);
    const now = explainAttempt(listsOf(state), state.cluster.pods.get("default/web")?.pod ?? pod);
    expect(now.best).toContain(nodeOf(world, "web"));
    expect(now.rows[0]?.total).toBe(state.attempts.get("default/web")?.score);
    const packed = explainAttempt({ nodes, pods }, pod, { profiles: [{ plugins: { score: { disabled: [{ name: "*" }], enabled: [{ name: "NodeResourcesFit" }] } }, pluginConfig: [{ name: "NodeResourcesFit", args: { scoringStrategy: { type: "MostAllocated", resources: [{ name: "cpu", weight: 1 }] } } }] }] });
    expect(packed.best).toEqual(["busy"]);
  });
});
