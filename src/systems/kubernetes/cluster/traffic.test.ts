import { describe, expect, it } from "vitest";
import type { World } from "../../../engine/bus/index.ts";
import { CLIENTS } from "../api/index.ts";
import { clientSummary, type ClientsState, type ClientSummary } from "../clients/index.ts";
import { createCluster } from "./assemble.ts";
import { applyInput } from "./inputs.ts";
import { type ClusterSpec, readClusterSpec } from "./spec.ts";
import { STARTERS } from "./starters.ts";

function cluster(seed = 1, nodes = 3): World {
  return createCluster(readClusterSpec({ nodes }) as ClusterSpec, seed);
}

function run(world: World, seconds: number): void {
  world.run(world.now + seconds * 1000);
}

function summary(world: World, name = "customers"): ClientSummary {
  return clientSummary(world.stateOf<ClientsState>(CLIENTS)!, name)!;
}

describe("traffic through a service", () => {
  it("is answered by every pod", () => {
    const world = cluster();
    run(world, 20);
    applyInput(world, { kind: "apply", ticket: 1, manifest: STARTERS.web });
    run(world, 30);
    applyInput(world, { kind: "traffic", on: true, spec: { name: "customers", url: "http://web.default/", perSecond: 20, from: "inside" } });
    run(world, 20);
    expect(summary(world)).toMatchObject({ failed: 0 });
    expect(summary(world).byPod.size).toBe(3);
  });
});
