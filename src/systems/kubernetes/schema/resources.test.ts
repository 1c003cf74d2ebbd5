import { describe, expect, it } from "vitest";
import { schemaFor } from "./builtin.ts";
import { apiVersionOf, builtinResources, findKind, findResource, splitApiVersion } from "./resources.ts";

describe("built-in resources", () => {
  it("serves the stable versions alone", () => {
    expect(builtinResources().every((info) => /^v\d+$/.test(info.version))).toBe(true);
    expect(builtinResources()).toHaveLength(68);
  });

  it("has a schema for every kind it serves, and for what its sub-resources take", () => {
    const without = builtinResources().filter((info) => schemaFor(info.apiVersion, info.kind) === undefined);
    expect(without).toEqual([]);
    const subresources = builtinResources().flatMap((info) => info.subresources).filter((sub) => !sub.kind.endsWith("Options"));
    expect(subresources.filter((sub) => schemaFor(sub.apiVersion, sub.kind) === undefined)).toEqual([]);
  });

  it("describes deployments as discovery does", () => {
    expect(findResource("apps", "v1", "deployments")).toEqual({
      group: "apps", version: "v1", resource: "deployments", singular: "deployment", kind: "Deployment", apiVersion: "apps/v1", listKind: "DeploymentList", namespaced: true,
      verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
      shortNames: ["deploy"], categories: ["all"], storageVersion: "apps/v1", preferred: true,
      subresources: [
        { name: "scale", kind: "Scale", apiVersion: "autoscaling/v1", verbs: ["get", "patch", "update"] },
        { name: "status", kind: "Deployment", apiVersion: "apps/v1", verbs: ["get", "patch", "update"] },
      ],
    });
  });

  it("gives pods the sub-resources of other groups' kinds", () => {
    const kinds = new Map(findKind("v1", "Pod")?.subresources.map((sub) => [sub.name, `${sub.apiVersion} ${sub.kind}`]));
    expect(kinds.get("eviction")).toBe("policy/v1 Eviction");
    expect(kinds.get("binding")).toBe("v1 Binding");
    expect(findKind("v1", "ServiceAccount")?.subresources[0]).toMatchObject({ name: "token", apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest" });
  });

  it("can watch what it can list, apart from component statuses", () => {
    expect(findKind("v1", "ComponentStatus")?.verbs).toEqual(["get", "list"]);
    expect(findKind("authorization.k8s.io/v1", "SubjectAccessReview")?.verbs).toEqual(["create"]);
    expect(findKind("v1", "Node")?.verbs).toContain("watch");
  });

  it("stores both versions of autoscalers as v2, and both kinds of events as core/v1", () => {
    expect(findKind("autoscaling/v1", "HorizontalPodAutoscaler")).toMatchObject({ storageVersion: "autoscaling/v2", preferred: false });
    expect(findKind("autoscaling/v2", "HorizontalPodAutoscaler")).toMatchObject({ storageVersion: "autoscaling/v2", preferred: true });
    expect(findKind("events.k8s.io/v1", "Event")?.storageVersion).toBe("v1");
  });

  it("has each short name once per group", () => {
    const names = builtinResources().filter((info) => info.preferred).flatMap((info) => info.shortNames.map((name) => `${info.group} ${name}`));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(" po");
  });

  it("knows nothing of other names, also not of inherited ones", () => {
    expect(findResource("", "v1", "constructor")).toBeUndefined();
    expect(findKind("v1", "__proto__")).toBeUndefined();
    expect(findKind("apps/v1beta1", "Deployment")).toBeUndefined();
  });

  it("splits and joins API versions", () => {
    expect(splitApiVersion("apps/v1")).toEqual({ group: "apps", version: "v1" });
    expect(splitApiVersion("v1")).toEqual({ group: "", version: "v1" });
    expect(apiVersionOf("", "v1")).toBe("v1");
    expect(apiVersionOf("apps", "v1")).toBe("apps/v1");
  });
});
