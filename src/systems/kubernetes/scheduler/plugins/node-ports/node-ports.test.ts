import { describe, expect, it } from "vitest";
import type { Pod } from "../../../api/index.ts";
import { filterBy, onNode } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { nodePorts } from "./node-ports.ts";

const pod = (name: string, hostPort: number, hostIP?: string, protocol?: string): Pod => makePod(name, {
  spec: { containers: [{ name: "c", ports: [{ containerPort: 80, hostPort, ...(hostIP === undefined ? {} : { hostIP }), ...(protocol === undefined ? {} : { protocol }) }] }] },
});
const asks = (there: Pod, comes: Pod): boolean => filterBy(nodePorts, comes, makeNode("a"), { pods: [onNode(there, "a")] }) === undefined;

describe("NodePorts", () => {
  it("gives a host port to one pod of a node", () => {
    expect(asks(pod("x", 8080), pod("y", 8080))).toBe(false);
    expect(asks(pod("x", 8080), pod("y", 8081))).toBe(true);
    expect(filterBy(nodePorts, pod("y", 80), makeNode("a"), { pods: [onNode(pod("x", 80), "a")] })).toEqual({ plugin: "NodePorts", resolvable: true, reasons: ["node(s) didn't have free ports for the requested pod ports"] });
  });
  it("tells protocols and addresses apart, 0.0.0.0 being all of them", () => {
    expect(asks(pod("x", 53, undefined, "TCP"), pod("y", 53, undefined, "UDP"))).toBe(true);
    expect(asks(pod("x", 80, "10.0.0.1"), pod("y", 80, "10.0.0.2"))).toBe(true);
    expect(asks(pod("x", 80, "10.0.0.1"), pod("y", 80))).toBe(false);
    expect(asks(pod("x", 80), pod("y", 80, "10.0.0.1"))).toBe(false);
  });
  it("has nothing to check for pods without host ports", () => {
    expect(filterBy(nodePorts, makePod("p"), makeNode("a"))).toBe("skipped");
  });
});
