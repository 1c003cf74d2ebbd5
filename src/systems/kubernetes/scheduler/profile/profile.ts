/** Profiles: which plugins run, with which weights and arguments. Source: pkg/scheduler/apis/config/v1/default_plugins.go. */
import type { KubeSchedulerProfile, PluginSet, SchedulerConfig } from "./config.ts";

/** A plugin's weight in the total score. */
export interface WeightedPlugin {
  readonly name: string;
  readonly weight: number;
}

/** A resolved profile. Plain data. */
export interface Profile {
  readonly name: string;
  readonly filters: readonly string[];
  readonly scores: readonly WeightedPlugin[];
  readonly preemption: boolean;
  /** Asks for v1.36's message about resource claims in front of preemption's. */
  readonly dynamicResources: boolean;
  readonly args: Readonly<Record<string, unknown>>;
  /** 0 = adaptive. */
  readonly percentageOfNodesToScore: number;
}

const DEFAULT_SCHEDULER = "default-scheduler";

/** The default plugins that filter, in their order. */
export const DEFAULT_FILTERS: readonly string[] = [
  "NodeUnschedulable", "NodeName", "TaintToleration", "NodeAffinity", "NodePorts", "NodeResourcesFit", "VolumeRestrictions",
  "NodeVolumeLimits", "VolumeBinding", "VolumeZone", "PodTopologySpread", "InterPodAffinity",
];

/** The default plugins that score, with their weights. */
export const DEFAULT_SCORES: readonly WeightedPlugin[] = [
  { name: "TaintToleration", weight: 3 }, { name: "NodeAffinity", weight: 2 }, { name: "NodeResourcesFit", weight: 1 },
  { name: "PodTopologySpread", weight: 2 }, { name: "InterPodAffinity", weight: 2 },
  { name: "NodeResourcesBalancedAllocation", weight: 1 }, { name: "ImageLocality", weight: 1 },
];

function isDisabled(name: string, ...sets: readonly (PluginSet | undefined)[]): boolean {
  return sets.some((set) => set?.disabled?.some((one) => one.name === name || one.name === "*") === true);
}

function enabledWeight(name: string, ...sets: readonly (PluginSet | undefined)[]): number | undefined {
  for (const set of sets) for (const one of set?.enabled ?? []) if (one.name === name) return one.weight ?? 1;
  return undefined;
}

function isOn(name: string, multiPoint: PluginSet | undefined, own: PluginSet | undefined): boolean {
  if (enabledWeight(name, own) !== undefined) return true;
  if (isDisabled(name, own)) return false;
  return enabledWeight(name, multiPoint) !== undefined || !isDisabled(name, multiPoint);
}

function resolveScores(plugins: KubeSchedulerProfile["plugins"]): WeightedPlugin[] {
  const scores: WeightedPlugin[] = [];
  for (const { name, weight } of DEFAULT_SCORES) {
    if (!isOn(name, plugins?.multiPoint, plugins?.score)) continue;
    scores.push({ name, weight: enabledWeight(name, plugins?.score, plugins?.multiPoint) ?? weight });
  }
  return scores;
}

function resolve(profile: KubeSchedulerProfile, percentage: number): Profile {
  const { plugins } = profile;
  const args: Record<string, unknown> = {};
  for (const one of profile.pluginConfig ?? []) args[one.name] = one.args ?? {};
  return {
    name: profile.schedulerName ?? DEFAULT_SCHEDULER,
    filters: DEFAULT_FILTERS.filter((name) => isOn(name, plugins?.multiPoint, plugins?.filter)),
    scores: resolveScores(plugins),
    preemption: isOn("DefaultPreemption", plugins?.multiPoint, plugins?.postFilter),
    dynamicResources: isOn("DynamicResources", plugins?.multiPoint, plugins?.postFilter),
    args, percentageOfNodesToScore: profile.percentageOfNodesToScore ?? percentage,
  };
}

/** The profiles of a configuration, by scheduler name; the default profile when it has none. */
export function resolveProfiles(config: SchedulerConfig): Map<string, Profile> {
  const given = config.profiles === undefined || config.profiles.length === 0 ? [{}] : config.profiles;
  const profiles = given.map((profile) => resolve(profile, config.percentageOfNodesToScore ?? 0));
  return new Map(profiles.map((profile) => [profile.name, profile]));
}
