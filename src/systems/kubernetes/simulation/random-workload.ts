/** Draws what the people of a simulated cluster do, and when. They know what they made and go on working with it. */
import { type Dice, fixed, type Piece, type Step } from "../../../engine/testing/index.ts";
import type { KubeObject, Verb } from "../api/index.ts";
import type { ApiCall } from "../client/index.ts";
import type { ClusterInput } from "../cluster/index.ts";
import { BAD_IMAGES, GOOD_IMAGES, randomPodSpec, randomService, randomWorkload, type Workload, type WorkloadKind } from "./random-objects.ts";
import type { RandomNode } from "./random-cluster.ts";
import { chosenPod } from "./targets.ts";

/** What people have made so far. */
interface People {
  readonly dice: Dice;
  readonly nodes: readonly RandomNode[];
  readonly workloads: Workload[];
  readonly services: { readonly namespace: string; readonly name: string }[];
  readonly namespaces: string[];
  readonly pieces: Piece<ClusterInput>[];
  ticket: number;
  names: number;
}

interface Doing {
  readonly weight: number;
  readonly act: (people: People, at: number) => void;
}

const DOINGS: readonly Doing[] = [
  { weight: 6, act: (people, at) => create(people, at, "Deployment") },
  { weight: 1, act: (people, at) => create(people, at, "ReplicaSet") },
  { weight: 1, act: (people, at) => create(people, at, "StatefulSet") },
  { weight: 1, act: (people, at) => create(people, at, "DaemonSet") },
  { weight: 1, act: (people, at) => create(people, at, "Job") },
  { weight: 4, act: scale },
  { weight: 5, act: updateImage },
  { weight: 1, act: pauseRollout },
  { weight: 2, act: removeWorkload },
  { weight: 3, act: createService },
  { weight: 1, act: removeService },
  { weight: 1, act: barePod },
  { weight: 2, act: removeSomePod },
  { weight: 1, act: evictSomePod },
  { weight: 1, act: createNamespace },
  { weight: 1, act: removeNamespace },
  { weight: 2, act: cordon },
  { weight: 1, act: relabel },
  { weight: 1, act: taint },
  { weight: 1, act: budget },
];

/** Between `fromMs` and `untilMs`, `count` deeds; the first always makes a Deployment, and a Service with traffic. */
export function randomWorkloads(dice: Dice, nodes: readonly RandomNode[], fromMs: number, untilMs: number, count: number): Piece<ClusterInput>[] {
  const people: People = { dice, nodes, workloads: [], services: [], namespaces: ["default"], pieces: [], ticket: 1, names: 0 };
  create(people, fromMs, "Deployment");
  createService(people, fromMs + 50);
  const times = Array.from({ length: count }, () => dice.between(fromMs + 100, untilMs - 1)).sort((a, b) => a - b);
  for (const at of times) dice.pickWeighted(DOINGS).act(people, at);
  return people.pieces;
}

// ---- workloads -----------------------------------------------------------------------------------------------------

function create(people: People, at: number, kind: WorkloadKind): void {
  const workload = randomWorkload(people.dice, kind, people.dice.pick(people.namespaces), `app-${++people.names}`);
  people.workloads.push(workload);
  apply(people, at, `create ${kind} ${named(workload)}`, workload);
}

function scale(people: People, at: number): void {
  change(people, at, "scale", (workload) => workload.spec.replicas !== undefined, (workload) => ({ ...workload, spec: { ...workload.spec, replicas: people.dice.between(0, 7) } }));
}

function updateImage(people: People, at: number): void {
  const image = people.dice.chance(0.75) ? people.dice.pick(GOOD_IMAGES) : people.dice.pick(BAD_IMAGES);
  change(people, at, `image ${image}`, (workload) => workload.kind !== "Job", (workload) => {
    const { template } = workload.spec;
    const containers = template.spec.containers.map((container) => ({ ...container, image }));
    return { ...workload, spec: { ...workload.spec, template: { ...template, spec: { ...template.spec, containers } } } };
  });
}

function pauseRollout(people: People, at: number): void {
  change(people, at, "pause or resume", ({ kind }) => kind === "Deployment", (workload) => ({ ...workload, spec: { ...workload.spec, paused: workload.spec.paused !== true } }));
}

function change(people: People, at: number, label: string, fits: (workload: Workload) => boolean, edit: (workload: Workload) => Workload): void {
  const candidates = people.workloads.filter(fits);
  if (candidates.length === 0) return;
  const workload = people.dice.pick(candidates);
  const edited = edit(workload);
  people.workloads[people.workloads.indexOf(workload)] = edited;
  apply(people, at, `${label} ${named(workload)}`, edited);
}

const RESOURCES: Readonly<Record<string, { readonly group: string; readonly resource: string }>> = {
  Deployment: { group: "apps", resource: "deployments" }, ReplicaSet: { group: "apps", resource: "replicasets" }, StatefulSet: { group: "apps", resource: "statefulsets" },
  DaemonSet: { group: "apps", resource: "daemonsets" }, Job: { group: "batch", resource: "jobs" },
};

function removeWorkload(people: People, at: number): void {
  if (people.workloads.length === 0) return;
  const workload = people.dice.pick(people.workloads);
  people.workloads.splice(people.workloads.indexOf(workload), 1);
  const propagationPolicy = people.dice.pick(["Background", "Background", "Foreground", "Orphan"] as const);
  const place = RESOURCES[workload.kind ?? ""] as { readonly group: string; readonly resource: string };
  request(people, at, `delete ${named(workload)} ${propagationPolicy}`, { ...place, verb: "delete", version: "v1", namespace: workload.metadata?.namespace ?? "", name: workload.metadata?.name ?? "", options: { propagationPolicy } });
}

// ---- services and pods -----------------------------------------------------------------------------------------------

function createService(people: People, at: number): void {
  if (people.workloads.length === 0) return;
  const { dice } = people;
  const workload = dice.pick(people.workloads);
  const namespace = workload.metadata?.namespace ?? "default";
  const name = `svc-${++people.names}`;
  people.services.push({ namespace, name });
  apply(people, at, `create service ${name}`, randomService(dice, namespace, name, workload.metadata?.name ?? ""));
  if (dice.chance(0.6)) people.pieces.push({ label: `traffic to ${name}`, steps: [fixed(at + 1000, { kind: "traffic", on: true, spec: { name, url: `http://${name}.${namespace}/`, perSecond: dice.between(1, 4), from: "inside" } })] });
}

function removeService(people: People, at: number): void {
  if (people.services.length === 0) return;
  const { namespace, name } = people.services.splice(people.dice.below(people.services.length), 1)[0] as { readonly namespace: string; readonly name: string };
  request(people, at, `delete service ${name}`, core("delete", "services", name, namespace));
}

function barePod(people: People, at: number): void {
  const name = `pod-${++people.names}`;
  const namespace = people.dice.pick(people.namespaces);
  const labels = { app: people.workloads.length > 0 && people.dice.chance(0.3) ? (people.dice.pick(people.workloads).metadata?.name ?? name) : name };
  const spec = { ...randomPodSpec(people.dice, people.dice.pick(GOOD_IMAGES), labels), restartPolicy: people.dice.pick(["Always", "OnFailure", "Never"] as const) };
  apply(people, at, `create pod ${name}`, { apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels }, spec } as KubeObject);
}

function removeSomePod(people: People, at: number): void {
  const force = people.dice.chance(0.15);
  somePod(people, at, "delete some pod", (namespace, name) => ({ ...core("delete", "pods", name, namespace), ...(force ? { options: { gracePeriodSeconds: 0 } } : {}) }));
}

function evictSomePod(people: People, at: number): void {
  somePod(people, at, "evict some pod", (namespace, name) => ({ ...core("create", "pods", name, namespace), subresource: "eviction", body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } } }));
}

/** The pod is chosen when the time has come: names of pods can't be known before. */
function somePod(people: People, at: number, label: string, call: (namespace: string, name: string) => ApiCall): void {
  const number = people.dice.below(1000);
  const ticket = people.ticket++;
  const step: Step<ClusterInput> = { at, choose: (world) => {
    const pod = chosenPod(world, number);
    return pod === undefined ? undefined : { kind: "request", ticket, call: call(pod.metadata.namespace ?? "", pod.metadata.name) };
  } };
  people.pieces.push({ label, steps: [step] });
}

// ---- the rest -----------------------------------------------------------------------------------------------------------

function createNamespace(people: People, at: number): void {
  const name = `ns-${++people.names}`;
  people.namespaces.push(name);
  apply(people, at, `create namespace ${name}`, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
}

function removeNamespace(people: People, at: number): void {
  const name = people.namespaces.at(-1) as string;
  if (name === "default") return;
  people.namespaces.pop();
  const stay = people.workloads.filter((workload) => workload.metadata?.namespace !== name);
  people.workloads.splice(0, people.workloads.length, ...stay);
  request(people, at, `delete namespace ${name}`, core("delete", "namespaces", name));
}

function cordon(people: People, at: number): void {
  const { name } = people.dice.pick(people.nodes);
  const until = at + people.dice.between(5_000, 120_000);
  const set = (unschedulable: boolean): ApiCall => ({ ...core("patch", "nodes", name), body: { spec: { unschedulable } }, options: { patchType: "application/merge-patch+json" } });
  people.pieces.push({ label: `cordon ${name}`, steps: [fixed(at, { kind: "request", ticket: people.ticket++, call: set(true) }), ...(people.dice.chance(0.8) ? [fixed(until, { kind: "request" as const, ticket: people.ticket++, call: set(false) })] : [])] });
}

function relabel(people: People, at: number): void {
  const { name } = people.dice.pick(people.nodes);
  const disk = people.dice.pick(["ssd", "hdd"]);
  request(people, at, `label ${name} disk=${disk}`, { ...core("patch", "nodes", name), body: { metadata: { labels: { disk } } }, options: { patchType: "application/merge-patch+json" } });
}

/** Writes the whole list, as the API knows no other way (NodeSpec.taints is atomic); what others put there comes back by itself. */
function taint(people: People, at: number): void {
  const { name, taints } = people.dice.pick(people.nodes);
  const effect = people.dice.pick(["NoSchedule", "NoExecute", "PreferNoSchedule"]);
  const until = at + people.dice.between(5_000, 90_000);
  const own = taints.map(() => ({ key: "dedicated", value: "special", effect: "NoSchedule" }));
  const patch = (all: readonly object[]): ApiCall => ({ ...core("patch", "nodes", name), body: { spec: { taints: all } }, options: { patchType: "application/merge-patch+json" } });
  people.pieces.push({ label: `taint ${name} ${effect}`, steps: [
    fixed(at, { kind: "request", ticket: people.ticket++, call: patch([...own, { key: "trouble", value: "yes", effect }]) }),
    fixed(until, { kind: "request", ticket: people.ticket++, call: patch(own) }),
  ] });
}

function budget(people: People, at: number): void {
  if (people.workloads.length === 0) return;
  const workload = people.dice.pick(people.workloads);
  const rule = people.dice.chance(0.5) ? { maxUnavailable: 1 } : { minAvailable: people.dice.pick([1, "50%"]) };
  apply(people, at, `budget for ${named(workload)}`, { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: `budget-${++people.names}`, namespace: workload.metadata?.namespace ?? "default" }, spec: { ...rule, selector: { matchLabels: { app: workload.metadata?.name ?? "" } } } } as KubeObject);
}

function core(verb: Verb, resource: string, name: string, namespace?: string): ApiCall {
  return { verb, group: "", version: "v1", resource, name, ...(namespace === undefined ? {} : { namespace }) };
}

function named(object: KubeObject): string {
  return `${object.kind ?? ""} ${object.metadata?.namespace ?? ""}/${object.metadata?.name ?? ""}`;
}

function apply(people: People, at: number, label: string, object: KubeObject): void {
  people.pieces.push({ label, steps: [fixed(at, { kind: "apply-objects", ticket: people.ticket++, objects: [object], options: { force: true } })] });
}

function request(people: People, at: number, label: string, call: ApiCall): void {
  people.pieces.push({ label, steps: [fixed(at, { kind: "request", ticket: people.ticket++, call })] });
}
