import { describe, expect, it } from "vitest";
import { groupKindText, invalidStatus, joinFieldErrors, semanticEqual, validateCreate, validateStatusUpdate, validateUpdate } from "./index.ts";
import type { FieldErrors } from "./field-errors.ts";
import { duplicate, internalError, invalid, notFound, notSupported, required, tooLong, tooMany } from "./field-errors.ts";
import { rootPath } from "./field-path.ts";
import { createErrors, deploymentWith, objectOf, podWith, updateErrors } from "./testing.ts";

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const KEY = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

describe("complaints", () => {
  it("are worded as field.Error words them", () => {
    const errors: FieldErrors = [];
    const path = rootPath("spec").child("list").index(2).key("a.b/c");
    required(errors, path);
    required(errors, path, "say why");
    invalid(errors, path, 'a"b\n', "is bad");
    invalid(errors, path, undefined, "is absent");
    invalid(errors, path, { a: "<x>" }, "is odd");
    duplicate(errors, path, 5);
    notFound(errors, path, "x");
    notSupported(errors, path, true, ["a", "b"]);
    tooLong(errors, path, 63);
    tooLong(errors, path, 1, "character");
    tooMany(errors, path, 3, 1);
    internalError(errors, rootPath(""), "oh");
    expect(new Set(errors.slice(0, -1).map(({ field }) => field))).toEqual(new Set(["spec.list[2][a.b/c]"]));
    expect(errors.at(-1)?.field).toBe("[]");
    expect(errors.map(({ body }) => body)).toEqual([
      "Required value", "Required value: say why", 'Invalid value: "a\\"b\\n": is bad', "Invalid value: null: is absent", 'Invalid value: {"a":"\\u003cx\\u003e"}: is odd',
      "Duplicate value: 5", 'Not found: "x"', 'Unsupported value: true: supported values: "a", "b"', "Too long: may not be more than 63 bytes",
      "Too long: may not be more than 1 character", "Too many: 3: must have at most 1 item", "Internal error: oh",
    ]);
  });
});

describe("invalidStatus", () => {
  const first = { type: "FieldValueRequired", field: "spec.a", body: "Required value" } as const;
  const second = { type: "FieldValueInvalid", field: "spec.b", body: 'Invalid value: "x": no' } as const;

  it("says one complaint plainly, with its cause", () => {
    expect(invalidStatus({ group: "apps", kind: "Deployment" }, "web", [first])).toEqual({
      apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", reason: "Invalid", code: 422,
      message: 'Deployment.apps "web" is invalid: spec.a: Required value',
      details: { name: "web", group: "apps", kind: "Deployment", causes: [{ reason: "FieldValueRequired", message: "Required value", field: "spec.a" }] },
    });
  });

  it("puts several in brackets and says repeats once", () => {
    const status = invalidStatus({ group: "", kind: "Pod" }, "", [first, second, first]);
    expect(status.message).toBe('Pod "" is invalid: [spec.a: Required value, spec.b: Invalid value: "x": no]');
    expect(status.details?.causes).toHaveLength(3);
    expect(joinFieldErrors([first, first])).toBe("spec.a: Required value");
    expect(groupKindText({ group: "batch", kind: "Job" })).toBe("Job.batch");
  });
});

describe("19 a Unicode or 254-character name: the DNS rule", () => {
  it.each([["caf\u00e9", [SUBDOMAIN]], ["Web", [SUBDOMAIN]], ["a".repeat(254), ["must be no more than 253 characters"]], ["\u200bweb", [SUBDOMAIN]]] as const)("%j", (name, complaints) => {
    const shown = name.startsWith("\u200b") ? '"\\u200bweb"' : `"${name}"`;
    expect(createErrors(podWith({}, { name }))).toEqual(complaints.map((complaint) => `metadata.name: Invalid value: ${shown}: ${complaint}`));
  });

  it("gives the whole Status of a Deployment", () => {
    const deployment = { ...deploymentWith(), metadata: { ...deploymentWith().metadata, name: "My_App" } };
    const errors = validateCreate(deployment, { group: "apps", kind: "Deployment", namespaced: true });
    expect(invalidStatus({ group: "apps", kind: "Deployment" }, "My_App", errors).message).toBe(`Deployment.apps "My_App" is invalid: metadata.name: Invalid value: "My_App": ${SUBDOMAIN}`);
  });
});

describe("metadata", () => {
  it.each<[string, object, string]>([
    ["no name", { name: "" }, "metadata.name: Required value: name or generateName is required"],
    ["no namespace", { namespace: "" }, "metadata.namespace: Required value"],
    ["label key", { labels: { "a b": "c" } }, `metadata.labels: Invalid value: "a b": name part ${KEY}`],
    ["label too long", { labels: { a: "b".repeat(64) } }, `metadata.labels: Invalid value: "${"b".repeat(64)}": must be no more than 63 bytes`],
    ["annotation key", { annotations: { "a//b": "" } }, `metadata.annotations: Invalid value: "a//b": a valid label key ${KEY} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`],
    ["annotations too large", { annotations: { a: "x".repeat(262144) } }, "metadata.annotations: Too long: may not be more than 262144 bytes"],
    ["finalizer", { finalizers: ["mine"] }, 'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified'],
    ["owner", { ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "", uid: "u" }] }, 'metadata.ownerReferences.name: Invalid value: "": must not be empty'],
    ["generation", { generation: -1 }, "metadata.generation: Invalid value: -1: must be greater than or equal to 0"],
    ["managed fields", { managedFields: [{ operation: "x" }] }, 'metadata.managedFields[0].operation: Invalid value: "x": must be `Apply` or `Update`'],
  ])("%s", (_name, meta, error) => {
    expect(createErrors(podWith({}, meta))).toEqual([error]);
  });

  it("refuses two controllers", () => {
    const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "a", uid: "u", controller: true };
    expect(createErrors(podWith({}, { ownerReferences: [owner, { ...owner, name: "b" }] }))[0]).toContain(
      'Only one reference can have Controller set to true. Found "true" in references for ReplicaSet/a and ReplicaSet/b',
    );
  });

  it("adds no finalizer to what is being deleted", () => {
    const before = podWith({}, { deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: [] });
    expect(updateErrors(podWith({}, { ...before.metadata, finalizers: ["a.b/c"] }), before)).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a.b/c"}',
    ]);
  });

  it("is all that is checked of kinds without rules", () => {
    const info = { group: "example.com", kind: "Widget", namespaced: false };
    const widget = objectOf("Widget", { spec: { anything: -1 } }, { namespace: "" });
    expect(validateCreate(widget, info)).toEqual([]);
    expect(validateCreate(objectOf("Widget", {}), info).map(({ body }) => body)).toEqual(["Forbidden: not allowed on this type"]);
    expect(validateUpdate(widget, widget, info)).toEqual([]);
    expect(validateStatusUpdate(widget, widget, info)).toEqual([]);
  });
});

describe("semanticEqual", () => {
  it("takes empty, zero and absent for the same, except behind pointers", () => {
    expect(semanticEqual({ hostNetwork: false, volumes: [] }, {})).toBe(true);
    expect(semanticEqual({ runAsUser: 0 }, {})).toBe(false);
    expect(semanticEqual({ a: undefined }, {})).toBe(true);
    expect(semanticEqual([1], [1, 2])).toBe(false);
    expect(semanticEqual({ a: [1] }, { a: { 0: 1 } })).toBe(false);
  });

  it("compares quantities by value where quantities stand", () => {
    expect(semanticEqual({ limits: { cpu: "1" } }, { limits: { cpu: "1000m" } })).toBe(true);
    expect(semanticEqual({ labels: { cpu: "1" } }, { labels: { cpu: "1000m" } })).toBe(false);
    expect(semanticEqual({ sizeLimit: "1Gi" }, { sizeLimit: "1024Mi" })).toBe(true);
    expect(semanticEqual({ limits: { cpu: "1" } }, { limits: { cpu: "2" } })).toBe(false);
  });
});
