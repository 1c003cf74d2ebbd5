import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyMergePatch, canonicalJson, compareCodePoints, createMergePatch, deepEqual, formatPointer, getOwn, goJson, isJsonObject, jsonByteSize,
  mergePatchRefusal, parsePointer, withKey, withoutKey,
} from "./index.ts";
import type { JsonObject, JsonValue } from "./index.ts";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
const jsonObject = fc.dictionary(fc.string(), json).map((object) => ({ ...object })) as fc.Arbitrary<JsonObject>;

describe("deepEqual", () => {
  it("is equality of the JSON text, whatever the order of keys", () => {
    fc.assert(fc.property(json, json, (a, b) => deepEqual(a, b) === (canonicalJson(a) === canonicalJson(b))));
    fc.assert(fc.property(json, (a) => deepEqual(a, structuredClone(a))));
    expect(deepEqual({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
  });
  it("tells apart what only looks alike", () => {
    expect(deepEqual([], {})).toBe(false);
    expect(deepEqual({}, [])).toBe(false);
    expect(deepEqual(null, {})).toBe(false);
    expect(deepEqual("1", 1)).toBe(false);
    expect(deepEqual({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(deepEqual({ a: 1, b: 2 }, { a: 1 })).toBe(false);
    expect(deepEqual({ constructor: 1 }, { b: 1 })).toBe(false);
    expect(deepEqual({ toString: Object.prototype.toString }, { b: 1 })).toBe(false);
  });
  it("counts an undefined property as absent", () => {
    expect(deepEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(deepEqual({ a: 1 }, { c: undefined, a: 1 })).toBe(true);
  });
});

describe("canonicalJson and goJson", () => {
  it("sorts keys by code point and leaves undefined out", () => {
    expect(canonicalJson({ b: 1, a: { d: [true, null], c: undefined }, "\u{1f600}": 1, "\uffee": 2 })).toBe('{"a":{"d":[true,null]},"b":1,"\uffee":2,"\u{1f600}":1}');
    expect(compareCodePoints("a", "ab")).toBeLessThan(0);
  });
  it("reads back to the same value", () => {
    fc.assert(fc.property(json, (value) => deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))));
  });
  it("escapes as Go does", () => {
    expect(goJson({ a: "<b> & \u2028" })).toBe('{"a":"\\u003cb\\u003e \\u0026 \\u2028"}');
    expect(canonicalJson("<")).toBe('"<"');
  });
});

describe("jsonByteSize", () => {
  it("is the size of the text", () => {
    fc.assert(fc.property(json, (value) => jsonByteSize(value) === new TextEncoder().encode(JSON.stringify(value)).length));
    expect(jsonByteSize({ a: "é\n\u0001\"", b: undefined })).toBe(new TextEncoder().encode(JSON.stringify({ a: "é\n\u0001\"" })).length);
  });
});

describe("own properties", () => {
  it("never sees or touches what is inherited", () => {
    expect(getOwn({}, "constructor")).toBeUndefined();
    const object = withKey({ a: 1 }, "__proto__", 2);
    expect(Object.keys(object)).toEqual(["a", "__proto__"]);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(withoutKey(object, "__proto__")).toEqual({ a: 1 });
  });
  it("returns the same object when nothing changes", () => {
    const object = { a: 1 };
    expect(withKey(object, "a", 1)).toBe(object);
    expect(withoutKey(object, "b")).toBe(object);
  });
});

describe("JSON pointers", () => {
  it("go both ways", () => {
    expect(parsePointer("/a~1b/~01/0")).toEqual(["a/b", "~1", "0"]);
    expect(formatPointer(["a/b", "~1", 0])).toBe("/a~1b/~01/0");
    expect(parsePointer("")).toEqual([]);
    expect(parsePointer("x")).toBeUndefined();
  });
});

describe("merge patch", () => {
  it("passes the table of RFC 7386, Appendix A, as the API server does", () => {
    const table: [JsonValue, JsonValue, JsonValue][] = [
      [{ a: "b" }, { a: "c" }, { a: "c" }], [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }], [{ a: "b" }, { a: null }, {}], [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
      [{ a: ["b"] }, { a: "c" }, { a: "c" }], [{ a: "c" }, { a: ["b"] }, { a: ["b"] }], [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
      [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }], [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }], [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    ];
    for (const [document, patch, result] of table) expect(applyMergePatch(document, patch)).toEqual(result);
  });
  it("prunes nulls in new lists, as upstream does", () => {
    expect(applyMergePatch({}, { a: [{ b: null, c: 1 }, null] })).toEqual({ a: [{ c: 1 }, null] });
    expect(applyMergePatch({ a: 1 }, { a: { b: null, c: 1 } })).toEqual({ a: { c: 1 } });
  });
  it("shares what it leaves alone", () => {
    const document = { keep: { x: 1 }, change: { y: 1 } };
    expect((applyMergePatch(document, { change: { y: 2 } }) as typeof document).keep).toBe(document.keep);
    expect(applyMergePatch(document, { change: { y: 1 }, absent: null })).toBe(document);
    expect(document).toEqual({ keep: { x: 1 }, change: { y: 1 } });
  });
  it("refuses other bodies in the API server's words", () => {
    expect(mergePatchRefusal([])).toBe("error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
    expect(mergePatchRefusal(null)).toBe("Invalid JSON Patch");
    expect(mergePatchRefusal({})).toBeUndefined();
  });
  it("treats __proto__ as plain data", () => {
    const merged = applyMergePatch({}, JSON.parse('{"__proto__":{"polluted":1}}') as JsonValue);
    expect(Object.keys(merged as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
  it("creates the patch that leads from one object to another", () => {
    const noNulls = jsonObject.filter((object) => !JSON.stringify(object).includes("null"));
    fc.assert(fc.property(noNulls, noNulls, (a, b) => deepEqual(applyMergePatch(a, createMergePatch(a, b)), b)));
    expect(createMergePatch({ a: 1, b: { c: 1, d: 2 }, e: 1 }, { a: 1, b: { c: 1, d: 3 } })).toEqual({ b: { d: 3 }, e: null });
    expect(isJsonObject(createMergePatch({}, {}))).toBe(true);
  });
});
