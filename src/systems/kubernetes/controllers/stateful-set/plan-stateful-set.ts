/** Ordered pods with stable names (pkg/controller/statefulset/stateful_set_control.go). */
import { deepEqual } from "../../../../base/json/index.ts";
import { type ControllerRevision, isBeingDeleted, type Pod, type StatefulSet, type StatefulSetStatus } from "../../api/index.ts";
import { isPodReady, isPodTerminal, untilAvailable } from "../pods/index.ts";
import { planRevisionHistory, REVISION_HASH, type Revisions, revisionsOf, templateOfRevision } from "../revisions/index.ts";
import { BY_CONTROLLER, NO_PLAN, type Plan, type PlannedRequest, planOf, type View } from "../runtime/index.ts";
import { createStatefulPod, deleteStatefulPod, isHealthy, missingClaims, ordinalOf, regarding, startOrdinal, statefulPod } from "./stateful-pods.ts";

interface Members {
  /** Pods within the wanted ordinals, by ordinal. */
  readonly replicas: ReadonlyMap<number, Pod>;
  /** Pods outside, highest ordinal first. */
  readonly condemned: readonly Pod[];
}

/** The plan for one set. */
export function planStatefulSet(key: string, view: View, now: number): Plan {
  const set = view.get("statefulsets.apps", key);
  if (set === undefined || isBeingDeleted(set)) return NO_PLAN;
  const revisions = revisionsFor(set, view);
  if (revisions.requests.length > 0) return planOf(revisions.requests);
  const members = membersOf(set, view);
  const isParallel = set.spec?.podManagementPolicy === "Parallel";
  const pods = isParallel ? planParallel(set, members, revisions, view) : planOrdered(set, members, revisions, view, now);
  if (pods !== undefined) return { steps: pods };
  return planOf([...planUpdate(set, members, revisions, now), ...planHistory(set, members, revisions)]);
}

/** The revisions of a set. */
export function revisionsFor(set: StatefulSet, view: View): Revisions {
  return revisionsOf(regarding(set), set.spec?.template ?? {}, view, set.spec?.selector.matchLabels);
}

function membersOf(set: StatefulSet, view: View): Members {
  const start = startOrdinal(set);
  const end = start + (set.spec?.replicas ?? 1);
  const replicas = new Map<number, Pod>();
  const condemned: Pod[] = [];
  for (const pod of view.list("pods", BY_CONTROLLER, set.metadata?.uid ?? "")) {
    const ordinal = ordinalOf(set, pod);
    if (ordinal >= start && ordinal < end) replicas.set(ordinal, pod);
    else if (ordinal >= 0) condemned.push(pod);
  }
  condemned.sort((a, b) => ordinalOf(set, b) - ordinalOf(set, a));
  return { replicas, condemned };
}

/** One thing at a time, lowest ordinal first; undefined when all replicas are there and healthy and none is condemned. */
function planOrdered(set: StatefulSet, members: Members, revisions: Revisions, view: View, now: number): PlannedRequest[][] | undefined {
  const start = startOrdinal(set);
  for (let ordinal = start; ordinal < start + (set.spec?.replicas ?? 1); ordinal++) {
    const pod = members.replicas.get(ordinal);
    if (pod === undefined) return creation(set, ordinal, revisions, view);
    if (isPodTerminal(pod) && !isBeingDeleted(pod)) return [[recreation(set, pod)]];
    const claims = missingClaims(set, ordinal, view);
    if (claims.length > 0 && !isBeingDeleted(pod)) return [claims];
    // One that isn't healthy holds back everything after it, an update too (documented as "Forced rollback").
    if (!isHealthy(pod) || untilAvailable(pod, set.spec?.minReadySeconds ?? 0, now) > 0) return [];
  }
  const [last] = members.condemned;
  if (last === undefined) return undefined;
  return isBeingDeleted(last) ? [] : [[deleteStatefulPod(set, last, "fewer replicas wanted")]];
}

function planParallel(set: StatefulSet, members: Members, revisions: Revisions, view: View): PlannedRequest[][] | undefined {
  const start = startOrdinal(set);
  const claims: PlannedRequest[] = [];
  const pods: PlannedRequest[] = members.condemned.filter((pod) => !isBeingDeleted(pod)).map((pod) => deleteStatefulPod(set, pod, "fewer replicas wanted"));
  for (let ordinal = start; ordinal < start + (set.spec?.replicas ?? 1); ordinal++) {
    const pod = members.replicas.get(ordinal);
    if (pod === undefined) {
      const [own = [], made = []] = creation(set, ordinal, revisions, view);
      claims.push(...own);
      pods.push(...made);
    } else if (isPodTerminal(pod) && !isBeingDeleted(pod)) pods.push(recreation(set, pod));
  }
  return pods.length === 0 ? undefined : [claims, pods];
}

function creation(set: StatefulSet, ordinal: number, revisions: Revisions, view: View): PlannedRequest[][] {
  const revision = revisionForOrdinal(set, ordinal, revisions);
  if (revision === undefined) return [[], []];
  const pod = statefulPod(set, ordinal, revision.metadata?.name ?? "", templateOfRevision(revision));
  return [missingClaims(set, ordinal, view), [createStatefulPod(set, pod)]];
}

/** Below the partition pods keep the current revision; the others get the update (newVersionedStatefulSetPod). */
function revisionForOrdinal(set: StatefulSet, ordinal: number, revisions: Revisions): ControllerRevision | undefined {
  const { type, rollingUpdate } = set.spec?.updateStrategy ?? {};
  const current = currentRevision(set, revisions);
  if (type === "OnDelete") return revisions.update;
  const below = ordinal - startOrdinal(set) < (rollingUpdate?.partition ?? 0) && (rollingUpdate?.partition ?? 0) > 0;
  return below ? current : revisions.update;
}

function currentRevision(set: StatefulSet, revisions: Revisions): ControllerRevision | undefined {
  return revisions.all.find((revision) => revision.metadata?.name === set.status?.currentRevision) ?? revisions.update;
}

function recreation(set: StatefulSet, pod: Pod): PlannedRequest {
  const request = deleteStatefulPod(set, pod, "it has ended");
  const { namespace = "", name = "" } = set.metadata ?? {};
  const message = `StatefulSet ${namespace}/${name} is recreating ${pod.status?.phase === "Failed" ? "failed" : "terminated"} Pod ${pod.metadata?.name ?? ""}`;
  const reason = pod.status?.phase === "Failed" ? "RecreatingFailedPod" : "RecreatingTerminatedPod";
  return { ...request, onSuccess: { ...request.onSuccess, event: { regarding: regarding(set), type: "Warning", reason, message } } };
}

function revisionOf(pod: Pod): string {
  return pod.metadata?.labels?.[REVISION_HASH] ?? "";
}

function updatesPods(set: StatefulSet): boolean {
  return set.spec?.updateStrategy?.type !== "OnDelete";
}

/** RollingUpdate: from the highest ordinal down to the partition, one at a time, waiting for each to be healthy. */
function planUpdate(set: StatefulSet, members: Members, revisions: Revisions, now: number): PlannedRequest[] {
  if (!updatesPods(set)) return [];
  const update = revisions.update?.metadata?.name ?? "";
  const lowest = startOrdinal(set) + (set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0);
  const ordinals = [...members.replicas.keys()].filter((ordinal) => ordinal >= lowest).sort((a, b) => b - a);
  for (const ordinal of ordinals) {
    const pod = members.replicas.get(ordinal) as Pod;
    if (revisionOf(pod) !== update && !isBeingDeleted(pod)) return [deleteStatefulPod(set, pod, "rolling update")];
    if (!isHealthy(pod) || untilAvailable(pod, set.spec?.minReadySeconds ?? 0, now) > 0) return [];
  }
  return [];
}

function planHistory(set: StatefulSet, members: Members, revisions: Revisions): PlannedRequest[] {
  const inUse = new Set([revisions.update?.metadata?.name ?? "", currentRevision(set, revisions)?.metadata?.name ?? ""]);
  for (const pod of [...members.replicas.values(), ...members.condemned]) inUse.add(revisionOf(pod));
  return planRevisionHistory(revisions.all, inUse, set.spec?.revisionHistoryLimit ?? 10);
}

/** The status of a set (updateStatefulSet, completeRollingUpdate). */
export function planStatefulStatus(key: string, view: View, now: number): Plan {
  const set = view.get("statefulsets.apps", key);
  if (set === undefined || isBeingDeleted(set)) return NO_PLAN;
  const revisions = revisionsFor(set, view);
  if (revisions.update === undefined) return NO_PLAN;
  const { status, nextMs } = statusOf(set, revisions, view, now);
  if (deepEqual(set.status ?? {}, status)) return planOf([], nextMs);
  const { namespace = "", name = "" } = set.metadata ?? {};
  const body: StatefulSet = { ...set, apiVersion: "apps/v1", kind: "StatefulSet", status };
  return planOf([{ call: { verb: "update", group: "apps", version: "v1", resource: "statefulsets", subresource: "status", namespace, name, body }, accept: [404] }], nextMs);
}

function statusOf(set: StatefulSet, revisions: Revisions, view: View, now: number): { readonly status: StatefulSetStatus; readonly nextMs: number | undefined } {
  const update = revisions.update?.metadata?.name ?? "";
  const current = currentRevision(set, revisions)?.metadata?.name ?? update;
  const count = { replicas: 0, ready: 0, available: 0, current: 0, updated: 0 };
  let nextMs = Number.POSITIVE_INFINITY;
  for (const pod of view.list("pods", BY_CONTROLLER, set.metadata?.uid ?? "")) {
    if (ordinalOf(set, pod) < 0) continue;
    count.replicas++;
    const wait = pod.status?.phase === "Running" ? untilAvailable(pod, set.spec?.minReadySeconds ?? 0, now) : Number.POSITIVE_INFINITY;
    if (pod.status?.phase === "Running" && isPodReady(pod)) count.ready++;
    if (wait === 0) count.available++;
    else nextMs = Math.min(nextMs, wait);
    if (isBeingDeleted(pod)) continue;
    if (revisionOf(pod) === current) count.current++;
    if (revisionOf(pod) === update) count.updated++;
  }
  const isComplete = updatesPods(set) && count.updated === count.replicas && count.ready === count.replicas && count.replicas === (set.spec?.replicas ?? 1);
  const { collisionCount, conditions } = set.status ?? {};
  const status: StatefulSetStatus = {
    observedGeneration: set.metadata?.generation ?? 0, replicas: count.replicas, ...positive("readyReplicas", count.ready),
    availableReplicas: count.available, ...positive("currentReplicas", isComplete ? count.updated : count.current), ...positive("updatedReplicas", count.updated),
    currentRevision: isComplete ? update : current, updateRevision: update, collisionCount: collisionCount ?? 0,
    ...(conditions === undefined ? {} : { conditions }),
  };
  return { status, nextMs: nextMs === Number.POSITIVE_INFINITY ? undefined : nextMs };
}

function positive<K extends keyof StatefulSetStatus>(name: K, value: number): Pick<StatefulSetStatus, K> | Record<string, never> {
  return value === 0 ? {} : { [name]: value } as Pick<StatefulSetStatus, K>;
}
