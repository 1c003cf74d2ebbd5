// A Deployment of N pods on webernetes' three nodes, to Ready. Prints CPU ms and peak memory as JSON.
import { BaseImage, Cluster } from "@ngrok/webernetes";

class Quiet extends BaseImage {
  static imageName = "quiet";
  static imageVersion = "1.0";
  defaultCommand = ["wait"];
  async exec(context) {
    return await context.waitUntilKilled();
  }
}

const wanted = Number(process.argv[2] ?? 300);
const before = process.cpuUsage();
const cluster = new Cluster();
cluster.registerImage(Quiet);
await cluster.init();
const labels = { app: "quiet" };
await cluster.apply([{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "quiet", namespace: "default" }, spec: { replicas: wanted, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "quiet:1.0" }] } } } }]);
let ready = 0;
await new Promise((resolve) => {
  const state = new Map();
  cluster.informer("pods", (type, pod) => {
    const isReady = type !== "delete" && pod.metadata?.labels?.app === "quiet" && pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true;
    const was = state.get(pod.metadata?.name) ?? false;
    state.set(pod.metadata?.name, isReady);
    ready += Number(isReady) - Number(was);
    if (ready === wanted) resolve();
  });
});
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
