import { refusal, type NodePlugin } from "../../framework/plugin.ts";
import { toleratesTaint } from "../../framework/node-selector.ts";

const CORDONED = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };
const REFUSAL = refusal("NodeUnschedulable", "node(s) were unschedulable", false);

/** Keeps pods off cordoned nodes, unless they tolerate that. Source: plugins/nodeunschedulable/node_unschedulable.go. */
export const nodeUnschedulable: NodePlugin = {
  name: "NodeUnschedulable",
  filter: (shape, { node }) => {
    if (node?.spec?.unschedulable !== true) return undefined;
    return toleratesTaint(shape.spec.tolerations, CORDONED) ? undefined : REFUSAL;
  },
};
