/** What the kubelet checks before it takes a pod (pkg/kubelet/lifecycle/predicate.go); a refused pod fails with the reason. */
import { byteValue, milliValue } from "../../../base/quantity/index.ts";
import { allocatableMemory, MAX_PODS } from "../../machines/index.ts";
import type { NodeSelectorRequirement, Pod } from "../api/index.ts";
import type { KubeletState } from "./state.ts";

/** What a pod asks for. */
export interface PodRequests {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

/** Requests of a pod: the sum of its containers and sidecars, or its largest init container (with the sidecars before it), whichever is more. */
export function podRequests(pod: Pod): PodRequests {
  return { cpuMillis: requestOf(pod, "cpu", milliValue), memoryBytes: requestOf(pod, "memory", byteValue) };
}

function requestOf(pod: Pod, resource: string, value: (quantity: string | number | undefined) => number): number {
  let sum = 0;
  for (const container of pod.spec?.containers ?? []) sum += value(container.resources?.requests?.[resource]);
  let sidecars = 0;
  let peak = 0;
  for (const container of pod.spec?.initContainers ?? []) {
    const own = value(container.resources?.requests?.[resource]);
    if (container.restartPolicy === "Always") sidecars += own;
    else peak = Math.max(peak, sidecars + own);
  }
  return Math.max(sum + sidecars, peak) + value(pod.spec?.overhead?.[resource]);
}

/** Why the pod can't run here; undefined = it can. */
export function refusal(state: KubeletState, pod: Pod): { readonly reason: string; readonly message: string } | undefined {
  if (!matchesNode(state, pod)) return rejected("NodeAffinity", "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector");
  const { machine, maxPods = MAX_PODS } = state.config;
  const asked = podRequests(pod);
  const { usage } = state;
  if (usage.pods + 1 > maxPods) return shortage("pods", 1, usage.pods, maxPods);
  if (asked.cpuMillis > 0 && usage.cpuMillis + asked.cpuMillis > machine.cpuMillis) return shortage("cpu", asked.cpuMillis, usage.cpuMillis, machine.cpuMillis);
  const memory = Math.floor(allocatableMemory(machine) / 1024) * 1024;
  if (asked.memoryBytes > 0 && usage.memoryBytes + asked.memoryBytes > memory) return shortage("memory", asked.memoryBytes, usage.memoryBytes, memory);
  return undefined;
}

function shortage(resource: string, requested: number, used: number, capacity: number): { readonly reason: string; readonly message: string } {
  return rejected(`OutOf${resource}`, `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`);
}

function rejected(reason: string, message: string): { readonly reason: string; readonly message: string } {
  return { reason, message: `Pod was rejected: ${message}` };
}

function matchesNode(state: KubeletState, pod: Pod): boolean {
  const labels = state.nodeObject?.metadata?.labels;
  if (labels === undefined) return true;
  const selector = pod.spec?.nodeSelector ?? {};
  if (!Object.keys(selector).every((key) => labels[key] === selector[key])) return false;
  const terms = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (terms === undefined) return true;
  return terms.some((term) => {
    const fields = term.matchFields ?? [];
    const expressions = term.matchExpressions ?? [];
    if (fields.length + expressions.length === 0) return false;
    return expressions.every((requirement) => matches(requirement, labels[requirement.key])) && fields.every((requirement) => matches(requirement, state.config.node));
  });
}

function matches(requirement: NodeSelectorRequirement, value: string | undefined): boolean {
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case "In": return value !== undefined && values.includes(value);
    case "NotIn": return value === undefined || !values.includes(value);
    case "Exists": return value !== undefined;
    case "DoesNotExist": return value === undefined;
    case "Gt": return value !== undefined && Number(value) > Number(values[0]);
    case "Lt": return value !== undefined && Number(value) < Number(values[0]);
    default: return false;
  }
}
