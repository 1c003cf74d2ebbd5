import { refusal, type NodePlugin } from "../../framework/plugin.ts";

const REFUSAL = refusal("NodeName", "node(s) didn't match the requested node name", false);

/** A pod that names its node goes there or nowhere. Source: plugins/nodename/node_name.go. */
export const nodeName: NodePlugin = {
  name: "NodeName",
  filters: (shape) => (shape.spec.nodeName ?? "") !== "",
  filter: (shape, node) => (shape.spec.nodeName === node.name ? undefined : REFUSAL),
};
