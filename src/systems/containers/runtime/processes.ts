/** What runs in containers: starting, stopping and ending of their processes on virtual time. */
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse } from "../cri/index.ts";
import { catalogueImage } from "../images/index.ts";
import { exhaustsMemoryAt } from "../programs/index.ts";
import { signalShell, startShell } from "../shell/index.ts";
import { answer } from "./answer.ts";
import { containerStatus, endContainer, KILL_TIMER } from "./containers.ts";
import { addOneShot, addProgram, commandLine, environment, exitReason, hasProgram, isOneShot, isOwnProgram, schedule, startEnvironment, stopMainProgram, writeLines } from "./programs.ts";
import { stepShells } from "./shells.ts";
import type { RunningProgram, RuntimeContainer, RuntimeState } from "./state.ts";

/** Exit code after SIGKILL: 128 + 9. */
const SIGKILL_CODE = 137;

/** Starts a created container's process. The answer goes out before the process takes its first step, which may be its last. */
export function startContainer(state: RuntimeState, context: Context, container: RuntimeContainer, request: number): void {
  const problem = prepareStart(state, context, container);
  if (problem !== undefined) {
    answer(context, request, problem);
    return;
  }
  answer(context, request, { type: "cri/ok", containerId: container.id, container: containerStatus(container) });
  runMain(state, context, container, commandLine(container));
}

function prepareStart(state: RuntimeState, context: Context, container: RuntimeContainer): CriResponse | undefined {
  if (container.state !== "created") return { type: "cri/error", code: "Unknown", message: `container "${container.id}" is already in "${container.state}" state` };
  const argv = commandLine(container);
  const problem = startProblem(container, argv);
  if (problem !== undefined) return { type: "cri/error", code: "StartError", message: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${problem}: unknown` };
  container.state = "running";
  container.startedAt = context.now;
  if (state.crashes.size > 0) container.crashesAt = crashTime(state, container, context.now);
  return undefined;
}

/** Why the kernel can't start a command, in runc's words; undefined = it can. */
function startProblem(container: RuntimeContainer, argv: readonly string[]): string | undefined {
  const program = argv[0] ?? "";
  if (program === "") return `exec: "": executable file not found in $PATH`;
  if (hasProgram(container, program)) return undefined;
  return program.startsWith("/") ? `exec: ${JSON.stringify(program)}: stat ${program}: no such file or directory` : `exec: ${JSON.stringify(program)}: executable file not found in $PATH`;
}

/** When a container that a person lets crash will do so. */
function crashTime(state: RuntimeState, container: RuntimeContainer, now: number): number {
  const sandbox = state.sandboxes.get(container.sandboxId);
  return now + (state.crashes.get(`${sandbox?.namespace ?? ""}/${sandbox?.podName ?? ""}/${container.config.name}`) ?? Number.POSITIVE_INFINITY);
}

function runMain(state: RuntimeState, context: Context, container: RuntimeContainer, argv: readonly string[]): void {
  if (isOwnProgram(container, argv)) {
    if (isOneShot(argv)) addOneShot(context, container, argv, 1);
    else addProgram(context, container, argv, startEnvironment(container.config), 1);
    schedule(context, container);
    return;
  }
  container.shell = startShell(argv, environment(container.config), container.config.workingDir ?? catalogueImage(container.image.repository)?.workingDir ?? "/", container.config.stdin === true || container.config.tty === true);
  stepShells(state, context, container);
}

/** Ends what is due: programs that run out of memory or to their end, and a process that leaves after its stop signal. */
export function endDue(state: RuntimeState, context: Context, container: RuntimeContainer): void {
  const { now } = context;
  if (container.crashesAt <= now) {
    endContainer(state, context, container, 1, "Error");
    return;
  }
  if (container.leavesAt <= now) {
    endContainer(state, context, container, container.programs[0]?.process.stopCode ?? 143, exitReason(container.programs[0]?.process.stopCode ?? 143));
    return;
  }
  for (const program of container.programs.slice()) {
    if (exhaustsMemoryAt(program.process, container.config.memoryLimitBytes) <= now) {
      outOfMemory(state, context, container);
      return;
    }
    if (program.ends !== undefined && program.ends.at <= now) programEnds(state, context, container, program);
    if (container.state !== "running") return;
  }
}

function outOfMemory(state: RuntimeState, context: Context, container: RuntimeContainer): void {
  const sandbox = state.sandboxes.get(container.sandboxId);
  context.note("OOMKilled", `pods/${sandbox?.namespace ?? ""}/${sandbox?.podName ?? ""}`, { container: container.config.name, limitBytes: container.config.memoryLimitBytes ?? 0 });
  endContainer(state, context, container, SIGKILL_CODE, "OOMKilled");
}

function programEnds(state: RuntimeState, context: Context, container: RuntimeContainer, program: RunningProgram): void {
  const ends = program.ends;
  if (ends === undefined) return;
  writeLines(container, context.now, ends.lines, program.process.ports[0]);
  container.programs = container.programs.filter((other) => other !== program);
  if (program.pid === 1) endContainer(state, context, container, ends.code, exitReason(ends.code));
  else stepShells(state, context, container, { pid: program.pid, code: ends.code });
}

/** Stops a container: its stop signal now, SIGKILL after the grace period. The request is answered when it has stopped. */
export function stopContainer(state: RuntimeState, context: Context, container: RuntimeContainer, timeoutSeconds: number, request: number): void {
  if (container.state !== "running") {
    answer(context, request, { type: "cri/ok", container: containerStatus(container) });
    return;
  }
  container.stopping.push(request);
  if (timeoutSeconds <= 0) {
    endContainer(state, context, container, SIGKILL_CODE, "Error");
    return;
  }
  context.setTimer(KILL_TIMER + container.id, timeoutSeconds * 1000, container.id);
  if (container.stopAskedAt !== 0) return;
  container.stopAskedAt = context.now;
  signalMain(state, context, container, stopSignal(container));
}

function stopSignal(container: RuntimeContainer): string {
  return container.config.stopSignal ?? catalogueImage(container.image.repository)?.stopSignal ?? "SIGTERM";
}

/** Gives a signal to process 1. */
export function signalMain(state: RuntimeState, context: Context, container: RuntimeContainer, signal: string): void {
  if (signal === "SIGKILL") {
    endContainer(state, context, container, SIGKILL_CODE, "Error");
    return;
  }
  if (container.shell !== undefined) {
    signalShell(container.shell, signal);
    stepShells(state, context, container);
    return;
  }
  stopMainProgram(context, container);
}

/** The grace period is over. */
export function killAfterGrace(state: RuntimeState, context: Context, container: RuntimeContainer): void {
  endContainer(state, context, container, SIGKILL_CODE, "Error");
}
