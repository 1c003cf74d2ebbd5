import { describe, expect, it } from "vitest";
import type { CustomResourceDefinition } from "../api/index.ts";
import { allResources, compareVersions, emptyRegistry, lookupKind, lookupResource, registerCustomResource, unregisterCustomResource } from "./kind-registry.ts";
import { builtinResources } from "./resources.ts";
import { fieldOf } from "./node.ts";
import { strategyOf } from "./strategy.ts";

const openAPIV3Schema = { type: "object", properties: { spec: { type: "object", properties: { size: { type: "integer" } } } } };

const widgets: CustomResourceDefinition = {
  metadata: { name: "widgets.example.com" },
  spec: {
    group: "example.com", scope: "Cluster", names: { plural: "widgets", kind: "Widget", shortNames: ["wd"], categories: ["all"] },
    versions: [
      { name: "v1beta1", served: true, storage: false, deprecated: true, schema: { openAPIV3Schema } },
      { name: "v1", served: true, storage: true, schema: { openAPIV3Schema }, subresources: { status: {}, scale: { specReplicasPath: ".spec.size", statusReplicasPath: ".status.size" } } },
      { name: "v1alpha1", served: false, storage: false, schema: { openAPIV3Schema } },
    ],
  },
};

describe("the registry of kinds", () => {
  const registry = registerCustomResource(emptyRegistry, widgets);

  it("serves the definition's served versions", () => {
    expect([...registry.kinds.keys()]).toEqual(["example.com/v1beta1/Widget", "example.com/v1/Widget"]);
    expect(lookupKind(registry, "example.com/v1alpha1", "Widget")).toBeUndefined();
  });

  it("describes them as discovery does", () => {
    expect(lookupResource(registry, "example.com", "v1", "widgets")).toEqual({
      group: "example.com", version: "v1", resource: "widgets", kind: "Widget", apiVersion: "example.com/v1", singular: "widget", listKind: "WidgetList", namespaced: false,
      verbs: ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"], shortNames: ["wd"], categories: ["all"],
      subresources: [
        { name: "scale", kind: "Scale", apiVersion: "autoscaling/v1", verbs: ["get", "patch", "update"] },
        { name: "status", kind: "Widget", apiVersion: "example.com/v1", verbs: ["get", "patch", "update"] },
      ],
      storageVersion: "example.com/v1", preferred: true,
    });
    expect(lookupResource(registry, "example.com", "v1beta1", "widgets")).toMatchObject({ storageVersion: "example.com/v1", preferred: false, subresources: [] });
  });

  it("keeps deprecation and scale paths", () => {
    expect(registry.kinds.get("example.com/v1beta1/Widget")?.deprecation).toBe("example.com/v1beta1 Widget is deprecated");
    expect(registry.kinds.get("example.com/v1/Widget")?.scale).toEqual({ specReplicasPath: ".spec.size", statusReplicasPath: ".status.size" });
  });

  it("is plain data", () => {
    expect(structuredClone(registry)).toEqual(registry);
    expect(lookupKind(structuredClone(registry), "example.com/v1", "Widget")?.info?.resource).toBe("widgets");
  });

  it("adds type and metadata to the looked-up schema", () => {
    const schema = lookupKind(registry, "example.com/v1", "Widget")?.schema;
    expect(schema && fieldOf(schema, "metadata")?.definition).toBe("ObjectMeta");
    expect(schema && fieldOf(schema, "spec")?.type).toBe("object");
    expect(lookupKind(registry, "example.com/v1", "Widget")).toBe(lookupKind(registry, "example.com/v1", "Widget"));
  });

  it("gives custom resources a generation, and wants a resourceVersion for updates", () => {
    const entry = lookupKind(registry, "example.com/v1", "Widget");
    expect(entry && strategyOf(entry)).toMatchObject({ hasStatus: true, generationPaths: ["spec"], unconditionalUpdate: false, scale: undefined });
  });

  it("replaces and removes definitions without touching the old registry", () => {
    const [, v1] = widgets.spec.versions;
    const again = registerCustomResource(registry, { ...widgets, spec: { ...widgets.spec, versions: v1 === undefined ? [] : [v1] } });
    expect([...again.kinds.keys()]).toEqual(["example.com/v1/Widget"]);
    const gone = unregisterCustomResource(again, "widgets.example.com");
    expect(gone.kinds.size + gone.resources.size).toBe(0);
    expect(registry.kinds.size).toBe(2);
    expect(unregisterCustomResource(gone, "widgets.example.com")).toBe(gone);
  });

  it("keeps everything when a definition asks to preserve unknown fields", () => {
    const preserved = registerCustomResource(emptyRegistry, { ...widgets, spec: { ...widgets.spec, preserveUnknownFields: true } });
    expect(preserved.kinds.get("example.com/v1/Widget")?.schema.preserveUnknownFields).toBe(true);
  });

  it("lists built-in resources first", () => {
    expect(allResources(emptyRegistry)).toBe(builtinResources());
    expect(allResources(registry)).toHaveLength(builtinResources().length + 2);
  });

  it("finds built-in kinds and those that are no resource", () => {
    expect(lookupKind(registry, "v1", "Pod")).toMatchObject({ custom: false, info: { resource: "pods" } });
    expect(lookupKind(registry, "autoscaling/v1", "Scale")?.info).toBeUndefined();
    expect(lookupKind(registry, "v1", "Nothing")).toBeUndefined();
  });
});

describe("versions", () => {
  it("are preferred GA first, then beta, then alpha, higher first", () => {
    expect(["v1alpha1", "foo", "v2", "v1", "v1beta1", "v11beta2", "v10", "bar", "v3beta1"].sort(compareVersions))
      .toEqual(["v10", "v2", "v1", "v11beta2", "v3beta1", "v1beta1", "v1alpha1", "bar", "foo"]);
  });
});
