import { describe, expect, it } from "vitest";
import type { CustomResourceDefinition } from "../../api/index.ts";
import { decodeObject } from "../decode/decode-object.ts";
import { applyDefaults } from "../defaults/apply-defaults.ts";
import type { KindEntry } from "../kind-entry.ts";
import { emptyRegistry, lookupKind, registerCustomResource } from "../kind-registry.ts";
import { applyCustomDefaults } from "./defaults.ts";
import { prune } from "./prune.ts";
import { structuralSchema } from "./structural.ts";

const cronTabSchema = {
  type: "object",
  properties: {
    spec: {
      type: "object",
      required: ["cronSpec"],
      properties: {
        cronSpec: { type: "string", pattern: "^(\\d+|\\*)$", default: "5 0 * * *" },
        replicas: { type: "integer", minimum: 1, maximum: 10, default: 1 },
        port: { "x-kubernetes-int-or-string": true },
        hooks: { type: "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], items: { type: "object", properties: { name: { type: "string" }, retries: { type: "integer", default: 3 } } } },
        free: { type: "object", "x-kubernetes-preserve-unknown-fields": true, properties: { known: { type: "object", properties: { a: { type: "string" } } } } },
        limits: { type: "object", additionalProperties: { type: "object", properties: { max: { type: "integer", default: 7 } } } },
        template: { type: "object", "x-kubernetes-embedded-resource": true, properties: { spec: { type: "object", properties: { image: { type: "string" } } } } },
        maybe: { type: "string", nullable: true, default: "x" },
      },
    },
    status: { type: "object", properties: { phase: { type: "string" } } },
  },
};

const cronTabs: CustomResourceDefinition = {
  metadata: { name: "crontabs.stable.example.com" },
  spec: {
    group: "stable.example.com", scope: "Namespaced", names: { plural: "crontabs", kind: "CronTab", singular: "crontab", shortNames: ["ct"] },
    versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: cronTabSchema } }],
  },
};

const entry = lookupKind(registerCustomResource(emptyRegistry, cronTabs), "stable.example.com/v1", "CronTab") as KindEntry;
const schema = structuralSchema(cronTabSchema);

describe("structural schemas", () => {
  it("are plain data that survives a copy", () => {
    expect(structuredClone(schema)).toEqual(schema);
  });

  it("keep types, marks, rules and defaults", () => {
    const spec = schema.properties?.["spec"]?.properties;
    expect(spec?.["cronSpec"]).toEqual({ type: "string", default: "5 0 * * *", rules: { pattern: "^(\\d+|\\*)$" } });
    expect(spec?.["port"]).toEqual({ type: "string", format: "int-or-string" });
    expect(spec?.["hooks"]).toMatchObject({ type: "array", listType: "map", listMapKeys: ["name"] });
    expect(spec?.["limits"]).toMatchObject({ type: "map", additionalProperties: { type: "object" } });
    expect(spec?.["free"]).toMatchObject({ type: "object", preserveUnknownFields: true });
    expect(spec?.["template"]).toMatchObject({ embeddedResource: true });
  });

  it("take anything for what is no schema", () => {
    expect(structuralSchema(undefined)).toEqual({ type: "any", preserveUnknownFields: true });
    expect(structuralSchema({ additionalProperties: true, type: "object" })).toMatchObject({ type: "map", additionalProperties: { type: "any" } });
  });
});

describe("pruning", () => {
  it("returns the same object when all is known", () => {
    const object = { apiVersion: "stable.example.com/v1", kind: "CronTab", metadata: { anything: 1 }, spec: { cronSpec: "*", limits: { a: { max: 1 } }, hooks: [{ name: "a" }] } };
    expect(prune(object, schema)).toBe(object);
  });

  it("drops what is unknown, and says where", () => {
    const dropped: string[] = [];
    const object = { extra: 1, spec: { cronSpec: "*", foo: 1, hooks: [{ name: "a", x: 1 }], limits: { cpu: { max: 1, min: 0 } } } };
    expect(prune(object, schema, dropped)).toEqual({ spec: { cronSpec: "*", hooks: [{ name: "a" }], limits: { cpu: { max: 1 } } } });
    expect(dropped).toEqual(["extra", "spec.foo", "spec.hooks[0].x", "spec.limits.cpu.min"]);
    expect(object.spec.foo).toBe(1);
  });

  it("keeps unknown fields where the schema says so, but prunes known ones inside", () => {
    expect(prune({ spec: { free: { any: { thing: 1 }, known: { a: "1", b: 2 } } } }, schema)).toEqual({ spec: { free: { any: { thing: 1 }, known: { a: "1" } } } });
  });

  it("keeps the type and metadata of embedded resources", () => {
    const object = { spec: { template: { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { image: "x", y: 1 }, z: 1 } } };
    expect(prune(object, schema)).toEqual({ spec: { template: { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: { image: "x" } } } });
  });

  it("treats __proto__ as any other name", () => {
    const object = JSON.parse('{"spec":{"limits":{"__proto__":{"max":1,"x":1}},"__proto__":{"a":1}}}') as Record<string, unknown>;
    const dropped: string[] = [];
    const pruned = prune(object, schema, dropped) as { spec: { limits: object } };
    expect(Object.keys(pruned.spec.limits)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(pruned.spec)).toBe(Object.prototype);
    expect(dropped).toEqual(["spec.limits.__proto__.x", "spec.__proto__"]);
  });
});

describe("defaults of custom resources", () => {
  it("fill what is missing, inside lists and maps too, but make no parents", () => {
    expect(applyCustomDefaults({ spec: { hooks: [{ name: "a" }], limits: { cpu: {} } } }, schema))
      .toEqual({ spec: { cronSpec: "5 0 * * *", replicas: 1, maybe: "x", hooks: [{ name: "a", retries: 3 }], limits: { cpu: { max: 7 } } } });
    expect(applyCustomDefaults({}, schema)).toEqual({});
  });

  it("replace null where it is not allowed, keep it where it is", () => {
    expect(applyCustomDefaults({ spec: { replicas: null, maybe: null, port: null } }, schema)).toEqual({ spec: { maybe: null, cronSpec: "5 0 * * *", replicas: 1 } });
  });

  it("return the same object when nothing is missing", () => {
    const object = { spec: { cronSpec: "*", replicas: 2, maybe: "y" } };
    expect(applyCustomDefaults(object, schema)).toBe(object);
  });
});

describe("decoding custom resources", () => {
  it("prunes with sorted warnings, or refuses", () => {
    const raw = { apiVersion: "stable.example.com/v1", kind: "CronTab", metadata: { name: "a", foo: 1 }, spec: { zeta: 1, alpha: 1 } };
    expect(decodeObject(raw, entry)).toEqual({
      ok: true, object: { apiVersion: "stable.example.com/v1", kind: "CronTab", metadata: { name: "a" }, spec: {} },
      warnings: ['unknown field "spec.alpha"', 'unknown field "spec.zeta"', 'unknown field "metadata.foo"'],
    });
    expect(decodeObject(raw, entry, { fieldValidation: "Strict" })).toMatchObject({
      ok: false, message: 'CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.alpha", unknown field "spec.zeta", unknown field "metadata.foo"',
    });
  });

  it("leaves wrong types in the spec to validation, but not in metadata", () => {
    expect(decodeObject({ metadata: { name: "a" }, spec: { replicas: "x" } }, entry)).toMatchObject({ ok: true });
    expect(decodeObject({ metadata: { labels: { a: 1 } } }, entry)).toMatchObject({ ok: false, error: "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string" });
  });

  it("defaults through the same door as built-in kinds", () => {
    expect(applyDefaults({ apiVersion: "stable.example.com/v1", kind: "CronTab", spec: {} } as object, entry)).toMatchObject({ spec: { replicas: 1 } });
  });

  it("refuses what is no object", () => {
    expect(decodeObject("x", entry)).toMatchObject({ ok: false, error: "json: cannot unmarshal string into Go value of type map[string]interface {}" });
  });
});
