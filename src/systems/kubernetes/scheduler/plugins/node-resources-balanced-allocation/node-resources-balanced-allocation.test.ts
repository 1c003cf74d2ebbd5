import { describe, expect, it } from "vitest";
import { onNode, scoreBy } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { balance, nodeResourcesBalancedAllocation } from "./node-resources-balanced-allocation.ts";

const node = makeNode("a", { allocatable: { cpu: "4", memory: "8Gi" } });

describe("NodeResourcesBalancedAllocation", () => {
  it("measures balance by the deviation of the shares", () => {
    expect(balance([0.5, 0.5])).toBe(100);
    expect(balance([1, 0])).toBe(50);
    expect(balance([1, 1, 0])).toBe(Math.trunc((1 - Math.sqrt(2 / 9)) * 100));
    expect(balance([0.3])).toBe(100);
  });
  it("scores how much a pod improves the balance", () => {
    const lopsided = { pods: [onNode(makePod("x", { requests: { cpu: "2" } }), "a")] };
    expect(scoreBy(nodeResourcesBalancedAllocation, makePod("p", { requests: { memory: "4Gi" } }), node, lopsided)).toBe(50 + Math.trunc((50 + 100 - 75) / 2));
    expect(scoreBy(nodeResourcesBalancedAllocation, makePod("p", { requests: { cpu: "2" } }), node, lopsided)).toBe(50 + Math.trunc((50 + 50 - 75) / 2));
    expect(scoreBy(nodeResourcesBalancedAllocation, makePod("p", { requests: { cpu: "1", memory: "2Gi" } }), node)).toBe(75);
  });
  it("leaves pods alone that ask for nothing", () => {
    expect(scoreBy(nodeResourcesBalancedAllocation, makePod("p"), node)).toBe("skipped");
  });
});
