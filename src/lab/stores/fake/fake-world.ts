import type { ComponentView, EntityView, NodeView, PodState, PodView, ServiceView, WorkloadView } from "../../../protocol/index.ts";

/** Starting state of the scripted double: only for tests and development. */
export const FAKE_START = Date.UTC(2026, 0, 1);

const COMPONENTS: readonly (readonly [id: string, title: string, line: string])[] = [
  ["kube-apiserver", "API server", ""], ["etcd", "etcd", "revision 1284"], ["kube-scheduler", "scheduler", "queue 0"],
  ["kube-controller-manager", "controller manager", "Deployment · ReplicaSet"], ["cloud-controller-manager", "cloud controller", "idle"], ["cluster-dns", "DNS", "2 records"],
];

export function fakeComponents(): ComponentView[] {
  return COMPONENTS.map(([id, title, line]) => ({ type: "component", id, title, status: "up", line }));
}

export function fakeNode(name: string, change: Partial<NodeView> = {}): NodeView {
  return {
    type: "node", id: `node/${name}`, name, ready: "Ready", since: FAKE_START, cordoned: false, zone: "zone-a", cpuMillis: 2000, memoryBytes: 4 * 1024 ** 3,
    podLimit: 110, powered: true, kubelet: "up", kubeProxy: "up", runtime: "up", taints: [], pressure: [], cutOff: false, ...change,
  };
}

export function fakePod(name: string, node: string, state: PodState, change: Partial<PodView> = {}): PodView {
  const running = state === "ready" || state === "running";
  return {
    type: "pod", id: `uid-${name}`, namespace: "default", name, node, state, word: running ? "Running" : state === "pending" ? "Pending" : "ContainerCreating",
    ready: state === "ready" ? 1 : 0,
    containers: [{ name: "web", image: "shop/web:1", kind: "main", state: running ? "running" : "waiting", reason: running ? "" : "ContainerCreating", ready: state === "ready", restarts: 0, standIn: true }],
    restarts: 0, owner: "", revision: "", ip: node === "" ? "" : "10.1.0.7", cpuMillis: 250, memoryBytes: 128 * 1024 ** 2, createdAt: FAKE_START, until: 0, untilLengthMs: 0, labels: { app: "web" }, ...change,
  };
}

export function fakeWorkload(kind: string, name: string, change: Partial<WorkloadView> = {}): WorkloadView {
  return {
    type: "workload", id: `uid-${kind}-${name}`, kind, namespace: "default", name, owner: "", desired: 3, current: 3, ready: 3, updated: 3, revision: "1",
    images: ["shop/web:1"], paused: false, problem: "", leaving: false, ...change,
  };
}

export function fakeService(name: string, change: Partial<ServiceView> = {}): ServiceView {
  return {
    type: "service", id: `uid-svc-${name}`, namespace: "default", name, kind: "ClusterIP", clusterIp: "10.96.0.20", external: "", ports: ["80/TCP"], selector: { app: "web" }, ready: [], notReady: [], ...change,
  };
}

const STATES: readonly PodState[] = ["ready", "ready", "ready", "ready", "starting", "ready", "crash-loop", "ready", "leaving", "ready", "unknown", "succeeded"];

/** A world with many nodes and pods, for looking at density. */
export function fakeCrowd(nodes: number, podsEach: number): EntityView[] {
  const all: EntityView[] = [...fakeComponents(), fakeWorkload("ReplicaSet", "web-5c9", { desired: nodes * podsEach, current: nodes * podsEach, ready: nodes * podsEach - 4 })];
  for (let n = 1; n <= nodes; n += 1) {
    const sick = n % 17 === 0;
    all.push(fakeNode(`node-${n}`, sick ? { ready: "NotReady", powered: false } : { cordoned: n % 11 === 0 }));
    for (let p = 0; p < podsEach; p += 1) {
      const state = sick ? "unknown" : STATES[(n * 7 + p * 5) % STATES.length] ?? "ready";
      all.push(fakePod(`web-5c9-${n}x${p}`, `node-${n}`, state, { owner: "uid-ReplicaSet-web-5c9", revision: (n + p) % 5 === 0 ? "7d4" : "5c9", cpuMillis: 100 }));
    }
  }
  return all;
}

/** The moment of the mock: a rollout half way, one node lost, one pod in a crash loop. */
export function fakeMidRollout(now: number): EntityView[] {
  const old = { owner: "uid-ReplicaSet-web-5c9", revision: "5c9" };
  const fresh = { owner: "uid-ReplicaSet-web-7d4", revision: "7d4", createdAt: FAKE_START + 9000 };
  return [
    ...fakeComponents(), fakeNode("node-1"), fakeNode("node-2"), fakeNode("node-3", { ready: "NotReady", since: now - 12_000, powered: false, kubelet: "down", runtime: "down", kubeProxy: "down" }),
    fakeWorkload("Deployment", "web", { updated: 2, ready: 3, current: 5, revision: "2" }),
    fakeWorkload("ReplicaSet", "web-5c9", { owner: "uid-Deployment-web", current: 3, ready: 1, revision: "1" }),
    fakeWorkload("ReplicaSet", "web-7d4", { owner: "uid-Deployment-web", current: 3, ready: 1, revision: "2", images: ["shop/web:2"] }),
    fakeWorkload("StatefulSet", "cart", { desired: 2, current: 2, ready: 1, updated: 2, revision: "" }),
    fakeWorkload("Job", "report", { desired: 1, current: 1, ready: 0, updated: 0, revision: "" }),
    fakePod("web-5c9-4tq", "node-1", "ready", old), fakePod("web-5c9-9zd", "node-1", "leaving", { ...old, until: now + 24_000, untilLengthMs: 30_000, word: "Terminating" }),
    fakePod("cart-0", "node-1", "ready", { owner: "uid-StatefulSet-cart", cpuMillis: 350 }),
    fakePod("web-7d4-m8r", "node-2", "ready", fresh), fakePod("web-7d4-x2k", "node-2", "starting", fresh),
    fakePod("report-x1", "node-2", "crash-loop", { owner: "uid-Job-report", restarts: 3, until: now + 31_000, untilLengthMs: 40_000, word: "CrashLoopBackOff", cpuMillis: 200 }),
    fakePod("web-5c9-r7c", "node-3", "unknown", old), fakePod("cart-1", "node-3", "unknown", { owner: "uid-StatefulSet-cart" }),
    fakePod("web-7d4-p5w", "", "pending", fresh),
    fakePod("a-rather-long-name-of-a-batch-job-28391040-xk2vv", "", "pending", { cpuMillis: 4000 }),
    fakeService("web", { ready: ["uid-web-5c9-4tq", "uid-web-7d4-m8r"], notReady: ["uid-web-7d4-x2k", "uid-web-5c9-9zd"] }),
    { type: "client", id: "client/shopper", name: "shopper", target: "web.default:80", perSecond: 5, sent: 120, answered: 118, failed: 2, byPod: { "uid-web-5c9-4tq": 24, "uid-web-7d4-m8r": 25 }, failedRecently: 1, latencyMs: 3, lastError: "connection refused" },
  ];
}
