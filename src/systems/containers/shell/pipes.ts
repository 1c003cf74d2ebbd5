/** While a stage of a pipeline sleeps, filters behind it pass on what it has written (`while …; sleep 1; done | tee log`). */
import { lineFilter } from "./commands.ts";
import type { ShellHost } from "./host.ts";
import type { Frame, ShellMachine, Task } from "./machine.ts";
import { ioFor } from "./simple.ts";
import { writeTo } from "./sinks.ts";

/** Flushes the outermost pipeline of a task that waits. */
export function flushPipes(machine: ShellMachine, host: ShellHost, task: Task): void {
  const frame = task.frames.find((other): other is Frame & { f: "pipe" } => other.f === "pipe");
  if (frame === undefined || frame.stage < 0 || frame.stage >= frame.pipeline.stages.length - 1) return;
  let text = machine.buffers.get(frame.buffer) ?? "";
  if (text === "") return;
  const filters = frame.pipeline.stages.slice(frame.stage + 1).map(lineFilter);
  if (filters.some((filter) => filter === undefined)) return;
  machine.buffers.set(frame.buffer, "");
  for (const filter of filters) {
    if (filter === undefined) return;
    const input = text;
    let written = "";
    filter.command.start({ ...ioFor(machine, host, task), stdin: () => input, out: (more) => { written += more; } }, filter.argv);
    text = written;
  }
  writeTo(machine, host, frame.out, text);
}
