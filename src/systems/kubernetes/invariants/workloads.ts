/** Rules of workloads: surge, one ReplicaSet a template, one controller, no orphans (13–16). */
import { scaledValue } from "../../../base/int-or-string/index.ts";
import { controllerOf, type Deployment, type Pod, type ReplicaSet, type Stored } from "../api/index.ts";
import type { Report, Write } from "./write.ts";

/** Every workload and pod that lives. */
export interface Fleet {
  readonly deployments: Map<string, Deployment & Stored>;
  readonly sets: Map<string, ReplicaSet & Stored>;
  readonly pods: Map<string, Pod & Stored>;
  readonly uids: Set<string>;
  readonly podsBySet: Map<string, Set<string>>;
  readonly setsByDeployment: Map<string, Set<string>>;
}

/** An empty fleet. */
export function createFleet(): Fleet {
  return { deployments: new Map(), sets: new Map(), pods: new Map(), uids: new Set(), podsBySet: new Map(), setsByDeployment: new Map() };
}

/** Checks one write. */
export function workloadRules(fleet: Fleet, { before, after }: Write, report: Report): void {
  const object = after ?? before;
  if (object === undefined) return;
  const { uid, name } = object.metadata;
  if (after === undefined) fleet.uids.delete(uid);
  else fleet.uids.add(uid);
  const controllers = (after?.metadata.ownerReferences ?? []).filter((owner) => owner.controller === true).length;
  if (controllers > 1) report(15, `${object.kind} ${name} has ${controllers} controllers`);
  if (object.kind === "Deployment") keep(fleet.deployments, uid, after as (Deployment & Stored) | undefined);
  if (object.kind === "ReplicaSet") setWrite(fleet, object as ReplicaSet & Stored, after as (ReplicaSet & Stored) | undefined, report);
  if (object.kind === "Pod") podWrite(fleet, before as (Pod & Stored) | undefined, after as (Pod & Stored) | undefined, report);
}

function setWrite(fleet: Fleet, set: ReplicaSet & Stored, after: (ReplicaSet & Stored) | undefined, report: Report): void {
  keep(fleet.sets, set.metadata.uid, after);
  const owner = controllerOf(set)?.uid;
  if (owner === undefined) return;
  link(fleet.setsByDeployment, owner, set.metadata.uid, after !== undefined);
  const hash = set.metadata.labels?.["pod-template-hash"];
  const twins = [...(fleet.setsByDeployment.get(owner) ?? [])].filter((uid) => fleet.sets.get(uid)?.metadata.labels?.["pod-template-hash"] === hash);
  if (after !== undefined && twins.length > 1) report(14, `Deployment has ${twins.length} ReplicaSets for template ${hash ?? ""}`);
}

function podWrite(fleet: Fleet, before: (Pod & Stored) | undefined, after: (Pod & Stored) | undefined, report: Report): void {
  const pod = (after ?? before) as Pod & Stored;
  keep(fleet.pods, pod.metadata.uid, after);
  const owner = controllerOf(pod)?.uid;
  if (owner === undefined) return;
  link(fleet.podsBySet, owner, pod.metadata.uid, after !== undefined);
  if (before === undefined && after !== undefined) surgeRule(fleet, owner, report);
}

/** Pods that aren't leaving never exceed replicas + maxSurge; checked when a pod is created. */
function surgeRule(fleet: Fleet, setUid: string, report: Report): void {
  const set = fleet.sets.get(setUid);
  const deployment = fleet.deployments.get(set === undefined ? "" : (controllerOf(set)?.uid ?? ""));
  if (deployment === undefined || deployment.spec?.strategy?.type === "Recreate") return;
  const replicas = Math.max(deployment.spec?.replicas ?? 1, largestEver(fleet, deployment));
  const surge = scaledValue(deployment.spec?.strategy?.rollingUpdate?.maxSurge ?? "25%", replicas, "up");
  let living = 0;
  for (const uid of fleet.setsByDeployment.get(deployment.metadata.uid) ?? []) for (const pod of fleet.podsBySet.get(uid) ?? []) if (isLiving(fleet.pods.get(pod))) living++;
  if (living > replicas + surge) report(13, `Deployment ${deployment.metadata.name} has ${living} pods, at most ${replicas} + ${surge}`);
}

/** A Deployment scaled down while a rollout runs still has what its ReplicaSets ask for. */
function largestEver(fleet: Fleet, deployment: Deployment & Stored): number {
  let most = 0;
  for (const uid of fleet.setsByDeployment.get(deployment.metadata.uid) ?? []) {
    most = Math.max(most, Number(fleet.sets.get(uid)?.metadata.annotations?.["deployment.kubernetes.io/desired-replicas"] ?? 0));
  }
  return most;
}

function isLiving(pod: (Pod & Stored) | undefined): boolean {
  return pod !== undefined && pod.metadata.deletionTimestamp === undefined && pod.status?.phase !== "Succeeded" && pod.status?.phase !== "Failed";
}

/** No object whose owners are all gone; each Deployment keeps at most its history. */
export function workloadsAtRest(fleet: Fleet, report: Report): void {
  for (const object of [...fleet.pods.values(), ...fleet.sets.values()]) {
    const owners = object.metadata.ownerReferences ?? [];
    if (owners.length > 0 && object.metadata.deletionTimestamp === undefined && owners.every((owner) => owner.kind !== "Node" && !fleet.uids.has(owner.uid))) {
      report(16, `${object.kind} ${object.metadata.name} is an orphan: its owner ${owners[0]?.kind ?? ""} ${owners[0]?.name ?? ""} is gone`);
    }
  }
  for (const deployment of fleet.deployments.values()) {
    if (!isComplete(deployment)) continue;
    const old = [...(fleet.setsByDeployment.get(deployment.metadata.uid) ?? [])].filter((uid) => (fleet.sets.get(uid)?.spec?.replicas ?? 0) === 0);
    const limit = deployment.spec?.revisionHistoryLimit ?? 10;
    if (old.length > limit + 1) report(14, `Deployment ${deployment.metadata.name} keeps ${old.length} old ReplicaSets, at most ${limit}`);
  }
}

/** Old ReplicaSets are cleared away when a rollout is complete (deployment_util.go DeploymentComplete), not while it is stuck. */
function isComplete({ spec, status }: Deployment): boolean {
  const wanted = spec?.replicas ?? 1;
  return (status?.updatedReplicas ?? 0) === wanted && (status?.replicas ?? 0) === wanted && (status?.availableReplicas ?? 0) === wanted;
}

function keep<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function link(map: Map<string, Set<string>>, owner: string, uid: string, present: boolean): void {
  const members = map.get(owner) ?? new Set<string>();
  map.set(owner, members);
  if (present) members.add(uid);
  else members.delete(uid);
}
