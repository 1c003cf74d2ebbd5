import { describe, expect, it } from "vitest";
import type { SchemaNode } from "./node.ts";
import { nodeOfCode, readRow } from "./table.ts";

const linked: SchemaNode = { type: "object", definition: "Thing", goType: "v1.Thing" };
const node = (code: string): SchemaNode => nodeOfCode(code, "some.v1/Some.field", () => linked);

describe("rows of the tables", () => {
  it("have marks and fields", () => {
    expect(readRow("#~ name!:s items:[]@core.v1/Pod|merge|name")).toEqual({
      isKind: true, atomic: true, fields: [["name", true, "s"], ["items", false, "[]@core.v1/Pod|merge|name"]],
    });
    expect(readRow("")).toEqual({ isKind: false, atomic: false, fields: [] });
  });

  it("have codes of lists, maps and references", () => {
    expect(node("[mname,protocol]@Thing|merge|name")).toEqual({
      type: "array", items: linked, goType: "[]v1.Thing", listType: "map", listMapKeys: ["name", "protocol"], patchStrategy: "merge", patchMergeKey: "name",
    });
    expect(node("[s]s")).toMatchObject({ listType: "set", goType: "[]string" });
    expect(node("[]s").listType).toBeUndefined();
    expect(node("~*s")).toEqual({ type: "map", additionalProperties: { type: "string", goType: "string" }, goType: "map[string]string", mapType: "atomic" });
    expect(node("*q").goType).toBe("v1.ResourceList");
    expect(node("^@Thing")).toEqual({ ...linked, mapType: "granular" });
    expect(node("@Thing")).toBe(linked);
  });

  it("refuse codes they do not know", () => {
    expect(() => node("?")).toThrow("unknown type code ? at some.v1/Some.field");
  });
});
