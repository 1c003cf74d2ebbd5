import type { Plan } from "./framework/plan.ts";
import { createPlan, releasePlan } from "./framework/plan.ts";
import type { PodShape } from "./framework/pod-shape.ts";
import { createScratch } from "./framework/score.ts";
import { namedNodes } from "./plugins/node-affinity/node-affinity.ts";
import type { Profile } from "./profile/profile.ts";
import type { SchedulerState } from "./state.ts";

/** Plans are kept while they take no more than about this many bytes together. */
const PLAN_BYTES = 48_000_000;
const BYTES_PER_NODE = 48;
const LEAST_PLANS = 16;
const MOST_PLANS = 1024;

function mostPlans(capacity: number): number {
  return Math.max(LEAST_PLANS, Math.min(MOST_PLANS, Math.floor(PLAN_BYTES / (capacity * BYTES_PER_NODE))));
}

/** The plan for a shape under a profile: a remembered one, or a new one. The least recently used are let go. */
export function planFor(state: SchedulerState, profile: Profile, shape: PodShape): Plan {
  const { plans, cluster } = state;
  if (state.scratch.slots.length < cluster.capacity) state.scratch = createScratch(cluster.capacity);
  if (namedNodes(shape.spec)?.length === 1) return createPlan(profile, shape, 0);
  const key = `${shape.id} ${profile.name}`;
  const known = plans.get(key);
  if (known !== undefined && known.capacity === cluster.capacity) return known;
  const plan = createPlan(profile, shape, cluster.capacity);
  if (known !== undefined) releasePlan(cluster, known);
  plans.delete(key);
  plans.set(key, plan);
  if (plans.size > mostPlans(cluster.capacity)) dropOldest(state);
  return plan;
}

function dropOldest(state: SchedulerState): void {
  for (const [key, plan] of state.plans) {
    state.plans.delete(key);
    releasePlan(state.cluster, plan);
    return;
  }
}

/** A plan was used: it is the newest now; one that remembers nothing is let go. */
export function donePlan(state: SchedulerState, profile: Profile, plan: Plan): void {
  if (plan.capacity === 0) {
    releasePlan(state.cluster, plan);
    return;
  }
  const key = `${plan.shape.id} ${profile.name}`;
  if (state.plans.get(key) !== plan || state.plans.size < LEAST_PLANS) return;
  state.plans.delete(key);
  state.plans.set(key, plan);
}
