/** if, while, for, case, groups and subshells: each is a command frame that pushes its parts and looks at the status in between. */
import type { Command, Script } from "./ast.ts";
import { expandFields, expandPattern, expandText } from "./expand.ts";
import type { ShellHost } from "./host.ts";
import { type Frame, save, type ShellMachine, type Task } from "./machine.ts";
import { matchesPattern } from "./pattern.ts";
import { attempt, expansionOf, redirect } from "./simple.ts";
import { popFrame, pushList } from "./stack.ts";

type CommandFrame = Frame & { f: "command" };

/** Goes on with a compound command. */
export function runCompound(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame): void {
  attempt(machine, host, task, () => {
    if (frame.phase === 0) {
      frame.phase = 1;
      if (!redirect(machine, host, task, frame)) {
        task.status = 1;
        popFrame(machine, task);
        return;
      }
    }
    advance(machine, host, task, frame, frame.command);
  });
}

function advance(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame, command: Command): void {
  switch (command.k) {
    case "if": advanceIf(machine, task, frame, command); return;
    case "while": advanceWhile(machine, task, frame, command); return;
    case "for": advanceFor(machine, host, task, frame, command); return;
    case "case": advanceCase(machine, host, task, frame, command); return;
    case "group": advanceOnce(machine, task, frame, command.body, false); return;
    case "subshell": advanceOnce(machine, task, frame, command.body, true); return;
    default: popFrame(machine, task);
  }
}

function condition(task: Task, frame: CommandFrame, script: Script): void {
  frame.phase = 2;
  frame.guarding = true;
  task.guarded++;
  pushList(task, script);
}

function endCondition(task: Task, frame: CommandFrame): boolean {
  frame.guarding = false;
  task.guarded--;
  return task.status === 0;
}

function advanceIf(machine: ShellMachine, task: Task, frame: CommandFrame, command: Command & { k: "if" }): void {
  if (frame.phase === 2 && endCondition(task, frame)) {
    frame.phase = 3;
    task.status = 0;
    pushList(task, (command.clauses[frame.index] as { body: Script }).body);
    return;
  }
  if (frame.phase === 3) {
    popFrame(machine, task);
    return;
  }
  if (frame.phase === 2) frame.index++;
  const clause = command.clauses[frame.index];
  if (clause !== undefined) {
    condition(task, frame, clause.condition);
    return;
  }
  task.status = 0;
  frame.phase = 3;
  if (command.otherwise !== undefined) pushList(task, command.otherwise);
}

function advanceWhile(machine: ShellMachine, task: Task, frame: CommandFrame, command: Command & { k: "while" }): void {
  if (frame.phase === 2) {
    if (endCondition(task, frame) === command.until) {
      task.status = frame.index;
      popFrame(machine, task);
      return;
    }
    frame.phase = 3;
    pushList(task, command.body);
    return;
  }
  if (frame.phase === 3) frame.index = task.status;
  condition(task, frame, command.condition);
}

function advanceFor(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame, command: Command & { k: "for" }): void {
  if (frame.phase === 1) {
    frame.values = command.words === undefined ? task.args.slice(1) : expandFields(expansionOf(host, task, frame.results), command.words);
    frame.phase = 2;
    task.status = 0;
  }
  const value = frame.values[frame.index++];
  if (value === undefined) {
    popFrame(machine, task);
    return;
  }
  task.vars.set(command.name, value);
  pushList(task, command.body);
}

function advanceCase(machine: ShellMachine, host: ShellHost, task: Task, frame: CommandFrame, command: Command & { k: "case" }): void {
  if (frame.phase === 3) {
    popFrame(machine, task);
    return;
  }
  frame.phase = 3;
  const expansion = expansionOf(host, task, frame.results);
  const text = expandText(expansion, command.word);
  task.status = 0;
  const arm = command.arms.find(({ patterns }) => patterns.some((pattern) => matchesPattern(expandPattern(expansion, pattern), text)));
  if (arm !== undefined) pushList(task, arm.body);
}

function advanceOnce(machine: ShellMachine, task: Task, frame: CommandFrame, body: Script, apart: boolean): void {
  if (frame.phase === 3) {
    popFrame(machine, task);
    return;
  }
  frame.phase = 3;
  if (apart) task.frames.push({ f: "restore", saved: save(task), all: true });
  pushList(task, body);
}
