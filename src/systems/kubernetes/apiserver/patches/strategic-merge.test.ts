import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../../base/json/index.ts";
import { schemaFor, type SchemaNode } from "../../schema/index.ts";
import { applyStrategicMergePatch } from "./strategic-merge.ts";

const schema = schemaFor("apps/v1", "Deployment") as SchemaNode;

function spec(containers: JsonValue, more: Record<string, JsonValue> = {}): JsonValue {
  return { spec: { template: { spec: { containers, ...more } } } };
}

function patched(document: JsonValue, patch: JsonValue): JsonValue {
  const result = applyStrategicMergePatch(document, patch, schema);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const two = spec([{ name: "a", image: "a:1", args: ["x"] }, { name: "b", image: "b:1" }]);

describe("strategic merge patch", () => {
  it("merges containers by name and replaces plain lists", () => {
    expect(patched(two, spec([{ name: "a", image: "a:2", args: ["y"] }]))).toEqual(spec([{ name: "a", image: "a:2", args: ["y"] }, { name: "b", image: "b:1" }]));
    expect(patched(two, spec([{ name: "c", image: "c:1" }]))).toEqual(spec([{ name: "a", image: "a:1", args: ["x"] }, { name: "b", image: "b:1" }, { name: "c", image: "c:1" }]));
  });

  it("deletes and replaces by directive", () => {
    expect(patched(two, spec([{ name: "b", $patch: "delete" }]))).toEqual(spec([{ name: "a", image: "a:1", args: ["x"] }]));
    expect(patched(two, spec([{ name: "z", image: "z" }, { $patch: "replace" }]))).toEqual(spec([{ name: "z", image: "z" }]));
    expect(patched({ metadata: { labels: { a: "1", b: "2" } } }, { metadata: { labels: { $patch: "replace", c: "3" } } })).toEqual({ metadata: { labels: { c: "3" } } });
    expect(patched({ metadata: { labels: { a: "1", b: "2" } } }, { metadata: { labels: { a: null } } })).toEqual({ metadata: { labels: { b: "2" } } });
  });

  it("keeps only retained keys", () => {
    expect(patched({ spec: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } } }, { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } }))
      .toEqual({ spec: { strategy: { type: "Recreate" } } });
  });

  it("puts items in the order asked for", () => {
    expect(patched(two, spec([{ name: "c", image: "c:1" }], { "$setElementOrder/containers": [{ name: "c" }, { name: "b" }, { name: "a" }] })))
      .toEqual(spec([{ name: "c", image: "c:1" }, { name: "b", image: "b:1" }, { name: "a", image: "a:1", args: ["x"] }]));
  });

  it("merges lists of plain values and takes values out of them", () => {
    const document = { metadata: { finalizers: ["a/x", "b/x"] } };
    expect(patched(document, { metadata: { finalizers: ["c/x"] } })).toEqual({ metadata: { finalizers: ["a/x", "b/x", "c/x"] } });
    expect(patched(document, { metadata: { "$deleteFromPrimitiveList/finalizers": ["a/x"] } })).toEqual({ metadata: { finalizers: ["b/x"] } });
  });

  it("refuses an item without its merge key, and leaves the document as it was", () => {
    const before = JSON.stringify(two);
    expect(applyStrategicMergePatch(two, spec([{ image: "x" }]), schema)).toEqual({ ok: false, message: 'map: {"image":"x"} does not contain declared merge key: name' });
    patched(two, spec([{ name: "a", image: "a:9" }]));
    expect(JSON.stringify(two)).toBe(before);
  });
});
