import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepEqual } from "../json/index.ts";
import type { JsonValue } from "../json/index.ts";
import { readYaml, writeYaml } from "./index.ts";

const shared = process.env["ORRERY_SHARED"] ?? fileURLToPath(new URL("../../../../shared", import.meta.url));
const recordings = join(shared, "oracle", "kubectl");

const LONG = "The quick brown fox jumps over the lazy dog and then some more words follow here to pass the eighty columns limit surely";

describe("writeYaml", () => {
  it("indents as kubectl does", () => {
    expect(writeYaml({ spec: { containers: [{ name: "a", ports: [{ containerPort: 80 }], args: [] }], strategy: {} }, kind: "X", status: null })).toBe(
      "kind: X\nspec:\n  containers:\n  - args: []\n    name: a\n    ports:\n    - containerPort: 80\n  strategy: {}\nstatus: null\n",
    );
    expect(writeYaml([[1, [2, 3]], { x: [1] }, []])).toBe("- - 1\n  - - 2\n    - 3\n- x:\n  - 1\n- []\n");
    expect([writeYaml({}), writeYaml([]), writeYaml(null), writeYaml("x"), writeYaml(true)]).toEqual(["{}\n", "[]\n", "null\n", "x\n", "true\n"]);
    expect(writeYaml({ a: undefined, b: 1 })).toBe("b: 1\n");
  });
  it("sorts keys as the library does", () => {
    expect(writeYaml({ "10": 1, "2": 1, a10: 1, a2: 1, B: 1, b: 1, "a.b": 1, "a-b": 1, "a/b": 1 })).toBe('"2": 1\n"10": 1\nB: 1\na-b: 1\na.b: 1\na/b: 1\na2: 1\na10: 1\nb: 1\n');
  });
  it.each([
    ["yes", '"yes"'], ["1", '"1"'], ["", '""'], ["~", '"~"'], ["1:30", '"1:30"'], ["2001-01-01", '"2001-01-01"'], ["0x1F", '"0x1F"'], ["n", '"n"'], ["null", '"null"'],
    ["#a", "'#a'"], ["a #b", "'a #b'"], ["a: b", "'a: b'"], ["a:", "'a:'"], ["- a", "'- a'"], ["*a", "'*a'"], [" a", "' a'"], ["'", "''''"], ["{{x}}", "'{{x}}'"], ["---", "'---'"],
    ["a:b", "a:b"], ["a#b", "a#b"], ["?a", "?a"], [":a", ":a"], ["a?", "a?"], ["=", "="], ["<<", "<<"], ["é", "é"], ["a,b", "a,b"],
    ["a\tb", '"a\\tb"'], ["🙂", '"\\U0001F642"'], ["\u0000", '"\\0"'], ["a \nb", '"a \\nb"'], ["a\nb\n", "|\n  a\n  b"], ["a\nb", "|-\n  a\n  b"], ["a\n\n", "|+\n  a\n"], [" a\nb", "|2-\n   a\n  b"],
  ])("writes %j as the library does", (text, written) => {
    expect(writeYaml({ k: text })).toBe(`k: ${written}\n`);
  });
  it("folds long lines after column 80, in every style", () => {
    expect(writeYaml({ a: LONG, b: `${LONG}: x`, c: `\t${LONG}` })).toBe(
      "a: The quick brown fox jumps over the lazy dog and then some more words follow here\n  to pass the eighty columns limit surely\n" +
      "b: 'The quick brown fox jumps over the lazy dog and then some more words follow here\n  to pass the eighty columns limit surely: x'\n" +
      'c: "\\tThe quick brown fox jumps over the lazy dog and then some more words follow\n  here to pass the eighty columns limit surely"\n',
    );
    expect(writeYaml({ a: "x".repeat(200) })).toBe(`a: ${"x".repeat(200)}\n`);
  });
  it("writes numbers as Go does", () => {
    expect(writeYaml([3, -3, 1.5, 0.001, 1e-5, 1e21, 1000000.5, 123456789012, 1e20, 100000])).toBe("- 3\n- -3\n- 1.5\n- 0.001\n- 1e-05\n- 1e+21\n- 1.0000005e+06\n- 123456789012\n- 1e+20\n- 100000\n");
  });
  it("writes keys that are long or have several lines after a question mark", () => {
    expect(writeYaml({ "a\nb": 1 })).toBe("? |-\n  a\n  b\n: 1\n");
    expect(writeYaml({ ["x".repeat(130)]: { z: [1] } })).toBe(`? ${"x".repeat(130)}\n: z:\n  - 1\n`);
  });
  it("is read back as the same value", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", ":", "#", "-", "'", '"', "1", ".", "é", "🙂", "\t", "{", ",", "word", "\\", "~", "yes"), maxLength: 40 });
    const value = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie("node"), { maxLength: 4 }), fc.dictionary(text, tie("node"), { maxKeys: 4 }).map((object) => ({ ...object }))),
    })).node as fc.Arbitrary<JsonValue>;
    fc.assert(fc.property(value, (data) => {
      const [document] = readYaml(`---\n${writeYaml(data)}`).documents;
      return document?.ok === true && deepEqual(document.data, data);
    }), { numRuns: 500 });
  });
});

describe.skipIf(!existsSync(recordings))("kubectl's own output (skipped without the recordings)", () => {
  for (const name of ["create", "local", "output", "errors"]) {
    it(`${name}: read and written again, it is the same`, () => {
      let compared = 0;
      for (const line of readFileSync(join(recordings, `${name}.jsonl`), "utf8").split("\n")) {
        if (line === "") continue;
        const { args, stdout, exit } = JSON.parse(line) as { args: string[]; stdout: string; exit: number };
        if (exit !== 0 || !args.includes("yaml") || !/^(apiVersion|data|kind): /.test(stdout)) continue;
        const { documents, ok } = readYaml(stdout);
        // Two objects in a row are printed without a separator by --local commands: not one document any more.
        if (!ok || documents.some((document) => document.duplicates.length > 0)) continue;
        compared++;
        expect(documents.map((document) => writeYaml(document.data)).join("---\n")).toBe(stdout);
      }
      expect(compared).toBeGreaterThan(name === "output" ? -1 : 3);
    });
  }
});
