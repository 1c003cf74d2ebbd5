import { describe, expect, it } from "vitest";
import { goStructJson, plainValue, quote, quotedList, sortedKeys } from "./index.ts";

describe("quote", () => {
  it.each([
    ["web", '"web"'], ['a"b\\', '"a\\"b\\\\"'], ["a\tb\n\r\u0007", '"a\\tb\\n\\r\\a"'], ["\u0000\u001b[31m", '"\\x00\\x1b[31m"'], ["caf\u00e9 \u65e5\u672c", '"caf\u00e9 \u65e5\u672c"'],
    ["a\u00a0b", '"a\\u00a0b"'], ["\u202e", '"\\u202e"'], ["\u{1f600}", '"\u{1f600}"'], ["\u{e0001}", '"\\U000e0001"'], ["\u007f", '"\\x7f"'], ["", '""'],
  ])("%j", (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });
});

describe("plain values", () => {
  it("prints maps sorted, slices spaced, nil as <nil>", () => {
    expect(plainValue({ b: 1, a: ["x", "y"], c: undefined })).toBe("map[a:[x y] b:1 c:<nil>]");
    expect(plainValue(null)).toBe("<nil>");
    expect(plainValue(true)).toBe("true");
    expect(quotedList(["a", "b"], quote)).toBe('["a" "b"]');
  });
});

describe("JSON", () => {
  it("escapes as Go does", () => {
    expect(goStructJson({ b: "<a&b>", a: 1 })).toBe('{"b":"\\u003ca\\u0026b\\u003e","a":1}');
    expect(goStructJson(undefined)).toBe("null");
  });

  it("sorts keys deeply", () => {
    expect(goStructJson(sortedKeys({ b: [{ d: 1, c: 2 }], a: null }))).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });
});
