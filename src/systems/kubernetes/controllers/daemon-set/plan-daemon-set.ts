/** One pod on each node that fits (pkg/controller/daemon/daemon_controller.go and update.go). */
import { deepEqual } from "../../../../base/json/index.ts";
import { scaledValue } from "../../../../base/int-or-string/index.ts";
import { type DaemonSet, type DaemonSetStatus, isBeingDeleted, type Node, type Pod } from "../../api/index.ts";
import { createPod, deletePod, isPodReady, isPodTerminal, untilAvailable } from "../pods/index.ts";
import { planRevisionHistory, REVISION_HASH, revisionHash, type Revisions, revisionsOf } from "../revisions/index.ts";
import { BY_CONTROLLER, NO_PLAN, type Plan, type PlannedRequest, planOf, type View } from "../runtime/index.ts";
import { daemonPod, nodeOf, regarding, shouldRun } from "./daemon-pods.ts";

/** At most this many pods are made or deleted in one sync (BurstReplicas of the DaemonSet controller). */
const BURST_REPLICAS = 250;

/** The plan for one set: missing and surplus pods first, then the update. */
export function planDaemonSet(key: string, view: View, now: number): Plan {
  const set = view.get("daemonsets.apps", key);
  if (set === undefined || isBeingDeleted(set)) return NO_PLAN;
  const revisions = revisionsOf(regarding(set), set.spec?.template ?? {}, view, set.spec?.template.metadata?.labels);
  if (revisions.requests.length > 0) return planOf(revisions.requests);
  const byNode = podsByNode(set, view);
  const manage = planNodes(set, view, byNode, revisionHash(revisions.update));
  if (manage.length > 0) return { steps: manage };
  return planOf([...planUpdate(set, view, byNode, revisions, now), ...planHistory(set, byNode, revisions)]);
}

function podsByNode(set: DaemonSet, view: View): Map<string, Pod[]> {
  const byNode = new Map<string, Pod[]>();
  for (const pod of view.list("pods", BY_CONTROLLER, set.metadata?.uid ?? "")) {
    const node = nodeOf(pod);
    const pods = byNode.get(node);
    if (pods === undefined) byNode.set(node, [pod]);
    else pods.push(pod);
  }
  return byNode;
}

function planNodes(set: DaemonSet, view: View, byNode: ReadonlyMap<string, Pod[]>, hash: string): PlannedRequest[][] {
  const creations: PlannedRequest[] = [];
  const deletions: PlannedRequest[] = [];
  const owner = regarding(set);
  for (const node of view.all("nodes")) {
    const name = node.metadata?.name ?? "";
    const pods = byNode.get(name) ?? [];
    const { run, stay } = shouldRun(set, node);
    const living = pods.filter((pod) => !isBeingDeleted(pod));
    for (const pod of living) if (pod.status?.phase === "Failed") deletions.push(failedPod(pod, set, name));
    const good = living.filter((pod) => pod.status?.phase !== "Failed");
    if (run && pods.length === 0) creations.push(createPod(daemonPod(set, name, hash), owner));
    else if (!stay) deletions.push(...good.map((pod) => deletePod(pod, owner, "node should not run it")));
    else if (good.length > maxPodsPerNode(set)) deletions.push(...surplus(good).map((pod) => deletePod(pod, owner, "one pod a node is enough")));
  }
  deletions.push(...lostPods(set, view, byNode));
  return [...slowStart(creations.slice(0, BURST_REPLICAS)), ...(deletions.length === 0 ? [] : [deletions.slice(0, BURST_REPLICAS)])];
}

/** While a pod surges, a node has two. */
function maxPodsPerNode(set: DaemonSet): number {
  return surgeOf(set, 1) > 0 ? 2 : 1;
}

/** All but the best pod of a node: ready ones, then older ones are kept. */
function surplus(pods: readonly Pod[]): Pod[] {
  return [...pods].sort((a, b) => Number(isPodReady(b)) - Number(isPodReady(a)) || byAge(a, b)).slice(1);
}

function byAge(a: Pod, b: Pod): number {
  const left = a.metadata?.creationTimestamp ?? "";
  const right = b.metadata?.creationTimestamp ?? "";
  return left < right ? -1 : left > right ? 1 : 0;
}

function failedPod(pod: Pod, set: DaemonSet, node: string): PlannedRequest {
  const request = deletePod(pod, regarding(set), "it failed");
  const message = `Found failed daemon pod ${pod.metadata?.namespace ?? ""}/${pod.metadata?.name ?? ""} on node ${node}, will try to kill it`;
  return { ...request, onSuccess: { ...request.onSuccess, event: { regarding: regarding(set), type: "Warning", reason: "FailedDaemonPod", message } } };
}

/** Pods not yet bound whose node no longer exists (getUnscheduledPodsWithoutNode). */
function lostPods(set: DaemonSet, view: View, byNode: ReadonlyMap<string, Pod[]>): PlannedRequest[] {
  const lost: PlannedRequest[] = [];
  for (const [node, pods] of byNode) {
    if (view.get("nodes", node) !== undefined) continue;
    for (const pod of pods) if ((pod.spec?.nodeName ?? "") === "" && !isBeingDeleted(pod)) lost.push(deletePod(pod, regarding(set), "its node is gone"));
  }
  return lost;
}

function slowStart(requests: readonly PlannedRequest[]): PlannedRequest[][] {
  const steps: PlannedRequest[][] = [];
  for (let from = 0, size = 1; from < requests.length; from += size, size *= 2) steps.push(requests.slice(from, from + size));
  return steps;
}

function wantedNodes(set: DaemonSet, view: View): Node[] {
  const nodes: Node[] = [];
  for (const node of view.all("nodes")) if (shouldRun(set, node).run) nodes.push(node);
  return nodes;
}

function surgeOf(set: DaemonSet, desired: number): number {
  return scaledValue(set.spec?.updateStrategy?.rollingUpdate?.maxSurge, desired, "up");
}

function unavailableOf(set: DaemonSet, desired: number): number {
  const rolling = set.spec?.updateStrategy?.rollingUpdate;
  const value = scaledValue(rolling?.maxUnavailable ?? 1, desired, "up");
  return value === 0 && surgeOf(set, desired) === 0 ? 1 : value;
}

/** RollingUpdate: old pods are deleted as far as availability allows (or, with surge, once the new one is available). */
function planUpdate(set: DaemonSet, view: View, byNode: ReadonlyMap<string, Pod[]>, revisions: Revisions, now: number): PlannedRequest[] {
  if (set.spec?.updateStrategy?.type === "OnDelete") return [];
  const hash = revisionHash(revisions.update);
  const nodes = wantedNodes(set, view);
  const minReady = set.spec?.minReadySeconds ?? 0;
  const surge = surgeOf(set, nodes.length);
  let room = surge > 0 ? surge : unavailableOf(set, nodes.length);
  const available = (pod: Pod | undefined): boolean => pod !== undefined && untilAvailable(pod, minReady, now) === 0;
  const requests: PlannedRequest[] = [];
  const replaceable: { readonly node: string; readonly old: Pod; readonly broken: boolean }[] = [];
  for (const node of nodes) {
    const name = node.metadata?.name ?? "";
    const pods = (byNode.get(name) ?? []).filter((pod) => !isPodTerminal(pod));
    const fresh = pods.find((pod) => pod.metadata?.labels?.[REVISION_HASH] === hash && !isBeingDeleted(pod));
    const old = pods.find((pod) => pod.metadata?.labels?.[REVISION_HASH] !== hash && !isBeingDeleted(pod));
    if (surge > 0 && old !== undefined && fresh !== undefined) {
      if (available(fresh) || !available(old)) requests.push(deletePod(old, regarding(set), "rolling update"));
      else room--;
    } else if (old !== undefined) {
      replaceable.push({ node: name, old, broken: !available(old) });
    } else if (!available(fresh)) room--;
  }
  for (const { node, old, broken } of replaceable) {
    if (surge === 0 && broken) requests.push(deletePod(old, regarding(set), "rolling update"));
    else if (room > 0) {
      room--;
      requests.push(surge > 0 ? createPod(daemonPod(set, node, hash), regarding(set)) : deletePod(old, regarding(set), "rolling update"));
    }
  }
  return requests;
}

function planHistory(set: DaemonSet, byNode: ReadonlyMap<string, Pod[]>, revisions: Revisions): PlannedRequest[] {
  const inUse = new Set([revisionHash(revisions.update)]);
  for (const pods of byNode.values()) for (const pod of pods) inUse.add(pod.metadata?.labels?.[REVISION_HASH] ?? "");
  return planRevisionHistory(revisions.all, inUse, set.spec?.revisionHistoryLimit ?? 10);
}

/** The status of a set (updateDaemonSetStatus). */
export function planDaemonStatus(key: string, view: View, now: number): Plan {
  const set = view.get("daemonsets.apps", key);
  if (set === undefined || isBeingDeleted(set)) return NO_PLAN;
  const byNode = podsByNode(set, view);
  const { update } = revisionsOf(regarding(set), set.spec?.template ?? {}, view, undefined);
  const { status, nextMs } = countNodes(set, view, byNode, revisionHash(update), now);
  if (deepEqual(set.status ?? {}, status)) return planOf([], nextMs);
  const { namespace = "", name = "" } = set.metadata ?? {};
  const body: DaemonSet = { ...set, apiVersion: "apps/v1", kind: "DaemonSet", status };
  return planOf([{ call: { verb: "update", group: "apps", version: "v1", resource: "daemonsets", subresource: "status", namespace, name, body }, accept: [404] }], nextMs);
}

function countNodes(set: DaemonSet, view: View, byNode: ReadonlyMap<string, Pod[]>, hash: string, now: number): { readonly status: DaemonSetStatus; readonly nextMs: number | undefined } {
  const counts = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
  let nextMs = Number.POSITIVE_INFINITY;
  for (const node of view.all("nodes")) {
    const pods = byNode.get(node.metadata?.name ?? "") ?? [];
    if (!shouldRun(set, node).run) {
      if (pods.length > 0) counts.misscheduled++;
      continue;
    }
    counts.desired++;
    const pod = [...pods].sort((a, b) => Number(isPodReady(b)) - Number(isPodReady(a)) || byAge(a, b))[0];
    if (pod === undefined) continue;
    counts.current++;
    const wait = untilAvailable(pod, set.spec?.minReadySeconds ?? 0, now);
    if (isPodReady(pod)) counts.ready++;
    if (wait === 0) counts.available++;
    else nextMs = Math.min(nextMs, wait);
    if (pod.metadata?.labels?.[REVISION_HASH] === hash) counts.updated++;
  }
  return { status: statusOf(set, counts), nextMs: nextMs === Number.POSITIVE_INFINITY ? undefined : nextMs };
}

function statusOf(set: DaemonSet, counts: { desired: number; current: number; misscheduled: number; ready: number; available: number; updated: number }): DaemonSetStatus {
  const unavailable = counts.desired - counts.available;
  const { collisionCount, conditions } = set.status ?? {};
  return {
    currentNumberScheduled: counts.current, desiredNumberScheduled: counts.desired, numberMisscheduled: counts.misscheduled, numberReady: counts.ready,
    ...(counts.updated === 0 ? {} : { updatedNumberScheduled: counts.updated }), ...(counts.available === 0 ? {} : { numberAvailable: counts.available }),
    ...(unavailable <= 0 ? {} : { numberUnavailable: unavailable }), observedGeneration: set.metadata?.generation ?? 0,
    ...(collisionCount === undefined ? {} : { collisionCount }), ...(conditions === undefined ? {} : { conditions }),
  };
}
