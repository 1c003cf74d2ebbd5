import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Note } from "../../../engine/trace/index.ts";
import { CONTROL_PLANE_SENTENCES } from "./control-plane.ts";
import { CONTROLLER_SENTENCES } from "./controllers.ts";
import { narrate } from "./index.ts";
import { NODE_SENTENCES } from "./node.ts";
import { OUTSIDE_SENTENCES } from "./outside.ts";
import { bytes, duration, plural, speaker } from "./sentence.ts";

/** Kinds that stay in the trace and say nothing to people. */
const SILENT: readonly string[] = [];

type Row = readonly [kind: string, component: string, object: string, data: Readonly<Record<string, unknown>>, sentence: string];

const SCHEDULER = "kube-scheduler";
const MANAGER = "kube-controller-manager";
const SERVER = "kube-apiserver";
const WEB = "pods/default/web-1";

const ROWS: readonly Row[] = [
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 1, nodes: 1 }, "scheduler placed web-1 on node-1: it is the only node."],
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 1, nodes: 3 }, "scheduler placed web-1 on node-1: it was the only node that would do."],
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 3, nodes: 3, runnerUp: "node-2", tie: true }, "scheduler placed web-1 on node-1: 3 nodes would do; the best were equally good, so chance decided."],
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 2, nodes: 3, runnerUp: "node-2", because: [{ plugin: "NodeResourcesFit" }] }, "scheduler placed web-1 on node-1: 2 nodes would do; node-1 had more free than node-2."],
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 2, nodes: 3, runnerUp: "node-2", because: [{ plugin: "ImageLocality" }] }, "scheduler placed web-1 on node-1: 2 nodes would do; node-1 already has the image."],
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 2, nodes: 3, runnerUp: "node-2", because: [{ plugin: "TaintToleration" }] }, "scheduler placed web-1 on node-1: 2 nodes would do; node-2 has a taint that is better avoided."],
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 2, nodes: 3, runnerUp: "node-2", because: [{ plugin: "Unheard" }] }, "scheduler placed web-1 on node-1: 2 nodes would do; Unheard favoured it."],
  ["PodScheduled", SCHEDULER, WEB, { node: "node-1", feasible: 2, nodes: 3, runnerUp: "node-2", because: [] }, "scheduler placed web-1 on node-1: 2 nodes would do."],
  ["PodUnschedulable", SCHEDULER, WEB, { reasons: { "Insufficient cpu": 3, "node(s) had untolerated taint(s)": 1 } }, "No node will do for web-1 (3 nodes: Insufficient cpu; 1 node: had untolerated taint(s)). It waits."],
  ["PodUnschedulable", SCHEDULER, WEB, {}, "No node will do for web-1. It waits."],
  ["PodPreempted", SCHEDULER, WEB, { by: "default/big-1", node: "node-1", priority: 0, byPriority: 1000 }, "scheduler asked web-1 to leave so that big-1, which matters more, can have its place."],
  ["RequestServed", SERVER, "deployments/default/web", { verb: "create", resource: "deployments", user: "you", code: 201 }, "You created deployment/web: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "deployments/default/web", { verb: "patch", resource: "deployments", user: "you", code: 200 }, "You changed deployment/web: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "deployments/default/web", { verb: "patch", resource: "deployments", user: "you", code: 201 }, "You created deployment/web: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "deployments/default/web", { verb: "patch", resource: "deployments", subresource: "scale", user: "you", code: 200 }, "You changed the scale of deployment/web: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "ingresses/default/web", { verb: "delete", resource: "ingresses", user: "you", code: 200 }, "You began to delete ingress/web: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "networkpolicies/default/web", { verb: "update", resource: "networkpolicies", user: "you", code: 200 }, "You changed networkpolicy/web: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "storageclasses/fast", { verb: "create", resource: "storageclasses", user: "you", code: 201 }, "You created storageclass/fast: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "endpoints/default/web", { verb: "create", resource: "endpoints", user: "you", code: 201 }, "You created endpoints/web: the API server checked it and wrote it to etcd."],
  ["RequestServed", SERVER, "pods/default", { verb: "deletecollection", resource: "pods", user: "you", code: 200 }, "You deleted all pods there: the API server wrote it to etcd."],
  ["RequestRefused", SERVER, WEB, { verb: "create", message: "pods \"web-1\" already exists" }, "The API server refused: pods \"web-1\" already exists"],
  ["PodEvicted", SERVER, WEB, { user: "you" }, "Pod web-1 is evicted: its disruption budget allows it."],
  ["HistoryCompacted", "etcd", "etcd", { revision: 512 }, "etcd forgot history before revision 512."],
  ["EtcdUnavailable", SERVER, "etcd", { revision: 7 }, "The API server can't reach etcd: nothing can be read freshly or written."],
  ["EtcdReconnected", SERVER, "etcd", { revision: 7 }, "The API server reaches etcd again."],

  ["DeploymentScaledReplicaSet", MANAGER, "deployments/default/web", { replicaSet: "web-5c9", from: 0, to: 3, reason: "rollout" }, "Deployment web scaled web-5c9 up from 0 to 3, step by step towards the new template."],
  ["DeploymentScaledReplicaSet", MANAGER, "deployments/default/web", { replicaSet: "web-5c9", from: 3, to: 2, reason: "rollback" }, "Deployment web scaled web-5c9 down from 3 to 2, back to an earlier template."],
  ["DeploymentScaledReplicaSet", MANAGER, "deployments/default/web", { replicaSet: "web-5c9", from: 3, to: 5, reason: "scale" }, "Deployment web scaled web-5c9 up from 3 to 5, as many as you asked for."],
  ["RolloutStarted", MANAGER, "deployments/default/web", { revision: 2, replicaSet: "web-5c9" }, "Deployment web made a ReplicaSet for its pod template, revision 2: a rollout begins."],
  ["RolloutFinished", MANAGER, "deployments/default/web", { revision: 2, replicaSet: "web-5c9" }, "The rollout of web is complete: every pod runs the new template."],
  ["RolloutStalled", MANAGER, "deployments/default/web", { revision: 2, replicaSet: "web-5c9" }, "The rollout of web is stuck: no progress within its deadline."],
  ["PodCreatedByController", MANAGER, "pods/default/web-5c9-x2k4q", { owner: "ReplicaSet/web-5c9" }, "ReplicaSet/web-5c9 created pod web-5c9-x2k4q: it had fewer than it wants."],
  ["PodDeletedByController", MANAGER, WEB, { owner: "PodGC", why: "its node is gone" }, "PodGC asked pod web-1 to go: its node is gone."],
  ["PodDeletedByController", MANAGER, WEB, { owner: "ReplicaSet/web-5c9", why: "" }, "ReplicaSet/web-5c9 asked pod web-1 to go: it had more than it wants."],
  ["PodCreationFailed", MANAGER, "pods/default/web-5c9", { owner: "ReplicaSet/web-5c9", message: "pods \"web-5c9-x\" is forbidden: exceeded quota" }, "ReplicaSet/web-5c9 could not create a pod: pods \"web-5c9-x\" is forbidden: exceeded quota"],
  ["NodeNotReady", MANAGER, "nodes/node-1", { reason: "NodeStatusUnknown" }, "Node node-1 has not been heard of for 50 s: the node controller calls it NotReady."],
  ["NodeNotReady", MANAGER, "nodes/node-1", { reason: "KubeletNotReady", message: "container runtime is down" }, "Node node-1 says that it isn't ready: container runtime is down"],
  ["NodeReady", MANAGER, "nodes/node-1", {}, "Node node-1 is Ready."],
  ["NodeTainted", MANAGER, "nodes/node-1", { added: ["a:NoExecute", "b:NoSchedule"], removed: ["c:NoSchedule"] }, "The node controller changed the taints of node-1: added a:NoExecute, b:NoSchedule; removed c:NoSchedule."],
  ["NodeTainted", MANAGER, "nodes/node-1", { added: [], removed: ["c:NoSchedule"] }, "The node controller changed the taints of node-1: removed c:NoSchedule."],
  ["PodEvictedByTaint", MANAGER, WEB, { node: "node-1", taints: ["a"] }, "Pod web-1 is evicted: it tolerated its lost node long enough."],
  ["EndpointsChanged", MANAGER, "services/default/web", { service: "web", ready: 1, notReady: 0 }, "Service web now leads to 1 ready pod."],
  ["EndpointsChanged", MANAGER, "services/default/web", { service: "web", ready: 0, notReady: 2 }, "Service web now leads to 0 ready pods; 2 not ready."],
  ["NamespaceFinalized", MANAGER, "namespaces/shop", {}, "Namespace shop is empty and gone."],
  ["GarbageCollected", MANAGER, "pods/default/web-1", { owner: "ReplicaSet/web", why: "its owner is being deleted" }, "The garbage collector removed web-1: its owner is being deleted."],
  ["JobCompleted", MANAGER, "jobs/default/pi", { reason: "CompletionsReached" }, "Job pi is complete: as many of its pods succeeded as it wants."],
  ["JobFailed", MANAGER, "jobs/default/pi", { reason: "BackoffLimitExceeded" }, "Job pi failed: its pods failed more often than its backoffLimit allows."],
  ["JobFailed", MANAGER, "jobs/default/pi", { reason: "DeadlineExceeded" }, "Job pi failed: it took longer than its activeDeadlineSeconds."],
  ["JobFailed", MANAGER, "jobs/default/pi", { reason: "SomethingNew" }, "Job pi failed: SomethingNew."],
  ["JobFailed", MANAGER, "jobs/default/pi", {}, "Job pi failed: its pods did not succeed."],
  ["JobCreatedByCronJob", MANAGER, "jobs/default/report-29", { cronJob: "report" }, "CronJob report created Job report-29: its time had come."],
  ["VolumeBound", MANAGER, "persistentvolumeclaims/default/data", { volume: "pvc-1" }, "Claim data got volume pvc-1: nobody else can have it now."],
  ["VolumeProvisioned", MANAGER, "persistentvolumes/pvc-1", { claim: "default/data" }, "Volume pvc-1 was made for claim default/data: its storage class makes volumes when they are asked for."],

  ["NodeRegistered", "kubelet/node-1", "nodes/node-1", { node: "node-1" }, "Node node-1 joined the cluster."],
  ["ImagePulled", "runtime/node-1", "nodes/node-1", { image: "nginx:1.29", tookMs: 2400 }, "runtime on node-1 pulled nginx:1.29 in 2.4 s."],
  ["ImagePulled", "runtime/node-1", "nodes/node-1", { image: "nginx:1.29", tookMs: 0 }, "runtime on node-1 pulled nginx:1.29."],
  ["ImagePullFailed", "kubelet/node-1", WEB, { image: "ngins", message: "not found" }, "kubelet on node-1 could not pull ngins: not found"],
  ["StandInStarted", "runtime/node-1", "nodes/node-1", { image: "acme/shop:1" }, "acme/shop:1 is not simulated: a stand-in that listens on its ports runs in its place."],
  ["ContainerStarted", "kubelet/node-1", WEB, { container: "nginx" }, "kubelet on node-1 started container nginx of web-1."],
  ["ContainerExited", "kubelet/node-1", WEB, { container: "nginx", exitCode: 0, reason: "Completed" }, "Container nginx of web-1 ended well."],
  ["ContainerExited", "kubelet/node-1", WEB, { container: "nginx", exitCode: 1, reason: "Error" }, "Container nginx of web-1 ended with exit code 1."],
  ["ContainerExited", "kubelet/node-1", WEB, { container: "nginx", exitCode: 137, reason: "OOMKilled" }, "Container nginx of web-1 ended with exit code 137 (OOMKilled)."],
  ["ContainerBackOff", "kubelet/node-1", WEB, { container: "nginx", delayMs: 10_000 }, "Container nginx of web-1 keeps failing: the kubelet waits 10 s before it tries again."],
  ["ProbeFailed", "kubelet/node-1", WEB, { container: "nginx", probe: "liveness", message: "HTTP probe failed with statuscode: 500" }, "The liveness probe of web-1 fails: HTTP probe failed with statuscode: 500"],
  ["ProbeRecovered", "kubelet/node-1", WEB, { container: "nginx", probe: "readiness" }, "The readiness probe of web-1 succeeds again."],
  ["PodReady", "kubelet/node-1", WEB, {}, "Pod web-1 is ready: it may get traffic."],
  ["PodNotReady", "kubelet/node-1", WEB, { reason: "ContainersNotReady" }, "Pod web-1 is no longer ready: Services stop sending to it."],
  ["PodTerminated", "kubelet/node-1", WEB, { node: "node-1", tookMs: 30_000 }, "Pod web-1 has stopped and is gone from its node."],
  ["PodRefused", "kubelet/node-1", WEB, { reason: "OutOfcpu", message: "Node didn't have enough resource: cpu" }, "kubelet on node-1 refused pod web-1: Node didn't have enough resource: cpu"],
  ["ContainerNotCreated", "kubelet/node-1", WEB, { container: "nginx", reason: "CreateContainerConfigError", message: "configmap \"x\" not found" }, "Container nginx of web-1 can't be made: configmap \"x\" not found"],
  ["ContainerNotStarted", "kubelet/node-1", WEB, { container: "nginx", message: "no such file" }, "Container nginx of web-1 can't start: no such file"],
  ["HookFailed", "kubelet/node-1", WEB, { container: "nginx", hook: "postStart", message: "exit code 1" }, "The postStart hook of web-1 failed: exit code 1"],
  ["VolumeMountFailed", "kubelet/node-1", WEB, { volume: "data", message: "claim isn't bound" }, "Volume data of web-1 can't be mounted: claim isn't bound"],
  ["OOMKilled", "runtime/node-1", WEB, { container: "nginx", limitBytes: 67_108_864 }, "web-1 used more than its memory limit of 64 MiB: the kernel killed it."],
  ["RulesProgrammed", "kube-proxy/node-1", "services/default/web", { what: "web → 2 endpoints" }, "kube-proxy on node-1 changed its rules: web → 2 endpoints."],

  ["TrafficStarted", "clients", "client/curl", { client: "curl", url: "http://web", perSecond: 5, from: "outside" }, "curl began to send 5 requests a second to http://web."],
  ["TrafficFailed", "clients", "client/curl", { client: "curl", reason: "connection refused", count: 1 }, "1 request of curl failed: connection refused."],
  ["TrafficFailed", "clients", "client/curl", { client: "curl", reason: "connection refused", count: 12 }, "12 requests of curl failed: connection refused."],
  ["TrafficStopped", "clients", "client/curl", { client: "curl", sent: 100, failed: 3 }, "curl stopped: 3 of 100 requests failed."],
  ["LoadBalancerRequested", "cloud-controller-manager", "services/default/web", { service: "web" }, "Service web wants a load balancer: the cloud controller manager asks the cloud for one."],
  ["LoadBalancerReady", "cloud-controller-manager", "services/default/web", { service: "web", ip: "192.0.2.1" }, "The load balancer of web is there: the world reaches it at 192.0.2.1."],
  ["LoadBalancerDeleted", "cloud-controller-manager", "services/default/web", { service: "web", ip: "192.0.2.1" }, "The load balancer of web is gone."],
  ...faults(),
];

function faults(): Row[] {
  const rows: readonly (readonly [fault: string, target: string, details: object, sentence: string])[] = [
    ["stop-component", "etcd", {}, "You stopped etcd."],
    ["start-component", "etcd", {}, "You started etcd again."],
    ["pause-component", "etcd", {}, "You froze etcd: it neither acts nor answers."],
    ["resume-component", "etcd", {}, "You let etcd go on."],
    ["crash-node", "node-1", {}, "Machine node-1 lost power. Nobody in the cluster knows yet."],
    ["start-node", "node-1", {}, "Machine node-1 has power again."],
    ["cut-link", "node-1", { other: "control-plane" }, "You cut the link between node-1 and control-plane."],
    ["slow-link", "node-1", { other: "control-plane", latencyMs: 300 }, "You slowed the link between node-1 and control-plane to 300 ms."],
    ["lossy-link", "node-1", { other: "control-plane", loss: 0.25 }, "You made the link between node-1 and control-plane lose 25 % of its packets."],
    ["heal-link", "node-1", { other: "control-plane" }, "The link between node-1 and control-plane is whole again."],
    ["skew-clock", "kubelet/node-1", { skewMs: -5000 }, "You set the clock of kubelet/node-1 5 s back."],
    ["skew-clock", "kubelet/node-1", { skewMs: 600_000 }, "You set the clock of kubelet/node-1 10 min ahead."],
    ["compact-history", "etcd", {}, "You made etcd forget its history: who watches must begin anew."],
    ["kill-container", "default/web-1", { container: "" }, "You killed a container of default/web-1."],
    ["crash-container", "default/web-1", { container: "", everyMs: 1000 }, "You made default/web-1 crash again and again."],
    ["leak-memory", "default/web-1", { container: "", bytesPerSecond: 1 }, "You made default/web-1 leak memory."],
    ["fill-disk", "node-1", { share: 0.9 }, "You filled the disk of node-1."],
    ["fill-memory", "node-1", { share: 0.9 }, "You filled the memory of node-1."],
    ["image-missing", "nginx", {}, "Image nginx vanished from its registry."],
    ["image-back", "nginx", {}, "Image nginx is back in its registry."],
    ["image-slow", "nginx", { factor: 10 }, "Pulling nginx became slow."],
  ];
  return rows.map(([fault, target, details, sentence]) => ["FaultInjected", "outside", target, { fault, ...details }, sentence]);
}

function noteOf([kind, component, object, data]: Row): Note {
  return { id: 12, cause: 11, at: 1000, kind, component, object, data };
}

describe("narrate", () => {
  it.each(ROWS)("%s by %s about %s", (...row) => {
    expect(narrate(noteOf(row))?.sentence).toBe(row[4]);
  });

  it.each(ROWS)("%s by %s about %s has no gaps, and its strong words are in the sentence", (...row) => {
    const told = narrate(noteOf(row));
    expect(told?.sentence).not.toMatch(/undefined|null|NaN|\[object|\*| {2}|\(\)|: \.|: $|^ | $/);
    expect(told?.mark).not.toMatch(/undefined|NaN/);
    for (const word of told?.strong ?? []) expect(told?.sentence).toContain(word);
  });

  it("carries the note's own facts along", () => {
    expect(narrate(noteOf(["PodReady", "kubelet/node-1", WEB, {}, ""]))).toEqual({
      id: 12, at: 1000, kind: "PodReady", component: "kubelet/node-1", object: WEB, sentence: "Pod web-1 is ready: it may get traffic.", strong: ["web-1"], weight: 1, mark: "ready", tone: "ready",
    });
  });

  it("says nothing about what the cluster's own parts do, dry runs, reads and kinds it doesn't know", () => {
    const served = { verb: "create", resource: "pods", user: "you", code: 201 };
    for (const change of [{ user: "system:node:node-1" }, { dryRun: true }, { verb: "get" }, { agent: "kubeadm" }, { subresource: "eviction" }]) {
      expect(narrate(noteOf(["RequestServed", SERVER, WEB, { ...served, ...change }, ""]))).toBeUndefined();
    }
    expect(narrate(noteOf(["NeverHeardOf", SERVER, WEB, {}, ""]))).toBeUndefined();
    expect(narrate(noteOf(["FaultInjected", "outside", "etcd", { fault: "never-heard-of" }, ""]))).toBeUndefined();
  });
});

describe("the tables of sentences", () => {
  const known = Object.keys({ ...CONTROL_PLANE_SENTENCES, ...CONTROLLER_SENTENCES, ...NODE_SENTENCES, ...OUTSIDE_SENTENCES });
  const noted = notedKinds();

  it("know every kind that a component notes", () => {
    expect(noted.size).toBeGreaterThan(40);
    expect([...noted].filter((kind) => !known.includes(kind) && !SILENT.includes(kind))).toEqual([]);
  });

  it("hold no sentence that nobody says", () => {
    expect(known.filter((kind) => !noted.has(kind))).toEqual([]);
  });

  it("are tried here, every one", () => {
    expect(known.filter((kind) => !ROWS.some((row) => row[0] === kind))).toEqual([]);
  });

  it("know every fault there is", () => {
    const source = readFileSync(new URL("../cluster/faults.ts", import.meta.url), "utf8");
    const kinds = [...source.slice(0, source.indexOf("const ")).matchAll(/readonly kind: ([^;]+);/g)].flatMap(([, union = ""]) => [...union.matchAll(/"([a-z-]+)"/g)].map(([, kind = ""]) => kind));
    expect(kinds.length).toBeGreaterThan(15);
    expect(kinds.filter((kind) => !ROWS.some((row) => row[3]["fault"] === kind))).toEqual([]);
  });

  it("tell no kind twice", () => {
    const all = [CONTROL_PLANE_SENTENCES, CONTROLLER_SENTENCES, NODE_SENTENCES, OUTSIDE_SENTENCES].flatMap((table) => Object.keys(table));
    expect(all.filter((kind, index) => all.indexOf(kind) !== index)).toEqual([]);
  });
});

/** Every kind that stands in the sources: as the first argument of a note or of an act, or in a plan's `note: {…}`. */
function notedKinds(): ReadonlySet<string> {
  const systems = fileURLToPath(new URL("../../", import.meta.url));
  const kinds = new Set<string>();
  for (const path of readdirSync(systems, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts") || /\.(test|fake)\.ts$|narration|testing|test-/.test(path)) continue;
    const text = readFileSync(join(systems, path), "utf8");
    for (const [, kind = ""] of text.matchAll(/(?:context\.note|world\.act)\(([^,]*),/g)) collect(kind, kinds);
    for (const [, kind = ""] of text.matchAll(/note: \{ kind: ([^,]*),/g)) collect(kind, kinds);
  }
  return kinds;
}

function collect(expression: string, kinds: Set<string>): void {
  for (const [, kind = ""] of expression.matchAll(/"([A-Za-z]+)"/g)) kinds.add(kind);
}

describe("words", () => {
  it.each([[1, "1 pod"], [0, "0 pods"], [2, "2 pods"]])("%d of a thing", (number, told) => {
    expect(plural(number, "pod")).toBe(told);
  });
  it("takes an irregular plural", () => {
    expect(plural(2, "proxy", "proxies")).toBe("2 proxies");
  });
  it.each([[0, "0 ms"], [999, "999 ms"], [1000, "1 s"], [1550, "1.6 s"], [119_900, "119.9 s"], [120_000, "2 min"], [330_000, "5.5 min"]])("%d ms", (ms, told) => {
    expect(duration(ms)).toBe(told);
  });
  it.each([[0, "0 B"], [1023, "1023 B"], [1024, "1 KiB"], [1536, "1.5 KiB"], [67_108_864, "64 MiB"], [3 * 1024 ** 3, "3 GiB"], [2 ** 52, "4096 TiB"]])("%d bytes", (value, told) => {
    expect(bytes(value)).toBe(told);
  });
  it.each([["kubelet/node-1", "kubelet on node-1"], ["kube-scheduler", "scheduler"], ["kube-controller-manager", "controller manager"], ["etcd", "etcd"]])("%s speaks", (component, told) => {
    expect(speaker(noteOf(["PodReady", component, WEB, {}, ""]))).toBe(told);
  });
});
