import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCluster, displacePod, holdShape, placePod, upsertNode } from "../../framework/cluster.ts";
import type { NodeInfo } from "../../framework/node-info.ts";
import { createPlan, refreshPlan, refusalNow } from "../../framework/plan.ts";
import { type Profile, resolveProfiles } from "../../profile/profile.ts";
import { anyPod } from "../../testing/random-cases.ts";
import { makeNode } from "../../testing/test-cluster.ts";
import { selectVictims } from "./victims.ts";

const profile = resolveProfiles({}).get("default-scheduler") as Profile;

describe("victims on a node", () => {
  it("are enough, are all needed, are of lower priority, and trying changes nothing", () => {
    fc.assert(fc.property(fc.array(anyPod("x"), { maxLength: 8 }), anyPod("preemptor"), fc.integer({ min: 1, max: 3 }), (there, preemptor, priority) => {
      const cluster = createCluster();
      const node = upsertNode(cluster, makeNode("n0", { allocatable: { cpu: "2", memory: "4096Mi", pods: "5" }, labels: { "topology.kubernetes.io/zone": "z0" } }));
      there.forEach((pod, at) => {
        placePod(cluster, { key: `default/p${at}`, pod, shape: holdShape(cluster, pod), priority: pod.spec?.priority ?? 0, node: node.index, assumed: false, terminating: false });
      });
      const plan = createPlan(profile, holdShape(cluster, preemptor), cluster.capacity);
      refreshPlan(cluster, profile, plan);
      const sums = (info: NodeInfo): string => JSON.stringify([info.requested.cpuMillis, info.nonZeroMemoryBytes, [...info.pods.keys()].sort(), [...info.ports.keys()], [...cluster.carried.keys()].sort()]);
      const before = sums(node);
      const run = selectVictims({ cluster, profile, plan, priority, budgets: [] }, node, []);
      expect(sums(node)).toBe(before);
      if (run.refused !== undefined) return;
      const refused = (): unknown => { refreshPlan(cluster, profile, plan); return refusalNow(cluster, profile, plan, node); };
      const wasRefused = refused() !== undefined;
      for (const victim of run.victims) { expect(victim.priority).toBeLessThan(priority); displacePod(cluster, victim); }
      expect(refused()).toBeUndefined();
      if (!wasRefused) return;
      for (const victim of run.victims) {
        placePod(cluster, victim);
        expect(refused()).toBeDefined();
        displacePod(cluster, victim);
      }
    }), { numRuns: 400, seed: 3 });
  });
});
