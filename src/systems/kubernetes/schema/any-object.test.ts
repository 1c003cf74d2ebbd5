import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../../base/plain/index.ts";
import { applyDefaults } from "./defaults/apply-defaults.ts";
import { convert } from "./convert/convert.ts";
import { decodeObject } from "./decode/decode-object.ts";
import { emptyRegistry, lookupKind } from "./kind-registry.ts";
import type { KindEntry } from "./kind-entry.ts";
import type { SchemaNode } from "./node.ts";
import { builtinResources } from "./resources.ts";

const MAX_DEPTH = 6;
const texts = fc.oneof(fc.constantFrom("", "a", "Container", "ClientIP", "LoadBalancer", "RollingUpdate", "nginx:latest"), fc.string({ maxLength: 6 }));
const quantities = fc.constantFrom("1", "100m", "1Gi", "0.5", "3u", 2, "1e3");

function scalarOf(node: SchemaNode): fc.Arbitrary<unknown> {
  switch (node.format) {
    case "quantity": return quantities;
    case "int-or-string": return fc.constantFrom(0, 80, "25%", "http");
    case "byte": return fc.constantFrom("", "eA==");
    case "date-time": return fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00");
    case "micro-time": return fc.constant("2026-01-01T00:00:00.000000Z");
    default: break;
  }
  if (node.type === "boolean") return fc.boolean();
  if (node.type === "integer" || node.type === "number") return fc.constantFrom(0, 1, 7);
  return node.enum === undefined ? texts : fc.constantFrom(...node.enum);
}

/** Values that fit the schema, with fields left out, null, or empty at will. */
function valueOf(node: SchemaNode, depth: number): fc.Arbitrary<unknown> {
  if (node.type === "any") return fc.constant({ any: 1 });
  if (node.type === "array") return depth >= MAX_DEPTH ? fc.constant([]) : fc.array(valueOf(node.items ?? { type: "any" }, depth + 1), { maxLength: 2 });
  if (node.type === "map") return fc.dictionary(fc.constantFrom("a", "cpu", "memory", "hugepages-2Mi"), valueOf(node.additionalProperties ?? { type: "any" }, depth + 1), { maxKeys: 2 });
  if (node.type !== "object") return scalarOf(node);
  if (depth >= MAX_DEPTH) return fc.constant({});
  const fields = Object.entries(node.properties ?? {}).map(([name, child]) => [name, fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(null) }, { weight: 6, arbitrary: valueOf(child, depth + 1) })] as const);
  return fc.record(Object.fromEntries(fields)).map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));
}

const entries = builtinResources().map((info) => lookupKind(emptyRegistry, info.apiVersion, info.kind)).filter((entry) => entry !== undefined);

describe("any object that fits its schema", () => {
  it.each(entries.map((entry): [string, KindEntry] => [`${entry.apiVersion} ${entry.kind}`, entry]))("%s is decoded strictly and completed once, without touching it", (_, entry) => {
    const context = { now: "2026-01-01T00:00:00Z" };
    fc.assert(fc.property(valueOf(entry.schema, 0), (raw) => {
      const result = decodeObject(deepFreeze(raw), entry, { fieldValidation: "Strict" });
      if (!result.ok) throw new Error(result.message);
      const once = deepFreeze(applyDefaults(deepFreeze(result.object), entry, context));
      expect(applyDefaults(once, entry, context)).toBe(once);
      const again = decodeObject(once, entry, { fieldValidation: "Strict" });
      expect(again.ok && again.object).toBe(once);
    }), { numRuns: 30, seed: 36 });
  });
});

describe("any JSON at all", () => {
  it("is decoded or refused, never a crash", () => {
    const kinds = entries.filter((entry) => ["Pod", "Service", "CustomResourceDefinition", "HorizontalPodAutoscaler"].includes(entry.kind));
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...kinds), (raw, entry) => {
      const frozen = deepFreeze({ spec: raw, metadata: raw, status: raw });
      expect(typeof decodeObject(frozen, entry).ok).toBe("boolean");
      expect(typeof decodeObject(raw, entry).ok).toBe("boolean");
    }), { numRuns: 300, seed: 36 });
  });
});

describe("any autoscaler", () => {
  it("keeps what it says on the way to v1 and back", () => {
    const v2 = entries.find((entry) => entry.apiVersion === "autoscaling/v2") as KindEntry;
    fc.assert(fc.property(valueOf(v2.schema, 0), (raw) => {
      const decoded = decodeObject({ ...(raw as object), apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" }, v2);
      if (!decoded.ok) throw new Error(decoded.message);
      const stored = applyDefaults(decoded.object, v2);
      const back = convert(convert(stored, "autoscaling/v1"), "autoscaling/v2") as { readonly spec: { readonly metrics: readonly unknown[]; readonly maxReplicas?: number } };
      const before = stored as typeof back;
      expect(back.spec.metrics.length).toBe(before.spec.metrics.length);
      expect(back.spec.maxReplicas).toBe(before.spec.maxReplicas);
    }), { numRuns: 100, seed: 36 });
  });

  it("survives any text in the annotations of v1", () => {
    const names = ["metrics", "current-metrics", "conditions", "behavior"].map((name) => `autoscaling.alpha.kubernetes.io/${name}`);
    const metric = fc.record({ type: fc.jsonValue(), object: fc.jsonValue(), pods: fc.jsonValue(), resource: fc.jsonValue(), external: fc.jsonValue() });
    const text = fc.oneof(fc.string(), fc.jsonValue().map((value) => JSON.stringify(value)), fc.array(metric, { maxLength: 2 }).map((value) => JSON.stringify(value)));
    fc.assert(fc.property(fc.constantFrom(...names), text, (name, value) => {
      const v1 = { apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler", metadata: { annotations: { [name]: value } }, spec: { maxReplicas: 1 }, status: {} };
      const v2 = convert(v1, "autoscaling/v2");
      expect(v2.metadata).toEqual({});
      expect(convert(v2, "autoscaling/v1").apiVersion).toBe("autoscaling/v1");
    }), { numRuns: 300, seed: 36 });
  });
});
