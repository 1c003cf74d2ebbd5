/**
 * The columns READY, STATUS and RESTARTS of `kubectl get pods`.
 * Rules: kubernetes/kubernetes pkg/printers/internalversion/printers.go, printPod.
 */
import type { ContainerStatus, Pod } from "../api/index.ts";

/** What one line of `kubectl get pods` says. */
export interface PodSummary {
  readonly ready: number;
  readonly total: number;
  /** STATUS, e.g. "Running", "ContainerCreating", "CrashLoopBackOff", "Init:0/2", "Terminating". */
  readonly word: string;
  readonly restarts: number;
}

/** Sums a pod up. */
export function podSummary(pod: Pod): PodSummary {
  const status = pod.status ?? {};
  const sidecars = new Set((pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === "Always").map((container) => container.name));
  const init = initState(pod, sidecars);
  const main = mainState(pod, init.word ?? status.reason ?? status.phase ?? "Unknown", init.word !== undefined);
  const total = (pod.spec?.containers.length ?? 0) + sidecars.size;
  const readySidecars = (status.initContainerStatuses ?? []).filter((container) => sidecars.has(container.name) && container.ready).length;
  return { ready: main.ready + readySidecars, total, word: finalWord(pod, main.word), restarts: main.restarts + init.restarts };
}

/** Word of a pod whose init containers are not through, if so, and the restarts of init containers. */
function initState(pod: Pod, sidecars: ReadonlySet<string>): { readonly word?: string; readonly restarts: number } {
  const statuses = pod.status?.initContainerStatuses ?? [];
  const total = pod.spec?.initContainers?.length ?? 0;
  let restarts = 0;
  for (const [index, container] of statuses.entries()) {
    restarts += container.restartCount;
    const { state } = container;
    if (state?.terminated?.exitCode === 0) continue;
    if (sidecars.has(container.name) && container.started === true) continue;
    const word = initWord(container, index, total);
    return { word, restarts: restarts + statuses.slice(index + 1).reduce((sum, other) => sum + other.restartCount, 0) };
  }
  return { restarts };
}

function initWord({ state }: ContainerStatus, index: number, total: number): string {
  const ended = state?.terminated;
  if (ended !== undefined) {
    if (ended.reason !== undefined && ended.reason !== "") return `Init:${ended.reason}`;
    return ended.signal !== undefined && ended.signal !== 0 ? `Init:Signal:${ended.signal}` : `Init:ExitCode:${ended.exitCode}`;
  }
  const waiting = state?.waiting?.reason ?? "";
  return waiting !== "" && waiting !== "PodInitializing" ? `Init:${waiting}` : `Init:${index}/${total}`;
}

function mainState(pod: Pod, start: string, initializing: boolean): { readonly word: string; readonly ready: number; readonly restarts: number } {
  const statuses = pod.status?.containerStatuses ?? [];
  let word = start;
  let ready = 0;
  let restarts = 0;
  let running = false;
  for (let index = statuses.length - 1; index >= 0; index--) {
    const container = statuses[index] as ContainerStatus;
    restarts += container.restartCount;
    if (container.ready && container.state?.running !== undefined) {
      running = true;
      ready++;
    }
    if (!initializing) word = containerWord(container) ?? word;
  }
  if (initializing) return { word, ready, restarts };
  if (word === "Completed" && running) word = isReady(pod) ? "Running" : "NotReady";
  return { word, ready, restarts };
}

function containerWord({ state }: ContainerStatus): string | undefined {
  const waiting = state?.waiting?.reason;
  if (waiting !== undefined && waiting !== "") return waiting;
  const ended = state?.terminated;
  if (ended === undefined) return undefined;
  if (ended.reason !== undefined && ended.reason !== "") return ended.reason;
  return ended.signal !== undefined && ended.signal !== 0 ? `Signal:${ended.signal}` : `ExitCode:${ended.exitCode}`;
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true;
}

function finalWord(pod: Pod, word: string): string {
  if (pod.metadata?.deletionTimestamp === undefined) {
    const gated = pod.status?.conditions?.some((condition) => condition.type === "PodScheduled" && condition.reason === "SchedulingGated") === true;
    return gated ? "SchedulingGated" : word;
  }
  if (pod.status?.reason === "NodeLost") return "Unknown";
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed" ? word : "Terminating";
}
