/** What a DaemonSet's pod looks like and where it belongs (pkg/controller/daemon/util/daemonset_util.go, NodeShouldRunDaemonPod). */
import type { DaemonSet, Node, NodeSelectorTerm, Pod, PodSpec, PodTemplateSpec, Toleration } from "../../api/index.ts";
import { fitsNode, podOfTemplate, toleratesAll } from "../pods/index.ts";
import { REVISION_HASH } from "../revisions/index.ts";
import type { Regarding } from "../runtime/index.ts";

const exists = (key: string, effect: string): Toleration => ({ key: `node.kubernetes.io/${key}`, operator: "Exists", effect });
/** Every daemon pod tolerates these (AddOrUpdateDaemonPodTolerations). */
const DAEMON_TOLERATIONS: readonly Toleration[] = [
  exists("not-ready", "NoExecute"), exists("unreachable", "NoExecute"), exists("disk-pressure", "NoSchedule"), exists("memory-pressure", "NoSchedule"),
  exists("pid-pressure", "NoSchedule"), exists("unschedulable", "NoSchedule"),
];
const HOST_NETWORK_TOLERATION = exists("network-unavailable", "NoSchedule");
/** Annotation and label from before ControllerRevisions, still written. */
const TEMPLATE_GENERATION = "pod-template-generation";

/** The set as the object of events and references. */
export function regarding(set: DaemonSet): Regarding {
  return { apiVersion: "apps/v1", kind: "DaemonSet", metadata: set.metadata ?? {} };
}

/** Tolerations of the set's pods. */
export function tolerationsOf(spec: PodSpec | undefined): readonly Toleration[] {
  const own = (spec?.tolerations ?? []).filter((toleration) => !DAEMON_TOLERATIONS.some((other) => other.key === toleration.key && other.effect === toleration.effect));
  return [...own, ...DAEMON_TOLERATIONS, ...(spec?.hostNetwork === true ? [HOST_NETWORK_TOLERATION] : [])];
}

/** Whether a node should get the set's pod, and whether one that is there may stay. */
export function shouldRun(set: DaemonSet, node: Node): { readonly run: boolean; readonly stay: boolean } {
  const spec = set.spec?.template.spec ?? { containers: [] };
  const taints = node.spec?.taints ?? [];
  const tolerations = tolerationsOf(spec);
  if (!fitsNode(spec, node)) return { run: false, stay: false };
  const stay = toleratesAll(tolerations, taints, ["NoExecute"]);
  return { run: stay && toleratesAll(tolerations, taints, ["NoSchedule"]), stay };
}

/** The set's pod for a node: tied to it by affinity, so that the default scheduler binds it there. */
export function daemonPod(set: DaemonSet, node: string, hash: string): Pod {
  const template: PodTemplateSpec = set.spec?.template ?? {};
  const generation = set.metadata?.annotations?.["deprecated.daemonset.template.generation"];
  const labels = { [REVISION_HASH]: hash, ...(generation === undefined ? {} : { [TEMPLATE_GENERATION]: generation }) };
  const spec = template.spec ?? { containers: [] };
  const own: PodSpec = { ...spec, affinity: { ...spec.affinity, nodeAffinity: nodeAffinity(spec, node) }, tolerations: tolerationsOf(spec) };
  return podOfTemplate({ ...template, spec: own }, regarding(set), { labels });
}

/** Each term of the template's affinity, with the node's name (ReplaceDaemonSetPodNodeNameNodeAffinity). */
function nodeAffinity(spec: PodSpec, node: string): NonNullable<NonNullable<PodSpec["affinity"]>["nodeAffinity"]> {
  const term: NodeSelectorTerm = { matchFields: [{ key: "metadata.name", operator: "In", values: [node] }] };
  return { ...spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } };
}

/** The node a daemon pod is on or meant for. */
export function nodeOf(pod: Pod): string {
  const { nodeName, affinity } = pod.spec ?? {};
  if (nodeName !== undefined && nodeName !== "") return nodeName;
  for (const term of affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []) {
    for (const field of term.matchFields ?? []) if (field.key === "metadata.name" && field.operator === "In" && field.values?.length === 1) return field.values[0] as string;
  }
  return "";
}
