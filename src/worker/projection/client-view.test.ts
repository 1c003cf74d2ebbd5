import { describe, expect, it } from "vitest";
import { list } from "../../engine/store/index.ts";
import { ETCD } from "../../systems/kubernetes/api/index.ts";
import { applyInput, type ClusterSpec, createCluster, gallerySession, readClusterSpec } from "../../systems/kubernetes/cluster/index.ts";
import type { EtcdState } from "../../systems/kubernetes/etcd/index.ts";
import { clientViews } from "./client-view.ts";

describe("views of clients", () => {
  it("count answers of the last seconds by pod uid, and go quiet when the client stops", () => {
    const world = createCluster(readClusterSpec({ nodes: 3 }) as ClusterSpec, 1);
    expect(clientViews(world)).toEqual([]);
    const start = world.now;
    for (const { at, input } of gallerySession("shop", 1)?.inputs ?? []) {
      world.run(start + at);
      applyInput(world, input);
    }
    world.run(start + 60_000);
    const [view] = clientViews(world);
    const uids = new Set(list(world.stateOf<EtcdState>(ETCD)!.store, "/registry/pods/").map(({ value }) => value.object.metadata.uid));
    const counts = Object.entries(view?.byPod ?? {});
    expect(counts).toHaveLength(3);
    for (const [uid] of counts) expect(uids.has(uid)).toBe(true);
    const recent = counts.reduce((sum, [, count]) => sum + count, 0);
    expect(recent).toBeGreaterThan(85);
    expect(recent).toBeLessThan(115);
    expect(view).toMatchObject({ id: "client/customers", target: "http://web.default/", perSecond: 10, failedRecently: 0, lastError: "" });
    applyInput(world, { kind: "traffic", on: false, spec: { name: "customers", url: "http://web.default/", perSecond: 10, from: "inside" } });
    world.run(world.now + 30_000);
    expect(clientViews(world)[0]).toMatchObject({ perSecond: 0, byPod: {}, latencyMs: 0 });
  });
});
