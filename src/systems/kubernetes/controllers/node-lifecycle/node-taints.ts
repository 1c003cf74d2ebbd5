/** Taints that follow from a node's conditions (nodelifecycle: doNoScheduleTaintingPass, processTaintBaseEviction). */
import { rfc3339 } from "../../../../base/time/index.ts";
import type { Node, Taint } from "../../api/index.ts";
import { nodeCondition } from "./node-health.ts";

/** Taint of a node that says it isn't ready. */
export const NOT_READY = "node.kubernetes.io/not-ready";
/** Taint of a node that isn't heard of. */
export const UNREACHABLE = "node.kubernetes.io/unreachable";
const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

/** Condition → status → taint that keeps new pods away (nodeConditionToTaintKeyStatusMap). */
const NO_SCHEDULE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: "node.kubernetes.io/memory-pressure" },
  DiskPressure: { True: "node.kubernetes.io/disk-pressure" },
  NetworkUnavailable: { True: "node.kubernetes.io/network-unavailable" },
  PIDPressure: { True: "node.kubernetes.io/pid-pressure" },
};
const MANAGED_NO_SCHEDULE: ReadonlySet<string> = new Set([...Object.values(NO_SCHEDULE).flatMap((byStatus) => Object.values(byStatus)), UNSCHEDULABLE]);

/** The taint that evicts pods from a node in its present condition, if any. */
export function evictionTaintOf(node: Node): string | undefined {
  const status = nodeCondition(node, "Ready")?.status;
  return status === "False" ? NOT_READY : status === "Unknown" ? UNREACHABLE : undefined;
}

/** True when the node carries a NoExecute taint with this key. */
export function hasEvictionTaint(node: Node, key: string): boolean {
  return (node.spec?.taints ?? []).some((taint) => taint.key === key && taint.effect === "NoExecute");
}

/**
 * The taints a node should have. `evict` = put the eviction taint on now if it is due; one that is there already stays
 * or changes its key with the condition. `spare` = take eviction taints off whatever the condition says.
 */
export function wantedTaints(node: Node, evict: boolean, spare: boolean, now: number): readonly Taint[] {
  const present = node.spec?.taints ?? [];
  const noSchedule = noScheduleKeys(node);
  const eviction = spare ? undefined : evictionTaintOf(node);
  const isEvicting = evict || present.some((taint) => taint.effect === "NoExecute" && (taint.key === NOT_READY || taint.key === UNREACHABLE));
  const kept = present.filter((taint) => {
    if (taint.effect === "NoSchedule" && MANAGED_NO_SCHEDULE.has(taint.key)) return noSchedule.includes(taint.key);
    return taint.effect !== "NoExecute" || (taint.key !== NOT_READY && taint.key !== UNREACHABLE) || taint.key === eviction;
  });
  const timeAdded = rfc3339(now);
  const added: Taint[] = noSchedule
    .filter((key) => !present.some((taint) => taint.key === key && taint.effect === "NoSchedule"))
    .map((key) => ({ key, effect: "NoSchedule", timeAdded }));
  if (eviction !== undefined && isEvicting && !hasEvictionTaint(node, eviction)) added.push({ key: eviction, effect: "NoExecute", timeAdded });
  return added.length === 0 && kept.length === present.length ? present : [...kept, ...added];
}

function noScheduleKeys(node: Node): string[] {
  const keys: string[] = [];
  for (const condition of node.status?.conditions ?? []) {
    const key = NO_SCHEDULE[condition.type]?.[condition.status];
    if (key !== undefined) keys.push(key);
  }
  if (node.spec?.unschedulable === true) keys.push(UNSCHEDULABLE);
  return keys;
}
