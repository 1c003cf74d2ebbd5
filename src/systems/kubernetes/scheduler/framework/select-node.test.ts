import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStream } from "../../../../engine/random/index.ts";
import type { Node, Pod } from "../../api/index.ts";
import { objectKey } from "../../api/index.ts";
import { explainAttempt } from "../explain/explain-attempt.ts";
import { resolveProfiles, type Profile } from "../profile/profile.ts";
import { anyNode, anyPod } from "../testing/random-cases.ts";
import { Reference } from "../testing/reference.ts";
import { createCluster, displacePod, holdShape, placePod, releaseShape, removeNode, upsertNode } from "./cluster.ts";
import type { Cluster } from "./cluster-types.ts";
import { createNominator } from "./nominator.ts";
import { createPlan, type Plan, releasePlan } from "./plan.ts";
import { createScratch } from "./score.ts";
import { enoughNodes, selectNode, type Selection } from "./select-node.ts";

const profile = resolveProfiles({}).get("default-scheduler") as Profile;

/** The fast path with everything it remembers, and beside it the plain lists. */
class Harness {
  readonly cluster: Cluster = createCluster();
  readonly nodes = new Map<string, Node>();
  readonly pods = new Map<string, Pod>();
  private readonly plans = new Map<number, Plan>();
  private readonly random = createStream(1, "test");

  setNode(node: Node): void {
    this.nodes.set(node.metadata?.name ?? "", node);
    upsertNode(this.cluster, node);
  }

  dropNode(name: string): void {
    this.nodes.delete(name);
    removeNode(this.cluster, name);
  }

  dropPod(key: string): void {
    this.pods.delete(key);
    const info = this.cluster.pods.get(key);
    if (info === undefined) return;
    displacePod(this.cluster, info);
    releaseShape(this.cluster, info.shape);
  }

  select(pod: Pod): Selection {
    const { cluster, random } = this;
    const shape = holdShape(cluster, pod);
    let plan = this.plans.get(shape.id);
    if (plan === undefined || plan.capacity !== cluster.capacity) {
      if (plan !== undefined) releasePlan(cluster, plan);
      plan = createPlan(profile, shape, cluster.capacity);
      this.plans.set(shape.id, plan);
    }
    return selectNode({ cluster, profile, plan, scratch: createScratch(cluster.capacity), nominator: createNominator(), random, cursor: { next: 0 } }, { key: objectKey(pod), priority: 0, nominatedNode: "" });
  }

  place(pod: Pod, slot: number): void {
    const { cluster } = this;
    const node = cluster.nodes[slot]?.name ?? "";
    const placed: Pod = { ...pod, spec: { containers: [], ...pod.spec, nodeName: node } };
    const key = objectKey(pod);
    this.pods.set(key, placed);
    placePod(cluster, { key, pod: placed, shape: holdShape(cluster, pod), priority: 0, node: slot, assumed: false, terminating: false });
  }
}

function compare(harness: Harness, pod: Pod): Selection {
  const nodes = [...harness.nodes.values()];
  const pods = [...harness.pods.values()];
  const expected = new Reference(nodes, pods).rows(pod);
  const table = explainAttempt({ nodes, pods }, pod);
  for (const row of expected) {
    const shown = table.rows.find((one) => one.node === row.node);
    expect({ node: row.node, refusedBy: shown?.refusedBy, total: shown?.total }).toEqual({ node: row.node, refusedBy: row.refusedBy, total: row.total });
  }
  const selection = harness.select(pod);
  const feasible = expected.filter((row) => row.refusedBy === "");
  expect(selection.feasible).toBe(feasible.length);
  if (feasible.length > 0) {
    const chosen = feasible.find((row) => row.node === harness.cluster.nodes[selection.slot]?.name);
    expect(chosen?.total).toBe(Math.max(...feasible.map((row) => row.total)));
    if (feasible.length > 1) expect(selection.score).toBe(chosen?.total);
  }
  return selection;
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("pod" as const), shape: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("dropPod" as const), which: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.nat({ max: 5 }).chain((index) => fc.record({ kind: fc.constant("node" as const), node: anyNode(index) })) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("dropNode" as const), index: fc.nat({ max: 5 }) }) },
);

describe("the fast path", () => {
  it("agrees with the obvious one on every node, whatever happened before", () => {
    const nodes = fc.tuple(...Array.from({ length: 6 }, (_, index) => anyNode(index)));
    const shapes = fc.tuple(...Array.from({ length: 5 }, (_, index) => anyPod(`s${index}`)));
    fc.assert(fc.property(nodes, shapes, fc.array(step, { minLength: 5, maxLength: 30 }), (start, pods, steps) => {
      const harness = new Harness();
      start.forEach((node) => { harness.setNode(node); });
      steps.forEach((one, at) => {
        if (one.kind === "node") harness.setNode(one.node);
        else if (one.kind === "dropNode") {
          for (const [key, pod] of [...harness.pods]) if (pod.spec?.nodeName === `n${one.index}`) harness.dropPod(key);
          harness.dropNode(`n${one.index}`);
        } else if (one.kind === "dropPod") harness.dropPod([...harness.pods.keys()][one.which] ?? "");
        else {
          const sample = pods[one.shape] as Pod;
          const pod: Pod = { ...sample, metadata: { ...sample.metadata, name: `p${at}` } };
          const { slot } = compare(harness, pod);
          if (slot >= 0) harness.place(pod, slot);
        }
      });
    }), { numRuns: 300, seed: 7 });
  }, 60_000);
});

describe("sampling", () => {
  it("looks for all of few nodes and a shrinking share of many", () => {
    expect([50, 100, 1000, 5000, 6000].map((nodes) => enoughNodes(0, nodes))).toEqual([50, 100, 420, 500, 300]);
    expect(enoughNodes(30, 1000)).toBe(300);
    expect(enoughNodes(5, 1000)).toBe(100);
  });
});
