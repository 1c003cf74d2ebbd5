/**
 * A plan: everything worked out for one shape of pod under one profile, node by node, and kept while the node doesn't
 * change. The second pod of a ReplicaSet asks again only about the node that took the first.
 */
import { affinityRefusal, type AffinityPart, prepareAffinity, refusesNodes, releaseAffinity } from "../plugins/inter-pod-affinity/inter-pod-affinity.ts";
import { prepareSpread, releaseSpread, type SpreadPart, spreadRefusal } from "../plugins/pod-topology-spread/pod-topology-spread.ts";
import type { InterPodAffinityArgs, PodTopologySpreadArgs } from "../profile/args.ts";
import type { Profile } from "../profile/profile.ts";
import type { Cluster } from "./cluster-types.ts";
import type { NodeInfo, PodInfo } from "./node-info.ts";
import type { NodePlugin, Normalisation, Refusal } from "./plugin.ts";
import type { PodShape } from "./pod-shape.ts";
import { NODE_PLUGINS } from "./registry.ts";

/** Raw scores of one plugin by node slot, to be normalised over the nodes of a cycle. */
export interface ScoreColumn {
  readonly plugin: string;
  readonly weight: number;
  readonly normalisation: Normalisation;
  readonly raw: Float64Array;
}

/** Plain data; arrays are by node slot. */
export interface Plan {
  readonly shape: PodShape;
  readonly capacity: number;
  /** Plugins that could refuse such pods. */
  readonly filters: readonly string[];
  /** {@link Cluster.stamps} at the last evaluation. */
  readonly stamps: Float64Array;
  /** 0 = passes, otherwise an index into `refusals`. */
  readonly verdicts: Uint16Array;
  readonly refusals: (Refusal | undefined)[];
  /** By the refusal itself (plugins' constants), or by its text. */
  readonly refusalIds: Map<Refusal | string, number>;
  /** Weighted sum of scores that are not normalised, and which plugins make it. */
  readonly flat: Float64Array;
  readonly flatPlugins: readonly { readonly plugin: string; readonly weight: number }[];
  readonly columns: readonly ScoreColumn[];
  /** What besides nodes the verdicts and scores depend on. */
  volumesVersion: number;
  imagesKey: number;
  spread: SpreadPart | undefined;
  affinity: AffinityPart | undefined;
  /** Whether these can refuse nodes. */
  spreadFilters: boolean;
  affinityFilters: boolean;
  /** What preemption found, by the preemptor's priority. */
  readonly dryRuns: Map<number, DryRuns>;
  /** Verdicts with promised pods counted, for one priority; made when first asked for. */
  promised: PromisedVerdicts | undefined;
}

/** Arrays by node slot, valid like {@link Plan.verdicts}: promising and unpromising marks the node as changed. */
export interface PromisedVerdicts {
  readonly priority: number;
  readonly stamps: Float64Array;
  readonly verdicts: Uint16Array;
}

/**
 * Who would have to go from each node for such a pod, remembered while the node doesn't change. Arrays are by node slot;
 * what candidates are compared by lies in columns, because hundreds are compared for each preemption.
 */
export interface DryRuns {
  readonly budgetsVersion: number;
  readonly stamps: Float64Array;
  readonly results: (DryRun | undefined)[];
  /** 1 = can't be helped. */
  readonly refused: Uint8Array;
  readonly violations: Int32Array;
  readonly tops: Float64Array;
  readonly sums: Float64Array;
  readonly victims: Int32Array;
  readonly starts: Float64Array;
}

/** Victims on one node, the most important first; or why it can't be helped. */
export interface DryRun {
  readonly slot: number;
  readonly victims: readonly PodInfo[];
  readonly violations: number;
  /** What candidates are compared by: the victims' highest priority, the sum of their priorities, the earliest start among the highest. */
  readonly top: number;
  readonly sum: number;
  readonly start: number;
  readonly refused: Refusal | undefined;
}

const NO_ARGS: unknown = Object.freeze({});

function pluginOf(name: string): NodePlugin {
  const plugin = NODE_PLUGINS.get(name);
  if (plugin === undefined) throw new Error(`no scheduler plugin "${name}"`);
  return plugin;
}

/** pluginConfig of a plugin. */
export function argsOf(profile: Profile, plugin: string): unknown {
  return profile.args[plugin] ?? NO_ARGS;
}

/** The filters of a profile that look at one node and have something to check for a shape. */
export function nodeFilters(profile: Profile, shape: PodShape): string[] {
  return profile.filters.filter((name) => {
    const plugin = NODE_PLUGINS.get(name);
    return plugin?.filter !== undefined && plugin.filters?.(shape, argsOf(profile, name)) !== false;
  });
}

/** A plan with nothing worked out yet. With capacity 0 it remembers nothing: for pods that name their one node. */
export function createPlan(profile: Profile, shape: PodShape, capacity: number): Plan {
  const flatPlugins: { plugin: string; weight: number }[] = [];
  const columns: ScoreColumn[] = [];
  for (const { name, weight } of capacity === 0 ? [] : profile.scores) {
    const plugin = NODE_PLUGINS.get(name);
    if (plugin?.score === undefined || plugin.scores?.(shape, argsOf(profile, name)) === false) continue;
    const normalisation = plugin.normalisation ?? "none";
    if (normalisation === "none") flatPlugins.push({ plugin: name, weight });
    else columns.push({ plugin: name, weight, normalisation, raw: new Float64Array(capacity) });
  }
  return {
    shape, capacity, filters: nodeFilters(profile, shape), stamps: new Float64Array(capacity), verdicts: new Uint16Array(capacity), refusals: [undefined], refusalIds: new Map(),
    flat: new Float64Array(capacity), flatPlugins, columns, volumesVersion: -1, imagesKey: -1, spread: undefined, affinity: undefined, spreadFilters: false, affinityFilters: false, dryRuns: new Map(), promised: undefined,
  };
}

/** Lets go of what a plan holds in the cluster. */
export function releasePlan(cluster: Cluster, plan: Plan): void {
  releaseSpread(cluster, plan.spread);
  releaseAffinity(cluster, plan.affinity);
}

/** A number that changes whenever the spread of the shape's images over the nodes does. */
function imagesKey(cluster: Cluster, shape: PodShape): number {
  let key = 0;
  for (const image of shape.images) key = key * 65_537 + (cluster.imageNodes.get(image) ?? 0);
  return key === 0 ? 0 : key * 65_537 + cluster.nodeCount;
}

function forgetVerdicts(plan: Plan): void {
  plan.stamps.fill(0);
  plan.dryRuns.clear();
  plan.promised = undefined;
}

/** Brings what a plan holds beyond single nodes up to date. */
export function refreshPlan(cluster: Cluster, profile: Profile, plan: Plan): void {
  const { shape } = plan;
  const images = imagesKey(cluster, shape);
  if (shape.hasVolumes && plan.volumesVersion !== cluster.volumes.version) forgetVerdicts(plan);
  else if (plan.imagesKey !== images) plan.stamps.fill(0);
  plan.volumesVersion = cluster.volumes.version;
  plan.imagesKey = images;
  const spreads = plan.capacity > 0 || shape.spec.topologySpreadConstraints !== undefined;
  plan.spread = spreads ? prepareSpread(cluster, shape, plan.spread, argsOf(profile, "PodTopologySpread") as PodTopologySpreadArgs) : undefined;
  plan.affinity = prepareAffinity(cluster, shape, plan.affinity, argsOf(profile, "InterPodAffinity") as InterPodAffinityArgs);
  plan.spreadFilters = plan.spread !== undefined && plan.spread.hard.length > 0 && profile.filters.includes("PodTopologySpread");
  plan.affinityFilters = refusesNodes(plan.affinity) && profile.filters.includes("InterPodAffinity");
}

/** Number of a refusal in a plan. */
export function refusalId(plan: Plan, refusal: Refusal): number {
  const known = plan.refusalIds.get(refusal);
  if (known !== undefined) return known;
  const key = `${refusal.plugin} ${String(refusal.resolvable)} ${refusal.reasons.join("\n")}`;
  const alike = plan.refusalIds.get(key);
  if (alike !== undefined) return alike;
  plan.refusals.push(refusal);
  plan.refusalIds.set(key, plan.refusals.length - 1);
  if (Object.isFrozen(refusal)) plan.refusalIds.set(refusal, plan.refusals.length - 1);
  return plan.refusals.length - 1;
}

/** Asks the node filters anew; undefined = the node can take the pod. */
export function nodeRefusal(cluster: Cluster, profile: Profile, plan: Plan, node: NodeInfo): Refusal | undefined {
  for (const name of plan.filters) {
    const refused = pluginOf(name).filter?.(plan.shape, node, cluster, argsOf(profile, name));
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function evaluate(cluster: Cluster, profile: Profile, plan: Plan, slot: number): void {
  const node = cluster.nodes[slot] as NodeInfo;
  plan.stamps[slot] = cluster.stamps[slot] as number;
  const refused = nodeRefusal(cluster, profile, plan, node);
  plan.verdicts[slot] = refused === undefined ? 0 : refusalId(plan, refused);
  if (refused !== undefined) return;
  let flat = 0;
  for (const { plugin, weight } of plan.flatPlugins) flat += weight * (pluginOf(plugin).score?.(plan.shape, node, cluster, argsOf(profile, plugin)) ?? 0);
  plan.flat[slot] = flat;
  for (const { plugin, raw } of plan.columns) raw[slot] = pluginOf(plugin).score?.(plan.shape, node, cluster, argsOf(profile, plugin)) ?? 0;
}

/** Why a node can't take the pod, beyond the node itself. */
export function clusterRefusal(plan: Plan, slot: number): Refusal | undefined {
  if (plan.spreadFilters) {
    const refused = spreadRefusal(plan.spread as SpreadPart, slot);
    if (refused !== undefined) return refused;
  }
  return plan.affinityFilters ? affinityRefusal(plan.affinity as AffinityPart, slot) : undefined;
}

/** The verdict on a node: 0 = it can take the pod, otherwise the number of the refusal. */
export function verdictOn(cluster: Cluster, profile: Profile, plan: Plan, slot: number): number {
  if (plan.capacity === 0) {
    const refused = refusalNow(cluster, profile, plan, cluster.nodes[slot] as NodeInfo);
    return refused === undefined ? 0 : refusalId(plan, refused);
  }
  if (plan.stamps[slot] !== cluster.stamps[slot]) evaluate(cluster, profile, plan, slot);
  const verdict = plan.verdicts[slot] as number;
  if (verdict !== 0 || !(plan.spreadFilters || plan.affinityFilters)) return verdict;
  const refused = clusterRefusal(plan, slot);
  return refused === undefined ? 0 : refusalId(plan, refused);
}

/** True when pods elsewhere than on a node decide whether the node can take the pod. Carried terms may bind a pod without terms. */
export function readsTallies(plan: Plan): boolean {
  return plan.spreadFilters || plan.affinityFilters;
}

/** Why a node can't take the pod as things are this moment, without what is remembered (things were changed for a trial). */
export function refusalNow(cluster: Cluster, profile: Profile, plan: Plan, node: NodeInfo): Refusal | undefined {
  return nodeRefusal(cluster, profile, plan, node) ?? clusterRefusal(plan, node.index);
}
