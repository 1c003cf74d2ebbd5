import { describe, expect, it } from "vitest";
import { structuralSchema } from "./structural.ts";
import { validateCustomObject } from "./validate.ts";

function complaints(spec: unknown, properties: object, more: object = {}): readonly string[] {
  const schema = structuralSchema({ type: "object", properties: { spec: { type: "object", properties, ...more } } });
  return validateCustomObject({ spec }, schema).map(({ field, body }) => `${field}: ${body}`);
}

// Wording: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation and kube-openapi pkg/validation/errors.
describe("validation of custom resources", () => {
  it.each<[string, object, unknown, string]>([
    ["maximum", { type: "integer", maximum: 10 }, 15, "spec.x: Invalid value: 15: spec.x in body should be less than or equal to 10"],
    ["minimum", { type: "integer", minimum: 1 }, 0, "spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1"],
    ["exclusive maximum", { type: "number", maximum: 1, exclusiveMaximum: true }, 1, "spec.x: Invalid value: 1: spec.x in body should be less than 1"],
    ["multiple", { type: "integer", multipleOf: 5 }, 7, "spec.x: Invalid value: 7: spec.x in body should be a multiple of 5"],
    ["pattern", { type: "string", pattern: "^a+$" }, "b", "spec.x: Invalid value: \"b\": spec.x in body should match '^a+$'"],
    ["least length", { type: "string", minLength: 2 }, "é", "spec.x: Invalid value: \"é\": spec.x in body should be at least 2 chars long"],
    ["most length", { type: "string", maxLength: 2 }, "abc", "spec.x: Too long: may not be more than 2 bytes"],
    ["enum", { type: "string", enum: ["a", "b"] }, "c", 'spec.x: Unsupported value: "c": supported values: "a", "b"'],
    ["least items", { type: "array", items: { type: "string" }, minItems: 1 }, [], "spec.x: Invalid value: 0: spec.x in body should have at least 1 items"],
    ["most items", { type: "array", items: { type: "string" }, maxItems: 1 }, ["a", "b"], "spec.x: Too many: 2: must have at most 1 item"],
    ["type", { type: "integer" }, "1", 'spec.x: Invalid value: "string": spec.x in body must be of type integer: "string"'],
    ["type of a fraction", { type: "integer" }, 1.5, 'spec.x: Invalid value: "number": spec.x in body must be of type integer: "number"'],
    ["type of null", { type: "string" }, null, 'spec.x: Invalid value: "null": spec.x in body must be of type string: "null"'],
    ["type inside a list", { type: "array", items: { type: "object", properties: { a: { type: "boolean" } } } }, [{ a: 1 }], 'spec.x[0].a: Invalid value: "integer": spec.x[0].a in body must be of type boolean: "integer"'],
    ["set", { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" }, ["a", "a"], 'spec.x[1]: Duplicate value: "a"'],
    ["map list", { type: "array", items: { type: "object", properties: { n: { type: "string" } } }, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["n"] }, [{ n: "a" }, { n: "a" }], 'spec.x[1]: Duplicate value: {"n":"a"}'],
    ["anyOf", { "x-kubernetes-preserve-unknown-fields": true, anyOf: [{ type: "string" }, { type: "integer" }] }, true, "spec.x: Invalid value: true: spec.x in body must validate at least one schema (anyOf)"],
    ["not", { type: "string", not: { enum: ["a"] } }, "a", "spec.x: Invalid value: \"a\": spec.x in body must not validate the schema (not)"],
  ])("%s", (_, schema, value, complaint) => {
    expect(complaints({ x: value }, { x: schema })).toEqual([complaint]);
  });

  it("asks for what is required", () => {
    expect(complaints({}, { x: { type: "string" } }, { required: ["x"] })).toEqual(["spec.x: Required value"]);
  });

  it("wants exactly one alternative", () => {
    const oneOf = [{ required: ["a"] }, { required: ["b"] }];
    const properties = { a: { type: "string" }, b: { type: "string" } };
    expect(complaints({ a: "1" }, properties, { oneOf })).toEqual([]);
    expect(complaints({}, properties, { oneOf })).toEqual(["spec: Invalid value: {}: spec in body must validate one and only one schema (oneOf). Found none valid"]);
    expect(complaints({ a: "1", b: "2" }, properties, { oneOf })[0]).toContain("Found 2 valid alternatives");
  });

  it("accepts what is right, and null where it may be", () => {
    const properties = { n: { type: "integer", minimum: 1 }, s: { type: "string", nullable: true }, p: { "x-kubernetes-int-or-string": true }, m: { type: "object", additionalProperties: { type: "string" } } };
    expect(complaints({ n: 1, s: null, p: "80%", m: { a: "b" } }, properties)).toEqual([]);
    expect(complaints({ p: 1.5, m: { a: 1 } }, properties)).toHaveLength(2);
  });
});
