import { describe, expect, it } from "vitest";
import { readYaml, readYamlSteps } from "./index.ts";

function data(text: string): unknown {
  const [document] = readYaml(text).documents;
  return document?.ok === true ? document.data : document?.clientMessage;
}

describe("scalars, as sigs.k8s.io/yaml reads them", () => {
  it.each([
    ["yes", true], ["Off", false], ["y", true], ["~", null], ["", null], ["null", null], ["nULL", "nULL"], ["0644", 420], ["0o17", 15], ["08", 8], ["0b11", 3], ["-0b11", -3],
    ["0x1F", 31], ["0x_1F", 31], ["0x1p4", "0x1p4"], ["1_000", 1000], ["_1", "_1"], ["1__0", 10], ["1_", 1], ["+12", 12], [".5", 0.5], [".5_0", 0.5], ["1.", 1], ["1e3", 1000],
    ["1e", "1e"], ["1e400", "1e400"], [".1e400", ".1e400"], ["1:30", "1:30"], ["2001-01-01", "2001-01-01"], ["2001-13-01", "2001-13-01"], ["2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"],
    ["-0", 0], ["!!str 1", "1"], ["!!float 3", 3], ["! 3", "3"], ["!!binary aGk=", "hi"], ["!!bool yes", true], ["'1'", "1"], ["<<", "<<"], ["0x", "0x"], ["100mm", "100mm"],
  ])("%s", (text, value) => {
    expect(data(`a: ${text}\n`)).toEqual({ a: value });
  });

  it("refuses what JSON can't say and tags that lie", () => {
    expect(data("a: .inf\n")).toBe("error converting YAML to JSON: json: unsupported value: +Inf");
    expect(data("a: !!int x\n")).toBe("error converting YAML to JSON: yaml: cannot decode !!str `x` as a !!int");
    expect(data("a: !!binary '*'\n")).toContain("!!binary value contains invalid base64 data");
    expect(data("~: c\n")).toBe('error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: "c"');
    expect(data("name: {{ .Values.name }}\n")).toBe('error converting YAML to JSON: yaml: invalid map key: map[interface {}]interface {}{".Values.name":interface {}(nil)}');
  });

  it("turns keys into strings", () => {
    expect(data("1: a\n1.5: b\ntrue: c\n? d\n: e\n")).toEqual({ 1: "a", "1.5": "b", true: "c", d: "e" });
  });
});

describe("styles", () => {
  it("reads block scalars with every kind of ending", () => {
    expect(data("a: |\n  x\n   y\n\n  z\n\nb: |-\n  x\nc: |+\n  x\n\nd: >\n  one\n  two\n\n  three\n   more\n  four\ne: |2\n    x\nf: |\n  end")).toEqual({
      a: "x\n y\n\nz\n", b: "x", c: "x\n\n", d: "one two\nthree\n more\nfour\n", e: "  x\n", f: "end\n",
    });
  });
  it("folds quoted and plain text over lines", () => {
    expect(data("a: one\n  two\n\n  three # no\nb: 'it''s\n  so'\nc: \"a\\\n   b\\tc\\u00e9\\x41\"\nd: a#b\n")).toEqual({ a: "one two\nthree", b: "it's so", c: "ab\tcéA", d: "a#b" });
  });
  it("reads flow style with comments (KYAML)", () => {
    expect(data("---\n{\n  # a comment\n  apiVersion: \"v1\",\n  items: [1, \"a\", {b: c,}, d: e,],\n  empty: {},\n}\n")).toEqual({ apiVersion: "v1", items: [1, "a", { b: "c" }, { d: "e" }], empty: {} });
  });
  it("reads lists that aren't indented, nested lists and explicit keys", () => {
    expect(data("a:\n- 1\n-\n- - x\n  - z\n- b: 1\n  c:\n  - 2\n")).toEqual({ a: [1, null, ["x", "z"], { b: 1, c: [2] }] });
  });
  it("resolves anchors, and tags declared by directive", () => {
    expect(data("a: &x {b: !!str 1}\nc: *x\n")).toEqual({ a: { b: "1" }, c: { b: "1" } });
    // The client cuts the stream at --- before it reads any YAML, so a directive never meets its document.
    expect(data("%TAG !k! tag:yaml.org,2002:\n---\na: 1\n")).toContain("did not find expected <document start>");
    expect(data("%YAML 1.2\n---\na: 1\n")).toContain("found incompatible YAML document");
    expect(data("a: *n\n")).toBe("error converting YAML to JSON: yaml: unknown anchor 'n' referenced");
  });
});

describe("client messages", () => {
  it.each([
    ["metadata:\n  name: a\n labels: {}\n", "yaml: line 2: did not find expected key", 3],
    ["a: b: c\n", "yaml: mapping values are not allowed in this context", 1],
    ["x: 1\na: - b\n", "yaml: line 2: block sequence entries are not allowed in this context", 2],
    ["a: 1\nb\nc: 2\n", "yaml: line 3: could not find expected ':'", 2],
    ["a: [1, 2\nb: 3\n", "yaml: line 1: did not find expected ',' or ']'", 2],
    ["a: {b: 1\n", "yaml: line 1: did not find expected ',' or '}'", 1],
    ["x: 1\na: @b\n", "yaml: line 2: found character that cannot start any token", 2],
    ["a: \"\\q\"\n", "yaml: found unknown escape character", 1],
    ["a:\n- b\nc\n", "yaml: line 4: could not find expected ':'", 3],
    ["- a\nb: c\n", "yaml: line 1: did not find expected '-' indicator", 2],
  ])("%j", (text, message, line) => {
    const [document] = readYaml(text).documents;
    expect(document?.clientMessage).toBe(`error converting YAML to JSON: ${message}`);
    expect(document?.problems[0]).toMatchObject({ severity: "error", line });
    expect(document?.problems[0]?.fix).toBeDefined();
  });
});

describe("streams", () => {
  it("splits at ---, passes over empty documents and refuses text after ---", () => {
    const { documents } = readYaml("---\n# nothing\n---\na: 1\n--- # comment\nb: 2\n---\n");
    expect(documents.map((document) => [document.isEmpty, document.data, document.startLine, document.endLine])).toEqual([[true, null, 1, 2], [false, { a: 1 }, 4, 4], [false, { b: 2 }, 6, 6]]);
    expect(readYaml("a: 1\n--- b\nc: 1\n").documents.map((document) => document.clientMessage ?? document.data)).toEqual(["invalid Yaml document separator: b", { c: 1 }]);
    expect(readYaml("").documents).toEqual([]);
  });
  it("warns when the client ignores the rest of a document", () => {
    const [document] = readYaml("a: 1\n...\nb: 2\n").documents;
    expect(document).toMatchObject({ data: { a: 1 }, problems: [{ code: "ignored-content", line: 3 }] });
  });
  it("reads several JSON values in a row, with Go's errors", () => {
    const file = readYaml('{"a": [1, true, null, "x\\u00e9\\/"]}\n{"b": -1.5e2}{"c":{}}');
    expect(file).toMatchObject({ isJson: true, ok: true });
    expect(file.documents.map((document) => document.data)).toEqual([{ a: [1, true, null, "xé/"] }, { b: -150 }, { c: {} }]);
    expect(readYaml('{"a": ').documents[0]?.clientMessage).toBe("unexpected EOF");
    expect(readYaml('{"a": [1,]').documents[0]?.clientMessage).toBe("json: offset 10: invalid character ']' looking for beginning of value");
    expect(readYaml('{"a":1}\n---\n{"b":2}\n').documents.map((document) => document.data)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(readYaml('{"a":1,"a":2}').documents[0]?.duplicates).toMatchObject([{ field: "a" }]);
  });
  it("reports progress while it reads", () => {
    const steps = [...readYamlSteps("- a\n".repeat(1000), { stepSize: 100 })];
    expect(steps.length).toBeGreaterThan(10);
    expect(steps[3]?.offset).toBeGreaterThan(steps[0]?.offset ?? Infinity);
  });
});

describe("places", () => {
  const text = "apiVersion: v1\nspec:\n  replicas: 3\n  containers:\n  - name: a\n    image: \"x\"\n  - {name: b, ports: [80, 443]}\n---\nkind: B\n";
  const [first, second] = readYaml(text).documents;

  it("locates keys and values", () => {
    expect(first?.locate(["spec", "replicas"])).toEqual({ line: 3, column: 13, endLine: 3, endColumn: 14, key: { line: 3, column: 3, endLine: 3, endColumn: 11 } });
    expect(first?.locate(["spec", "containers", 1, "ports", 1])).toEqual({ line: 7, column: 27, endLine: 7, endColumn: 30 });
    expect(first?.locate(["spec", "containers", 0])).toMatchObject({ line: 5, column: 5, endLine: 6, endColumn: 15 });
    expect(second?.locate(["kind"])).toMatchObject({ line: 9, column: 7 });
    expect(first?.locate(["spec", "absent"])).toBeUndefined();
    expect(first?.locate([])).toMatchObject({ line: 1, column: 1 });
  });
  it("finds the path at a place", () => {
    expect(first?.pathAt(3, 14)).toEqual(["spec", "replicas"]);
    expect(first?.pathAt(3, 4)).toEqual(["spec", "replicas"]);
    expect(first?.pathAt(6, 13)).toEqual(["spec", "containers", 0, "image"]);
    expect(first?.pathAt(7, 28)).toEqual(["spec", "containers", 1, "ports", 1]);
    expect(first?.pathAt(1, 1)).toEqual(["apiVersion"]);
    expect(second?.pathAt(9, 8)).toEqual(["kind"]);
  });
  it("agrees with itself: the place of every path has that path", () => {
    for (const path of [["apiVersion"], ["spec", "replicas"], ["spec", "containers", 0, "name"], ["spec", "containers", 1, "ports", 0]]) {
      const place = first?.locate(path);
      expect(first?.pathAt(place?.line ?? 0, place?.column ?? 0)).toEqual(path);
    }
  });
  it("finds merged and aliased values where they are written", () => {
    const [document] = readYaml("base: &b\n  x: 1\nuse:\n  <<: *b\n  z: 2\nalso: *b\n").documents;
    expect(document?.locate(["use", "x"])).toMatchObject({ line: 2 });
    expect(document?.locate(["also", "x"])).toMatchObject({ line: 2 });
    expect(document?.locate(["use", "z"])).toMatchObject({ line: 5 });
  });
});
