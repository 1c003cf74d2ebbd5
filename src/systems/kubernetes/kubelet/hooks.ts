/** Lifecycle hooks: exec, httpGet, tcpSocket, sleep (pkg/kubelet/lifecycle/handlers.go). */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse, ProbeAction } from "../../containers/cri/index.ts";
import type { HTTPGetAction, LifecycleHandler } from "../api/index.ts";
import { askRuntime, portNumber } from "./runtime-calls.ts";
import type { ContainerRecord, ContainerRun, KubeletState, PodWorker } from "./state.ts";
import type { ContainerTag } from "./tags.ts";

/** Timer of sleep hooks. */
export const HOOK_TIMER = "hook/";

/** Runs a hook; its end comes as an answer with the tag, or as a timer (sleep). */
export function runHook(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, run: ContainerRun, hook: LifecycleHandler, tag: ContainerTag): void {
  if (hook.exec !== undefined) {
    askRuntime(state, context, { type: "cri/ExecSync", containerId: run.id, command: hook.exec.command ?? [], timeoutSeconds: 0 }, tag);
  } else if (hook.httpGet !== undefined) {
    askRuntime(state, context, { type: "probe", containerId: run.id, probe: httpAction(worker, record, hook.httpGet), timeoutSeconds: 30 }, tag);
  } else {
    const seconds = hook.sleep?.seconds ?? 0;
    context.setTimer(`${HOOK_TIMER}${worker.uid}/${record.name}`, seconds * 1000, tag);
  }
}

/** An HTTP request to a container. */
export function httpAction(worker: PodWorker, record: ContainerRecord, get: HTTPGetAction): ProbeAction {
  const path = get.path ?? "/";
  return {
    kind: "http", port: portNumber(worker.pod, record.spec, get.port), path: path.startsWith("/") ? path : `/${path}`, scheme: get.scheme ?? "HTTP",
    headers: (get.httpHeaders ?? []).map(({ name, value }) => ({ name, value })),
  };
}

/** Why a hook failed; undefined = it did not. */
export function hookProblem(answer: CriResponse): string | undefined {
  if (answer.type === "cri/exec") return answer.exitCode === 0 ? undefined : `command exited with ${answer.exitCode}: ${answer.stdout}${answer.stderr}`;
  if (answer.type === "cri/probe") return answer.success ? undefined : answer.message;
  return answer.type === "cri/error" ? answer.message : undefined;
}
