import { describe, expect, it } from "vitest";
import {
  compileSelector, EVERYTHING, formatFieldSelector, formatLabelSelector, formatSelector, matcherOf, matchesFields, matchesSelector, NOTHING,
  parseFieldSelector, parseSelector, requiredFieldValue, selectorFromLabelSelector, selectorFromSet, type Selector,
} from "./index.ts";

function selector(text: string): Selector {
  const result = parseSelector(text);
  if ("error" in result) throw new Error(result.error);
  return result.selector;
}

function parseError(text: string): string {
  const result = parseSelector(text);
  return "error" in result ? result.error : "no error";
}

describe("parseSelector", () => {
  it.each([
    ["app=web", "app=web"], ["app == web", "app==web"], ["app!=web", "app!=web"], ["b,a", "a,b"], ["!canary", "!canary"],
    ["tier in (front, back)", "tier in (back,front)"], ["tier notin ()", "tier notin ()"], ["x in (a,,b)", "x in (,a,b)"], ["x in (,)", "x in ()"],
    ["n>2,m<10", "m<10,n>2"], ["in=notin", "in=notin"], ["in in (in)", "in in (in)"], ["app=", "app="], ["app=,b", "app=,b"], ["", ""], ["a.b/c-d=e_f", "a.b/c-d=e_f"],
  ])("%s is %s", (text, formatted) => {
    expect(formatSelector(selector(text))).toBe(formatted);
  });

  const KEY_RULE = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  const VALUE_RULE = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  it.each([
    ["a=,b c", "unable to parse requirement: found 'c', expected: in, notin, =, ==, !=, gt, lt"],
    ["a=b c", "found 'c', expected: ',' or 'end of string'"],
    ["a,", "found '', expected: identifier after ','"],
    ["=b", "found '=', expected: !, identifier, or 'end of string'"],
    ["a in b", "unable to parse requirement: found 'b' expected: '('"],
    ["a in (b", "unable to parse requirement: found '', expected: ',' or ')'"],
    ["a in (=)", "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ["a==(", "unable to parse requirement: found '(', expected: identifier"],
    ["!=b", "found '!=', expected: !, identifier, or 'end of string'"],
    ["-a=b", `unable to parse requirement: <nil>: Invalid value: "-a": ${KEY_RULE}`],
    ["a=-b", `unable to parse requirement: values[0][a]: Invalid value: "-b": ${VALUE_RULE}`],
    ["n>x", `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`],
    ["!a=b", "found '=', expected: ',' or 'end of string'"],
  ])("refuses %s", (text, error) => {
    expect(parseError(text)).toBe(error);
  });
});

describe("matching", () => {
  it.each([
    ["app=web", { app: "web" }, true], ["app=web", { app: "db" }, false], ["app=web", undefined, false], ["app!=web", {}, true], ["app!=web", { app: "web" }, false],
    ["a in (x,y)", { a: "y" }, true], ["a in (x,y)", {}, false], ["a notin (x,y)", {}, true], ["a notin (x)", { a: "x" }, false], ["a", { a: "" }, true], ["!a", { a: "" }, false],
    ["n>2", { n: "3" }, true], ["n>2", { n: "2" }, false], ["n<2", { n: "1" }, true], ["n>2", { n: "many" }, false], ["n>2", {}, false], ["a=1,b=2", { a: "1", b: "2" }, true],
    ["a=1,b=2", { a: "1" }, false], ["", {}, true], ["toString", {}, false],
  ] as const)("%s on %o: %s", (text, labels, expected) => {
    expect(matchesSelector(selector(text), labels)).toBe(expected);
    expect(matcherOf(selector(text))(labels)).toBe(expected);
  });

  it("matches everything and nothing", () => {
    expect(matcherOf(EVERYTHING)(undefined)).toBe(true);
    expect(matcherOf(NOTHING)({})).toBe(false);
    expect(matchesSelector(NOTHING, {})).toBe(false);
  });
});

describe("LabelSelector objects", () => {
  it("matches nothing when absent, everything when empty", () => {
    expect(compileSelector(undefined)({ a: "b" })).toBe(false);
    expect(compileSelector({})({ a: "b" })).toBe(true);
  });

  it("joins matchLabels and matchExpressions", () => {
    const both = { matchLabels: { app: "web" }, matchExpressions: [{ key: "tier", operator: "In", values: ["a", "b"] }, { key: "old", operator: "DoesNotExist" }] };
    const matcher = compileSelector(both);
    expect(matcher({ app: "web", tier: "b" })).toBe(true);
    expect(matcher({ app: "web", tier: "c" })).toBe(false);
    expect(matcher({ app: "web", tier: "a", old: "" })).toBe(false);
    expect(compileSelector(both)).toBe(matcher);
    expect(formatLabelSelector(both)).toBe("app=web,!old,tier in (a,b)");
  });

  it("refuses unknown operators and empty value sets", () => {
    expect(selectorFromLabelSelector({ matchExpressions: [{ key: "a", operator: "Like" }] })).toEqual({ error: '"Like" is not a valid label selector operator' });
    expect(selectorFromLabelSelector({ matchExpressions: [{ key: "a", operator: "In" }] })).toEqual({
      error: "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    });
    expect(compileSelector({ matchExpressions: [{ key: "a", operator: "Like" }] })({ a: "b" })).toBe(false);
    expect(formatLabelSelector({ matchExpressions: [{ key: "a", operator: "Like" }] })).toBe("<error>");
  });

  it("shows none", () => {
    expect(formatLabelSelector(undefined)).toBe("<none>");
    expect(formatLabelSelector({ matchLabels: {} })).toBe("<none>");
  });

  it("takes a plain map as a selector", () => {
    expect(formatSelector(selectorFromSet({ b: "2", a: "1" }))).toBe("a=1,b=2");
    expect(matchesSelector(selectorFromSet(undefined), undefined)).toBe(true);
  });
});

describe("field selectors", () => {
  it("parses, matches and formats", () => {
    const result = parseFieldSelector("status.phase!=Running,metadata.name==web,");
    if ("error" in result) throw new Error(result.error);
    expect(result.requirements).toEqual([
      { field: "metadata.name", operator: "=", value: "web" },
      { field: "status.phase", operator: "!=", value: "Running" },
    ]);
    const fields: Record<string, string> = { "metadata.name": "web", "status.phase": "Pending" };
    expect(matchesFields(result.requirements, (field) => fields[field] ?? "")).toBe(true);
    expect(matchesFields(result.requirements, () => "Running")).toBe(false);
    expect(requiredFieldValue(result.requirements, "metadata.name")).toBe("web");
    expect(requiredFieldValue(result.requirements, "status.phase")).toBeUndefined();
    expect(formatFieldSelector(result.requirements)).toBe("metadata.name=web,status.phase!=Running");
  });

  it("keeps escaped commas and refuses what it cannot read", () => {
    expect(parseFieldSelector("a=b\\,c")).toEqual({ requirements: [{ field: "a", operator: "=", value: "b,c" }] });
    expect(formatFieldSelector([{ field: "a", operator: "=", value: "b,c=\\" }])).toBe("a=b\\,c\\=\\\\");
    expect(parseFieldSelector("a")).toEqual({ error: "invalid selector: 'a'; can't understand 'a'" });
    expect(parseFieldSelector("a=b=c")).toEqual({ error: "invalid field selector: unescaped character in value: 61" });
    expect(parseFieldSelector("a=b\\x")).toEqual({ error: "invalid field selector: invalid escape sequence: \\x" });
    expect(parseFieldSelector("")).toEqual({ requirements: [] });
  });
});
