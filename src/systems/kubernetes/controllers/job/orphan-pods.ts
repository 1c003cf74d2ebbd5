/**
 * Pods that a Job's finalizer holds back although there is no Job any more to count them: the finalizer goes off
 * (job_controller.go enqueueOrphanPod, syncOrphanPod).
 */
import { controllerOf, isBeingDeleted, objectKey, type Pod } from "../../api/index.ts";
import { BY_CONTROLLER, type Enqueue, NO_PLAN, type Plan, planOf, type View } from "../runtime/index.ts";
import { TRACKING, untrack } from "./job-pods.ts";

/** Keys of orphans in the queue of Jobs begin with this; no object's name can. */
const ORPHAN = "orphan:";

/** The pod that a key of the queue is about, or undefined for a key of a Job. */
export function orphanKey(key: string): string | undefined {
  return key.startsWith(ORPHAN) ? key.slice(ORPHAN.length) : undefined;
}

/** Puts a pod into the queue when a finalizer holds it back for nobody. */
export function enqueueOrphan(enqueue: Enqueue, view: View, pod: Pod | undefined): void {
  if (pod !== undefined && isHeldForNobody(view, pod)) enqueue.add(ORPHAN + objectKey(pod));
}

/** A Job is gone: so is the reason to hold its pods back. */
export function enqueuePodsOf(enqueue: Enqueue, view: View, jobUid: string): void {
  for (const pod of view.list("pods", BY_CONTROLLER, jobUid)) enqueueOrphan(enqueue, view, pod);
}

/** Takes the finalizer off. */
export function planOrphan(view: View, key: string): Plan {
  const pod = view.get("pods", key);
  return pod === undefined || !isHeldForNobody(view, pod) ? NO_PLAN : planOf([untrack(pod)]);
}

/** Pods of a Job that is going, as far as they are going or have ended themselves. */
export function heldPods(view: View, jobUid: string): Pod[] {
  return view.list("pods", BY_CONTROLLER, jobUid).filter((pod) => isTracked(pod) && (isBeingDeleted(pod) || pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed"));
}

function isTracked(pod: Pod): boolean {
  return pod.metadata?.finalizers?.includes(TRACKING) === true;
}

function isHeldForNobody(view: View, pod: Pod): boolean {
  if (!isTracked(pod)) return false;
  const owner = controllerOf(pod);
  if (owner === undefined) return true;
  return owner.kind === "Job" && view.get("jobs.batch", `${pod.metadata?.namespace ?? ""}/${owner.name}`)?.metadata?.uid !== owner.uid;
}
