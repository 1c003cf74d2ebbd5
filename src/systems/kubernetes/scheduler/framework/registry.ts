/** The plugins that look at one node, by name. Those that look beyond it are called by name in `plan.ts`. */
import { imageLocality } from "../plugins/image-locality/image-locality.ts";
import { nodeAffinity } from "../plugins/node-affinity/node-affinity.ts";
import { nodeName } from "../plugins/node-name/node-name.ts";
import { nodePorts } from "../plugins/node-ports/node-ports.ts";
import { nodeResourcesBalancedAllocation } from "../plugins/node-resources-balanced-allocation/node-resources-balanced-allocation.ts";
import { nodeResourcesFit } from "../plugins/node-resources-fit/node-resources-fit.ts";
import { nodeUnschedulable } from "../plugins/node-unschedulable/node-unschedulable.ts";
import { taintToleration } from "../plugins/taint-toleration/taint-toleration.ts";
import { nodeVolumeLimits } from "../plugins/node-volume-limits/node-volume-limits.ts";
import { volumeBinding } from "../plugins/volume-binding/volume-binding.ts";
import { volumeRestrictions } from "../plugins/volume-restrictions/volume-restrictions.ts";
import { volumeZone } from "../plugins/volume-zone/volume-zone.ts";
import type { NodePlugin } from "./plugin.ts";

const ALL: readonly NodePlugin[] = [
  nodeUnschedulable, nodeName, taintToleration, nodeAffinity, nodePorts, nodeResourcesFit, nodeResourcesBalancedAllocation, imageLocality,
  volumeRestrictions, nodeVolumeLimits, volumeBinding, volumeZone,
];

/** Code by name; state names plugins, never holds them. */
export const NODE_PLUGINS: ReadonlyMap<string, NodePlugin> = new Map(ALL.map((plugin) => [plugin.name, plugin]));
