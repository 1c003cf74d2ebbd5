import { describe, expect, it } from "vitest";
import { definitionSchema, schemaFor } from "./builtin.ts";
import { tables } from "./generated/tables.ts";
import { fieldOf, type SchemaNode } from "./node.ts";

function at(apiVersion: string, kind: string, ...path: readonly string[]): SchemaNode {
  let node = schemaFor(apiVersion, kind);
  for (const name of path) node = name === "[]" ? node?.items : node && fieldOf(node, name);
  if (node === undefined) throw new Error(`no schema at ${path.join(".")}`);
  return node;
}

describe("schemas of built-in kinds", () => {
  it("link every definition of the tables", () => {
    const fields = Object.entries(tables).flatMap(([file, table]) => Object.keys(table).flatMap((name) => Object.values(definitionSchema(file, name)?.properties ?? {})));
    expect(fields.length).toBeGreaterThan(2000);
    // Every hand-kept fact about Go's fields meets a field of the tables: 413 zeros, 13 lists.
    expect(fields.filter((field) => field.omitsZero === true)).toHaveLength(413);
    expect(fields.filter((field) => field.keepsEmpty === true)).toHaveLength(13);
  });

  it("say how lists merge", () => {
    expect(at("v1", "Pod", "spec", "containers")).toMatchObject({ type: "array", listType: "map", listMapKeys: ["name"], patchStrategy: "merge", patchMergeKey: "name" });
    expect(at("v1", "Pod", "spec", "containers", "[]", "ports")).toMatchObject({ listType: "map", listMapKeys: ["containerPort", "protocol"], patchMergeKey: "containerPort" });
    expect(at("v1", "Pod", "spec", "volumes")).toMatchObject({ patchStrategy: "merge,retainKeys" });
    expect(at("v1", "Pod", "metadata", "finalizers")).toMatchObject({ listType: "set" });
    expect(at("v1", "Pod", "spec", "containers", "[]", "args")).toMatchObject({ listType: "atomic" });
  });

  it("say where maps are atomic, also when only the field says so", () => {
    expect(at("v1", "Pod", "spec", "nodeSelector")).toMatchObject({ type: "map", mapType: "atomic" });
    expect(at("apps/v1", "Deployment", "spec", "selector")).toMatchObject({ definition: "LabelSelector", mapType: "atomic" });
    expect(at("v1", "PersistentVolume", "spec", "claimRef").mapType).toBe("granular");
    expect(at("v1", "Event", "involvedObject").mapType).toBe("atomic");
    expect(at("apps/v1", "Deployment", "spec", "strategy").patchStrategy).toBe("retainKeys");
  });

  it("tell the formats that Kubernetes writes in its own way", () => {
    expect(at("v1", "Pod", "spec", "containers", "[]", "resources", "limits", "cpu").format).toBe("quantity");
    expect(at("v1", "Service", "spec", "ports", "[]", "targetPort").format).toBe("int-or-string");
    expect(at("v1", "Secret", "data", "x").format).toBe("byte");
    expect(at("coordination.k8s.io/v1", "Lease", "spec", "renewTime").format).toBe("micro-time");
    expect(at("v1", "Pod", "metadata", "creationTimestamp").format).toBe("date-time");
  });

  it("carry required fields and documented values", () => {
    expect(at("v1", "Pod", "spec", "containers", "[]").required).toEqual(["name"]);
    expect(at("v1", "Pod", "spec", "containers", "[]", "imagePullPolicy")).toMatchObject({ goType: "v1.PullPolicy", enum: ["Always", "Never", "IfNotPresent"] });
  });

  it("tell which zero values are stored as nothing", () => {
    expect(at("v1", "Pod", "spec", "hostNetwork").omitsZero).toBe(true);
    expect(at("v1", "Pod", "spec", "automountServiceAccountToken").omitsZero).toBeUndefined();
    expect(at("v1", "PersistentVolumeClaim", "spec", "storageClassName").omitsZero).toBeUndefined();
    expect(at("v1", "Pod", "spec", "restartPolicy")).toMatchObject({ omitsZero: true, goType: "v1.RestartPolicy" });
    expect(at("discovery.k8s.io/v1", "EndpointSlice", "ports").keepsEmpty).toBe(true);
  });

  it("name fields by their group: rbac's subjects have a plain kind", () => {
    expect(at("rbac.authorization.k8s.io/v1", "RoleBinding", "subjects", "[]", "kind").goType).toBe("string");
    expect(at("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", "spec", "rules", "[]", "subjects", "[]", "kind").goType).toBe("v1.SubjectKind");
  });

  it("end where they recurse", () => {
    const props = at("apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec", "versions", "[]", "schema", "openAPIV3Schema");
    expect(fieldOf(props, "properties")?.additionalProperties).toBe(props);
    expect(props.properties?.["items"]?.type).toBe("any");
  });

  it("find kinds of the right group only", () => {
    expect(schemaFor("apps/v1", "Pod")).toBeUndefined();
    expect(schemaFor("core/v1", "Pod")).toBeUndefined();
    expect(schemaFor("apps.example.com/v1", "Deployment")).toBeUndefined();
    expect(schemaFor("v1", "PodSpec")).toBeUndefined();
    expect(schemaFor("apps/v1", "Status")?.definition).toBe("Status");
    expect(schemaFor("v1", "constructor")).toBeUndefined();
    expect(schemaFor("__proto__/v1", "toString")).toBeUndefined();
  });

  it("tell the two kinds of events apart", () => {
    expect(schemaFor("v1", "Event")?.properties).toHaveProperty("involvedObject");
    expect(schemaFor("events.k8s.io/v1", "Event")?.properties).toHaveProperty("regarding");
  });
});
