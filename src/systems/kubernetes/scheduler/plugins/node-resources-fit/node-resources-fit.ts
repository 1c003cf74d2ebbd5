/** The pod's requests must fit what is left of the node. Source: plugins/noderesources/fit.go. */
import type { NodeInfo } from "../../framework/node-info.ts";
import type { NodePlugin, Refusal } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";
import type { NodeResourcesFitArgs } from "../../profile/args.ts";
import { fitScore } from "./scoring-strategy.ts";

const NAME = "NodeResourcesFit";
const BASIC_REASONS = ["Too many pods", "Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage"];
const PODS = 1;
const CPU = 2;
const MEMORY = 4;
const EPHEMERAL = 8;
const NEVER = 16;

function reasonsOf(bits: number): string[] {
  return BASIC_REASONS.filter((_, index) => (bits & (1 << index)) !== 0);
}

/** One refusal for each set of basic reasons, with and without hope. */
const BASIC_REFUSALS: readonly Refusal[] = Array.from({ length: 32 }, (_, bits) => Object.freeze({ plugin: NAME, resolvable: (bits & NEVER) === 0, reasons: Object.freeze(reasonsOf(bits)) }));

function lack(asked: number, allocatable: number, requested: number, bit: number): number {
  if (asked <= 0 || asked <= allocatable - requested) return 0;
  return asked > allocatable ? bit | NEVER : bit;
}

function basicLack(shape: PodShape, node: NodeInfo): number {
  const { requests } = shape;
  const { allocatable, requested } = node;
  return (node.pods.size + 1 > node.allowedPods ? PODS : 0)
    | lack(requests.cpuMillis, allocatable.cpuMillis, requested.cpuMillis, CPU)
    | lack(requests.memoryBytes, allocatable.memoryBytes, requested.memoryBytes, MEMORY)
    | lack(requests.ephemeralBytes, allocatable.ephemeralBytes, requested.ephemeralBytes, EPHEMERAL);
}

function isIgnored(name: string, args: NodeResourcesFitArgs): boolean {
  if (args.ignoredResources?.includes(name) === true) return true;
  return args.ignoredResourceGroups?.includes(name.split("/")[0] ?? "") === true;
}

function withScalars(shape: PodShape, node: NodeInfo, args: NodeResourcesFitArgs, basic: number): Refusal | undefined {
  const reasons: string[] = [];
  let resolvable = true;
  for (const [name, asked] of shape.requests.scalars) {
    const allocatable = node.allocatable.scalars.get(name) ?? 0;
    if (asked === 0 || isIgnored(name, args) || asked <= allocatable - (node.requested.scalars.get(name) ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (asked > allocatable) resolvable = false;
  }
  const first = BASIC_REFUSALS[basic] as Refusal;
  if (reasons.length === 0) return basic === 0 ? undefined : first;
  return { plugin: NAME, resolvable: resolvable && first.resolvable, reasons: [...first.reasons, ...reasons] };
}

/** See the module's comment; scores by the strategy of its args. */
export const nodeResourcesFit: NodePlugin = {
  name: NAME,
  filter: (shape, node, _cluster, args) => {
    const basic = basicLack(shape, node);
    if (shape.requests.scalars.size > 0) return withScalars(shape, node, args as NodeResourcesFitArgs, basic);
    return basic === 0 ? undefined : BASIC_REFUSALS[basic];
  },
  scores: () => true,
  score: (shape, node, _cluster, args) => fitScore(shape, node, (args as NodeResourcesFitArgs).scoringStrategy),
  normalisation: "none",
};
