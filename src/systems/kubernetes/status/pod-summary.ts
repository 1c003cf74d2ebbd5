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

/** What the containers of one list say together. */
interface Part {
  readonly word: string | undefined;
  readonly ready: number;
  readonly restarts: number;
}

/** Sums a pod up. Restarts of init containers count while the pod initializes; afterwards only those of sidecars do. */
export function podSummary(pod: Pod): PodSummary {
  const sidecars = new Set((pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === "Always").map((container) => container.name));
  const total = (pod.spec?.containers.length ?? 0) + sidecars.size;
  const init = initPart(pod, sidecars);
  if (init.word !== undefined && !isTrue(pod, "Initialized")) return { ready: init.ready, total, word: finalWord(pod, init.word), restarts: init.restarts };
  const main = mainPart(pod, init.word ?? podWord(pod));
  return { ready: main.ready + init.ready, total, word: finalWord(pod, main.word ?? ""), restarts: main.restarts + sidecarRestarts(pod, sidecars) };
}

function podWord(pod: Pod): string {
  const gated = pod.status?.conditions?.some((condition) => condition.type === "PodScheduled" && condition.reason === "SchedulingGated") === true;
  return gated ? "SchedulingGated" : pod.status?.reason || pod.status?.phase || "Unknown";
}

/** The init containers up to the first that is not through; the word is its, if there is one. */
function initPart(pod: Pod, sidecars: ReadonlySet<string>): Part {
  let [ready, restarts] = [0, 0];
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    restarts += container.restartCount;
    if (container.state?.terminated?.exitCode === 0) continue;
    if (!sidecars.has(container.name) || container.started !== true) return { word: initWord(container, index, pod.spec?.initContainers?.length ?? 0), ready, restarts };
    if (container.ready) ready++;
  }
  return { word: undefined, ready, restarts };
}

function initWord(container: ContainerStatus, index: number, total: number): string {
  const ended = endedWord(container);
  if (ended !== undefined) return `Init:${ended}`;
  const waiting = container.state?.waiting?.reason ?? "";
  return waiting !== "" && waiting !== "PodInitializing" ? `Init:${waiting}` : `Init:${index}/${total}`;
}

function sidecarRestarts(pod: Pod, sidecars: ReadonlySet<string>): number {
  return (pod.status?.initContainerStatuses ?? []).reduce((sum, { name, restartCount }) => sum + (sidecars.has(name) ? restartCount : 0), 0);
}

function mainPart(pod: Pod, start: string): Part {
  const statuses = pod.status?.containerStatuses ?? [];
  let word = start;
  let [ready, restarts] = [0, 0];
  for (let index = statuses.length - 1; index >= 0; index--) {
    const container = statuses[index] as ContainerStatus;
    restarts += container.restartCount;
    const own = container.state?.waiting?.reason || endedWord(container);
    if (own !== undefined) word = own;
    else if (container.ready && container.state?.running !== undefined) ready++;
  }
  if (word === "Completed" && ready > 0) word = isTrue(pod, "Ready") ? "Running" : "NotReady";
  return { word, ready, restarts };
}

function endedWord({ state }: ContainerStatus): string | undefined {
  const ended = state?.terminated;
  if (ended === undefined) return undefined;
  if (ended.reason !== undefined && ended.reason !== "") return ended.reason;
  return ended.signal !== undefined && ended.signal !== 0 ? `Signal:${ended.signal}` : `ExitCode:${ended.exitCode}`;
}

function isTrue(pod: Pod, type: string): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === type && condition.status === "True") === true;
}

/** A pod that is being deleted says so, unless its node is lost or it has ended anyway. */
function finalWord(pod: Pod, word: string): string {
  if (pod.metadata?.deletionTimestamp === undefined) return word;
  if (pod.status?.reason === "NodeLost") return "Unknown";
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed" ? word : "Terminating";
}
