/** Where output goes and input comes from. */
import { resolvePath, writeFile } from "../filesystem/index.ts";
import type { ShellHost } from "./host.ts";
import type { ShellMachine, Sink, Task } from "./machine.ts";

/** A buffer takes this much; what a pipe's reader never reads is of no use. */
const MAX_BUFFER = 1_000_000;

/** Writes text to a sink. */
export function writeTo(machine: ShellMachine, host: ShellHost, sink: Sink, text: string): void {
  if (text === "") return;
  if (sink.to === "log") host.write(sink.stream, text);
  else if (sink.to === "buffer") {
    const before = machine.buffers.get(sink.id) ?? "";
    if (before.length < MAX_BUFFER) machine.buffers.set(sink.id, before + text);
  } else if (sink.to === "file") writeFile(host.files, sink.path, text, true);
}

/** The sink of a path; undefined when it can't be written. /dev/termination-log and other devices are files like all others. */
export function openSink(host: ShellHost, task: Task, path: string, append: boolean): Sink | string {
  const full = resolvePath(task.cwd, path);
  if (full === "/dev/null") return { to: "null" };
  if (full === "/dev/stdout" || full === "/proc/1/fd/1" || full === "/dev/console") return { to: "log", stream: "stdout" };
  if (full === "/dev/stderr" || full === "/proc/1/fd/2") return { to: "log", stream: "stderr" };
  const problem = writeFile(host.files, full, "", append);
  return problem ?? { to: "file", path: full };
}
