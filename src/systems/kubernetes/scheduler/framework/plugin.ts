/**
 * What a plugin is. Node plugins look at one node and what is on it; what they answer for a shape of pod holds until
 * that node changes, so the framework remembers it. Plugins that look beyond the node (PodTopologySpread,
 * InterPodAffinity) work on tallies and are called by the framework by name. Source: pkg/scheduler/framework/interface.go.
 */
import type { Cluster } from "./cluster-types.ts";
import type { NodeInfo } from "./node-info.ts";
import type { PodShape } from "./pod-shape.ts";

/** Why a node can't take a pod. `resolvable` = taking pods off the node could help (upstream: Unschedulable, and not UnschedulableAndUnresolvable). */
export interface Refusal {
  readonly plugin: string;
  readonly resolvable: boolean;
  readonly reasons: readonly string[];
}

/** Why no node at all can take a pod, said before any is looked at (PreFilter). */
export type PreFilterRefusal = Refusal;

/** How raw scores become 0 to 100: as they are, by share of the highest, or that turned round (helper.DefaultNormalizeScore). */
export type Normalisation = "none" | "highest" | "lowest";

/** See the module's comment. Code, never state; `args` is the plugin's pluginConfig. */
export interface NodePlugin {
  readonly name: string;
  /** PreFilter: refuses the pod on all nodes at once. */
  preFilter?(shape: PodShape, cluster: Cluster, args: unknown): PreFilterRefusal | undefined;
  /** PreFilter's Skip: false = no node could be refused such a pod. */
  filters?(shape: PodShape, args: unknown): boolean;
  filter?(shape: PodShape, node: NodeInfo, cluster: Cluster, args: unknown): Refusal | undefined;
  /** PreScore's Skip: false = all nodes are equal for such a pod. */
  scores?(shape: PodShape, args: unknown): boolean;
  score?(shape: PodShape, node: NodeInfo, cluster: Cluster, args: unknown): number;
  readonly normalisation?: Normalisation;
}

/** Highest normalised score (MaxNodeScore). */
export const MAX_SCORE = 100;

/** Makes a refusal with one reason. */
export function refusal(plugin: string, reason: string, resolvable: boolean): Refusal {
  return Object.freeze({ plugin, resolvable, reasons: Object.freeze([reason]) });
}
