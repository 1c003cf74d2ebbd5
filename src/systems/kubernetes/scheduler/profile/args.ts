/** Arguments of plugins, as in KubeSchedulerConfiguration's pluginConfig. Source: pkg/scheduler/apis/config/types_pluginargs.go. */
import type { NodeAffinity, TopologySpreadConstraint } from "../../api/index.ts";

/** A resource and its weight in a score. */
export interface ResourceWeight {
  readonly name: string;
  readonly weight: number;
}

/** One point of a RequestedToCapacityRatio line: utilization in per cent, score 0 to 10. */
export interface UtilizationShapePoint {
  readonly utilization: number;
  readonly score: number;
}

/** How NodeResourcesFit scores. */
export interface ScoringStrategy {
  readonly type: "LeastAllocated" | "MostAllocated" | "RequestedToCapacityRatio";
  readonly resources?: readonly ResourceWeight[];
  readonly requestedToCapacityRatio?: { readonly shape: readonly UtilizationShapePoint[] };
}

/** pluginConfig of NodeResourcesFit. */
export interface NodeResourcesFitArgs {
  readonly ignoredResources?: readonly string[];
  readonly ignoredResourceGroups?: readonly string[];
  readonly scoringStrategy?: ScoringStrategy;
}

/** pluginConfig of NodeResourcesBalancedAllocation. */
export interface NodeResourcesBalancedAllocationArgs {
  readonly resources?: readonly ResourceWeight[];
}

/** pluginConfig of NodeAffinity: affinity added to every pod. */
export interface NodeAffinityArgs {
  readonly addedAffinity?: NodeAffinity;
}

/** pluginConfig of PodTopologySpread. "System" = zones with skew 5 and hosts with skew 3, both ScheduleAnyway. */
export interface PodTopologySpreadArgs {
  readonly defaultConstraints?: readonly TopologySpreadConstraint[];
  readonly defaultingType?: "System" | "List";
}

/** pluginConfig of InterPodAffinity. */
export interface InterPodAffinityArgs {
  /** Weight of a required affinity term of a pod that is there, 0 to 100; default 1. */
  readonly hardPodAffinityWeight?: number;
  readonly ignorePreferredTermsOfExistingPods?: boolean;
}

/** pluginConfig of DefaultPreemption. */
export interface DefaultPreemptionArgs {
  readonly minCandidateNodesPercentage?: number;
  readonly minCandidateNodesAbsolute?: number;
}
