import type { PodSpec } from "../../../api/index.ts";
import { matchesNodeSelector, matchesRequiredAffinity, matchesTerm } from "../../framework/node-selector.ts";
import { refusal, type NodePlugin } from "../../framework/plugin.ts";
import type { NodeAffinityArgs } from "../../profile/args.ts";

const NAME = "NodeAffinity";
const REFUSAL = refusal(NAME, "node(s) didn't match Pod's node affinity/selector", false);
const ENFORCED = refusal(NAME, "node(s) didn't match scheduler-enforced node affinity", false);

function preferredTerms(spec: PodSpec, args: NodeAffinityArgs): NonNullable<NonNullable<NodeAffinityArgs["addedAffinity"]>["preferredDuringSchedulingIgnoredDuringExecution"]> {
  const own = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const added = args.addedAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  return added === undefined ? own : [...added, ...own];
}

/**
 * Nodes must match the pod's nodeSelector and required node affinity; matching preferred terms add their weights.
 * Source: plugins/nodeaffinity/node_affinity.go.
 */
export const nodeAffinity: NodePlugin = {
  name: NAME,
  filters: (shape, args) => shape.spec.nodeSelector !== undefined
    || shape.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined
    || (args as NodeAffinityArgs).addedAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined,
  filter: (shape, { node }, _cluster, args) => {
    if (node === undefined) return REFUSAL;
    const enforced = (args as NodeAffinityArgs).addedAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    if (enforced !== undefined && !matchesNodeSelector(enforced, node)) return ENFORCED;
    return matchesRequiredAffinity(shape.spec, node) ? undefined : REFUSAL;
  },
  scores: (shape, args) => preferredTerms(shape.spec, args as NodeAffinityArgs).length > 0,
  score: (shape, { node }, _cluster, args) => {
    let sum = 0;
    if (node !== undefined) for (const term of preferredTerms(shape.spec, args as NodeAffinityArgs)) if (matchesTerm(term.preference, node)) sum += term.weight;
    return sum;
  },
  normalisation: "highest",
};

/**
 * The nodes a pod names by `metadata.name` in every required term (as DaemonSet pods do), or undefined when it may go
 * to others: only these are looked at (node_affinity.go, PreFilter). An empty list: the terms contradict each other.
 */
export function namedNodes(spec: PodSpec): readonly string[] | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (terms === undefined || terms.length === 0) return undefined;
  const names = new Set<string>();
  for (const term of terms) {
    let named: readonly string[] | undefined;
    for (const field of term.matchFields ?? []) {
      if (field.key !== "metadata.name" || field.operator !== "In") continue;
      const values: readonly string[] = field.values ?? [];
      named = named === undefined ? values : named.filter((name) => values.includes(name));
    }
    if (named === undefined) return undefined;
    for (const name of named) names.add(name);
  }
  return [...names];
}
