import { describe, expect, it } from "vitest";
import type { Pod, PodSpec } from "../../../api/index.ts";
import { filterBy, onNode, scoreBy } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { nodeResourcesFit } from "./node-resources-fit.ts";
import { brokenLine } from "./scoring-strategy.ts";

const node = makeNode("a", { allocatable: { cpu: "4", memory: "8Gi", pods: "3", "example.com/gpu": "2" } });
const pod = (name: string, requests: Record<string, string>): Pod => makePod(name, { requests });
const there = (...pods: Pod[]): { readonly pods: Pod[] } => ({ pods: pods.map((one) => onNode(one, "a")) });

describe("NodeResourcesFit", () => {
  it("names everything that is short", () => {
    const full = there(pod("x", { cpu: "3", memory: "7Gi" }));
    expect(filterBy(nodeResourcesFit, pod("p", { cpu: "1", memory: "1Gi" }), node, full)).toBeUndefined();
    expect(filterBy(nodeResourcesFit, pod("p", { cpu: "1001m", memory: "2Gi" }), node, full)).toEqual({ plugin: "NodeResourcesFit", resolvable: true, reasons: ["Insufficient cpu", "Insufficient memory"] });
    expect(filterBy(nodeResourcesFit, pod("p", { "ephemeral-storage": "1Gi" }), node)).toMatchObject({ reasons: ["Insufficient ephemeral-storage"] });
  });
  it("sees no hope where the whole node would be too small", () => {
    expect(filterBy(nodeResourcesFit, pod("p", { cpu: "5" }), node)).toMatchObject({ resolvable: false });
    expect(filterBy(nodeResourcesFit, pod("p", { "example.com/gpu": "3" }), node)).toEqual({ plugin: "NodeResourcesFit", resolvable: false, reasons: ["Insufficient example.com/gpu"] });
    expect(filterBy(nodeResourcesFit, pod("p", { "example.com/gpu": "2" }), node, there(pod("x", { "example.com/gpu": "1" })))).toMatchObject({ resolvable: true });
  });
  it("counts pods", () => {
    expect(filterBy(nodeResourcesFit, pod("p", {}), node, there(pod("x", {}), pod("y", {}), pod("z", {})))).toMatchObject({ reasons: ["Too many pods"] });
  });
  it("takes the larger of init containers and the rest, sidecars and overhead added", () => {
    const container = (name: string, cpu: string, more: object = {}): object => ({ name, resources: { requests: { cpu } }, ...more });
    const spec = { initContainers: [container("side", "1", { restartPolicy: "Always" }), container("init", "3")], containers: [container("main", "2")], overhead: { cpu: "500m" } } as unknown as Partial<PodSpec>;
    const big = makePod("p", { spec });
    expect(filterBy(nodeResourcesFit, big, makeNode("a", { allocatable: { cpu: "4500m" } }))).toBeUndefined();
    expect(filterBy(nodeResourcesFit, big, makeNode("a", { allocatable: { cpu: "4499m" } }))).toMatchObject({ reasons: ["Insufficient cpu"] });
  });
  it("ignores resources it is told to ignore", () => {
    expect(filterBy(nodeResourcesFit, pod("p", { "example.com/gpu": "9" }), node, { args: { ignoredResourceGroups: ["example.com"] } })).toBeUndefined();
  });
});

describe("scoring strategies", () => {
  const half = pod("p", { cpu: "2", memory: "2Gi" });
  it("LeastAllocated likes free nodes", () => {
    expect(scoreBy(nodeResourcesFit, half, node)).toBe(Math.trunc((50 + 75) / 2));
    expect(scoreBy(nodeResourcesFit, pod("p", {}), node)).toBe(Math.trunc((97 + Math.trunc(((8192 - 200) * 100) / 8192)) / 2));
  });
  it("MostAllocated likes full ones", () => {
    expect(scoreBy(nodeResourcesFit, half, node, { args: { scoringStrategy: { type: "MostAllocated" } } })).toBe(Math.trunc((50 + 25) / 2));
  });
  it("RequestedToCapacityRatio follows its line", () => {
    const line = [{ utilization: 0, score: 0 }, { utilization: 50, score: 8 }, { utilization: 100, score: 10 }];
    expect([0, 25, 50, 75, 100, 150].map((at) => brokenLine(line, at))).toEqual([0, 40, 80, 90, 100, 100]);
    const args = { scoringStrategy: { type: "RequestedToCapacityRatio", resources: [{ name: "cpu", weight: 1 }], requestedToCapacityRatio: { shape: line } } };
    expect(scoreBy(nodeResourcesFit, half, node, { args })).toBe(80);
  });
  it("weighs extended resources only for pods that ask for them", () => {
    const args = { scoringStrategy: { type: "MostAllocated", resources: [{ name: "example.com/gpu", weight: 3 }, { name: "cpu", weight: 1 }] } };
    expect(scoreBy(nodeResourcesFit, half, node, { args })).toBe(50);
    expect(scoreBy(nodeResourcesFit, pod("p", { cpu: "2", "example.com/gpu": "2" }), node, { args })).toBe(Math.trunc((300 + 50) / 4));
  });
});
