/** How cost grows. Ratios of CPU time in one process: what CI may gate on. */
import { readYaml } from "../src/base/yaml/index.ts";
import { emptyRegistry } from "../src/systems/kubernetes/schema/index.ts";
import { checkManifest } from "../src/systems/kubernetes/editing/index.ts";
import { type Benchmark, cpuMs, median } from "./benchmark.ts";
import { apply, clusterOf, deployment, readyNodes, readyPods, runUntil } from "./cluster.ts";

const REPEATS = 3;

/** CPU ms to bring `pods` more pods to Ready, after `prepare`. */
function podCost(nodes: number, pods: number, prepare: object[] = [], existing = 0): number {
  const world = clusterOf(nodes);
  runUntil(world, () => readyNodes(world) === nodes, 60_000);
  if (prepare.length > 0) {
    apply(world, prepare);
    world.run(world.now + 1_000 + prepare.length * 20);
  }
  if (existing > 0) {
    apply(world, [deployment("existing", existing)]);
    runUntil(world, () => readyPods(world) === existing, 600_000, 1_000);
  }
  return cpuMs(() => {
    apply(world, [deployment("measured", pods)]);
    runUntil(world, () => readyPods(world) === existing + pods, 600_000, 1_000);
  });
}

/** Ratio of two costs, each the median of a few runs taken in turn, after a warm-up. */
function ratio(large: () => number, small: () => number): number {
  small();
  const pairs = Array.from({ length: REPEATS }, () => large() / small());
  return median(pairs);
}

function podsTimesTen(): number {
  return ratio(() => podCost(100, 5_000), () => podCost(100, 500));
}

function podsThere(): number {
  return ratio(() => podCost(100, 500, [], 2_000), () => podCost(100, 500, [], 500));
}

function unrelated(count: number): object[] {
  const objects: object[] = [];
  for (let index = 0; index < count; index++) {
    objects.push({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: `c${index}`, namespace: "default" }, data: { k: "v" } });
    objects.push({ apiVersion: "v1", kind: "Service", metadata: { name: `s${index}`, namespace: "default" }, spec: { selector: { app: `other-${index}` }, ports: [{ port: 80 }] } });
  }
  return objects;
}

function unrelatedTimesTen(): number {
  return ratio(() => podCost(20, 500, unrelated(500)), () => podCost(20, 500, unrelated(50)));
}

function nodesTimesTen(): number {
  return ratio(() => podCost(500, 500), () => podCost(50, 500));
}

function yamlTimesTwo(): number {
  const document = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\ndata:\n  a: one\n  b: two\n---\n";
  const text = (documents: number): string => Array.from({ length: documents }, (_unused, index) => document.replace("NAME", `c${index}`)).join("");
  const cost = (documents: number): number => {
    const manifest = text(documents);
    return cpuMs(() => {
      readYaml(manifest);
      checkManifest(emptyRegistry, manifest);
    });
  };
  cost(2_000);
  return ratio(() => cost(4_000), () => cost(2_000));
}

/** Ratios of BENCHMARKS' growth table that the core has. */
export const growthBenchmarks: readonly Benchmark[] = [
  { name: "growth-pods-times-10", unit: "× time", goal: 11, better: "lower", kind: "growth", run: podsTimesTen },
  { name: "growth-pods-already-there-times-4", unit: "× cost per pod", goal: 1.15, better: "lower", kind: "growth", run: podsThere },
  { name: "growth-unrelated-objects-times-10", unit: "× cost per pod", goal: 1.2, better: "lower", kind: "growth", run: unrelatedTimesTen },
  { name: "growth-nodes-times-10", unit: "× cost per pod", goal: 2, better: "lower", kind: "growth", run: nodesTimesTen },
  { name: "growth-yaml-times-2", unit: "× time", goal: 2.2, better: "lower", kind: "growth", run: yamlTimesTwo },
];
