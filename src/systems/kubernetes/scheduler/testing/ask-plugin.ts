/** Asks one plugin about one pod and one node, for tests of plugins. */
import type { Node, Pod } from "../../api/index.ts";
import { objectKey } from "../../api/index.ts";
import { clusterFromLists, type ClusterLists } from "../explain/cluster-lists.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { NodePlugin, Refusal } from "../framework/plugin.ts";
import { makeShape } from "../framework/pod-shape.ts";

/** What else is there. */
export interface Surroundings extends Partial<ClusterLists> {
  readonly args?: unknown;
}

/** A plugin's filter, "skipped" when it has nothing to check for such pods. */
export function filterBy(plugin: NodePlugin, pod: Pod, node: Node, { args = {}, ...lists }: Surroundings = {}): Refusal | "skipped" | undefined {
  const cluster = clusterFromLists({ nodes: [node], pods: [], ...lists }, objectKey(pod));
  const shape = makeShape(pod, 1);
  if (plugin.filters?.(shape, args) === false) return "skipped";
  return plugin.filter?.(shape, cluster.nodes[cluster.slots.get(node.metadata?.name ?? "") ?? -1] as NodeInfo, cluster, args);
}

/** A plugin's raw score, "skipped" when it doesn't score such pods. */
export function scoreBy(plugin: NodePlugin, pod: Pod, node: Node, { args = {}, ...lists }: Surroundings = {}): number | "skipped" {
  const cluster = clusterFromLists({ nodes: [node], pods: [], ...lists }, objectKey(pod));
  const shape = makeShape(pod, 1);
  if (plugin.scores?.(shape, args) === false) return "skipped";
  return plugin.score?.(shape, cluster.nodes[cluster.slots.get(node.metadata?.name ?? "") ?? -1] as NodeInfo, cluster, args) ?? 0;
}

/** A pod that is on a node. */
export function onNode(pod: Pod, node: string): Pod {
  return { ...pod, spec: { containers: [], ...pod.spec, nodeName: node } };
}
