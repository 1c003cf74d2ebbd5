import {
  affinityWorkload, antiAffinityWorkload, basicWorkload, daemonSetWorkload, defaultSpreadWorkload, prepareWorkload, preemptionWorkload, runWorkload, spreadWorkload, type Workload,
} from "../src/systems/kubernetes/scheduler/testing/workloads.ts";
import { type Benchmark, cpuMs } from "./benchmark.ts";

/** Pods scheduled a second of CPU time, over the bus and against a stand-in API server; fails if any pod is left over. */
function podsPerSecond(make: () => Workload): number {
  const workload = make();
  const world = prepareWorkload(workload);
  let placed = 0;
  const ms = cpuMs(() => { placed = runWorkload(world, workload); });
  if (placed !== workload.measured.length) throw new Error(`${workload.measured.length - placed} pods were not scheduled`);
  return (placed / ms) * 1000;
}

function speed(name: string, goal: number, make: () => Workload): Benchmark {
  return { name: `scheduler-${name}`, unit: "pods/s", goal, better: "higher", kind: "speed", run: () => podsPerSecond(make) };
}

/** The scheduler alone, on 5,000 nodes (15,000 for DaemonSets); goals are ten times (three times for preemption) Kubernetes' CI floors. */
export const schedulerBenchmarks: readonly Benchmark[] = [
  speed("basic", 6800, () => basicWorkload(5000, 1000, 10_000)),
  speed("topology-spread", 4600, () => spreadWorkload(5000, 5000, 5000)),
  speed("default-spread", 1600, () => defaultSpreadWorkload(5000, 5000, 5000)),
  speed("pod-affinity", 350, () => affinityWorkload(5000, 5000, 5000)),
  speed("pod-anti-affinity", 600, () => antiAffinityWorkload(5000, 1000, 2000)),
  speed("preemption", 1710, () => preemptionWorkload(5000, 5000)),
  speed("daemon-set", 11_000, () => daemonSetWorkload(15_000)),
  {
    name: "scheduler-growth-nodes", unit: "× cost", goal: 2, better: "lower", kind: "growth",
    run: () => podsPerSecond(() => basicWorkload(200, 200, 4000)) / podsPerSecond(() => basicWorkload(2000, 200, 4000)),
  },
];
