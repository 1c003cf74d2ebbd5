/** What must hold whatever happens (INVARIANTS.md 8 to 12), over random clusters driven through the bus. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { World } from "../../../engine/bus/index.ts";
import type { Node, Pod } from "../api/index.ts";
import { objectKey } from "../api/index.ts";
import { listsOf } from "./index.ts";
import { anyNode, anyPod } from "./testing/random-cases.ts";
import { Reference } from "./testing/reference.ts";
import { drop, makeWorld, put, schedulerOf, serverOf } from "./testing/test-cluster.ts";

/** Lets time pass step by step and checks each decision against what the scheduler could know at that moment. */
function watchDecisions(world: World, untilMs: number): void {
  let seen = world.trace.notes.length;
  while (world.nextEventAt() <= untilMs) {
    world.step();
    for (; seen < world.trace.notes.length; seen++) {
      const note = world.trace.notes[seen];
      if (note?.kind === "PodPreempted") expect(note.data["byPriority"]).toBeGreaterThan(note.data["priority"] as number);
      if (note?.kind === "PodScheduled") checkPlacement(world, note.object.slice("pods/".length), note.data["node"] as string);
    }
  }
  world.run(untilMs);
}

function checkPlacement(world: World, key: string, node: string): void {
  const state = schedulerOf(world);
  const lists = listsOf(state);
  const nodes = [...lists.nodes];
  const target = nodes.find((one) => one.metadata?.name === node) as Node;
  const others = [...lists.pods].filter((pod) => objectKey(pod) !== key);
  const pod = state.cluster.pods.get(key)?.pod as Pod;
  expect({ key, node, refusedBy: new Reference(nodes, others).refusedBy(pod, target) }).toEqual({ key, node, refusedBy: "" });
}

function boundOnce(world: World): void {
  const bindings = new Map<string, number>();
  for (const call of serverOf(world).log) {
    if (call.subresource !== "binding") continue;
    const { uid } = (call.body as { readonly metadata: { readonly uid: string } }).metadata;
    bindings.set(uid, (bindings.get(uid) ?? 0) + 1);
  }
  for (const count of bindings.values()) expect(count).toBe(1);
}

describe("whatever happens", () => {
  it("every binding keeps to every rule, no pod is bound twice, and only lower priorities are preempted", () => {
    const nodes = fc.tuple(...Array.from({ length: 4 }, (_, index) => anyNode(index)));
    const pods = fc.tuple(...Array.from({ length: 14 }, (_, index) => anyPod(`p${index}`)));
    const waits = fc.array(fc.constantFrom(3, 50, 2000, 15_000), { minLength: 14, maxLength: 14 });
    fc.assert(fc.property(nodes, pods, waits, fc.array(fc.nat({ max: 13 }), { maxLength: 4 }), fc.nat(), (start, wanted, pauses, drops, seed) => {
      const world = makeWorld({}, seed);
      put(world, "nodes", start);
      wanted.forEach((pod, at) => {
        world.inject("kube-apiserver", { type: "put", resource: "pods", objects: [{ ...pod, metadata: { ...pod.metadata, uid: `u${at}` } }] } as never);
        watchDecisions(world, world.now + (pauses[at] ?? 50));
      });
      for (const which of drops) drop(world, "pods", [objectKey(wanted[which] as Pod)], 1);
      watchDecisions(world, world.now + 30_000);
      boundOnce(world);
    }), { numRuns: 120, seed: 11 });
  }, 60_000);

  it("a crash of the scheduler and failing bindings leave nothing behind", () => {
    const nodes = fc.tuple(...Array.from({ length: 3 }, (_, index) => anyNode(index)));
    const pods = fc.tuple(...Array.from({ length: 8 }, (_, index) => anyPod(`p${index}`)));
    fc.assert(fc.property(nodes, pods, fc.nat({ max: 7 }), (start, wanted, crashAt) => {
      const world = makeWorld();
      put(world, "nodes", start);
      wanted.forEach((pod, at) => {
        world.inject("kube-apiserver", { type: "fail-bindings", code: at % 3 === 1 ? 500 : 0 } as never);
        put(world, "pods", [pod], 4);
        if (at !== crashAt) return;
        world.crash("kube-scheduler");
        world.startComponent("kube-scheduler");
      });
      world.inject("kube-apiserver", { type: "fail-bindings", code: 0 } as never);
      world.run(world.now + 60_000);
      const { cluster, binding, queue } = schedulerOf(world);
      expect(binding.size).toBe(0);
      const held = [...cluster.shapes.values()].reduce((sum, shape) => sum + shape.pods, 0);
      expect(held).toBe(cluster.pods.size + queue.pods.size);
      for (const info of cluster.nodes) {
        expect(info.requested.cpuMillis).toBe([...info.pods.values()].reduce((sum, one) => sum + one.shape.requests.cpuMillis, 0));
        expect(info.pods.size).toBeLessThanOrEqual(info.allowedPods);
      }
    }), { numRuns: 60, seed: 5 });
  }, 60_000);
});
