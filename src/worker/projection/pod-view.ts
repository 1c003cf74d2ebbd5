import { byteValue, milliValue } from "../../base/quantity/index.ts";
import { parseDuration } from "../../base/duration/index.ts";
import { parseRfc3339 } from "../../base/time/index.ts";
import type { ContainerView, PodState, PodView } from "../../protocol/index.ts";
import { type Container, type ContainerStatus, controllerOf, type Pod } from "../../systems/kubernetes/api/index.ts";
import { podSummary } from "../../systems/kubernetes/status/index.ts";

const NO_LABELS: Readonly<Record<string, string>> = {};

/** The stage's view of a pod. `lost`: its node doesn't answer, so nobody knows how it is. */
export function podView(pod: Pod, lost: boolean): PodView {
  const summary = podSummary(pod);
  const containers = containerViews(pod);
  const state = lost && pod.status?.phase === "Running" ? "unknown" : podState(pod, summary.word, containers);
  const wait = countdown(pod, state);
  const labels = pod.metadata?.labels ?? NO_LABELS;
  return {
    type: "pod", id: pod.metadata?.uid ?? "", namespace: pod.metadata?.namespace ?? "", name: pod.metadata?.name ?? "",
    node: pod.spec?.nodeName ?? "", state, word: state === "unknown" ? "Unknown" : summary.word, ready: summary.ready, containers, restarts: summary.restarts,
    owner: controllerOf(pod)?.uid ?? "",
    revision: labels["pod-template-hash"] ?? labels["controller-revision-hash"] ?? "",
    ip: pod.status?.podIP ?? "", cpuMillis: requested(pod, "cpu"), memoryBytes: requested(pod, "memory"),
    createdAt: parseRfc3339(pod.metadata?.creationTimestamp ?? ""), until: wait.until, untilLengthMs: wait.lengthMs, labels,
  };
}

function podState(pod: Pod, word: string, containers: readonly ContainerView[]): PodState {
  if (pod.metadata?.deletionTimestamp !== undefined) return "leaving";
  const phase = pod.status?.phase;
  if (phase === "Succeeded") return "succeeded";
  if (phase === "Failed") return "failed";
  if (word.includes("CrashLoopBackOff")) return "crash-loop";
  if (/Err|BackOff|Invalid|Error|OOMKilled/.test(word)) return "failed";
  if (pod.spec?.nodeName === undefined || pod.spec.nodeName === "") return "pending";
  if (pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true) return "ready";
  return phase === "Running" && containers.some((container) => container.state === "running") && containers.some((container) => container.restarts > 0) ? "running" : "starting";
}

/** The grace period that runs down, or the back-off before the next restart. */
function countdown(pod: Pod, state: PodState): { readonly until: number; readonly lengthMs: number } {
  if (state === "leaving") {
    const lengthMs = (pod.metadata?.deletionGracePeriodSeconds ?? 0) * 1000;
    return { until: parseRfc3339(pod.metadata?.deletionTimestamp ?? ""), lengthMs };
  }
  if (state !== "crash-loop") return { until: 0, lengthMs: 0 };
  for (const container of [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])]) {
    const wait = backOff(container);
    if (wait !== undefined) return wait;
  }
  return { until: 0, lengthMs: 0 };
}

/** "back-off 40s restarting failed container=web pod=…" since the last end. */
function backOff(container: ContainerStatus): { readonly until: number; readonly lengthMs: number } | undefined {
  const length = /back-off ([0-9a-z]+)/.exec(container.state?.waiting?.message ?? "")?.[1];
  const endedAt = parseRfc3339(container.lastState?.terminated?.finishedAt ?? "");
  if (length === undefined || Number.isNaN(endedAt)) return undefined;
  const lengthMs = parseDuration(length) ?? 0;
  return { until: endedAt + lengthMs, lengthMs };
}

function containerViews(pod: Pod): ContainerView[] {
  const inits = pod.spec?.initContainers ?? [];
  const statuses = new Map<string, ContainerStatus>();
  for (const status of [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]) statuses.set(status.name, status);
  const initViews = inits.map((container) => containerView(container, container.restartPolicy === "Always" ? "sidecar" : "init", statuses.get(container.name)));
  return [...initViews, ...(pod.spec?.containers ?? []).map((container) => containerView(container, "main", statuses.get(container.name)))];
}

function containerView(container: Container, kind: ContainerView["kind"], status: ContainerStatus | undefined): ContainerView {
  const state = status?.state;
  return {
    name: container.name, image: container.image ?? "", kind,
    state: state?.running !== undefined ? "running" : state?.terminated !== undefined ? "terminated" : "waiting",
    reason: state?.waiting?.reason ?? state?.terminated?.reason ?? "",
    ready: status?.ready ?? false, restarts: status?.restartCount ?? 0, standIn: false,
  };
}

/** Sum of the containers' requests (init containers apart: the bar shows what runs). */
function requested(pod: Pod, resource: "cpu" | "memory"): number {
  let sum = 0;
  for (const container of pod.spec?.containers ?? []) {
    const quantity = container.resources?.requests?.[resource];
    if (quantity !== undefined) sum += resource === "cpu" ? milliValue(quantity) : byteValue(quantity);
  }
  return sum;
}
