/** A set's status and conditions (pkg/controller/replicaset/replica_set_utils.go, calculateStatus). */
import { deepEqual } from "../../../../base/json/index.ts";
import { rfc3339 } from "../../../../base/time/index.ts";
import type { ReplicaSetCondition, ReplicaSetStatus } from "../../api/index.ts";
import { FAILED_CREATE, FAILED_DELETE, untilAvailable } from "../pods/index.ts";
import { BY_CONTROLLER, type Failure, type Plan, planOf, type View } from "../runtime/index.ts";
import { fullyLabeled, type PodSum } from "./pod-sums.ts";
import { replicasOf, type ReplicaSetLike, type SetKind, templateOf } from "./set-kind.ts";

const REPLICA_FAILURE = "ReplicaFailure";

interface Availability {
  readonly available: number;
  /** When the next ready pod becomes available, ms from now. */
  readonly nextMs: number | undefined;
}

/** Writes the status if it would change; comes back when a ready pod becomes available. */
export function planSetStatus(kind: SetKind, set: ReplicaSetLike, sum: PodSum, view: View, failures: readonly Failure[], now: number): Plan {
  const availability = availabilityOf(set, sum, view, now);
  const status = statusOf(kind, set, sum, availability.available, failures, now);
  const old = set.status ?? { replicas: 0 };
  if (sameStatus(old, status)) return planOf([], availability.nextMs);
  const { namespace, name = "" } = set.metadata ?? {};
  return planOf([{
    call: {
      verb: "update", group: kind.group, version: kind.version, resource: kind.resource, subresource: "status", name,
      ...(namespace === undefined ? {} : { namespace }), body: { ...set, apiVersion: kind.apiVersion, kind: kind.kind, status },
    },
    accept: [404],
  }], availability.nextMs);
}

function availabilityOf(set: ReplicaSetLike, sum: PodSum, view: View, now: number): Availability {
  const minReadySeconds = set.spec?.minReadySeconds ?? 0;
  if (minReadySeconds === 0) return { available: sum.ready, nextMs: undefined };
  let available = 0;
  let nextMs = Number.POSITIVE_INFINITY;
  for (const pod of view.list("pods", BY_CONTROLLER, set.metadata?.uid ?? "")) {
    if (pod.metadata?.deletionTimestamp !== undefined) continue;
    const wait = untilAvailable(pod, minReadySeconds, now);
    if (wait === 0) available++;
    else nextMs = Math.min(nextMs, wait);
  }
  return { available, nextMs: nextMs === Number.POSITIVE_INFINITY ? undefined : nextMs };
}

function statusOf(kind: SetKind, set: ReplicaSetLike, sum: PodSum, available: number, failures: readonly Failure[], now: number): ReplicaSetStatus {
  const conditions = conditionsOf(set, sum, failures, now);
  const labeled = fullyLabeled(sum, templateOf(set).metadata?.labels);
  return {
    replicas: sum.active,
    ...(labeled === 0 ? {} : { fullyLabeledReplicas: labeled }),
    ...(sum.ready === 0 ? {} : { readyReplicas: sum.ready }),
    ...(available === 0 ? {} : { availableReplicas: available }),
    ...(kind.countsTerminating ? { terminatingReplicas: sum.terminating } : {}),
    observedGeneration: set.metadata?.generation ?? 0,
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

function conditionsOf(set: ReplicaSetLike, sum: PodSum, failures: readonly Failure[], now: number): readonly ReplicaSetCondition[] {
  const old = set.status?.conditions ?? [];
  const [failure] = failures;
  if (failure === undefined) return old.filter((condition) => condition.type !== REPLICA_FAILURE);
  const reason = sum.active < replicasOf(set) ? FAILED_CREATE : FAILED_DELETE;
  const known = old.find((condition) => condition.type === REPLICA_FAILURE);
  if (known?.status === "True" && known.reason === reason) return old;
  const condition: ReplicaSetCondition = { type: REPLICA_FAILURE, status: "True", lastTransitionTime: rfc3339(now), reason, message: failure.message };
  return [...old.filter((other) => other.type !== REPLICA_FAILURE), condition];
}

/** Zero counts are left out by the API (omitempty), so absent and 0 are the same. */
function sameStatus(a: ReplicaSetStatus, b: ReplicaSetStatus): boolean {
  return a.replicas === b.replicas && same(a.fullyLabeledReplicas, b.fullyLabeledReplicas) && same(a.readyReplicas, b.readyReplicas)
    && same(a.availableReplicas, b.availableReplicas) && a.terminatingReplicas === b.terminatingReplicas && same(a.observedGeneration, b.observedGeneration)
    && deepEqual(a.conditions ?? [], b.conditions ?? []);
}

function same(a: number | undefined, b: number | undefined): boolean {
  return (a ?? 0) === (b ?? 0);
}
