import { describe, expect, it } from "vitest";
import { applyJsonPatch, decodeJsonPatch } from "./index.ts";
import type { JsonPatchOperation, JsonValue } from "./index.ts";

const DOC: JsonValue = { a: { b: 1, list: [1, 2, 3], "x/y": "slash", "m~n": "tilde", none: null }, keep: { deep: [{ z: 1 }] } };

function patched(...operations: JsonPatchOperation[]): JsonValue {
  const result = applyJsonPatch(DOC, operations);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function message(...operations: JsonPatchOperation[]): string {
  const result = applyJsonPatch(DOC, operations);
  return result.ok ? "applied" : result.message;
}

describe("applyJsonPatch", () => {
  it("adds, removes, replaces, moves, copies and tests", () => {
    expect(patched({ op: "add", path: "/a/c", value: [1] })).toMatchObject({ a: { c: [1] } });
    expect(patched({ op: "add", path: "/a/list/1", value: 9 })).toMatchObject({ a: { list: [1, 9, 2, 3] } });
    expect(patched({ op: "add", path: "/a/list/-", value: 9 })).toMatchObject({ a: { list: [1, 2, 3, 9] } });
    expect(patched({ op: "add", path: "/a/list/-1", value: 9 })).toMatchObject({ a: { list: [1, 2, 3, 9] } });
    expect(patched({ op: "remove", path: "/a/list/0" })).toMatchObject({ a: { list: [2, 3] } });
    expect(patched({ op: "remove", path: "/a/x~1y" })).not.toHaveProperty(["a", "x/y"]);
    expect(patched({ op: "replace", path: "/a/m~0n", value: 2 })).toHaveProperty(["a", "m~n"], 2);
    expect(patched({ op: "move", from: "/a/b", path: "/moved" })).toMatchObject({ moved: 1 });
    expect(patched({ op: "copy", from: "/keep", path: "/copied" })).toMatchObject({ copied: { deep: [{ z: 1 }] } });
    expect(message({ op: "test", path: "/keep", value: { deep: [{ z: 1 }] } })).toBe("applied");
    expect(message({ op: "test", path: "", value: DOC })).toBe("applied");
    expect(patched({ op: "replace", path: "", value: {} })).toEqual({});
  });

  it("follows the upstream quirks", () => {
    expect(patched({ op: "replace", path: "/fresh", value: 1 })).toMatchObject({ fresh: 1 });
    expect(patched({ op: "copy", from: "/absent", path: "/c" })).toMatchObject({ c: null });
    expect(message({ op: "test", path: "/absent", value: null })).toBe("applied");
    expect(patched({ op: "add", path: "/valueless" })).toMatchObject({ valueless: null });
  });

  it("words its refusals as the API server does", () => {
    expect(message({ op: "add", path: "/no/where", value: 1 })).toBe('add operation does not apply: doc is missing path: "/no/where": missing value');
    expect(message({ op: "remove", path: "/no" })).toBe("error in remove for path: '/no': Unable to remove nonexistent key: no: missing value");
    expect(message({ op: "remove", path: "/a/list/x" })).toBe("error in remove for path: '/a/list/x': strconv.Atoi: parsing \"x\": invalid syntax");
    expect(message({ op: "remove", path: "/a/list/9" })).toBe("error in remove for path: '/a/list/9': Unable to access invalid index: 9: invalid index referenced");
    expect(message({ op: "add", path: "/a/list/x", value: 1 })).toBe(
      "error in add for path: '/a/list/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax",
    );
    expect(message({ op: "replace", path: "/a/list/7", value: 1 })).toBe("replace operation does not apply: doc is missing key: /a/list/7: missing value");
    expect(message({ op: "replace", path: "/no/x", value: 1 })).toBe("replace operation does not apply: doc is missing path: /no/x: missing value");
    expect(message({ op: "test", path: "/a/b", value: 2 })).toBe("testing value /a/b failed: test failed");
    expect(message({ op: "move", from: "/no", path: "/x" })).toBe("error in move for path: 'no': Unable to remove nonexistent key: no: missing value");
    expect(message({ op: "increment", path: "/a" })).toBe("Unexpected kind: increment");
    expect(message({})).toBe("Unexpected kind: unknown");
    expect(message({ op: "add", value: 1 })).toBe("add operation failed to decode path: missing value");
    expect(message({ op: "add", path: "/a/none/x", value: 1 })).toContain("doc is missing path");
    expect(message({ op: "add", path: "/a/b/x", value: 1 })).toContain("doc is missing path");
  });

  it("leaves the document alone and shares what it didn't touch", () => {
    const before = JSON.stringify(DOC);
    const value = patched({ op: "add", path: "/a/c", value: 1 }, { op: "remove", path: "/a/list/0" }) as typeof DOC & { keep: unknown };
    expect(JSON.stringify(DOC)).toBe(before);
    expect(value.keep).toBe((DOC as { keep: unknown }).keep);
  });

  it("keeps a copied value apart from its source", () => {
    const value = patched(
      { op: "add", path: "/keep/deep/0/y", value: 1 }, { op: "copy", from: "/keep", path: "/twin" }, { op: "add", path: "/twin/deep/0/only", value: true },
    );
    expect(value).toMatchObject({ keep: { deep: [{ z: 1, y: 1 }] }, twin: { deep: [{ z: 1, y: 1, only: true }] } });
    expect(value).not.toHaveProperty(["keep", "deep", 0, "only"]);
  });

  it("never changes a value that belongs to the patch", () => {
    const value = { inner: {} };
    patched({ op: "add", path: "/v", value }, { op: "add", path: "/v/inner/x", value: 1 });
    expect(value).toEqual({ inner: {} });
  });

  it("treats __proto__ and constructor as plain data", () => {
    const value = patched({ op: "add", path: "/__proto__", value: { polluted: true } }, { op: "add", path: "/__proto__/more", value: 1 });
    expect(Object.keys(value as object)).toContain("__proto__");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(message({ op: "add", path: "/constructor/prototype/x", value: 1 })).toContain("missing path");
    expect(message({ op: "remove", path: "/constructor" })).toContain("nonexistent key");
  });

  it("stays fast on ten thousand operations on one list", () => {
    const operations = Array.from({ length: 10_000 }, (_, i) => ({ op: "add", path: "/a/list/-", value: i }));
    expect((patched(...operations) as { a: { list: unknown[] } }).a.list).toHaveLength(10_003);
  });
});

describe("decodeJsonPatch", () => {
  it("accepts a list of operations and null", () => {
    expect(decodeJsonPatch([{ op: "add", path: "/x", value: null }])).toEqual({ ok: true, operations: [{ op: "add", path: "/x", value: null }], strict: [] });
    expect(decodeJsonPatch(null)).toMatchObject({ ok: true, operations: [] });
  });
  it("refuses other shapes in the API server's words", () => {
    expect(decodeJsonPatch({})).toEqual({ ok: false, code: 400, message: "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp" });
    expect(decodeJsonPatch([3])).toMatchObject({ message: "error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp" });
    expect(decodeJsonPatch([{ op: 1 }])).toMatchObject({ message: "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string" });
    expect(decodeJsonPatch(Array.from({ length: 10_001 }, () => ({ op: "test" })))).toEqual({
      ok: false, code: 413, message: "The allowed maximum operations in a JSON patch is 10000, got 10001",
    });
  });
  it("names unknown fields for strict validation", () => {
    expect(decodeJsonPatch([{ op: "add", path: "/x", foo: 1 }])).toMatchObject({ ok: true, strict: ['json patch unknown field "[0].foo"'] });
  });
});
