/** Probes as the kubelet makes them over the pod's network, and held ones that are answered when they first fail. */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriRequest, ProbeAction } from "../cri/index.ts";
import { answerRequest, listensOn, nextHealthChange } from "../programs/index.ts";
import { startShell } from "../shell/index.ts";
import { answer } from "./answer.ts";
import { environment, execProblem, schedule } from "./programs.ts";
import { stepShells } from "./shells.ts";
import type { ExecSession, HeldProbe, RunningProgram, RuntimeContainer, RuntimeState } from "./state.ts";

interface ProbeResult {
  readonly success: boolean;
  readonly message: string;
  readonly latencyMs: number;
}

/** Programs that don't speak gRPC's health protocol. */
const NOT_GRPC: ReadonlySet<string> = new Set(["files", "hello-app", "http-echo", "redis"]);

/** Makes a probe, or holds it until it fails. */
export function serveProbe(state: RuntimeState, context: Context, message: CriRequest & { type: "probe" }, request: number): void {
  const container = state.containers.get(message.containerId);
  if (container === undefined || container.state !== "running") {
    answer(context, request, { type: "cri/error", code: "NotFound", message: "container is not running" });
    return;
  }
  if (message.hold !== undefined) {
    const held: HeldProbe = { request, probe: message.probe, timeoutSeconds: message.timeoutSeconds, hold: message.hold, nextAt: 0 };
    held.nextAt = nextEvaluation(state, container, held, context.now);
    container.holds.push(held);
    schedule(context, container);
  } else if (message.probe.kind === "exec") startExecProbe(state, context, container, message.probe.command, message.timeoutSeconds, request);
  else {
    const result = tryProbe(state, container, message.probe, message.timeoutSeconds, context.now);
    answer(context, request, { type: "cri/probe", success: result.success, message: result.message }, result.latencyMs);
  }
}

function startExecProbe(state: RuntimeState, context: Context, container: RuntimeContainer, command: readonly string[], timeoutSeconds: number, request: number): void {
  const problem = execProblem(container, command[0] ?? "");
  if (problem !== undefined) {
    answer(context, request, { type: "cri/probe", success: false, message: problem });
    return;
  }
  const session: ExecSession = {
    request, machine: startShell(command, environment(container.config), container.config.workingDir ?? "/"), purpose: "probe",
    deadline: context.now + timeoutSeconds * 1000, timeoutSeconds, stdout: "", stderr: "",
  };
  container.execs.push(session);
  stepShells(state, context, container);
}

/** Evaluates what is due of the held probes. */
export function evaluateHolds(state: RuntimeState, context: Context, container: RuntimeContainer): void {
  const due = container.holds.filter((held) => held.nextAt <= context.now);
  for (const held of due) {
    if (held.probe.kind === "exec") {
      container.holds = container.holds.filter((other) => other !== held);
      startExecProbe(state, context, container, held.probe.command, held.timeoutSeconds, held.request);
      continue;
    }
    const result = tryProbe(state, container, held.probe, held.timeoutSeconds, context.now);
    if (result.success) held.nextAt = nextEvaluation(state, container, held, context.now + 1);
    else {
      container.holds = container.holds.filter((other) => other !== held);
      answer(context, held.request, { type: "cri/probe", success: false, message: result.message }, result.latencyMs);
    }
  }
}

/** Something in the container may have changed: held probes are looked at again at their next time. */
export function recheckHolds(context: Context, container: RuntimeContainer): void {
  for (const held of container.holds) held.nextAt = tickAfter(held, context.now);
  schedule(context, container);
}

/** The first of a held probe's times at which its result may differ from success. */
function nextEvaluation(state: RuntimeState, container: RuntimeContainer, held: HeldProbe, now: number): number {
  if (held.probe.kind === "exec" || container.shell !== undefined) return tickAfter(held, now);
  const found = listener(state, container, held.probe.port, now);
  if (found === undefined || container.stopAskedAt !== 0) return tickAfter(held, now);
  const change = nextHealthChange(found.program.process, now);
  return change === Number.POSITIVE_INFINITY ? change : tickAfter(held, change);
}

function tickAfter(held: HeldProbe, now: number): number {
  const { firstAt, periodMs } = held.hold;
  return now <= firstAt ? firstAt : firstAt + Math.ceil((now - firstAt) / periodMs) * periodMs;
}

/** Who listens on a port in a container's pod. */
export function listener(state: RuntimeState, container: RuntimeContainer, port: number, now: number): { readonly container: RuntimeContainer; readonly program: RunningProgram } | undefined {
  const sandbox = state.sandboxes.get(container.sandboxId);
  for (const id of sandbox?.containers ?? []) {
    const other = state.containers.get(id);
    if (other?.state !== "running") continue;
    for (const program of other.programs) if (listensOn(program.process, port, now)) return { container: other, program };
  }
  return undefined;
}

/** Makes an HTTP, TCP or gRPC probe; messages as in pkg/probe/{http,tcp,grpc} and Go's net package. */
function tryProbe(state: RuntimeState, container: RuntimeContainer, probe: Exclude<ProbeAction, { kind: "exec" }>, timeoutSeconds: number, now: number): ProbeResult {
  const sandbox = state.sandboxes.get(container.sandboxId);
  const address = `${sandbox?.ip ?? ""}:${probe.port}`;
  const found = listener(state, container, probe.port, now);
  if (found === undefined) return { success: false, message: refused(probe, address, timeoutSeconds), latencyMs: 0 };
  if (probe.kind === "tcp") return { success: true, message: "", latencyMs: 0 };
  const { process } = found.program;
  if (probe.kind === "grpc") {
    if (NOT_GRPC.has(process.serves)) return { success: false, message: `error: failed to connect service "${address}" within ${timeoutSeconds}s: context deadline exceeded`, latencyMs: timeoutSeconds * 1000 };
    return { success: true, message: "", latencyMs: 0 };
  }
  const at = { now, hostname: sandbox?.hostname ?? "", ip: sandbox?.ip ?? "", clientIp: state.config.nodeIp, port: probe.port, files: found.container.files };
  const served = answerRequest(process, { method: "GET", path: probe.path, headers: headersOf(probe) }, at);
  const latencyMs = served.latencyMs ?? process.latencyMs;
  const url = `${probe.scheme.toLowerCase()}://${address}${probe.path}`;
  if (latencyMs >= timeoutSeconds * 1000) return { success: false, message: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`, latencyMs: timeoutSeconds * 1000 };
  if (served.status >= 200 && served.status < 400) return { success: true, message: "", latencyMs };
  return { success: false, message: `HTTP probe failed with statuscode: ${served.status}`, latencyMs };
}

function headersOf(probe: ProbeAction & { kind: "http" }): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, value } of probe.headers) headers[name.toLowerCase()] = value;
  return headers;
}

function refused(probe: ProbeAction, address: string, timeoutSeconds: number): string {
  if (probe.kind === "http") return `Get "${probe.scheme.toLowerCase()}://${address}${probe.path}": dial tcp ${address}: connect: connection refused`;
  if (probe.kind === "grpc") return `timeout: failed to connect service "${address}" within ${timeoutSeconds}s: context deadline exceeded`;
  return `dial tcp ${address}: connect: connection refused`;
}
