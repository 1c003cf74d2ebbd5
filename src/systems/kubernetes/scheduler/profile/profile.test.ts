import { describe, expect, it } from "vitest";
import { resolveProfiles } from "./profile.ts";

describe("profiles", () => {
  it("has the default one when none is given", () => {
    const profile = resolveProfiles({}).get("default-scheduler");
    expect(profile?.filters).toContain("InterPodAffinity");
    expect(profile?.scores).toContainEqual({ name: "TaintToleration", weight: 3 });
    expect(profile?.preemption).toBe(true);
  });

  it("switches plugins off and changes weights", () => {
    const profile = resolveProfiles({ profiles: [{ schedulerName: "packer", plugins: { multiPoint: { disabled: [{ name: "DefaultPreemption" }] }, score: { disabled: [{ name: "*" }], enabled: [{ name: "NodeResourcesFit", weight: 5 }] }, filter: { disabled: [{ name: "NodePorts" }] } } }] }).get("packer");
    expect(profile?.scores).toEqual([{ name: "NodeResourcesFit", weight: 5 }]);
    expect(profile?.filters).not.toContain("NodePorts");
    expect(profile?.preemption).toBe(false);
  });

  it("takes arguments and the percentage, the profile's before the general one", () => {
    const profile = resolveProfiles({ percentageOfNodesToScore: 20, profiles: [{ percentageOfNodesToScore: 50, pluginConfig: [{ name: "NodeResourcesFit", args: { scoringStrategy: { type: "MostAllocated" } } }] }] }).get("default-scheduler");
    expect(profile?.percentageOfNodesToScore).toBe(50);
    expect(profile?.args["NodeResourcesFit"]).toEqual({ scoringStrategy: { type: "MostAllocated" } });
  });
});
