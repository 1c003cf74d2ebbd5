import type { Cluster } from "../../framework/cluster-types.ts";
import type { NodeInfo } from "../../framework/node-info.ts";
import { MAX_SCORE, type NodePlugin } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";

const MB = 1024 * 1024;
/** Below this sum of image sizes a node gets no points; at this much per container it gets all. */
const LEAST_BYTES = 23 * MB;
const MOST_BYTES_PER_CONTAINER = 1000 * MB;

/** Images count by their size and by the share of nodes that have them, so that a rare image doesn't draw all pods to one node. */
function presentBytes(shape: PodShape, node: NodeInfo, cluster: Cluster): number {
  let sum = 0;
  for (const image of shape.images) {
    const size = node.images.get(image);
    if (size !== undefined) sum += Math.trunc(size * ((cluster.imageNodes.get(image) ?? 0) / cluster.nodeCount));
  }
  return sum;
}

/** Prefers nodes that have the pod's images. Source: plugins/imagelocality/image_locality.go. */
export const imageLocality: NodePlugin = {
  name: "ImageLocality",
  scores: () => true,
  score: (shape, node, cluster) => {
    if (node.images.size === 0) return 0;
    const most = MOST_BYTES_PER_CONTAINER * shape.containerCount;
    const sum = Math.min(Math.max(presentBytes(shape, node, cluster), LEAST_BYTES), most);
    return Math.trunc((MAX_SCORE * (sum - LEAST_BYTES)) / (most - LEAST_BYTES));
  },
  normalisation: "none",
};
