/** Conditions of a namespace that is being deleted (pkg/controller/namespace/deletion/status_condition_utils.go). */
import { rfc3339 } from "../../../../base/time/index.ts";
import type { NamespaceCondition } from "../../api/index.ts";

/** What is left of one resource in a namespace. */
export interface Remainder {
  readonly count: number;
  /** Objects held by each finalizer. */
  readonly finalizers: Readonly<Record<string, number>>;
  /** Longest grace period that is still running, s. */
  readonly graceSeconds: number;
}

const FINE: readonly (readonly [type: string, reason: string, message: string])[] = [
  ["NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered"],
  ["NamespaceDeletionGroupVersionParsingFailure", "ParsedGroupVersions", "All legacy kube types successfully parsed"],
  ["NamespaceDeletionContentFailure", "ContentDeleted", "All content successfully deleted, may be waiting on finalization"],
  ["NamespaceContentRemaining", "ContentRemoved", "All content successfully removed"],
  ["NamespaceFinalizersRemaining", "ContentHasNoFinalizers", "All content-preserving finalizers finished"],
];

/** The conditions for what remains; `failures` are refusals to delete. The same list when nothing changes. */
export function conditionsFor(old: readonly NamespaceCondition[], remaining: ReadonlyMap<string, Remainder>, failures: readonly string[], now: number): readonly NamespaceCondition[] {
  const bad = new Map<string, readonly [reason: string, message: string]>();
  if (failures.length > 0) bad.set("NamespaceDeletionContentFailure", ["ContentDeletionFailed", `Failed to delete all resource types, ${String(failures.length)} remaining: ${failures.join(", ")}`]);
  const resources = [...remaining].filter(([, { count }]) => count > 0).map(([name, { count }]) => `${name} has ${String(count)} resource instances`).sort();
  if (resources.length > 0) bad.set("NamespaceContentRemaining", ["SomeResourcesRemain", `Some resources are remaining: ${resources.join(", ")}`]);
  const finalizers = finalizerCounts(remaining);
  if (finalizers.length > 0) bad.set("NamespaceFinalizersRemaining", ["SomeFinalizersRemain", `Some content in the namespace has finalizers remaining: ${finalizers.join(", ")}`]);
  let conditions = old;
  for (const [type, reason, message] of FINE) {
    const problem = bad.get(type);
    conditions = problem === undefined ? withCondition(conditions, type, "False", reason, message, now) : withCondition(conditions, type, "True", problem[0], problem[1], now);
  }
  return conditions;
}

function finalizerCounts(remaining: ReadonlyMap<string, Remainder>): string[] {
  const counts = new Map<string, number>();
  for (const { finalizers } of remaining.values()) {
    for (const name of Object.keys(finalizers)) counts.set(name, (counts.get(name) ?? 0) + (finalizers[name] as number));
  }
  return [...counts].map(([name, count]) => `${name} in ${String(count)} resource instances`).sort();
}

function withCondition(conditions: readonly NamespaceCondition[], type: string, status: string, reason: string, message: string, now: number): readonly NamespaceCondition[] {
  const index = conditions.findIndex((condition) => condition.type === type);
  const known = conditions[index];
  if (known?.status === status && known.reason === reason && known.message === message) return conditions;
  const lastTransitionTime = known?.status === status ? (known.lastTransitionTime ?? rfc3339(now)) : rfc3339(now);
  const condition: NamespaceCondition = { type, status, lastTransitionTime, reason, message };
  return index < 0 ? [...conditions, condition] : conditions.map((other, position) => (position === index ? condition : other));
}
