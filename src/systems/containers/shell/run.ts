/**
 * Walks scripts: one step at a time until every task waits or has ended. Pipelines run stage after stage, each reading
 * what the one before has written; filters behind a stage that sleeps pass on what is there.
 */
import { readFile } from "../filesystem/index.ts";
import type { Command, Script } from "./ast.ts";
import { runCompound } from "./compound.ts";
import type { ShellHost } from "./host.ts";
import { createTask, type Frame, save, type ShellMachine, type Task } from "./machine.ts";
import { parseScript } from "./parse.ts";
import { flushPipes } from "./pipes.ts";
import { pushCommand, runCommand } from "./simple.ts";
import { popFrame, pushList } from "./stack.ts";

/** Steps in one go; a script that never waits then takes a nap, each twice as long as the last up to 32 s. */
const STEP_BUDGET = 20_000;
const FIRST_NAP_MS = 1000;

/** Lets a shell go on as far as it can. */
export function runShell(machine: ShellMachine, host: ShellHost): void {
  if (machine.exited || machine.replacedBy !== undefined) return;
  wake(machine, host);
  deliverSignals(machine);
  let budget = STEP_BUDGET;
  for (let progress = true; progress && budget > 0 && !machine.exited && machine.replacedBy === undefined;) {
    progress = false;
    for (const task of machine.tasks.slice()) {
      while (task.wait === undefined && task.frames.length > 0 && budget-- > 0 && machine.replacedBy === undefined) {
        step(machine, host, task);
        progress = true;
      }
      if (task.frames.length === 0) endTask(machine, task);
    }
    wakeWaiters(machine);
    if (machine.pending.length > 0) deliverSignals(machine);
  }
  if (budget <= 0) nap(machine, host);
  else machine.naps = 0;
  for (const task of machine.tasks) if (task.wait !== undefined) flushPipes(machine, host, task);
  machine.wakeAt = wakeTime(machine);
  machine.watching = machine.tasks.some((task) => task.wait?.on === "file");
}

function nap(machine: ShellMachine, host: ShellHost): void {
  const until = host.now + FIRST_NAP_MS * 2 ** Math.min(machine.naps++, 5);
  for (const task of machine.tasks) task.wait ??= { on: "time", until };
}

function wake(machine: ShellMachine, host: ShellHost): void {
  for (const task of machine.tasks) {
    const { wait } = task;
    if (wait === undefined) continue;
    if (wait.on === "file") {
      if ((readFile(host.files, wait.path) ?? "").length !== wait.length) {
        task.seenLength = wait.length;
        task.wait = undefined;
      }
    } else if ((wait.on === "time" || wait.on === "packet") && wait.until <= host.now) task.wait = undefined;
  }
}

function wakeWaiters(machine: ShellMachine): void {
  for (const task of machine.tasks) {
    const { wait } = task;
    if (wait?.on === "tasks" && !wait.ids.some((id) => machine.tasks.some((other) => other.id === id))) task.wait = undefined;
  }
}

function wakeTime(machine: ShellMachine): number {
  let at = Number.POSITIVE_INFINITY;
  for (const { wait, frames } of machine.tasks) {
    if (wait === undefined && frames.length > 0) return 0;
    if (wait?.on === "time" || wait?.on === "packet") at = Math.min(at, wait.until);
  }
  return at;
}

/** Traps run when the command in the foreground has ended, or while `wait` waits. */
function deliverSignals(machine: ShellMachine): void {
  const main = machine.tasks[0];
  if (main === undefined || machine.pending.length === 0) return;
  if (main.wait !== undefined && main.wait.on !== "tasks") return;
  const signal = machine.pending.shift() as string;
  const action = machine.traps.get(signal);
  if (action === undefined) return;
  main.wait = undefined;
  main.frames.push({ f: "trap", status: main.status }, { f: "list", script: parseScript(action), index: 0, ran: -1 });
}

function endTask(machine: ShellMachine, task: Task): void {
  if (task.id !== 0) {
    const at = machine.tasks.indexOf(task);
    if (at >= 0) machine.tasks.splice(at, 1);
    return;
  }
  const action = machine.traps.get("EXIT");
  if (action !== undefined) {
    machine.traps.delete("EXIT");
    task.frames.push({ f: "trap", status: task.status }, { f: "list", script: parseScript(action), index: 0, ran: -1 });
    return;
  }
  machine.exited = true;
  machine.exitCode = task.status & 255;
}

function step(machine: ShellMachine, host: ShellHost, task: Task): void {
  const frame = task.frames.at(-1) as Frame;
  switch (frame.f) {
    case "list": stepList(machine, task, frame); return;
    case "pipe": stepPipe(machine, task, frame); return;
    case "command": stepCommand(machine, host, task, frame); return;
    case "trap": {
      task.frames.pop();
      task.status = frame.status;
      return;
    }
    default: popFrame(machine, task);
  }
}

function stepList(machine: ShellMachine, task: Task, frame: Frame & { f: "list" }): void {
  const { items } = frame.script;
  const item = items[frame.index];
  const failed = task.status !== 0 && frame.ran === frame.index - 1 && frame.ran >= 0;
  if (failed && task.errexit && task.guarded === 0 && !(items[frame.ran]?.pipeline.negated ?? false) && (item === undefined || item.join === ";")) {
    frame.ran = -1;
    while (task.frames.length > 0 && !isBoundary(task.frames.at(-1) as Frame)) popFrame(machine, task);
    return;
  }
  if (item === undefined) {
    task.frames.pop();
    return;
  }
  frame.index++;
  if ((item.join === "&&" && task.status !== 0) || (item.join === "||" && task.status === 0)) return;
  frame.ran = frame.index - 1;
  const { pipeline } = item;
  if (item.background) fork(machine, task, { items: [{ join: ";", background: false, pipeline }] });
  else if (pipeline.stages.length === 1 && !pipeline.negated) pushCommand(task, pipeline.stages[0] as Command);
  else task.frames.push({ f: "pipe", pipeline, stage: -1, buffer: 0, out: task.out, input: task.input });
}

function isBoundary(frame: Frame): boolean {
  return frame.f === "capture" || (frame.f === "restore" && frame.all);
}

function fork(machine: ShellMachine, task: Task, script: Script): void {
  const { vars, cwd, args } = save(task);
  const child = createTask(machine.nextTask++, script, vars, cwd, args);
  child.out = task.out;
  child.err = task.err;
  for (const [name, body] of task.functions) child.functions.set(name, body);
  machine.tasks.push(child);
  task.lastBackground = child.id;
  task.status = 0;
}

/** One stage is done, or none has begun: the next reads what was written. */
function stepPipe(machine: ShellMachine, task: Task, frame: Frame & { f: "pipe" }): void {
  const { stages, negated } = frame.pipeline;
  if (frame.stage >= 0 && frame.stage < stages.length - 1) {
    task.input = { text: machine.buffers.get(frame.buffer) ?? "", at: 0 };
    machine.buffers.delete(frame.buffer);
  }
  frame.stage++;
  const command = stages[frame.stage];
  if (command === undefined) {
    popFrame(machine, task);
    if (negated) task.status = task.status === 0 ? 1 : 0;
    return;
  }
  if (frame.stage < stages.length - 1) {
    frame.buffer = machine.nextBuffer++;
    task.out = { to: "buffer", id: frame.buffer };
  } else task.out = frame.out;
  pushCommand(task, command);
}

function stepCommand(machine: ShellMachine, host: ShellHost, task: Task, frame: Frame & { f: "command" }): void {
  const { command } = frame;
  const next = command.substs[frame.results.length];
  if (frame.phase === 0 && next !== undefined) {
    const buffer = machine.nextBuffer++;
    task.frames.push({ f: "capture", buffer, out: task.out, saved: save(task), results: frame.results });
    task.out = { to: "buffer", id: buffer };
    pushList(task, next);
    return;
  }
  if (command.k === "simple" || command.k === "test" || command.k === "arithmetic" || command.k === "function") runCommand(machine, host, task, frame);
  else runCompound(machine, host, task, frame);
}
