/** Every checker is held to a component that breaks what it guards. */
import { describe, expect, it } from "vitest";
import type { ApiRequest, KubeObject } from "../api/index.ts";
import { fixed, type Piece } from "../../../engine/testing/index.ts";
import type { ClusterInput } from "../cluster/index.ts";
import { barePod, sleepingJob, workload } from "./bench-world.fake.ts";
import { type Behaviours, deceived, eventsLost, lostUpdates, type Mutable, revisionsReused, rewriting, sameAddress, tamperingEtcd } from "./mutants.fake.ts";
import { type ClusterPlan, simulatePlan } from "./simulate.ts";

const NODE = { name: "node-1", cpu: "2", memory: "1Gi", pods: 20, labels: {}, taints: [] };
const SERVICE = { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "default" }, spec: { selector: { app: "web" }, ports: [{ port: 80 }] } } as KubeObject;
const HUNGRY = workload("ReplicaSet", "hungry", 6, "shop/web:1", {});
const ROLLING = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };

function doing(...deeds: (readonly [number, ClusterInput])[]): ClusterPlan {
  const pieces: Piece<ClusterInput>[] = deeds.map(([at, input]) => ({ label: "", steps: [fixed(at, input)] }));
  return { seed: 1, world: { title: "Mutants", nodes: [NODE, { ...NODE, name: "node-2" }] }, pieces };
}
function apply(at: number, ...objects: KubeObject[]): readonly [number, ClusterInput] {
  return [at, { kind: "apply-objects", ticket: at, objects, options: { force: true } }];
}
function remove(at: number, group: string, resource: string, name: string): readonly [number, ClusterInput] {
  return [at, { kind: "request", ticket: at, call: { verb: "delete", group, version: "v1", resource, namespace: "default", name, options: { propagationPolicy: "Background" } } }];
}
function deployment(replicas: number, image = "shop/web:1"): KubeObject {
  const made = workload("Deployment", "web", replicas, image) as KubeObject & { spec: object };
  return { ...made, spec: { ...made.spec, strategy: ROLLING } } as KubeObject;
}
function hungry(): KubeObject {
  const set = HUNGRY as unknown as { spec: { template: { spec: { containers: object[] } } } };
  const containers = [{ name: "main", image: "shop/web:1", resources: { requests: { memory: "400Mi" } } }];
  return { ...HUNGRY, spec: { ...set.spec, template: { ...set.spec.template, spec: { containers } } } } as KubeObject;
}

const ROLLOUT = doing(apply(2000, deployment(3), SERVICE), apply(20_000, deployment(3, "shop/web:2")));
const BAD_ROLLOUT = doing(apply(2000, workload("Deployment", "web", 2, [{ name: "main", image: "shop/web:unready", readinessProbe: { httpGet: { path: "/ready", port: 80 } } }]), SERVICE));
const JOB = doing(apply(2000, sleepingJob("work", 5)));
const DELETION = doing(apply(2000, deployment(3)), remove(20_000, "apps", "deployments", "web"));

const onPod = (change: (pod: Mutable, before: Mutable | undefined) => void) => tamperingEtcd((object, before) => {
  if (object.kind === "Pod") change(object, before);
});
const isBinding = (pod: Mutable, before: Mutable | undefined): boolean => before !== undefined && (before.spec?.nodeName ?? "") === "" && (pod.spec?.nodeName ?? "") !== "";
const sized = (request: ApiRequest, resource: string, verbs: readonly string[]): boolean => request.resource === resource && verbs.includes(request.verb) && request.subresource === undefined;
function changed(request: ApiRequest, change: (body: Mutable) => void): ApiRequest {
  const body = structuredClone(request.body) as Mutable;
  change(body);
  return { ...request, body };
}

const MUTANTS: readonly (readonly [string, number | RegExp, ClusterPlan, () => Behaviours])[] = [
  ["a store that uses revisions again", 1, ROLLOUT, revisionsReused],
  ["a store that takes stale writes", 4, ROLLOUT, lostUpdates],
  ["generation that moves with the status", 5, ROLLOUT, () => tamperingEtcd((object, before) => {
    if (object.kind === "ReplicaSet" && before !== undefined) object.metadata.generation = (before.metadata.generation ?? 0) + 1;
  })],
  ["uids used twice", 6, ROLLOUT, () => onPod((pod) => { pod.metadata.uid = "00000000-0000-4000-8000-000000000000"; })],
  ["a deletion taken back", 7, DELETION, () => onPod((pod, before) => { if (before?.metadata.deletionTimestamp !== undefined) delete pod.metadata.deletionTimestamp; })],
  ["a scheduler that ignores memory", 8, doing(apply(2000, hungry())), () => deceived("kube-scheduler", (object) => {
    if (object.kind !== "Node") return object;
    const node = object as KubeObject & { status: { allocatable: object } };
    return { ...node, status: { ...node.status, allocatable: { ...node.status.allocatable, memory: "64Gi" } } } as KubeObject;
  })],
  ["a pod that changes its node", 9, ROLLOUT, () => onPod((pod, before) => { if ((before?.spec?.nodeName ?? "") !== "" && pod.spec !== undefined) pod.spec.nodeName = before?.spec?.nodeName === "node-1" ? "node-2" : "node-1"; })],
  ["host ports that clash", 10, ROLLOUT, () => onPod((pod, before) => { if (isBinding(pod, before)) for (const container of pod.spec?.containers ?? []) container.ports = [{ containerPort: 80, hostPort: 80 }]; })],
  ["a selector that is ignored", 11, ROLLOUT, () => onPod((pod, before) => { if (isBinding(pod, before) && pod.spec !== undefined) pod.spec.nodeSelector = { moon: "full" }; })],
  ["a Deployment with one too many", 13, ROLLOUT, () => rewriting("kube-controller-manager", (request) => (sized(request, "replicasets", ["create", "update"]) ? changed(request, (set) => { if ((set.spec?.replicas ?? 0) > 0) set.spec!.replicas = (set.spec!.replicas ?? 0) + 2; }) : request))],
  ["two ReplicaSets of one template", 14, ROLLOUT, () => tamperingEtcd((object) => { if (object.kind === "ReplicaSet") object.metadata.labels = { ...object.metadata.labels, "pod-template-hash": "same" }; })],
  ["two controllers", 15, ROLLOUT, () => onPod((pod) => { pod.metadata.ownerReferences = [...(pod.metadata.ownerReferences ?? []), ...(pod.metadata.ownerReferences ?? [])]; })],
  ["a garbage collector that forgets ReplicaSets", /orphan|does not|has \d+ pods|controller garbage/, DELETION, () => rewriting("kube-controller-manager", (request) => (sized(request, "replicasets", ["delete"]) ? { ...request, verb: "get" } : request))],
  ["a controller that forgets ownerReferences", /pods, it wants|has work|status\.|written/, doing(apply(2000, workload("ReplicaSet", "web", 2))), () => rewriting("kube-controller-manager", (request) => {
    if (request.resource !== "pods") return request;
    return request.verb === "create" ? changed(request, (pod) => { delete pod.metadata.ownerReferences; }) : { ...request, verb: "get" };
  })],
  ["endpoints of pods that aren't ready", 24, BAD_ROLLOUT, () => rewriting("kube-controller-manager", (request) => (sized(request, "endpointslices", ["create", "update"]) ? { ...request, body: readyAll(request.body) } : request))],
  ["addresses given twice", 25, ROLLOUT, sameAddress],
  ["a phase that comes back", 26, JOB, () => onPod((pod, before) => { if (before?.status?.phase === "Succeeded" && pod.status !== undefined) pod.status.phase = "Running"; })],
  ["a watch that loses events", /kube-controller-manager has an old|knows nothing of|should be|not finished|has \d+ pods/, ROLLOUT, () => eventsLost("kube-controller-manager", 7)],
  ["a kubelet that tells no readiness", /not ready/, doing(apply(2000, barePod("one"))), () => onPod((pod) => { (pod.status as { conditions?: { type: string; status: string }[] } | undefined)?.conditions?.forEach((condition) => { if (condition.type === "Ready") condition.status = "False"; }); })],
  ["a kubelet whose pods never go", /being deleted/, DELETION, () => rewriting("kubelet", (request) => (sized(request, "pods", ["delete"]) ? { ...request, verb: "get" } : request))],
];

function readyAll(body: unknown): unknown {
  const slice = structuredClone(body) as { endpoints?: { conditions?: object }[] };
  for (const endpoint of slice.endpoints ?? []) endpoint.conditions = { ready: true, serving: true, terminating: false };
  return slice;
}

describe("planted mutants", () => {
  it.each(MUTANTS)("%s are caught (%s)", (_name, wanted, plan, behaviours) => {
    const { problems } = simulatePlan(plan, { behaviours: behaviours(), minutes: 1, replay: false });
    expect(problems.filter((problem) => (typeof wanted === "number" ? problem.startsWith(`invariant ${wanted} `) : wanted.test(problem))), problems.slice(0, 5).join("\n")).not.toEqual([]);
  });

  it.each([["rollout", ROLLOUT], ["bad rollout", BAD_ROLLOUT], ["job", JOB], ["deletion", DELETION], ["hungry", doing(apply(2000, hungry()))]] as const)("none of it without a mutant: %s", (_name, plan) => {
    expect(simulatePlan(plan, { minutes: 1 }).problems).toEqual([]);
  });
});
