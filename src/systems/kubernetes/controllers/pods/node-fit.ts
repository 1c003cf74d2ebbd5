/** Whether a pod may be on a node by name, selector, affinity and taints (k8s.io/component-helpers scheduling/corev1). */
import type { Node, NodeSelectorRequirement, NodeSelectorTerm, PodSpec, Taint, Toleration } from "../../api/index.ts";

/** True when nodeName, nodeSelector and required node affinity let the pod be on the node. */
export function fitsNode(spec: PodSpec, node: Node): boolean {
  const name = node.metadata?.name ?? "";
  if (spec.nodeName !== undefined && spec.nodeName !== "" && spec.nodeName !== name) return false;
  const labels = node.metadata?.labels ?? {};
  for (const key of Object.keys(spec.nodeSelector ?? {})) if (labels[key] !== spec.nodeSelector?.[key]) return false;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => termMatches(term, labels, name));
}

function termMatches(term: NodeSelectorTerm, labels: Readonly<Record<string, string>>, name: string): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return matchExpressions.every((requirement) => holds(requirement, labels[requirement.key])) && matchFields.every((requirement) => holds(requirement, requirement.key === "metadata.name" ? name : undefined));
}

function holds({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case "In": return value !== undefined && values.includes(value);
    case "NotIn": return value === undefined || !values.includes(value);
    case "Exists": return value !== undefined;
    case "DoesNotExist": return value === undefined;
    case "Gt": return value !== undefined && Number(value) > Number(values[0]);
    case "Lt": return value !== undefined && Number(value) < Number(values[0]);
    default: return false;
  }
}

/** True when a toleration covers a taint (Toleration.ToleratesTaint). */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== "" && toleration.effect !== taint.effect) return false;
  if (toleration.key !== undefined && toleration.key !== "" && toleration.key !== taint.key) return false;
  if (toleration.operator === "Exists") return true;
  return (toleration.value ?? "") === (taint.value ?? "") && toleration.key !== undefined && toleration.key !== "";
}

/** True when every taint with one of these effects is tolerated. */
export function toleratesAll(tolerations: readonly Toleration[], taints: readonly Taint[], effects: readonly string[]): boolean {
  return taints.every((taint) => !effects.includes(taint.effect) || tolerations.some((toleration) => tolerates(toleration, taint)));
}
