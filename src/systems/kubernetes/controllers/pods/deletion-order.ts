/**
 * Which pods go first when there are too many (pkg/controller/controller_utils.go, ActivePodsWithRanks): unassigned,
 * pending, unready, cheap, crowded, young.
 */
import { parseRfc3339 } from "../../../../base/time/index.ts";
import type { Pod } from "../../api/index.ts";
import { isPodReady, maxRestarts, readySince } from "./pod-state.ts";

/** Annotation: pods with a lower cost go first (core/v1 PodDeletionCost). */
export const POD_DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

const PHASE_ORDER: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

interface Ranked {
  readonly pod: Pod;
  readonly assigned: number;
  readonly phase: number;
  readonly ready: number;
  readonly cost: number;
  /** How many related pods share the node: the more, the sooner it goes. */
  readonly crowd: number;
  readonly readyAt: number;
  readonly restarts: number;
  readonly createdAt: number;
}

/** The first `count` pods to delete. `related` are the pods whose sharing of a node counts (all ReplicaSets of the same owner). */
export function podsToDelete(pods: readonly Pod[], count: number, related: readonly Pod[], now: number): Pod[] {
  if (count >= pods.length) return [...pods];
  const onNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec?.nodeName;
    if (node !== undefined) onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  const ranked = pods.map((pod) => rank(pod, onNode));
  ranked.sort((a, b) => compare(a, b, now));
  return ranked.slice(0, count).map((entry) => entry.pod);
}

/** The pod's deletion cost; a text that is no number counts as 0 (GetDeletionCostFromPodAnnotations). */
export function deletionCost(pod: Pod): number {
  const text = pod.metadata?.annotations?.[POD_DELETION_COST];
  if (text === undefined || !/^(0|-?[1-9][0-9]*)$/.test(text)) return 0;
  return Number(text);
}

function rank(pod: Pod, onNode: ReadonlyMap<string, number>): Ranked {
  const node = pod.spec?.nodeName;
  return {
    pod, assigned: node === undefined || node === "" ? 0 : 1, phase: PHASE_ORDER[pod.status?.phase ?? "Pending"] ?? 0, ready: isPodReady(pod) ? 1 : 0,
    cost: deletionCost(pod), crowd: onNode.get(node ?? "") ?? 0, readyAt: readySince(pod), restarts: maxRestarts(pod),
    createdAt: parseRfc3339(pod.metadata?.creationTimestamp ?? ""),
  };
}

function compare(a: Ranked, b: Ranked, now: number): number {
  if (a.assigned !== b.assigned) return a.assigned - b.assigned;
  if (a.phase !== b.phase) return a.phase - b.phase;
  if (a.ready !== b.ready) return a.ready - b.ready;
  if (a.cost !== b.cost) return a.cost - b.cost;
  if (a.crowd !== b.crowd) return b.crowd - a.crowd;
  if (a.ready === 1 && a.readyAt !== b.readyAt) return byAge(a, b, a.readyAt, b.readyAt, now);
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.createdAt !== b.createdAt) return byAge(a, b, a.createdAt, b.createdAt, now);
  return byUid(a, b);
}

/** Younger goes first, but ages of the same power of two count as equal and are broken by uid (LogarithmicScaleDown). */
function byAge(a: Ranked, b: Ranked, atA: number, atB: number, now: number): number {
  if (Number.isNaN(atA) || Number.isNaN(atB)) return Number.isNaN(atA) ? -1 : 1;
  return ageBucket(now - atA) - ageBucket(now - atB) || byUid(a, b);
}

/** Whole logarithm of an age in nanoseconds, base two; -1 for none. */
function ageBucket(ageMs: number): number {
  return ageMs > 0 ? Math.floor(Math.log2(ageMs * 1_000_000)) : -1;
}

function byUid(a: Ranked, b: Ranked): number {
  const left = a.pod.metadata?.uid ?? "";
  const right = b.pod.metadata?.uid ?? "";
  return left < right ? -1 : left > right ? 1 : 0;
}
