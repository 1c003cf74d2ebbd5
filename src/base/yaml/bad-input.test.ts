import { describe, expect, it } from "vitest";
import { jsonByteSize } from "../json/index.ts";
import { readYaml, readYamlSteps } from "./index.ts";
import type { YamlDocument, YamlProblem } from "./index.ts";

function only(text: string): YamlDocument {
  const { documents } = readYaml(text);
  expect(documents).toHaveLength(1);
  const [document] = documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

function firstProblem(text: string): YamlProblem {
  const [problem] = only(text).problems;
  if (problem === undefined) throw new Error("no problem");
  return problem;
}

describe("bad input", () => {
  it("1: a tab indent gives line, column and fix", () => {
    const text = "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n";
    expect(firstProblem(text)).toMatchObject({ severity: "error", code: "tab-indent", line: 4, column: 1, fix: "Replace the tab with spaces (two a level)." });
    expect(only(text).clientMessage).toBe("error converting YAML to JSON: yaml: line 4: found character that cannot start any token");
    expect(firstProblem("a:\n  b: c\n\t\td\n")).toMatchObject({ code: "tab-indent", line: 3, column: 1 });
    expect(firstProblem("a: |\n\t b\n")).toMatchObject({ code: "tab-indent", line: 2, column: 1 });
  });

  it("2: a duplicate key is named", () => {
    const document = only("spec:\n  replicas: 1\n  template:\n    containers:\n    - image: a\n      image: b\n  replicas: 2\n");
    expect(document.ok).toBe(true);
    expect(document.data).toMatchObject({ spec: { replicas: 2, template: { containers: [{ image: "b" }] } } });
    expect(document.duplicates).toEqual([
      { path: ["spec", "template", "containers", 0, "image"], field: "spec.template.containers[0].image", line: 6, column: 7, firstLine: 5 },
      { path: ["spec", "replicas"], field: "spec.replicas", line: 7, column: 3, firstLine: 2 },
    ]);
    expect(document.problems[1]).toMatchObject({ severity: "warning", code: "duplicate-key", line: 7, message: '"spec.replicas" is set twice, first on line 2; the last one counts.' });
    expect(document.strictMessage).toBe('yaml: unmarshal errors:\n  line 6: key "image" already set in map\n  line 7: key "replicas" already set in map');
  });

  it("3: an alias bomb expands beyond N", () => {
    const levels = ["a: &a [x,x,x,x,x,x,x,x,x]"];
    for (let i = 1; i < 9; i++) levels.push(`${"abcdefghi"[i] ?? ""}: &${"abcdefghi"[i] ?? ""} [${new Array(9).fill(`*${"abcdefghi"[i - 1] ?? ""}`).join(",")}]`);
    const document = only(levels.join("\n"));
    expect(document.problems[0]).toMatchObject({ code: "alias-expansion", message: expect.stringMatching(/expand beyond [\d,]+ values/) as string });
    expect(document.clientMessage).toBe("error converting YAML to JSON: yaml: document contains excessive aliasing");
    expect(only("a: &a [*a]\n").clientMessage).toContain("anchor 'a' value contains itself");
  });

  it("4: nesting 100,000 deep is a depth error, in flow, in blocks and in JSON", () => {
    const deep = 100_000;
    expect(firstProblem("[".repeat(deep))).toMatchObject({ code: "too-deep", message: "The document nests deeper than 1,000 levels." });
    expect(firstProblem("a: ".concat("{a: ".repeat(deep)))).toMatchObject({ code: "too-deep" });
    expect(firstProblem("- ".repeat(deep))).toMatchObject({ code: "too-deep" });
    expect(firstProblem("? ".repeat(deep))).toMatchObject({ code: "too-deep" });
    expect(firstProblem(`{"a":${"[".repeat(deep)}`)).toMatchObject({ code: "too-deep" });
    const blocks = Array.from({ length: 1500 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
    expect(firstProblem(blocks)).toMatchObject({ code: "too-deep", line: 1001 });
    expect(only(`${"[".repeat(900)}${"]".repeat(900)}`).ok).toBe(true);
  });

  it("5: __proto__ and constructor are plain data", () => {
    for (const text of ["__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n", '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}']) {
      const { data } = only(text);
      expect(Object.keys(data as object)).toEqual(["__proto__", "constructor"]);
      expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    }
  });

  it("6: merge keys pollute nothing", () => {
    const { data } = only("<<: {__proto__: {polluted: 1}, a: 1}\nb: 2\n");
    expect(Object.keys(data as object)).toEqual(["__proto__", "a", "b"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(only("x: &x {a: 1, b: 1}\ny:\n  <<: *x\n  b: 2\n")).toMatchObject({ data: { true: { a: 1, b: 2 } }, duplicates: [] });
    expect(only("<<: [{a: 1}, {a: 2, b: 3}]\n").data).toEqual({ a: 1, b: 3 });
    expect(firstProblem("<<: 1\n")).toMatchObject({ code: "bad-merge" });
  });

  it("7: NUL, control and bidirectional characters are refused and shown escaped", () => {
    expect(firstProblem("a: b\u0000c\n")).toMatchObject({ code: "control-character", line: 1, column: 5, message: expect.stringContaining("U+0000 (NUL)") as string });
    expect(firstProblem("a: 1\nb: \u001b[31m\n")).toMatchObject({ code: "control-character", line: 2, column: 4 });
    expect(firstProblem("a: x\u202ey\n")).toMatchObject({ code: "bidirectional-character", column: 5, message: expect.stringContaining("U+202E") as string });
    expect(firstProblem("# \u2066\na: 1\n")).toMatchObject({ code: "bidirectional-character" });
    expect(only("a: \"\\u0000\\u202e\"\n").data).toEqual({ a: "\u0000\u202e" });
    expect(JSON.stringify(readYaml("a: x\u202ey\n").problems)).not.toContain("\u202e");
  });

  it("8: a byte order mark and CRLF are accepted", () => {
    const document = only("\ufeffapiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  a: |\r\n    x\r\n    y\r\n");
    expect(document.data).toEqual({ apiVersion: "v1", kind: "ConfigMap", data: { a: "x\ny\n" } });
    expect(document.locate(["kind"])).toMatchObject({ line: 2, column: 7 });
    expect(readYaml("\ufeff---\r\na: 1\r\n---\r\nb: 2\r\n").documents.map((each) => each.data)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it("9: the size of an object over 1.5 MB is known before it is sent", () => {
    const { data } = only(`apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "${"é".repeat(800_000)}"\n`);
    expect(jsonByteSize(data)).toBe(new TextEncoder().encode(JSON.stringify(data)).length);
    expect(jsonByteSize(data)).toBeGreaterThan(1.5 * 1024 * 1024);
  });

  it("10: a 10 MB paste is read in small steps that can be cancelled", () => {
    const text = "apiVersion: v1\nkind: List\nitems:\n".concat("- name: some-name\n  labels: {a: b, c: d}\n  value: 'text'\n".repeat(180_000));
    expect(text.length).toBeGreaterThan(10_000_000);
    const steps = readYamlSteps(text);
    // Two hundred steps read but a small part: each is short, whatever the machine.
    for (let i = 0; i < 200; i++) {
      const step = steps.next();
      expect(step.done).toBe(false);
      if (step.done === false) expect(step.value.offset).toBeLessThan(((i + 1) / 200) * text.length);
    }
    const cancelled = steps.return({ documents: [], problems: [], ok: true, isJson: false });
    expect(cancelled.done).toBe(true);
    const late = `a: ${"🙂".repeat(800_000)}\u0000\n`;
    expect(firstProblem(late)).toMatchObject({ code: "control-character", column: 1_600_004 });
  });

  it("11: one bad document in a stream leaves the others", () => {
    const { documents, ok } = readYaml("a: 1\n---\nfoo: [\n---\nb: 2\n");
    expect(ok).toBe(false);
    expect(documents.map((each) => [each.ok, each.data])).toEqual([[true, { a: 1 }], [false, null], [true, { b: 2 }]]);
    expect(documents[1]).toMatchObject({ startLine: 3, endLine: 3, clientMessage: "error converting YAML to JSON: yaml: line 1: did not find expected node content" });
    expect(documents[1]?.problems[0]).toMatchObject({ code: "unclosed", line: 3, column: 6 });
  });

  it("15: no and 0644 mean what YAML 1.1 says, with a hint", () => {
    const document = only("a: no\nb: 0644\nc: 1.10\non: x\nd: 0o17\ne: \"no\"\nf: 08\ng: 12\nh: 1e3\ni: 1_000\n");
    expect(document.data).toEqual({ a: false, b: 420, c: 1.1, true: "x", d: 15, e: "no", f: 8, g: 12, h: 1000, i: 1000 });
    expect(document.problems.map((problem) => [problem.severity, problem.code, problem.line])).toEqual([
      ["hint", "yaml11-boolean", 1], ["hint", "yaml11-number", 2], ["hint", "yaml11-number", 3], ["hint", "yaml11-key", 4],
      ["hint", "yaml11-number", 5], ["hint", "yaml11-number", 7], ["hint", "yaml11-number", 9], ["hint", "yaml11-number", 10],
    ]);
    expect(document.problems[0]?.message).toBe("Kubernetes reads YAML 1.1, where no means false.");
    expect(document.problems[1]?.message).toBe("0644 is read as an octal number: 420.");
  });

  it("20: custom tags are reported and never executed", () => {
    const document = only("a: !!js/function 'function () { throw 1 }'\nb: !foo {c: 1}\n");
    expect(document.data).toEqual({ a: "function () { throw 1 }", b: { c: 1 } });
    expect(document.problems).toMatchObject([{ severity: "warning", code: "custom-tag", line: 2, column: 4 }]);
  });
});

describe("cost", () => {
  it("takes twice the steps for twice the text (time is measured by `npm run bench -- growth-yaml`)", () => {
    const unit = "- name: web\n  image: \"nginx:1.27\"\n  args: [a, b, 'c d']\n  text: |\n    one\n    two\n";
    const stepsOf = (count: number): number => {
      const reading = readYamlSteps(unit.repeat(count));
      let steps = 0;
      while (reading.next().done !== true) steps++;
      return steps;
    };
    expect(stepsOf(16_000) / stepsOf(8000)).toBeLessThan(2.2);
  });

  it("stays small for shapes that make careless readers quadratic", () => {
    // A quadratic reader would not come back from these within the test's time limit.
    for (const piece of ["a: b\n", "'", "\"\\", "- - ", "[", "x ", "\n", "# c\n", "&a ", "? ", "a:\n a:\n"]) readYaml(piece.repeat(60_000));
    readYaml(Array.from({ length: 30_000 }, (_, i) => `k${String(i)}: &a${String(i)} v`).join("\n"));
  });
});
