import { describe, expect, it } from "vitest";
import { allocatableMemory, MACHINE_TYPES } from "./index.ts";

describe("machines", () => {
  it("offers types whose capacity grows", () => {
    const sizes = [MACHINE_TYPES.small, MACHINE_TYPES.medium, MACHINE_TYPES.large, MACHINE_TYPES.huge];
    for (let index = 1; index < sizes.length; index++) {
      expect(sizes[index]!.cpuMillis).toBeGreaterThan(sizes[index - 1]!.cpuMillis);
      expect(sizes[index]!.memoryBytes).toBeGreaterThan(sizes[index - 1]!.memoryBytes);
    }
  });

  it("keeps the eviction threshold back from pods", () => {
    expect(MACHINE_TYPES.small.memoryBytes - allocatableMemory(MACHINE_TYPES.small)).toBe(104_857_600);
  });

  it("is frozen, so that worlds can share it", () => {
    expect(Object.isFrozen(MACHINE_TYPES.small)).toBe(true);
  });
});
