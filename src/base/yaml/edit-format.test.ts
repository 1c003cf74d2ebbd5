import { describe, expect, it } from "vitest";
import { editScalar, formatYaml, readYaml } from "./index.ts";

const TEXT = "# a shop\nkind: Deployment\nspec:\n  replicas: 3   # three\n  name: 'a'\n  image: \"x\" # tag\n  empty:  # nothing\n  flow: {a: 1, b: [x, y]}\n  text: |\n    one\n    two\n  last: end\n";

function edit(path: (string | number)[], value: string | number | boolean | null, text = TEXT): string {
  const result = editScalar(text, path, value);
  return result.ok ? result.text : result.reason;
}

describe("editScalar", () => {
  it("changes one value and nothing else", () => {
    expect(edit(["spec", "replicas"], 5)).toBe(TEXT.replace("replicas: 3", "replicas: 5"));
    expect(edit(["spec", "name"], "it's")).toBe(TEXT.replace("'a'", "'it''s'"));
    expect(edit(["spec", "image"], "nginx:1.28")).toBe(TEXT.replace('"x"', '"nginx:1.28"'));
    expect(edit(["spec", "last"], "yes")).toBe(TEXT.replace("last: end", 'last: "yes"'));
    expect(edit(["spec", "flow", "b", 1], "a, b")).toBe(TEXT.replace("[x, y]", '[x, "a, b"]'));
    expect(edit(["spec", "empty"], true)).toBe(TEXT.replace("empty:  #", "empty: true  #"));
    expect(readYaml(edit(["spec", "text"], "three")).documents[0]?.data).toMatchObject({ spec: { text: "three", last: "end" } });
    expect(readYaml(edit(["spec", "last"], "a\nb")).documents[0]?.data).toMatchObject({ spec: { last: "a\nb" } });
  });
  it("adds a missing member to an existing mapping", () => {
    expect(edit(["spec", "paused"], true)).toBe(TEXT.replace("  replicas", "  paused: true\n  replicas"));
    expect(edit(["spec", "flow", "c"], 2)).toBe(TEXT.replace("{a: 1", "{c: 2, a: 1"));
    expect(edit(["spec", "replicas"], 2, "- x: 1\n")).toContain("isn't a single value");
  });
  it("keeps the other documents and CRLF", () => {
    const two = "a: 1\r\n---\r\nb: 2 # x\r\n";
    expect(editScalar(two, ["b"], 3, 1)).toEqual({ ok: true, text: "a: 1\r\n---\r\nb: 3 # x\r\n" });
    expect(editScalar(two, ["b"], 3, 2)).toMatchObject({ ok: false });
  });
  it("says why it can't, rather than change more", () => {
    expect(edit(["spec"], 1)).toContain("isn't a single value");
    expect(edit(["b", "x"], 2, "a: &a {x: 1}\nb: *a\n")).toContain("shares its text");
    expect(edit(["b"], 2, "a: &a 1\nb: *a\n")).toBe("a: &a 1\nb: 2\n");
    expect(edit(["a"], 2, "a: [\n")).toContain("has an error");
    expect(edit(["__proto__", "x"], 2, "a: 1\n")).toContain("isn't a single value");
  });
});

describe("formatYaml", () => {
  it("re-indents and keeps comments, values and their spelling", () => {
    const messy = "# top\nkind:   Deployment # k\nspec:\n      mode: 0644\n      on: no\n      items:\n          - a   # first\n          # between\n          - b:  'x'\n            c: [1,2]\n      text: |\n          keep\n            this\n\n---\n\nb: 2\n";
    expect(formatYaml(messy)).toEqual({
      ok: true,
      text: "# top\nkind: Deployment # k\nspec:\n  mode: 0644\n  on: no\n  items:\n  - a # first\n  # between\n  - b: 'x'\n    c: [1, 2]\n  text: |\n    keep\n      this\n---\n\nb: 2\n",
    });
  });
  it("is stable", () => {
    const once = formatYaml(TEXT);
    expect(once.ok && formatYaml(once.text)).toEqual(once);
  });
  it("formats JSON as JSON", () => {
    expect(formatYaml('{"a":[1,{"b":2}]}')).toEqual({ ok: true, text: '{\n  "a": [\n    1,\n    {\n      "b": 2\n    }\n  ]\n}\n' });
  });
  it("leaves a text with errors alone", () => {
    expect(formatYaml("a: [")).toEqual({ ok: false, reason: "Correct the errors first." });
    expect(formatYaml("a: 1\na: 2\n")).toMatchObject({ ok: false });
    expect(formatYaml("a".repeat(2_000_001))).toMatchObject({ ok: false });
  });
});
