import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  didYouMean, editDistance, escapeForOneLine, escapeHidden, findHiddenCharacter, formatTable, groupDigits, listOf, nameCharacter, plural, shorten, suggest, textWidth,
} from "./index.ts";

describe("hidden characters", () => {
  it("finds controls, bidirectional marks and lone surrogates, and nothing else", () => {
    expect(findHiddenCharacter("plain\ttext\r\nüñí 日本 🙂\u0085\ufeff")).toBeUndefined();
    expect(findHiddenCharacter("ab\u0000c")).toEqual({ index: 2, code: 0, kind: "control" });
    expect(findHiddenCharacter("a\u202eb")).toEqual({ index: 1, code: 0x202e, kind: "bidirectional" });
    expect(findHiddenCharacter("a\ud800b")).toMatchObject({ index: 1, kind: "control" });
    expect(findHiddenCharacter("a\udc00b")).toMatchObject({ index: 1, kind: "control" });
    expect(findHiddenCharacter("\u0001\u007f", 1)).toMatchObject({ index: 1, code: 0x7f });
  });
  it("shows them escaped", () => {
    expect(escapeHidden("a\u001b[31m\u202e\nb")).toBe("a\\u001b[31m\\u202e\nb");
    expect(escapeForOneLine("a\n\tb\r\u0000")).toBe("a\\n\\tb\\r\\u0000");
    expect(nameCharacter(0x202e)).toBe("U+202E (right-to-left override)");
    expect(nameCharacter(1)).toBe("U+0001");
  });
});

describe("editDistance and suggestions", () => {
  it("counts insertions, deletions, replacements and swaps", () => {
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("pdo", "pod")).toBe(1);
    expect(editDistance("abcdef", "x", 2)).toBe(3);
    expect(editDistance("aaaaaa", "bbbbbb", 2)).toBe(3);
  });
  it("is symmetric and zero only for equals", () => {
    fc.assert(fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => editDistance(a, b) === editDistance(b, a) && (editDistance(a, b) === 0) === (a === b)));
  });
  it("suggests what is near, best first", () => {
    const kinds = ["Deployment", "DaemonSet", "ReplicaSet", "Pod", "Service", "ServiceAccount"];
    expect(suggest("Deploymnet", kinds)).toEqual(["Deployment"]);
    expect(suggest("deploy", kinds)).toEqual(["Deployment"]);
    expect(suggest("servce", kinds)).toEqual(["Service"]);
    expect(suggest("Zebra", kinds)).toEqual([]);
    expect(didYouMean("replicas", ["replicaz", "replica"])).toBe('did you mean "replica" or "replicaz"?');
    expect(didYouMean("specc", ["spec"])).toBe('did you mean "spec"?');
    expect(didYouMean("nothing", [])).toBeUndefined();
  });
});

describe("formatTable", () => {
  it("prints columns as kubectl does", () => {
    expect(formatTable([["NAME", "READY", "STATUS"], ["web-6d4b75cb6d-abcde", "1/1", "Running"]])).toBe(
      "NAME                   READY   STATUS\nweb-6d4b75cb6d-abcde   1/1     Running\n",
    );
  });
  it("keeps a column at least six wide and never pads the last cell", () => {
    expect(formatTable([["A", "B"], ["c", "d"]])).toBe("A     B\nc     d\n");
  });
  it("measures a block of columns anew after a shorter row", () => {
    expect(formatTable([["long-long-cell", "x"], ["alone"], ["s", "y"]])).toBe("long-long-cell   x\nalone\ns     y\n");
  });
  it("counts characters, not UTF-16 units", () => {
    expect(textWidth("🙂é")).toBe(2);
    expect(formatTable([["🙂🙂🙂🙂", "x"], ["abcd", "y"]])).toBe("🙂🙂🙂🙂   x\nabcd   y\n");
  });
});

describe("counts and lists", () => {
  it("reads well", () => {
    expect(plural(1, "pod")).toBe("1 pod");
    expect(plural(0, "policy", "policies")).toBe("0 policies");
    expect(listOf([])).toBe("");
    expect(listOf(["a"])).toBe("a");
    expect(listOf(["a", "b", "c"], "or")).toBe("a, b or c");
    expect(groupDigits(400000)).toBe("400,000");
    expect(groupDigits(999)).toBe("999");
    expect(groupDigits(1234567)).toBe("1,234,567");
    expect(shorten("abcdef", 4)).toBe("abc…");
    expect(shorten("abcd", 4)).toBe("abcd");
  });
});
