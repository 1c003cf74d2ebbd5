/**
 * Works the table of an attempt out from plain data: nothing of it is kept while scheduling. The same plugins are asked,
 * one by one and without anything remembered.
 */
import type { Pod } from "../../api/index.ts";
import { objectKey } from "../../api/index.ts";
import { nodeOrder } from "../framework/cluster.ts";
import type { Cluster } from "../framework/cluster-types.ts";
import { reasonsText } from "../framework/fit-error.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import { argsOf, createPlan, type Plan, refreshPlan } from "../framework/plan.ts";
import { makeShape, type PodShape } from "../framework/pod-shape.ts";
import type { Refusal } from "../framework/plugin.ts";
import { NODE_PLUGINS } from "../framework/registry.ts";
import { normalisedScore } from "../framework/score.ts";
import { enoughNodes } from "../framework/select-node.ts";
import { affinityRefusal, affinityScores, type AffinityPart } from "../plugins/inter-pod-affinity/inter-pod-affinity.ts";
import { namedNodes } from "../plugins/node-affinity/node-affinity.ts";
import { spreadRefusal, spreadScores, type SpreadPart } from "../plugins/pod-topology-spread/pod-topology-spread.ts";
import type { SchedulerConfig } from "../profile/config.ts";
import { type Profile, resolveProfiles } from "../profile/profile.ts";
import type { AttemptRow, AttemptTable, FilterCell, ScoreCell } from "./attempt-table.ts";
import { clusterFromLists, type ClusterLists } from "./cluster-lists.ts";

interface Explaining {
  readonly cluster: Cluster;
  readonly profile: Profile;
  readonly shape: PodShape;
  readonly plan: Plan;
}

/** A row being filled. */
interface DraftRow {
  readonly info: NodeInfo;
  readonly filters: Record<string, FilterCell>;
  readonly scores: Record<string, ScoreCell>;
  refused: Refusal | undefined;
  total: number;
}

function ask(own: Explaining, plugin: string, info: NodeInfo): Refusal | "skipped" | undefined {
  const { cluster, profile, shape, plan } = own;
  if (plugin === "PodTopologySpread") return (plan.spread?.hard.length ?? 0) === 0 ? "skipped" : spreadRefusal(plan.spread as SpreadPart, info.index);
  if (plugin === "InterPodAffinity") return affinityRefusal(plan.affinity as AffinityPart, info.index);
  const code = NODE_PLUGINS.get(plugin);
  const args = argsOf(profile, plugin);
  if (code?.filter === undefined || code.filters?.(shape, args) === false) return "skipped";
  return code.filter(shape, info, cluster, args);
}

const NOT_NAMED: Refusal = Object.freeze({ plugin: "NodeAffinity", resolvable: false, reasons: Object.freeze(["node(s) didn't satisfy plugin(s) [NodeAffinity]"]) });

function filterRow(own: Explaining, info: NodeInfo, named: readonly string[] | undefined): DraftRow {
  const row: DraftRow = { info, filters: {}, scores: {}, refused: undefined, total: 0 };
  const isNamed = named === undefined || named.includes(info.name);
  for (const plugin of own.profile.filters) {
    const answer = plugin === "NodeAffinity" && !isNamed ? NOT_NAMED : ask(own, plugin, info);
    if (answer === undefined || answer === "skipped") row.filters[plugin] = answer ?? "passed";
    else {
      row.filters[plugin] = answer.reasons;
      if (row.refused === undefined || answer === NOT_NAMED) row.refused = answer;
    }
  }
  return row;
}

/** Raw and normalised scores of one plugin for all feasible nodes; undefined when it skips such pods. */
function scoresOf(own: Explaining, plugin: string, slots: Int32Array): { readonly raw: number[]; readonly normalised: ArrayLike<number> } | undefined {
  const { cluster, profile, shape, plan } = own;
  const raw: number[] = [];
  const normalised = new Float64Array(slots.length);
  if (plugin === "PodTopologySpread") return spreadScores(plan.spread as SpreadPart, slots, slots.length, normalised, raw) ? { raw, normalised } : undefined;
  if (plugin === "InterPodAffinity") return affinityScores(plan.affinity as AffinityPart, slots, slots.length, normalised, raw) ? { raw, normalised } : undefined;
  const code = NODE_PLUGINS.get(plugin);
  const args = argsOf(profile, plugin);
  if (code?.score === undefined || code.scores?.(shape, args) === false) return undefined;
  for (const slot of slots) raw.push(code.score(shape, cluster.nodes[slot] as NodeInfo, cluster, args));
  const highest = Math.max(0, ...raw);
  return { raw, normalised: raw.map((one) => normalisedScore(one, highest, code.normalisation ?? "none")) };
}

function scoreRows(own: Explaining, rows: readonly DraftRow[]): void {
  const slots = Int32Array.from(rows, (row) => row.info.index);
  for (const { name, weight } of own.profile.scores) {
    const scores = scoresOf(own, name, slots);
    if (scores === undefined) continue;
    rows.forEach((row, at) => {
      const normalised = scores.normalised[at] ?? 0;
      row.scores[name] = { raw: scores.raw[at] ?? 0, normalised, weight, weighted: normalised * weight };
      row.total += normalised * weight;
    });
  }
}

function finish({ info, filters, scores, refused, total }: DraftRow): AttemptRow {
  return { node: info.name, feasible: refused === undefined, refusedBy: refused?.plugin ?? "", resolvable: refused?.resolvable ?? false, filters, scores, total };
}

function byRank(a: AttemptRow, b: AttemptRow): number {
  if (a.feasible !== b.feasible) return a.feasible ? -1 : 1;
  if (a.total !== b.total) return b.total - a.total;
  return a.node < b.node ? -1 : 1;
}

function messageOf(rows: readonly DraftRow[], refusedAll: string): string {
  const head = `0/${rows.length} nodes are available:`;
  if (refusedAll !== "") return `${head} ${refusedAll}.`;
  const reasons = new Map<string, number>();
  for (const row of rows) for (const reason of row.refused?.reasons ?? []) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return rows.length === 0 ? "no nodes available to schedule pods" : `${head} ${reasonsText(reasons)}.`;
}

function refusedEverywhere({ cluster, profile, shape }: Explaining): string {
  for (const name of profile.filters) {
    const refused = NODE_PLUGINS.get(name)?.preFilter?.(shape, cluster, argsOf(profile, name));
    if (refused !== undefined) return refused.reasons.join(", ");
  }
  return "";
}

/**
 * The table for a pod in a cluster given as lists. The pod itself, if it is on a node by now, is left out, so the table
 * of a past attempt comes from the lists of that revision. Pure.
 */
export function explainAttempt(lists: ClusterLists, pod: Pod, config: SchedulerConfig = {}): AttemptTable {
  const key = objectKey(pod);
  const cluster = clusterFromLists(lists, key);
  const profiles = resolveProfiles(config);
  const profile = profiles.get(pod.spec?.schedulerName ?? "default-scheduler") ?? ([...profiles.values()][0] as Profile);
  const shape = makeShape(pod, -1);
  const plan = createPlan(profile, shape, cluster.capacity);
  refreshPlan(cluster, profile, plan);
  const own: Explaining = { cluster, profile, shape, plan };
  const named = namedNodes(shape.spec);
  const drafts = Array.from(nodeOrder(cluster), (slot) => filterRow(own, cluster.nodes[slot] as NodeInfo, named));
  const feasible = drafts.filter((row) => row.refused === undefined);
  scoreRows(own, feasible);
  const refusedAll = refusedEverywhere(own);
  const top = Math.max(...feasible.map((row) => row.total));
  const failed = feasible.length === 0 || refusedAll !== "";
  return {
    pod: key, profile: profile.name, filters: profile.filters, scorers: profile.scores.map(({ name, weight }) => ({ plugin: name, weight })),
    rows: drafts.map(finish).sort(byRank), best: failed ? [] : feasible.filter((row) => row.total === top).map((row) => row.info.name),
    enough: enoughNodes(profile.percentageOfNodesToScore, drafts.length), refusedAll, message: failed ? messageOf(drafts, refusedAll) : "",
  };
}
