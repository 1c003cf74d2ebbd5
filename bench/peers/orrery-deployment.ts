/** A Deployment of N pods on three nodes, to Ready, in Orrery. Prints CPU ms and peak memory as JSON. */
import { apply, clusterOf, deployment, readyNodes, readyPods, runUntil } from "../cluster.ts";

const wanted = Number(process.argv[2] ?? 300);
const before = process.cpuUsage();
const world = clusterOf(3);
runUntil(world, () => readyNodes(world) === 3, 60_000);
apply(world, [deployment("quiet", wanted)]);
runUntil(world, () => readyPods(world) === wanted, 600_000);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }));
