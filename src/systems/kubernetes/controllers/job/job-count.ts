/**
 * Counts a Job's pods, each once: the uid of a pod that ended goes into the status first, then the finalizer goes off the
 * pod, then the uid becomes part of a counter (trackJobStatusAndRemoveFinalizers).
 */
import { isBeingDeleted, type Job, type JobStatus, type Pod } from "../../api/index.ts";
import { isPodReady } from "../pods/index.ts";
import { BY_CONTROLLER, type View } from "../runtime/index.ts";
import { indexOf, isIndexed, parseIndexes, TRACKING } from "./job-pods.ts";

/** What a Job's pods come to. */
export interface JobCount {
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  /** Counted in the status or still to be counted. */
  readonly succeeded: number;
  readonly failed: number;
  readonly succeededIndexes: ReadonlySet<number>;
  /** Pods that ended and whose uid is not in the status yet. */
  readonly fresh: readonly Pod[];
  /** Pods whose uid is in the status but which still have the finalizer. */
  readonly tracked: readonly Pod[];
  /** Uids in the status that can become part of the counters. */
  readonly settledSucceeded: readonly string[];
  readonly settledFailed: readonly string[];
  /** When the latest failure was, by transition of the pods seen, as RFC 3339; "" for none. */
  readonly failedPods: readonly Pod[];
}

const PODS_PER_SYNC = 500;

/** A pod that is being deleted has failed, unless only pods that are at their end are replaced. */
function hasFailed(job: Job, pod: Pod): boolean {
  if (pod.status?.phase === "Failed") return true;
  return isBeingDeleted(pod) && pod.status?.phase !== "Succeeded" && job.spec?.podReplacementPolicy !== "Failed";
}

/** Counts. */
export function countJob(job: Job, view: View): JobCount {
  const status: JobStatus = job.status ?? {};
  const uncountedSucceeded = new Set(status.uncountedTerminatedPods?.succeeded ?? []);
  const uncountedFailed = new Set(status.uncountedTerminatedPods?.failed ?? []);
  const active: Pod[] = [];
  const fresh: Pod[] = [];
  const tracked: Pod[] = [];
  const failedPods: Pod[] = [];
  const held = new Set<string>();
  const succeededIndexes = parseIndexes(status.completedIndexes);
  const count = { ready: 0, terminating: 0, succeeded: (status.succeeded ?? 0) + uncountedSucceeded.size, failed: (status.failed ?? 0) + uncountedFailed.size };
  for (const pod of view.list("pods", BY_CONTROLLER, job.metadata?.uid ?? "")) {
    const uid = pod.metadata?.uid ?? "";
    const isTracked = pod.metadata?.finalizers?.includes(TRACKING) === true;
    if (isTracked) held.add(uid);
    const succeeded = pod.status?.phase === "Succeeded";
    const failed = hasFailed(job, pod);
    if (isBeingDeleted(pod) && !succeeded && pod.status?.phase !== "Failed") count.terminating++;
    if (failed) failedPods.push(pod);
    if (!succeeded && !failed) {
      if (!isBeingDeleted(pod)) active.push(pod);
      if (isPodReady(pod)) count.ready++;
      continue;
    }
    const known = uncountedSucceeded.has(uid) || uncountedFailed.has(uid);
    if (known && isTracked) tracked.push(pod);
    if (known || !isTracked || fresh.length >= PODS_PER_SYNC) continue;
    fresh.push(pod);
    if (!succeeded) count.failed++;
    else if (!isIndexed(job) || !succeededIndexes.has(indexOf(pod))) count.succeeded++;
    if (succeeded && isIndexed(job)) succeededIndexes.add(indexOf(pod));
  }
  return {
    ...count, active, fresh, tracked, failedPods, succeededIndexes,
    settledSucceeded: [...uncountedSucceeded].filter((uid) => !held.has(uid)), settledFailed: [...uncountedFailed].filter((uid) => !held.has(uid)),
  };
}
