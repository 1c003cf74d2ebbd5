/**
 * A POSIX shell subset on virtual time. A machine is plain data; {@link runShell} lets it go on until everything in it
 * waits (for time, an answer, a program, a file) or has ended.
 */
import { type Files, readFile } from "../filesystem/index.ts";
import type { PacketAnswer } from "../packets/index.ts";
import { isShell } from "./commands.ts";
import { createTask, type ShellMachine } from "./machine.ts";
import { literalScript } from "./parse.ts";
import { signalName } from "./commands-flow.ts";

export { isKnownCommand, isShellCommand } from "./commands.ts";
export type { ProcessRow, ShellHost } from "./host.ts";
export type { ShellMachine } from "./machine.ts";
export { runShell } from "./run.ts";

/** A shell about to run a command line: a shell with a script, or one tool. `interactive`: a shell without a script waits for a person. */
export function startShell(argv: readonly string[], env: Readonly<Record<string, string>>, cwd: string, interactive = false): ShellMachine {
  const program = argv[0] ?? "sh";
  const waits = interactive && isShell(program) && argv.slice(1).every((word) => word.startsWith("-") && !word.includes("c"));
  const script = literalScript(waits ? ["sleep", "infinity"] : argv);
  const vars = new Map(Object.entries(env));
  vars.set("PWD", cwd);
  return {
    command: argv.join(" "), name: isShell(program) ? program.slice(program.lastIndexOf("/") + 1) : "sh", tasks: [createTask(0, script, vars, cwd, [program])], nextTask: 1, buffers: new Map(), nextBuffer: 1,
    exported: new Set(Object.keys(env)), traps: new Map(), pending: [], exited: false, exitCode: 0, wakeAt: 0, replacedBy: undefined, watching: false, naps: 0,
  };
}

/** True when a file that a task follows has grown or was replaced. */
export function watchedChanged(machine: ShellMachine, files: Files): boolean {
  return machine.tasks.some(({ wait }) => wait?.on === "file" && (readFile(files, wait.path) ?? "").length !== wait.length);
}

/** A signal for the shell: its trap runs when it can; process 1 ignores what it has no trap for. */
export function signalShell(machine: ShellMachine, signal: string): void {
  const name = signalName(signal);
  if (machine.traps.has(name)) machine.pending.push(name);
}

/** A program that the shell started has ended. */
export function programEnded(machine: ShellMachine, pid: number, code: number): void {
  for (const task of machine.tasks) {
    if (task.wait?.on !== "program" || task.wait.pid !== pid) continue;
    task.wait = undefined;
    task.result = code;
  }
}

/** A packet that a task sent was answered. */
export function packetAnswered(machine: ShellMachine, task: number, answer: PacketAnswer): void {
  const found = machine.tasks.find((other) => other.id === task);
  if (found?.wait?.on !== "packet") return;
  found.wait = undefined;
  found.result = answer;
}
