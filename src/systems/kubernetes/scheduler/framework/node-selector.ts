/** Node selectors and taints. Sources: component-helpers scheduling/corev1 (nodeaffinity, helpers.go), api/core/v1/toleration.go. */
import type { Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodSpec, Taint, Toleration } from "../../api/index.ts";

const NO_LABELS: Readonly<Record<string, string>> = Object.freeze({});

function compare(value: string, bound: string | undefined, greater: boolean): boolean {
  const actual = Number.parseInt(value, 10);
  const limit = Number.parseInt(bound ?? "", 10);
  if (Number.isNaN(actual) || Number.isNaN(limit)) return false;
  return greater ? actual > limit : actual < limit;
}

function requirementHolds(requirement: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (requirement.operator) {
    case "In": return value !== undefined && (requirement.values ?? []).includes(value);
    case "NotIn": return value === undefined || !(requirement.values ?? []).includes(value);
    case "Exists": return value !== undefined;
    case "DoesNotExist": return value === undefined;
    case "Gt": return value !== undefined && compare(value, requirement.values?.[0], true);
    case "Lt": return value !== undefined && compare(value, requirement.values?.[0], false);
    default: return false;
  }
}

/** True when a node matches all of a term's expressions and fields; an empty term matches nothing. */
export function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const { matchExpressions, matchFields } = term;
  if ((matchExpressions?.length ?? 0) === 0 && (matchFields?.length ?? 0) === 0) return false;
  const labels = node.metadata?.labels ?? NO_LABELS;
  for (const requirement of matchExpressions ?? []) if (!requirementHolds(requirement, labels[requirement.key])) return false;
  for (const requirement of matchFields ?? []) {
    if (requirement.key !== "metadata.name" || !requirementHolds(requirement, node.metadata?.name)) return false;
  }
  return true;
}

/** True when a node matches any of a selector's terms. */
export function matchesNodeSelector(selector: NodeSelector, node: Node): boolean {
  for (const term of selector.nodeSelectorTerms) if (matchesTerm(term, node)) return true;
  return false;
}

/** True when a node is one a pod may run on, by its nodeSelector and its required node affinity. */
export function matchesRequiredAffinity(spec: PodSpec, node: Node): boolean {
  const { nodeSelector } = spec;
  if (nodeSelector !== undefined) {
    const labels = node.metadata?.labels ?? NO_LABELS;
    for (const key in nodeSelector) if (labels[key] !== nodeSelector[key]) return false;
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || matchesNodeSelector(required, node);
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== "" && toleration.effect !== taint.effect) return false;
  if (toleration.key !== undefined && toleration.key !== "" && toleration.key !== taint.key) return false;
  switch (toleration.operator) {
    case undefined: case "": case "Equal": return (toleration.value ?? "") === (taint.value ?? "");
    case "Exists": return true;
    default: return false;
  }
}

/** True when any toleration tolerates the taint. */
export function toleratesTaint(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  for (const toleration of tolerations ?? []) if (tolerates(toleration, taint)) return true;
  return false;
}

/** True when a node has a taint that keeps new pods away and is not tolerated. */
export function hasUntoleratedTaint(taints: readonly Taint[] | undefined, tolerations: readonly Toleration[] | undefined): boolean {
  for (const taint of taints ?? []) {
    if (taint.effect !== "NoSchedule" && taint.effect !== "NoExecute") continue;
    if (!toleratesTaint(tolerations, taint)) return true;
  }
  return false;
}
