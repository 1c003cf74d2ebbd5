/** A pod's conditions (pkg/kubelet/status/generate.go). Conditions of others are kept. */
import { rfc3339 } from "../../../base/time/index.ts";
import type { Pod, PodCondition } from "../api/index.ts";
import { initDone, isInitialized, type PodPhase } from "./pod-phase.ts";
import { isReady } from "./records.ts";
import type { ContainerRecord, PodWorker } from "./state.ts";

interface Verdict {
  readonly status: "True" | "False";
  readonly reason?: string;
  readonly message?: string;
}

const TRUE: Verdict = { status: "True" };
/** Types that the kubelet writes; PodScheduled is the scheduler's but for pods that never met it. */
const OWN: ReadonlySet<string> = new Set(["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady"]);

/** All conditions of a pod at a time. */
export function podConditions(worker: PodWorker, phase: PodPhase, now: number): PodCondition[] {
  const { pod } = worker;
  const known = pod.status?.conditions ?? [];
  const containersReady = containersReadyVerdict(worker, phase);
  const own: [string, Verdict][] = [
    ["PodReadyToStartContainers", { status: worker.sandbox?.ready === true ? "True" : "False" }],
    ["Initialized", initializedVerdict(worker, phase)],
    ["Ready", containersReady.status === "True" ? gatesVerdict(pod, known) : containersReady],
    ["ContainersReady", containersReady],
  ];
  const conditions = own.map(([type, verdict]) => condition(pod, known, type, verdict, now));
  const scheduled = known.find((other) => other.type === "PodScheduled") ?? condition(pod, known, "PodScheduled", TRUE, now);
  return [...conditions, scheduled, ...known.filter((other) => !OWN.has(other.type) && other.type !== "PodScheduled")];
}

function condition(pod: Pod, known: readonly PodCondition[], type: string, verdict: Verdict, now: number): PodCondition {
  const before = known.find((other) => other.type === type);
  const generation = pod.metadata?.generation;
  return {
    type, status: verdict.status, ...(verdict.reason === undefined ? {} : { reason: verdict.reason }), ...(verdict.message === undefined ? {} : { message: verdict.message }),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    lastTransitionTime: before?.status === verdict.status ? before.lastTransitionTime ?? rfc3339(now) : rfc3339(now),
  };
}

/** Go prints a list of strings as [a b]. */
function names(records: readonly ContainerRecord[]): string {
  return `[${records.map((record) => record.name).join(" ")}]`;
}

function containersReadyVerdict(worker: PodWorker, phase: PodPhase): Verdict {
  if (phase === "Succeeded") return { status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { status: "False", reason: "PodFailed" };
  const unready = worker.containers.filter((record) => record.kind !== "init" && !isReady(record));
  return unready.length === 0 ? TRUE : { status: "False", reason: "ContainersNotReady", message: `containers with unready status: ${names(unready)}` };
}

function initializedVerdict(worker: PodWorker, phase: PodPhase): Verdict {
  if (phase === "Succeeded") return { status: "True", reason: "PodCompleted" };
  if (isInitialized(worker)) return TRUE;
  const incomplete = worker.containers.filter((record) => record.kind !== "main" && !initDone(record));
  return { status: "False", reason: "ContainersNotInitialized", message: `containers with incomplete status: ${names(incomplete)}` };
}

function gatesVerdict(pod: Pod, known: readonly PodCondition[]): Verdict {
  const messages: string[] = [];
  for (const { conditionType } of pod.spec?.readinessGates ?? []) {
    const found = known.find((other) => other.type === conditionType);
    if (found === undefined) messages.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (found.status !== "True") messages.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`);
  }
  return messages.length === 0 ? TRUE : { status: "False", reason: "ReadinessGatesNotReady", message: messages.join(", ") };
}
