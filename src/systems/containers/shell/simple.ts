/** Simple commands: assignments, expansion, redirections, and finding what a name means. */
import { nextFloat } from "../../../engine/random/index.ts";
import { isDirectory, readFile, resolvePath } from "../filesystem/index.ts";
import { evaluate } from "./arithmetic.ts";
import type { Command, Redirection } from "./ast.ts";
import type { CommandIo, Outcome } from "./command.ts";
import { findCommand } from "./commands.ts";
import { BadNumber, evaluateTest } from "./conditions.ts";
import { expandFields, expandText, type Expansion, ExpansionError, parameter } from "./expand.ts";
import type { ShellHost } from "./host.ts";
import { type Frame, save, type ShellMachine, type Task } from "./machine.ts";
import { parseScript, ShellSyntaxError } from "./parse.ts";
import { openSink, writeTo } from "./sinks.ts";
import { exitTask, popFrame, pushList } from "./stack.ts";

/** Frames of one task at most: a function that calls itself without end stops here. */
const MAX_DEPTH = 2000;

type CommandFrame = Frame & { f: "command" };

/** Puts a command on the stack. */
export function pushCommand(task: Task, command: Command): void {
  task.frames.push({ f: "command", command, results: [], phase: 0, guarding: false, index: 0, values: [], argv: [], out: task.out, err: task.err, input: task.input });
}

/** What expansion needs of a task. */
export function expansionOf(host: ShellHost, task: Task, results: readonly string[]): Expansion {
  return { task, results, files: host.files, random: () => nextFloat(host.random), now: host.now };
}

/** Runs something that may end the script with an error of expansion. */
export function attempt(machine: ShellMachine, host: ShellHost, task: Task, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof BadNumber) {
      writeTo(machine, host, task.err, `${machine.name}: ${error.message}\n`);
      task.status = 2;
      return;
    }
    if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) throw error;
    writeTo(machine, host, task.err, `${machine.name}: ${error.message}\n`);
    exitTask(machine, task, error instanceof ExpansionError || error instanceof ShellSyntaxError ? 2 : 1);
  }
}

/** The surroundings of a command. */
export function ioFor(machine: ShellMachine, host: ShellHost, task: Task): CommandIo {
  return {
    machine, task, host,
    out: (text) => writeTo(machine, host, task.out, text),
    err: (text) => writeTo(machine, host, task.err, text),
    stdin() {
      const { input } = task;
      if (input === undefined) return "";
      const rest = input.text.slice(input.at);
      input.at = input.text.length;
      return rest;
    },
    env() {
      const env: Record<string, string> = {};
      for (const name of machine.exported) {
        const value = task.vars.get(name);
        if (value !== undefined) env[name] = value;
      }
      return env;
    },
  };
}

/** Begins or goes on with a command that isn't compound. */
export function runCommand(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame): void {
  attempt(machine, host, task, () => {
    if (frame.phase === 2) resume(machine, host, task, frame);
    else if (frame.phase === 3) popFrame(machine, task);
    else begin(machine, host, task, frame);
  });
}

function begin(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame): void {
  const { command } = frame;
  frame.phase = 3;
  if (!redirect(machine, host, task, frame)) {
    task.status = 1;
    return;
  }
  const expansion = expansionOf(host, task, frame.results);
  if (command.k === "function") {
    task.functions.set(command.name, command.body);
    task.status = 0;
  } else if (command.k === "arithmetic") {
    const value = evaluate(expandText(expansion, command.text), { get: (name) => parameter(expansion, name), set: (name, text) => task.vars.set(name, text) });
    task.status = value === 0 ? 1 : 0;
  } else if (command.k === "test") task.status = evaluateTest({ files: host.files, task, expansion }, command.words) ? 0 : 1;
  else if (command.k === "simple") beginSimple(machine, host, task, frame, command, expansion);
}

function beginSimple(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame, command: Command & { k: "simple" }, expansion: Expansion): void {
  const argv = expandFields(expansion, command.words);
  const before = argv.length > 0 && command.assignments.length > 0 ? new Map(task.vars) : undefined;
  const exported: string[] = [];
  for (const { name, value, append, array } of command.assignments) {
    if (array !== undefined) task.vars.set(`${name}[]`, expandFields(expansion, array).join("\u0000"));
    else task.vars.set(name, (append ? task.vars.get(name) ?? "" : "") + expandText(expansion, value));
    if (before !== undefined && !machine.exported.has(name)) {
      machine.exported.add(name);
      exported.push(name);
    }
  }
  if (argv.length === 0) {
    if (command.substs.length === 0) task.status = 0;
    return;
  }
  if (task.xtrace) writeTo(machine, host, task.err, `+ ${argv.join(" ")}\n`);
  const isAssigning = argv[0] === "exec" || argv[0] === "export" || argv[0] === "readonly" || argv[0] === "local";
  const depth = task.frames.length;
  runArgv(machine, host, task, frame, argv);
  const inner = task.frames[depth];
  const vars = inner?.f === "restore" && inner.all ? inner.saved.vars : task.vars;
  if (before !== undefined && !isAssigning) for (const { name } of command.assignments) putBack(vars, before, name);
  for (const name of exported) machine.exported.delete(name);
}

/** name=value before a command holds for that command alone. */
function putBack(vars: Map<string, string>, before: ReadonlyMap<string, string>, name: string): void {
  const value = before.get(name);
  if (value === undefined) vars.delete(name);
  else vars.set(name, value);
}

/** Runs a command line in a command frame. */
export function runArgv(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame, argv: readonly string[]): void {
  const name = argv[0] ?? "";
  const body = task.functions.get(name);
  frame.phase = 3;
  frame.argv = argv;
  if (body !== undefined) {
    if (task.frames.length > MAX_DEPTH) throw new Error(`${name}: maximum function nesting level exceeded`);
    task.frames.push({ f: "restore", saved: save(task), all: false });
    task.args = [task.args[0] ?? "sh", ...argv.slice(1)];
    pushCommand(task, body);
    return;
  }
  const io = ioFor(machine, host, task);
  const script = scriptFile(host, task, name);
  if (script !== undefined) {
    task.frames.push({ f: "restore", saved: save(task), all: true });
    task.args = argv;
    pushList(task, parseScript(script));
    return;
  }
  const command = findCommand(name);
  if (command !== undefined) settle(machine, task, frame, command.start(io, argv));
  else launch(machine, host, task, frame, argv, io);
}

/** A path to a file with a script in it. */
function scriptFile(host: ShellHost, task: Task, name: string): string | undefined {
  return name.includes("/") ? readFile(host.files, resolvePath(task.cwd, name)) : undefined;
}

/** A program of the image, or nothing of that name. */
function launch(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame, argv: readonly string[], io: CommandIo): void {
  const name = argv[0] ?? "";
  const pid = host.launch(argv, io.env());
  if (pid !== undefined) {
    settle(machine, task, frame, { wait: { on: "program", pid } });
    return;
  }
  const path = resolvePath(task.cwd, name);
  const denied = name.includes("/") && isDirectory(host.files, path);
  io.err(`${machine.name}: ${name}: ${denied ? "Permission denied" : "not found"}\n`);
  task.status = denied ? 126 : 127;
}

function resume(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame): void {
  const { result } = task;
  task.result = undefined;
  const command = findCommand(frame.argv[0] ?? "");
  frame.phase = 3;
  if (command?.resume !== undefined) settle(machine, task, frame, command.resume(ioFor(machine, host, task), frame.argv, result));
  else task.status = typeof result === "number" ? result : 0;
}

function settle(_machine: ShellMachine, task: Task, frame: CommandFrame, outcome: Outcome): void {
  if (outcome === "jumped") return;
  if ("status" in outcome) task.status = outcome.status;
  else {
    frame.phase = 2;
    task.wait = outcome.wait;
  }
}

/** Opens a command's redirections; false when one can't be. */
export function redirect(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame): boolean {
  for (const redirection of frame.command.redirections) {
    const target = expandText(expansionOf(host, task, frame.results), redirection.target);
    const problem = redirection.fd === 0 || redirection.op.startsWith("<") ? redirectInput(host, task, redirection, target) : redirectOutput(host, task, redirection, target);
    if (problem === undefined) continue;
    writeTo(machine, host, task.err, `${machine.name}: can't ${redirection.op === "<" ? "open" : "create"} ${target}: ${problem}\n`);
    return false;
  }
  return true;
}

function redirectInput(host: ShellHost, task: Task, redirection: Redirection, target: string): string | undefined {
  if (redirection.op !== "<") {
    task.input = { text: redirection.op === "<<<" ? `${target}\n` : target, at: 0 };
    return undefined;
  }
  const path = resolvePath(task.cwd, target);
  const text = path === "/dev/null" ? "" : readFile(host.files, path);
  if (text === undefined) return "no such file";
  task.input = { text, at: 0 };
  return undefined;
}

function redirectOutput(host: ShellHost, task: Task, redirection: Redirection, target: string): string | undefined {
  if (redirection.op === ">&") {
    if (redirection.fd === 2 && target === "1") task.err = task.out;
    else if (redirection.fd === 1 && target === "2") task.out = task.err;
    return undefined;
  }
  const sink = openSink(host, task, target, redirection.op === ">>");
  if (typeof sink === "string") return sink.toLowerCase();
  if (redirection.fd === 2) task.err = sink;
  else task.out = sink;
  if (redirection.fd === -1) task.err = sink;
  return undefined;
}
