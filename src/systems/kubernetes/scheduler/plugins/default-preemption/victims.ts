/** Who would have to go from one node. Source: plugins/defaultpreemption/default_preemption.go (SelectVictimsOnNode, filterPodsWithPDBViolation). */
import { parseRfc3339 } from "../../../../../base/time/index.ts";
import type { PodDisruptionBudget } from "../../../api/index.ts";
import { compileSelector } from "../../../selectors/index.ts";
import { displacePod, placePod } from "../../framework/cluster.ts";
import type { Cluster } from "../../framework/cluster-types.ts";
import { type NodeInfo, type PodInfo, putOnNode, takeOffNode } from "../../framework/node-info.ts";
import { type Nominated, withPromises } from "../../framework/nominator.ts";
import { type DryRun, nodeRefusal, type Plan, readsTallies, refreshPlan, refusalNow } from "../../framework/plan.ts";
import { refusal, type Refusal } from "../../framework/plugin.ts";
import type { Profile } from "../../profile/profile.ts";

const NO_VICTIMS = refusal("DefaultPreemption", "No preemption victims found for incoming pod", false);

/** What a trial on a node needs. */
export interface Trial {
  readonly cluster: Cluster;
  readonly profile: Profile;
  readonly plan: Plan;
  readonly priority: number;
  readonly budgets: readonly PodDisruptionBudget[];
}

/** When a pod started, ms; one that hasn't counts as starting now, i.e. last. */
export function startOf(info: PodInfo): number {
  const text = info.pod.status?.startTime;
  return text === undefined ? Number.MAX_SAFE_INTEGER : parseRfc3339(text as string);
}

/** Higher priority first, then the one that has run longer (util.MoreImportantPod). */
export function moreImportantFirst(a: PodInfo, b: PodInfo): number {
  return b.priority - a.priority || startOf(a) - startOf(b);
}

/** Splits pods into those whose going breaks a disruption budget, and the others. */
export function splitByBudgets(pods: readonly PodInfo[], budgets: readonly PodDisruptionBudget[]): { readonly violating: PodInfo[]; readonly harmless: PodInfo[] } {
  const violating: PodInfo[] = [];
  const harmless: PodInfo[] = [];
  const allowed = budgets.map((budget) => budget.status?.disruptionsAllowed ?? 0);
  for (const info of pods) (breaksBudget(info, budgets, allowed) ? violating : harmless).push(info);
  return { violating, harmless };
}

function breaksBudget(info: PodInfo, budgets: readonly PodDisruptionBudget[], allowed: number[]): boolean {
  const { labels, namespace, name } = info.pod.metadata ?? {};
  if (labels === undefined || Object.keys(labels).length === 0) return false;
  let breaks = false;
  budgets.forEach((budget, index) => {
    const selector = budget.spec?.selector;
    if (budget.metadata?.namespace !== namespace || selector === undefined || !hasConditions(selector) || !compileSelector(selector)(labels)) return;
    if (budget.status?.disruptedPods?.[name ?? ""] !== undefined) return;
    allowed[index] = (allowed[index] as number) - 1;
    if ((allowed[index] as number) < 0) breaks = true;
  });
  return breaks;
}

function hasConditions(selector: NonNullable<NonNullable<PodDisruptionBudget["spec"]>["selector"]>): boolean {
  return Object.keys(selector.matchLabels ?? {}).length > 0 || (selector.matchExpressions?.length ?? 0) > 0;
}

/** Makes every priority positive, so that more victims never look cheaper (MaxInt32 + 1). */
const PRIORITY_SHIFT = 2 ** 31;

/** A result with what it is compared by. `victims` have the most important first, or are put in that order. */
export function dryRunOf(slot: number, victims: readonly PodInfo[], violations: number, refused?: Refusal): DryRun {
  let top = Number.MIN_SAFE_INTEGER;
  let sum = 0;
  for (const info of victims) {
    top = Math.max(top, info.priority);
    sum += info.priority + PRIORITY_SHIFT;
  }
  let start = Number.MAX_SAFE_INTEGER;
  for (const info of victims) if (info.priority === top) start = Math.min(start, startOf(info));
  return { slot, victims, violations, top, sum, start, refused };
}

/** Taking pods off and putting them back, on the node alone where nothing else decides. */
interface Hands {
  take(info: PodInfo): void;
  put(info: PodInfo): void;
  refused(): Refusal | undefined;
}

function handsFor(trial: Trial, node: NodeInfo): Hands {
  const { cluster, profile, plan } = trial;
  if (!readsTallies(plan)) return { take: (info) => takeOffNode(node, info), put: (info) => putOnNode(node, info), refused: () => nodeRefusal(cluster, profile, plan, node) };
  return {
    take: (info) => displacePod(cluster, info), put: (info) => placePod(cluster, info),
    refused: () => {
      refreshPlan(cluster, profile, plan);
      return refusalNow(cluster, profile, plan, node);
    },
  };
}

/** The least set of pods of lower priority that must go so that the pod fits; pods promised to the node stay counted. */
export function selectVictims(trial: Trial, node: NodeInfo, promises: readonly Nominated[]): DryRun {
  const candidates = [...node.pods.values()].filter((info) => info.priority < trial.priority);
  if (candidates.length === 0) return dryRunOf(node.index, [], 0, NO_VICTIMS);
  candidates.sort(moreImportantFirst);
  const stamp = trial.cluster.stamps[node.index] as number;
  const hands = handsFor(trial, node);
  const result = withPromises(trial.cluster, node, promises, !readsTallies(trial.plan), () => tryWithout(trial, node, candidates, hands));
  if (readsTallies(trial.plan)) refreshPlan(trial.cluster, trial.profile, trial.plan);
  trial.cluster.stamps[node.index] = stamp;
  return result;
}

function tryWithout(trial: Trial, node: NodeInfo, candidates: readonly PodInfo[], hands: Hands): DryRun {
  for (const info of candidates) hands.take(info);
  const refused = hands.refused();
  if (refused !== undefined) {
    for (const info of candidates) hands.put(info);
    return dryRunOf(node.index, [], 0, refused);
  }
  const { violating, harmless } = splitByBudgets(candidates, trial.budgets);
  const victims: PodInfo[] = [];
  const reprieve = (info: PodInfo): void => {
    hands.put(info);
    if (hands.refused() === undefined) return;
    hands.take(info);
    victims.push(info);
  };
  violating.forEach(reprieve);
  const violations = victims.length;
  harmless.forEach(reprieve);
  for (const info of victims) hands.put(info);
  if (violations > 0) victims.sort(moreImportantFirst);
  return dryRunOf(node.index, victims, violations);
}
