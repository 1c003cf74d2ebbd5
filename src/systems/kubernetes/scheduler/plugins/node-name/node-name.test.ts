import { describe, expect, it } from "vitest";
import { createCluster, upsertNode } from "../../framework/cluster.ts";
import { makeShape } from "../../framework/pod-shape.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { nodeName } from "./node-name.ts";

describe("NodeName", () => {
  const cluster = createCluster();
  const shape = { ...makeShape(makePod("p"), 1), spec: { containers: [], nodeName: "a" } };
  it("lets a pod that names its node go only there", () => {
    expect(nodeName.filter?.(shape, upsertNode(cluster, makeNode("a")), cluster, {})).toBeUndefined();
    expect(nodeName.filter?.(shape, upsertNode(cluster, makeNode("b")), cluster, {})?.reasons).toEqual(["node(s) didn't match the requested node name"]);
  });
  it("has nothing to check for other pods", () => {
    expect(nodeName.filters?.(makeShape(makePod("p"), 1), {})).toBe(false);
  });
});
