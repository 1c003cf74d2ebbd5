import { portTaken } from "../../framework/node-info.ts";
import { refusal, type NodePlugin } from "../../framework/plugin.ts";

const REFUSAL = refusal("NodePorts", "node(s) didn't have free ports for the requested pod ports", true);

/** A host port is taken by one pod of a node at a time. Source: plugins/nodeports/node_ports.go. */
export const nodePorts: NodePlugin = {
  name: "NodePorts",
  filters: (shape) => shape.hostPorts.length > 0,
  filter: (shape, node) => {
    for (const port of shape.hostPorts) if (portTaken(node, port)) return REFUSAL;
    return undefined;
  },
};
