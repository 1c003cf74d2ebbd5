import type { World } from "../src/engine/bus/index.ts";
import { Trace } from "../src/engine/trace/index.ts";
import { ETCD, type Pod } from "../src/systems/kubernetes/api/index.ts";
import { applyInput, createCluster, readClusterSpec } from "../src/systems/kubernetes/cluster/index.ts";
import type { EtcdState } from "../src/systems/kubernetes/etcd/index.ts";
import { type Benchmark, cpuMs } from "./benchmark.ts";

/** A cluster of equal nodes, about to start; a small trace, as a benchmark has no audience. */
export function clusterOf(nodes: number, node: object = {}): World {
  const spec = readClusterSpec({ nodes, node });
  if (typeof spec === "string") throw new Error(spec);
  return createCluster(spec, 1, new Trace(65_536, 1_000));
}

/** A Deployment's manifest as an object. */
export function deployment(name: string, replicas: number, extra: object = {}): object {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace: "default" },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "registry.k8s.io/pause:3.10", resources: { requests: { cpu: "10m", memory: "16Mi" } }, ...extra }] } } },
  };
}

/** Number of pods that are ready. Walks the store: only for benchmarks, between runs. */
export function readyPods(world: World): number {
  let ready = 0;
  for (const item of world.stateOf<EtcdState>(ETCD)?.store.prefixes.get("/registry/pods/")?.values() ?? []) {
    const pod = item.value.object as Pod;
    if (pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true) ready++;
  }
  return ready;
}

/** Number of stored nodes that are ready. */
export function readyNodes(world: World): number {
  let ready = 0;
  for (const item of world.stateOf<EtcdState>(ETCD)?.store.prefixes.get("/registry/minions/")?.values() ?? []) {
    if ((item.value.object as { readonly status?: Pod["status"] }).status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true) ready++;
  }
  return ready;
}

/** Runs until a condition holds, looking every `everyMs` of virtual time; throws after `limitMs`. */
export function runUntil(world: World, holds: () => boolean, limitMs: number, everyMs = 250): void {
  for (const end = world.now + limitMs; !holds(); ) {
    if (world.now >= end) throw new Error(`not reached within ${limitMs} simulated ms`);
    world.run(world.now + everyMs);
  }
}

/** Gives objects to apply. */
export function apply(world: World, objects: readonly object[]): void {
  applyInput(world, { kind: "apply-objects", ticket: 1, objects });
}

function startNodes(): number {
  return cpuMs(() => {
    const world = clusterOf(5_000);
    runUntil(world, () => readyNodes(world) === 5_000, 60_000, 500);
  });
}

function startPods(): number {
  const world = clusterOf(5_000);
  runUntil(world, () => readyNodes(world) === 5_000, 60_000, 500);
  return cpuMs(() => {
    apply(world, Array.from({ length: 10 }, (_unused, index) => deployment(`d${index}`, 1_000)));
    runUntil(world, () => readyPods(world) === 10_000, 600_000, 1_000);
  });
}

function wholeStackEvents(): number {
  const world = clusterOf(100);
  runUntil(world, () => readyNodes(world) === 100, 60_000);
  const before = world.handled;
  const ms = cpuMs(() => {
    apply(world, Array.from({ length: 10 }, (_unused, index) => deployment(`d${index}`, 500)));
    runUntil(world, () => readyPods(world) === 5_000, 600_000, 1_000);
  });
  return ((world.handled - before) / ms) * 1000;
}

/** Simulated time over CPU time: heartbeats, and a probe every ten seconds on each pod. */
function timesRealTime(): number {
  const world = clusterOf(100);
  runUntil(world, () => readyNodes(world) === 100, 60_000);
  apply(world, [deployment("probed", 1_000, { image: "nginx:1.27", ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 10 } })]);
  runUntil(world, () => readyPods(world) === 1_000, 600_000, 1_000);
  world.run(world.now + 60_000);
  const simulatedMs = 600_000;
  return simulatedMs / cpuMs(() => void world.run(world.now + simulatedMs));
}

/** The whole stack. */
export const clusterBenchmarks: readonly Benchmark[] = [
  { name: "nodes-5000-ready", unit: "CPU ms", goal: 2_000, better: "lower", kind: "speed", run: startNodes },
  { name: "pods-10000-on-5000-nodes-ready", unit: "CPU ms", goal: 2_000, better: "lower", kind: "speed", run: startPods },
  { name: "whole-stack-events", unit: "events/s", goal: 300_000, better: "higher", kind: "speed", run: wholeStackEvents },
  { name: "times-real-time-100-nodes-1000-pods", unit: "× real time", goal: 1_000, better: "higher", kind: "speed", run: timesRealTime },
];
