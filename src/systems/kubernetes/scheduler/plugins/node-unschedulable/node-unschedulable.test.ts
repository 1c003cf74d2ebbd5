import { describe, expect, it } from "vitest";
import { filterBy } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { nodeUnschedulable } from "./node-unschedulable.ts";

describe("NodeUnschedulable", () => {
  const cordoned = makeNode("a", { spec: { unschedulable: true } });
  it("refuses cordoned nodes for good", () => {
    expect(filterBy(nodeUnschedulable, makePod("p"), cordoned)).toEqual({ plugin: "NodeUnschedulable", resolvable: false, reasons: ["node(s) were unschedulable"] });
    expect(filterBy(nodeUnschedulable, makePod("p"), makeNode("a"))).toBeUndefined();
  });
  it("lets pods pass that tolerate the cordon", () => {
    const pod = makePod("p", { spec: { tolerations: [{ key: "node.kubernetes.io/unschedulable", operator: "Exists" }] } });
    expect(filterBy(nodeUnschedulable, pod, cordoned)).toBeUndefined();
  });
});
