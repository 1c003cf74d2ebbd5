import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { honestyFor } from "./index.ts";

describe("honesty", () => {
  it("tells learners what the MODEL.md files tell engineers (run `node tools/collect-model.mjs` after editing one)", async () => {
    const { collect } = (await import("../../../../tools/collect-model.mjs" as string)) as { collect(): string };
    expect(readFileSync(new URL("./generated/rows.ts", import.meta.url), "utf8")).toBe(collect());
  });

  it("names only behaviours that are simplified or absent", () => {
    for (const kind of ["Pod", "Deployment", "Service", "Node"]) for (const row of honestyFor(kind)) expect(["simplified", "absent"]).toContain(row.standing);
  });
});
