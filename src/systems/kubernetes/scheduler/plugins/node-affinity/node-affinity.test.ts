import { describe, expect, it } from "vitest";
import type { NodeSelectorRequirement, PodSpec } from "../../../api/index.ts";
import { filterBy, scoreBy } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { namedNodes, nodeAffinity } from "./node-affinity.ts";

const node = makeNode("a", { labels: { disk: "ssd", cores: "8" } });
const required = (...terms: object[]): Partial<PodSpec> => ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } } });
const pod = (spec: Partial<PodSpec>): ReturnType<typeof makePod> => makePod("p", { spec });

describe("NodeAffinity", () => {
  it("wants every label of the nodeSelector", () => {
    expect(filterBy(nodeAffinity, pod({ nodeSelector: { disk: "ssd" } }), node)).toBeUndefined();
    expect(filterBy(nodeAffinity, pod({ nodeSelector: { disk: "ssd", gpu: "yes" } }), node)).toEqual({ plugin: "NodeAffinity", resolvable: false, reasons: ["node(s) didn't match Pod's node affinity/selector"] });
    expect(filterBy(nodeAffinity, pod({}), node)).toBe("skipped");
  });
  it.each<[NodeSelectorRequirement, boolean]>([
    [{ key: "disk", operator: "In", values: ["hdd", "ssd"] }, true], [{ key: "disk", operator: "NotIn", values: ["ssd"] }, false],
    [{ key: "gpu", operator: "NotIn", values: ["x"] }, true], [{ key: "disk", operator: "Exists" }, true], [{ key: "disk", operator: "DoesNotExist" }, false],
    [{ key: "cores", operator: "Gt", values: ["4"] }, true], [{ key: "cores", operator: "Lt", values: ["8"] }, false], [{ key: "disk", operator: "Gt", values: ["1"] }, false],
  ])("understands %j", (expression, passes) => {
    expect(filterBy(nodeAffinity, pod(required({ matchExpressions: [expression] })), node) === undefined).toBe(passes);
  });
  it("is content with one of several terms; an empty term matches nothing", () => {
    const wrong = { matchExpressions: [{ key: "gpu", operator: "Exists" }] };
    expect(filterBy(nodeAffinity, pod(required(wrong, { matchFields: [{ key: "metadata.name", operator: "In", values: ["a"] }] })), node)).toBeUndefined();
    expect(filterBy(nodeAffinity, pod(required({})), node)).toBeDefined();
  });
  it("adds the weights of matching preferences", () => {
    const term = (weight: number, value: string): object => ({ weight, preference: { matchExpressions: [{ key: "disk", operator: "In", values: [value] }] } });
    const spec = { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term(3, "ssd"), term(5, "hdd"), term(7, "ssd")] } } } as Partial<PodSpec>;
    expect(scoreBy(nodeAffinity, pod(spec), node)).toBe(10);
    expect(scoreBy(nodeAffinity, pod({}), node)).toBe("skipped");
  });
  it("obeys affinity that the configuration adds", () => {
    const args = { addedAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: "pool", operator: "Exists" }] }] } } };
    expect(filterBy(nodeAffinity, pod({}), node, { args })).toMatchObject({ reasons: ["node(s) didn't match scheduler-enforced node affinity"] });
  });
  it("finds the nodes a pod names in all its terms", () => {
    const named = (...names: string[]): object => ({ matchFields: [{ key: "metadata.name", operator: "In", values: names }] });
    expect(namedNodes(required(named("a"), named("b")) as PodSpec)).toEqual(["a", "b"]);
    expect(namedNodes(required(named("a"), { matchExpressions: [{ key: "disk", operator: "Exists" }] }) as PodSpec)).toBeUndefined();
    expect(namedNodes({ containers: [] })).toBeUndefined();
  });
});
