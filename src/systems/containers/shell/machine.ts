/**
 * The state of a shell: tasks (the script and what it put into the background), each with a stack of frames that say
 * how far it is. Plain data throughout, so that a script asleep in a loop in a function can be saved and restored.
 */
import type { Command, Pipeline, Script } from "./ast.ts";

/** Where output goes. */
export type Sink =
  | { readonly to: "log"; readonly stream: "stdout" | "stderr" }
  | { readonly to: "file"; readonly path: string }
  | { readonly to: "buffer"; readonly id: number }
  | { readonly to: "null" };

/** Text that is read from, and how far. Shared by all that read it. */
export interface Input {
  readonly text: string;
  at: number;
}

/** What a task waits for. */
export type Wait =
  | { readonly on: "time"; readonly until: number }
  | { readonly on: "packet"; readonly until: number }
  | { readonly on: "program"; readonly pid: number }
  | { readonly on: "file"; readonly path: string; readonly length: number }
  | { readonly on: "tasks"; readonly ids: readonly number[] }
  | { readonly on: "nothing" };

/** What has been saved of a task, to be put back when a frame ends. */
export interface Saved {
  readonly vars: Map<string, string>;
  readonly cwd: string;
  readonly args: readonly string[];
}

/** How far a piece of a script is. */
export type Frame =
  | { readonly f: "list"; readonly script: Script; index: number; ran: number }
  | { readonly f: "pipe"; readonly pipeline: Pipeline; stage: number; buffer: number; readonly out: Sink; readonly input: Input | undefined }
  | { readonly f: "command"; readonly command: Command; readonly results: string[]; phase: number; guarding: boolean; index: number; values: readonly string[]; argv: readonly string[]; readonly out: Sink; readonly err: Sink; readonly input: Input | undefined }
  | { readonly f: "capture"; readonly buffer: number; readonly out: Sink; readonly saved: Saved; readonly results: string[] }
  | { readonly f: "restore"; readonly saved: Saved; readonly all: boolean }
  | { readonly f: "trap"; readonly status: number };

/** One thread of a shell. */
export interface Task {
  readonly id: number;
  frames: Frame[];
  status: number;
  vars: Map<string, string>;
  cwd: string;
  args: readonly string[];
  out: Sink;
  err: Sink;
  input: Input | undefined;
  wait: Wait | undefined;
  /** Result of what it waited for: a packet's answer or a program's exit code. */
  result: unknown;
  readonly functions: Map<string, Command>;
  errexit: boolean;
  xtrace: boolean;
  nounset: boolean;
  /** How many conditions it is in: set -e does not apply there. */
  guarded: number;
  lastBackground: number;
  /** How much of a followed file had been shown when its wait began. */
  seenLength: number;
}

/** A shell. */
export interface ShellMachine {
  /** "sleep 3600", for ps. */
  readonly command: string;
  /** Name before messages: "sh". */
  readonly name: string;
  readonly tasks: Task[];
  nextTask: number;
  readonly buffers: Map<number, string>;
  nextBuffer: number;
  readonly exported: Set<string>;
  readonly traps: Map<string, string>;
  readonly pending: string[];
  exited: boolean;
  exitCode: number;
  /** Earliest time at which it goes on by itself, ms, or Infinity. */
  wakeAt: number;
  /** The program that took its place (exec), by pid. */
  replacedBy: number | undefined;
  /** True while a task waits for a file to grow. */
  watching: boolean;
  /** Naps taken in a row because the script never waits; each is longer, to keep busy loops cheap. */
  naps: number;
}

/** A new task. */
export function createTask(id: number, script: Script, vars: Map<string, string>, cwd: string, args: readonly string[]): Task {
  return {
    id, frames: [{ f: "list", script, index: 0, ran: -1 }], status: 0, vars, cwd, args, out: { to: "log", stream: "stdout" }, err: { to: "log", stream: "stderr" },
    input: undefined, wait: undefined, result: undefined, functions: new Map(), errexit: false, xtrace: false, nounset: false, guarded: 0, lastBackground: 0, seenLength: 0,
  };
}

/** A task's state that subshells and functions put back. */
export function save(task: Task): Saved {
  return { vars: new Map(task.vars), cwd: task.cwd, args: task.args };
}

/** Puts saved state back: all of it after a subshell, only the arguments after a function. */
export function restore(task: Task, saved: Saved, all: boolean): void {
  task.args = saved.args;
  if (!all) return;
  task.vars = saved.vars;
  task.cwd = saved.cwd;
}
