/** How cost grows. Ratios of CPU time in one process: what CI may gate on. */
import { readYaml } from "../src/base/yaml/index.ts";
import { createStore, getAt, listAt, put } from "../src/engine/store/index.ts";
import { emptyRegistry } from "../src/systems/kubernetes/schema/index.ts";
import { checkManifest } from "../src/systems/kubernetes/editing/index.ts";
import { type Benchmark, cpuMs } from "./benchmark.ts";
import { apply, clusterOf, deployment, readyNodes, readyPods, runUntil } from "./cluster.ts";
import { costRatio, heapWith } from "./growth-cost.ts";
import { writeCost } from "./watch-fan-out.ts";

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

function podsTimesTen(): number {
  return costRatio(() => podCost(100, 5_000), () => podCost(100, 500), 2);
}

/** Heap that a world keeps for its pods, beyond what a world without pods keeps. */
function heapTimesTen(): number {
  const heap = (pods: number): number => heapWith(() => {
    const world = clusterOf(100);
    runUntil(world, () => readyNodes(world) === 100, 60_000);
    apply(world, [deployment("measured", pods)]);
    runUntil(world, () => readyPods(world) === pods, 600_000, 1_000);
    return world;
  });
  heap(500); // fills what is filled once for all worlds
  const none = heap(0);
  const small = heap(500) - none;
  return (heap(5_000) - none) / small;
}

/** Reads of a log's past, at points spread over all of it. */
function logTimesTen(): number {
  const reads = (changes: number): (() => number) => {
    const store = createStore<number>();
    for (let change = 0; change < changes; change++) put(store, `/registry/pods/default/pod-${change % 1_000}`, (revision) => revision);
    return () => cpuMs(() => {
      for (let point = 0; point < 300; point++) {
        const revision = 1_001 + Math.floor(((changes - 1_000) * point) / 300);
        listAt(store, "/registry/pods/", revision);
        for (let key = 0; key < 1_000; key++) getAt(store, `/registry/pods/default/pod-${key}`, revision);
      }
    });
  };
  return costRatio(reads(500_000), reads(50_000));
}

function podsThere(): number {
  return costRatio(() => podCost(100, 500, [], 2_000), () => podCost(100, 500, [], 500));
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
  return costRatio(() => podCost(20, 500, unrelated(500), 100), () => podCost(20, 500, unrelated(50), 100));
}

function nodesTimesTen(): number {
  return costRatio(() => podCost(500, 500), () => podCost(50, 500));
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
  for (let round = 0; round < 5; round++) cost(4_000);
  return costRatio(() => cost(4_000), () => cost(2_000), 15);
}

/** Ratios of BENCHMARKS' growth table that the core has. */
export const growthBenchmarks: readonly Benchmark[] = [
  { name: "growth-pods-times-10", unit: "× time", goal: 11, better: "lower", kind: "growth", run: podsTimesTen },
  { name: "growth-heap-of-pods-times-10", unit: "× heap", goal: 11, better: "lower", kind: "growth", run: heapTimesTen },
  { name: "growth-pods-already-there-times-4", unit: "× cost per pod", goal: 1.15, better: "lower", kind: "growth", run: podsThere },
  { name: "growth-unrelated-objects-times-10", unit: "× cost per pod", goal: 1.2, better: "lower", kind: "growth", run: unrelatedTimesTen },
  { name: "growth-nodes-times-10", unit: "× cost per pod", goal: 2, better: "lower", kind: "growth", run: nodesTimesTen },
  { name: "growth-other-watchers-times-10", unit: "× cost per write", goal: 1.1, better: "lower", kind: "growth", run: () => costRatio(() => writeCost(5_000), () => writeCost(500)) },
  { name: "growth-log-times-10", unit: "× cost per read", goal: 1.5, better: "lower", kind: "growth", run: logTimesTen },
  { name: "growth-yaml-times-2", unit: "× time", goal: 2.2, better: "lower", kind: "growth", run: yamlTimesTwo },
];
