import { describe, expect, it } from "vitest";
import type { Toleration } from "../../../api/index.ts";
import { filterBy, scoreBy } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { taintToleration } from "./taint-toleration.ts";

const tainted = (...effects: string[]): ReturnType<typeof makeNode> => makeNode("a", { spec: { taints: effects.map((effect, at) => ({ key: `k${at}`, value: "v", effect })) } });
const pod = (...tolerations: Toleration[]): ReturnType<typeof makePod> => makePod("p", { spec: { tolerations } });

describe("TaintToleration", () => {
  it("refuses nodes with taints that are not tolerated, in the words of 1.36", () => {
    expect(filterBy(taintToleration, pod(), tainted("NoSchedule"))).toEqual({ plugin: "TaintToleration", resolvable: false, reasons: ["node(s) had untolerated taint(s)"] });
    expect(filterBy(taintToleration, pod(), tainted("NoExecute"))).toBeDefined();
    expect(filterBy(taintToleration, pod(), tainted("PreferNoSchedule"))).toBeUndefined();
  });
  it.each<[string, Toleration, boolean]>([
    ["the same value", { key: "k0", value: "v", effect: "NoSchedule" }, true],
    ["any value", { key: "k0", operator: "Exists" }, true],
    ["everything", { operator: "Exists" }, true],
    ["another value", { key: "k0", value: "w" }, false],
    ["another key", { key: "k1", operator: "Exists" }, false],
    ["another effect", { key: "k0", operator: "Exists", effect: "NoExecute" }, false],
  ])("knows a toleration of %s", (_name, toleration, passes) => {
    expect(filterBy(taintToleration, pod(toleration), tainted("NoSchedule")) === undefined).toBe(passes);
  });
  it("counts untolerated preferences, fewer being better", () => {
    expect(scoreBy(taintToleration, pod(), tainted("PreferNoSchedule", "PreferNoSchedule", "NoSchedule"))).toBe(2);
    expect(scoreBy(taintToleration, pod({ key: "k1", operator: "Exists" }), tainted("PreferNoSchedule", "PreferNoSchedule"))).toBe(1);
    expect(taintToleration.normalisation).toBe("lowest");
  });
});
