/** Runs the shells of a container (its main process and exec sessions) until each waits, ends or is out of its budget. */
import type { Context } from "../../../engine/bus/index.ts";
import { nextBelow } from "../../../engine/random/index.ts";
import type { CriResponse } from "../cri/index.ts";
import type { Packet, PacketAnswer } from "../packets/index.ts";
import { packetAnswered, programEnded, runShell, type ShellHost, watchedChanged } from "../shell/index.ts";
import { endContainer, PROCESS_TIMER } from "./containers.ts";
import { appendLog } from "./logs.ts";
import { addOneShot, addProgram, baseName, exitReason, isOneShot, isOwnProgram, schedule } from "./programs.ts";
import type { ExecSession, RuntimeContainer, RuntimeState } from "./state.ts";

/** Tag of a packet that a shell sent. */
export interface ShellPacketTag {
  readonly shellOf: string;
  /** Number of the exec session's request, 0 = the main process. */
  readonly session: number;
  readonly task: number;
}

/** How long a program waits for a connection before it says so. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Lets all shells of a container go on. `ended` tells them of a program that has ended. */
export function stepShells(state: RuntimeState, context: Context, container: RuntimeContainer, ended?: { readonly pid: number; readonly code: number }): void {
  const { shell } = container;
  if (shell !== undefined) {
    if (ended !== undefined) programEnded(shell, ended.pid, ended.code);
    runShell(shell, hostOf(state, context, container, undefined));
    if (shell.replacedBy !== undefined) becomeProgram(container, shell.replacedBy);
    else if (shell.exited) {
      endContainer(state, context, container, shell.exitCode, exitReason(shell.exitCode));
      return;
    }
  }
  for (const session of container.execs.slice()) stepSession(state, context, container, session);
  schedule(context, container);
  wakeWatchers(state, context, container);
}

/** Shells of the pod that follow a file are looked at when it has changed (tail -F of a shared volume). */
function wakeWatchers(state: RuntimeState, context: Context, container: RuntimeContainer): void {
  for (const id of state.sandboxes.get(container.sandboxId)?.containers ?? []) {
    const other = state.containers.get(id);
    if (other?.shell?.watching === true && watchedChanged(other.shell, other.files)) context.setTimer(PROCESS_TIMER + id, 0, id);
  }
}

/** exec: the program takes the shell's place as process 1. */
function becomeProgram(container: RuntimeContainer, pid: number): void {
  container.shell = undefined;
  const [main] = container.programs.filter((program) => program.pid === pid);
  if (main !== undefined) container.programs = [{ ...main, pid: 1 }, ...container.programs.filter((program) => program.pid !== pid)];
}

function stepSession(state: RuntimeState, context: Context, container: RuntimeContainer, session: ExecSession): void {
  runShell(session.machine, hostOf(state, context, container, session));
  const timedOut = !session.machine.exited && session.deadline <= context.now;
  if (!session.machine.exited && !timedOut) return;
  container.execs = container.execs.filter((other) => other !== session);
  context.reply(session.request, timedOut ? timeoutAnswer(session) : sessionAnswer(session));
}

function sessionAnswer(session: ExecSession): CriResponse {
  const { exitCode } = session.machine;
  if (session.purpose === "probe") return { type: "cri/probe", success: exitCode === 0, message: session.stdout + session.stderr };
  return { type: "cri/exec", exitCode, stdout: session.stdout, stderr: session.stderr };
}

function timeoutAnswer(session: ExecSession): CriResponse {
  const message = `command timed out: rpc error: code = DeadlineExceeded desc = failed to exec in container: timeout ${session.timeoutSeconds}s exceeded: context deadline exceeded`;
  return session.purpose === "probe" ? { type: "cri/probe", success: false, message } : { type: "cri/error", code: "DeadlineExceeded", message };
}

/** A packet that a shell sent was answered (or failed). */
export function shellPacketAnswered(state: RuntimeState, context: Context, tag: ShellPacketTag, body: PacketAnswer): void {
  const container = state.containers.get(tag.shellOf);
  if (container === undefined || container.state !== "running") return;
  const machine = tag.session === 0 ? container.shell : container.execs.find((session) => session.request === tag.session)?.machine;
  if (machine !== undefined) packetAnswered(machine, tag.task, body);
  stepShells(state, context, container);
}

/** What a shell may do in its container. */
export function hostOf(state: RuntimeState, context: Context, container: RuntimeContainer, session: ExecSession | undefined): ShellHost {
  const sandbox = state.sandboxes.get(container.sandboxId);
  const ip = sandbox?.ip ?? "";
  return {
    now: context.now, files: container.files, hostname: sandbox?.hostname ?? "", ip, namespace: sandbox?.namespace ?? "default", standIn: container.image.standIn, random: context.random, nameServer: "10.96.0.10",
    write(stream, text) {
      if (session === undefined) appendLog(container, context.now, stream, text);
      else session[stream] += text;
    },
    send(task, packet) {
      const tag: ShellPacketTag = { shellOf: container.id, session: session?.request ?? 0, task };
      const message: Packet = { type: "packet", sourceIp: ip, ...packet };
      context.request(state.config.network, message, tag, CONNECT_TIMEOUT_MS, true);
    },
    launch(argv, env) {
      if (!isOwnProgram(container, argv)) return undefined;
      const pid = 10 + nextBelow(context.random, 30_000);
      return (isOneShot(argv) ? addOneShot(context, container, argv, pid) : addProgram(context, container, argv, env, pid)).pid;
    },
    kill(pid) {
      const found = container.programs.some((program) => program.pid === pid);
      container.programs = container.programs.filter((program) => program.pid !== pid);
      return found;
    },
    processes() {
      const main = container.shell === undefined ? [] : [{ pid: 1, command: container.shell.command }];
      return [...main, ...container.programs.map((program) => ({ pid: program.pid, command: baseName(container.config.command?.[0] ?? container.image.repository) }))];
    },
  };
}
