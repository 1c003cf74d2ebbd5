/**
 * What the kubelet serves: logs and exec for the API server.
 * Requests: {@link KubeletLogs}, {@link KubeletExec}; answers: {@link KubeletLogsAnswer}, {@link KubeletExecAnswer}, {@link KubeletError}.
 */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse, LogLine } from "../../containers/cri/index.ts";
import { namespacedKey } from "../api/index.ts";
import { askRuntime } from "./runtime-calls.ts";
import type { ContainerRecord, KubeletState } from "./state.ts";
import type { OtherTag } from "./tags.ts";

/** `kubectl logs`: the options of pods/log. */
export interface KubeletLogs {
  readonly type: "kubelet/logs";
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  /** ms since the epoch. */
  readonly sinceTime?: number;
  readonly limitBytes?: number;
}

/** `kubectl exec`: the command runs to its end (at most 10 minutes) and its output comes at once. */
export interface KubeletExec {
  readonly type: "kubelet/exec";
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  /** Default 600. */
  readonly timeoutSeconds?: number;
}

/** Lines of a log, oldest first. */
export interface KubeletLogsAnswer {
  readonly type: "kubelet/logs-answer";
  readonly lines: readonly LogLine[];
}

/** What a command printed and how it ended. */
export interface KubeletExecAnswer {
  readonly type: "kubelet/exec-answer";
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A refusal, with the HTTP code and the kubelet's text. */
export interface KubeletError {
  readonly type: "kubelet/error";
  readonly code: number;
  readonly message: string;
}

/** Everything that can be asked of a kubelet. */
export type KubeletRequest = KubeletLogs | KubeletExec;
/** Everything it answers to the API server. */
export type KubeletAnswer = KubeletLogsAnswer | KubeletExecAnswer | KubeletError;

const EXEC_TIMEOUT_SECONDS = 600;

/** Takes a request. */
export function serveRequest(state: KubeletState, context: Context, message: KubeletRequest, request: number): void {
  const worker = state.workers.get(state.byKey.get(namespacedKey(message.namespace, message.pod)) ?? "");
  const record = worker?.containers.find((other) => other.name === message.container);
  if (worker === undefined) answer(context, request, { type: "kubelet/error", code: 404, message: `pod ${JSON.stringify(message.pod)} not found` });
  else if (record === undefined) answer(context, request, { type: "kubelet/error", code: 400, message: `container ${message.container} is not valid for pod ${message.pod}` });
  else if (message.type === "kubelet/exec") exec(state, context, message, record, request);
  else logs(state, context, message, record, request);
}

function answer(context: Context, request: number, body: KubeletAnswer): void {
  context.reply(request, body);
}

function exec(state: KubeletState, context: Context, message: KubeletExec, record: ContainerRecord, request: number): void {
  const { run } = record;
  if (run?.state !== "running") {
    answer(context, request, { type: "kubelet/error", code: 500, message: `container not found (${JSON.stringify(record.name)})` });
    return;
  }
  const timeoutSeconds = message.timeoutSeconds ?? EXEC_TIMEOUT_SECONDS;
  askRuntime(state, context, { type: "cri/ExecSync", containerId: run.id, command: message.command, timeoutSeconds }, { op: "exec", request });
}

function logs(state: KubeletState, context: Context, message: KubeletLogs, record: ContainerRecord, request: number): void {
  const containerId = message.previous === true ? record.previousId : record.run?.id ?? "";
  if (containerId === "") {
    answer(context, request, { type: "kubelet/error", code: 400, message: missingLog(message, record) });
    return;
  }
  const sinceMs = message.sinceTime ?? (message.sinceSeconds === undefined ? undefined : context.now - message.sinceSeconds * 1000);
  askRuntime(state, context, {
    type: "cri/ReadLogs", containerId, ...(message.tailLines === undefined ? {} : { tailLines: message.tailLines }),
    ...(sinceMs === undefined ? {} : { sinceMs }), ...(message.limitBytes === undefined ? {} : { limitBytes: message.limitBytes }),
  }, { op: "logs", request });
}

/** Texts of pkg/kubelet/kubelet_pods.go validateContainerLogStatus. */
function missingLog(message: KubeletLogs, record: ContainerRecord): string {
  if (message.previous === true) return `previous terminated container ${JSON.stringify(record.name)} in pod ${JSON.stringify(message.pod)} not found`;
  const reason = record.waiting?.reason ?? "ContainerCreating";
  const why = reason === "ErrImagePull" ? "image can't be pulled" : reason === "ImagePullBackOff" ? "trying and failing to pull image" : reason;
  return `container ${JSON.stringify(record.name)} in pod ${JSON.stringify(message.pod)} is waiting to start: ${why}`;
}

/** The runtime answered for somebody. */
export function passOn(context: Context, tag: OtherTag & { op: "logs" | "exec" }, body: CriResponse): void {
  if (body.type === "cri/logs") answer(context, tag.request, { type: "kubelet/logs-answer", lines: body.lines });
  else if (body.type === "cri/exec") answer(context, tag.request, { type: "kubelet/exec-answer", exitCode: body.exitCode, stdout: body.stdout, stderr: body.stderr });
  else answer(context, tag.request, { type: "kubelet/error", code: 500, message: body.type === "cri/error" ? body.message : "unexpected answer" });
}
