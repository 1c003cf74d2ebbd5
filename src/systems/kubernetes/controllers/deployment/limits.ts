/** How many pods a rollout may have too many or too few (deployment_util.go: MaxSurge, MaxUnavailable, ResolveFenceposts). */
import { scaledValue } from "../../../../base/int-or-string/index.ts";
import type { Deployment } from "../../api/index.ts";

/** progressDeadlineSeconds of this value means none (math.MaxInt32). */
const NO_DEADLINE = 2_147_483_647;

/** Replicas wanted (defaulted to 1). */
export function replicasOf(deployment: Deployment): number {
  return deployment.spec?.replicas ?? 1;
}

/** True when old and new pods run side by side during a rollout. */
export function isRolling(deployment: Deployment): boolean {
  return deployment.spec?.strategy?.type !== "Recreate";
}

/** Pods over the wanted number that a rollout may have. */
export function maxSurgeOf(deployment: Deployment): number {
  return isRolling(deployment) ? fenceposts(deployment).surge : 0;
}

/** Pods under the wanted number that a rollout may have. */
export function maxUnavailableOf(deployment: Deployment): number {
  const replicas = replicasOf(deployment);
  return isRolling(deployment) && replicas > 0 ? Math.min(fenceposts(deployment).unavailable, replicas) : 0;
}

/** Percentages resolved, surge up and unavailable down; if both came to 0 the rollout could never move, so one may be missing. */
function fenceposts(deployment: Deployment): { readonly surge: number; readonly unavailable: number } {
  const rolling = deployment.spec?.strategy?.rollingUpdate;
  const replicas = replicasOf(deployment);
  const surge = scaledValue(rolling?.maxSurge, replicas, "up");
  const unavailable = scaledValue(rolling?.maxUnavailable, replicas, "down");
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

/** Seconds without progress after which a rollout counts as stuck, or undefined. */
export function progressDeadlineOf(deployment: Deployment): number | undefined {
  const seconds = deployment.spec?.progressDeadlineSeconds;
  return seconds === undefined || seconds === NO_DEADLINE ? undefined : seconds;
}
