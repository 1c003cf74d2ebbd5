import { describe, expect, it } from "vitest";
import { emptyRegistry } from "./kind-registry.ts";
import { suggestFields, suggestKinds } from "./suggestions.ts";

describe("suggestions", () => {
  it("find a misspelt kind, a plural and a short name", () => {
    expect(suggestKinds(emptyRegistry, "Deploymnet")[0]).toEqual({ apiVersion: "apps/v1", kind: "Deployment" });
    expect(suggestKinds(emptyRegistry, "pods")[0]).toEqual({ apiVersion: "v1", kind: "Pod" });
    expect(suggestKinds(emptyRegistry, "netpol")[0]).toEqual({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" });
  });

  it("name the preferred version once", () => {
    expect(suggestKinds(emptyRegistry, "HorizontalPodAutoscalar")).toEqual([{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" }]);
  });

  it("stay silent when nothing is near", () => {
    expect(suggestKinds(emptyRegistry, "Xylophonist")).toEqual([]);
  });

  it("find a misspelt field", () => {
    expect(suggestFields(["replicas", "selector", "template"], "replcas")).toEqual(["replicas"]);
    expect(suggestFields(["image", "imagePullPolicy"], "IMAGE")).toEqual(["image"]);
    expect(suggestFields(["image"], "volumes")).toEqual([]);
  });
});
