/** What controllers ask about a pod (pkg/api/v1/pod/util.go, pkg/controller/controller_utils.go). */
import { parseRfc3339 } from "../../../../base/time/index.ts";
import type { Pod, PodCondition } from "../../api/index.ts";

/** A condition of a pod, if it is set. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  const conditions = pod.status?.conditions;
  if (conditions === undefined) return undefined;
  for (const condition of conditions) if (condition.type === type) return condition;
  return undefined;
}

/** True when the pod's Ready condition is True. */
export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, "Ready")?.status === "True";
}

/** True when the pod has run to its end. */
export function isPodTerminal(pod: Pod): boolean {
  const phase = pod.status?.phase;
  return phase === "Succeeded" || phase === "Failed";
}

/** True when the pod counts as a replica: not at its end and not being deleted (IsPodActive). */
export function isPodActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata?.deletionTimestamp === undefined;
}

/** True when the pod is going but not gone (IsPodTerminating). */
export function isPodTerminating(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata?.deletionTimestamp !== undefined;
}

/** When the pod became ready, ms; NaN when it isn't ready or doesn't say. */
export function readySince(pod: Pod): number {
  const ready = podCondition(pod, "Ready");
  return ready?.status === "True" && ready.lastTransitionTime !== undefined ? parseRfc3339(ready.lastTransitionTime) : Number.NaN;
}

/**
 * How long until a ready pod counts as available, ms: 0 = it does, Infinity = it isn't ready
 * (IsPodAvailable; minReadySeconds 0 = at once).
 */
export function untilAvailable(pod: Pod, minReadySeconds: number, now: number): number {
  if (!isPodReady(pod)) return Number.POSITIVE_INFINITY;
  if (minReadySeconds === 0) return 0;
  const since = readySince(pod);
  return Number.isNaN(since) ? Number.POSITIVE_INFINITY : Math.max(0, since + minReadySeconds * 1000 - now);
}

/** The highest restart count among the regular containers. */
export function maxRestarts(pod: Pod): number {
  let most = 0;
  for (const status of pod.status?.containerStatuses ?? []) most = Math.max(most, status.restartCount);
  return most;
}
