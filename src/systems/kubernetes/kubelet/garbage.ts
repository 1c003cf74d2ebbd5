/**
 * What is left of pods at the runtime: sandboxes whose pod is gone are removed, and those that a pod has replaced, or
 * that were made although their maker had given up, or whose pod has ended, are stopped (again), so that their addresses are given back. The kubelet looks a minute after anything that may have
 * left something (pkg/kubelet/kubelet.go ContainerGCPeriod = 1 minute; kuberuntime_gc.go evictSandboxes).
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse } from "../../containers/cri/index.ts";
import { askRuntime } from "./runtime-calls.ts";
import type { KubeletState } from "./state.ts";

/** Timer of the next look. */
export const GARBAGE_TIMER = "garbage";
const PERIOD_MS = 60_000;

/** Something may have been left behind: look within a minute. */
export function lookForGarbage(context: Context): void {
  if (!context.hasTimer(GARBAGE_TIMER)) context.setTimer(GARBAGE_TIMER, PERIOD_MS);
}

/** Asks what the runtime has. */
export function listGarbage(state: KubeletState, context: Context): void {
  askRuntime(state, context, { type: "cri/ListPodSandbox" }, { op: "list-garbage" });
}

/** Removes what no pod owns. Pods that are not yet known after a start are no reason to remove anything. */
export function garbageListed(state: KubeletState, context: Context, answer: CriResponse): void {
  if (answer.type !== "cri/sandboxes" || !state.recovered) {
    lookForGarbage(context);
    return;
  }
  for (const { podUid, sandboxId } of answer.sandboxes) {
    const worker = state.workers.get(podUid);
    if (worker === undefined) askRuntime(state, context, { type: "cri/RemovePodSandbox", sandboxId }, { op: "ignore" });
    else if (worker.sandbox === undefined) lookForGarbage(context);
    else if (worker.sandbox.id !== sandboxId || worker.phase === "terminated") askRuntime(state, context, { type: "cri/StopPodSandbox", sandboxId }, { op: "ignore" });
  }
}
