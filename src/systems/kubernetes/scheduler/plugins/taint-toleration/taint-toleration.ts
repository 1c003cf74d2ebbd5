import type { Taint, Toleration } from "../../../api/index.ts";
import { hasUntoleratedTaint, toleratesTaint } from "../../framework/node-selector.ts";
import { refusal, type NodePlugin } from "../../framework/plugin.ts";

const REFUSAL = refusal("TaintToleration", "node(s) had untolerated taint(s)", false);

function untoleratedPreferences(taints: readonly Taint[], tolerations: readonly Toleration[] | undefined): number {
  let count = 0;
  for (const taint of taints) if (taint.effect === "PreferNoSchedule" && !toleratesTaint(tolerations, taint)) count++;
  return count;
}

/**
 * Taints keep pods away that don't tolerate them; the fewer untolerated PreferNoSchedule taints, the better the node.
 * Source: plugins/tainttoleration/taint_toleration.go.
 */
export const taintToleration: NodePlugin = {
  name: "TaintToleration",
  filter: (shape, { node }) => (hasUntoleratedTaint(node?.spec?.taints, shape.spec.tolerations) ? REFUSAL : undefined),
  scores: () => true,
  score: (shape, { node }) => {
    const taints = node?.spec?.taints;
    return taints === undefined ? 0 : untoleratedPreferences(taints, shape.spec.tolerations);
  },
  normalisation: "lowest",
};
