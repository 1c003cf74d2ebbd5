/** Frames of a task: pushing lists, and leaving frames in good order, also when a script jumps out of them. */
import type { Script } from "./ast.ts";
import { type Frame, restore, type ShellMachine, type Task } from "./machine.ts";

/** Runs a script next. */
export function pushList(task: Task, script: Script): void {
  task.frames.push({ f: "list", script, index: 0, ran: -1 });
}

/** Leaves the top frame: what it changed is put back; a substitution hands its output over. */
export function popFrame(machine: ShellMachine, task: Task): void {
  const frame = task.frames.pop();
  if (frame === undefined) return;
  switch (frame.f) {
    case "command":
      if (frame.guarding) task.guarded--;
      task.out = frame.out;
      task.err = frame.err;
      task.input = frame.input;
      return;
    case "pipe":
      machine.buffers.delete(frame.buffer);
      task.out = frame.out;
      task.input = frame.input;
      return;
    case "capture": {
      frame.results.push((machine.buffers.get(frame.buffer) ?? "").replace(/\n+$/, ""));
      machine.buffers.delete(frame.buffer);
      task.out = frame.out;
      restore(task, frame.saved, true);
      return;
    }
    case "restore": restore(task, frame.saved, frame.all); return;
    default:
  }
}

/** Leaves frames until one fits (which stays), or none is left. True when one was found. */
export function unwindTo(machine: ShellMachine, task: Task, fits: (frame: Frame) => boolean): boolean {
  while (task.frames.length > 0) {
    if (fits(task.frames.at(-1) as Frame)) return true;
    popFrame(machine, task);
  }
  return false;
}

/** exit: ends the innermost subshell or substitution, or the whole task. */
export function exitTask(machine: ShellMachine, task: Task, status: number): void {
  task.status = status;
  unwindTo(machine, task, (frame) => frame.f === "capture" || frame.f === "trap" || (frame.f === "restore" && frame.all));
  if (task.frames.at(-1)?.f === "trap") task.frames.length = 0;
}

/** break and continue: true when a loop was found; `levels` counts from the innermost. */
export function leaveLoop(machine: ShellMachine, task: Task, levels: number, keep: boolean): boolean {
  const isLoop = (frame: Frame): boolean => frame.f === "command" && (frame.command.k === "while" || frame.command.k === "for");
  if (!task.frames.some(isLoop)) return false;
  for (let level = levels; level > 0; level--) {
    unwindTo(machine, task, isLoop);
    if (level > 1 && task.frames.filter(isLoop).length > 1) popFrame(machine, task);
    else break;
  }
  if (!keep) popFrame(machine, task);
  return true;
}
