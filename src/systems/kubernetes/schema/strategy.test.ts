import { describe, expect, it } from "vitest";
import { emptyRegistry, lookupKind } from "./kind-registry.ts";
import { strategyOf, type KindStrategy } from "./strategy.ts";

function strategy(apiVersion: string, kind: string): KindStrategy {
  const entry = lookupKind(emptyRegistry, apiVersion, kind);
  if (entry === undefined) throw new Error(kind);
  return strategyOf(entry);
}

describe("strategies", () => {
  it("of pods", () => {
    expect(strategy("v1", "Pod")).toEqual({
      hasStatus: true, resetsStatusOnCreate: true, generationPaths: ["spec"], scale: undefined, gracefulDeletion: true, createOnUpdate: false, unconditionalUpdate: true,
    });
  });

  it("of deployments: scaled, and annotations count", () => {
    expect(strategy("apps/v1", "Deployment")).toMatchObject({
      generationPaths: ["spec", "metadata.annotations"], scale: { specReplicas: "spec.replicas", statusReplicas: "status.replicas", selector: "spec.selector" }, gracefulDeletion: false,
    });
  });

  it("of kinds without status or generation", () => {
    expect(strategy("v1", "ConfigMap")).toMatchObject({ hasStatus: false, resetsStatusOnCreate: false, generationPaths: undefined, scale: undefined });
    expect(strategy("v1", "Service").generationPaths).toBeUndefined();
    expect(strategy("scheduling.k8s.io/v1", "PriorityClass").generationPaths).toEqual([]);
  });

  it("of nodes: they bring their status", () => {
    expect(strategy("v1", "Node")).toMatchObject({ hasStatus: true, resetsStatusOnCreate: false });
  });

  it("of leases: updates need a resourceVersion, and may create", () => {
    expect(strategy("coordination.k8s.io/v1", "Lease")).toMatchObject({ unconditionalUpdate: false, createOnUpdate: true });
  });

  it("are made once", () => {
    expect(strategy("v1", "Pod")).toBe(strategy("v1", "Pod"));
  });
});
