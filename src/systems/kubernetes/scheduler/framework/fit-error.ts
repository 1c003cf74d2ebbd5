/** Why no node would do, in the product's words. Source: pkg/scheduler/framework/types.go, FitError.Error. */
import type { Cluster } from "./cluster-types.ts";
import type { Plan } from "./plan.ts";
import type { Refusal } from "./plugin.ts";
import type { Scratch } from "./score.ts";
import { nodesToLookAt } from "./select-node.ts";

/** Reasons with how many nodes gave each, and the plugins that gave any. */
export interface Diagnosis {
  readonly nodes: number;
  readonly reasons: ReadonlyMap<string, number>;
  readonly plugins: readonly string[];
  /** Said by a plugin before any node was looked at. */
  readonly preFilterMessage: string;
}

function addReasons(reasons: Map<string, number>, refused: Refusal, count: number): void {
  for (const reason of refused.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
}

/** Counts the verdicts of a cycle that found nothing. */
export function diagnose(cluster: Cluster, plan: Plan, scratch: Scratch): Diagnosis {
  const perVerdict = new Uint32Array(plan.refusals.length);
  const slots = nodesToLookAt(cluster, plan);
  const looked = slots.length;
  for (let at = 0; at < looked; at++) {
    const verdict = scratch.verdicts[slots[at] as number] as number;
    perVerdict[verdict] = (perVerdict[verdict] as number) + 1;
  }
  const reasons = new Map<string, number>();
  const plugins = new Set<string>();
  for (let verdict = 1; verdict < perVerdict.length; verdict++) {
    if (perVerdict[verdict] === 0) continue;
    const refused = plan.refusals[verdict] as Refusal;
    addReasons(reasons, refused, perVerdict[verdict] as number);
    plugins.add(refused.plugin);
  }
  if (looked < cluster.nodeCount) {
    reasons.set("node(s) didn't satisfy plugin(s) [NodeAffinity]", cluster.nodeCount - looked);
    plugins.add("NodeAffinity");
  }
  return { nodes: cluster.nodeCount, reasons, plugins: [...plugins], preFilterMessage: "" };
}

/** A diagnosis where one plugin refused all nodes at once. */
export function diagnoseAll(cluster: Cluster, refused: Refusal): Diagnosis {
  return { nodes: cluster.nodeCount, reasons: new Map(), plugins: [refused.plugin], preFilterMessage: refused.reasons.join(", ") };
}

/** "2 Insufficient cpu, 1 node(s) were unschedulable": counted reasons in the order of their text. */
export function reasonsText(reasons: ReadonlyMap<string, number>): string {
  const texts: string[] = [];
  for (const [reason, count] of reasons) texts.push(`${count} ${reason}`);
  return texts.sort().join(", ");
}

/** The whole message; `postFilter` is what preemption said, "" for nothing. */
export function fitErrorMessage(diagnosis: Diagnosis, postFilter: string): string {
  const head = `0/${diagnosis.nodes} nodes are available:`;
  let text = diagnosis.preFilterMessage === "" ? head : `${head} ${diagnosis.preFilterMessage}.`;
  if (diagnosis.preFilterMessage === "") {
    const reasons = reasonsText(diagnosis.reasons);
    if (reasons !== "") text += ` ${reasons}.`;
  }
  return postFilter === "" ? text : `${text} ${postFilter}`;
}
