import { describe, expect, it } from "vitest";
import type { WorkspaceState } from "../stores/index.ts";
import { freeName, nameProblem, withNewFile, withoutFile, withRenamed } from "./file-names.ts";

const state: WorkspaceState = { files: [{ name: "web.yaml", text: "a" }, { name: "db.yaml", text: "b" }], current: "web.yaml", worldTitle: "", revealLine: 3, applied: false, appliedTexts: {} };

describe("names of files", () => {
  it("are numbered when taken", () => {
    expect(freeName(state.files, "api.yaml")).toBe("api.yaml");
    expect(freeName([...state.files, { name: "web-2.yaml", text: "" }], "web.yaml")).toBe("web-3.yaml");
    expect(freeName([{ name: ".env", text: "" }], ".env")).toBe(".env-2");
  });

  it("must not be empty or taken", () => {
    expect(nameProblem(state.files, "web.yaml", "")).toBe("empty");
    expect(nameProblem(state.files, "web.yaml", "db.yaml")).toBe("taken");
    expect(nameProblem(state.files, "web.yaml", "web.yaml")).toBe("");
  });
});

describe("files of the workspace", () => {
  it("come to the front when new", () => {
    const next = withNewFile(state, "web.yaml", "x");
    expect([next.current, next.files.length, next.revealLine]).toEqual(["web-2.yaml", 3, 0]);
  });

  it("leave the front to their neighbour when closed", () => {
    expect(withoutFile(state, "web.yaml").current).toBe("db.yaml");
    expect(withoutFile(state, "db.yaml").current).toBe("web.yaml");
    expect(withoutFile(withoutFile(state, "db.yaml"), "web.yaml").current).toBe("");
  });

  it("keep text and front when renamed", () => {
    const next = withRenamed(state, "web.yaml", "shop.yaml");
    expect(next.current).toBe("shop.yaml");
    expect(next.files[0]).toEqual({ name: "shop.yaml", text: "a" });
  });
});
