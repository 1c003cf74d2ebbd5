/** What a command of the shell gets and gives. */
import type { ShellHost } from "./host.ts";
import type { ShellMachine, Task, Wait } from "./machine.ts";

/** A command's surroundings for one call. */
export interface CommandIo {
  readonly machine: ShellMachine;
  readonly task: Task;
  readonly host: ShellHost;
  /** Writes to the standard output. */
  out(text: string): void;
  /** Writes to the standard error. */
  err(text: string): void;
  /** Takes all that is left of the standard input. */
  stdin(): string;
  /** Exported variables. */
  env(): Record<string, string>;
}

/** It ended, it waits, or it did something to the frames of its task (loops, functions, exit). */
export type Outcome = { readonly status: number } | { readonly wait: Wait } | "jumped";

/** A command: `start` runs it, `resume` goes on after what it waited for. */
export interface ShellCommand {
  start(io: CommandIo, argv: readonly string[]): Outcome;
  resume?(io: CommandIo, argv: readonly string[], result: unknown): Outcome;
}

/** A command that ends at once: it returns its status. */
export function instant(run: (io: CommandIo, argv: readonly string[]) => number): ShellCommand {
  return { start: (io, argv) => ({ status: run(io, argv) }) };
}

/** Commands by name. */
export type CommandTable = Readonly<Record<string, ShellCommand>>;
