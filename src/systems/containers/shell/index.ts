/** A POSIX shell subset on virtual time. */
import type { PacketAnswer } from "../packets/index.ts";
import type { ShellHost } from "./host.ts";
export type { ProcessRow, ShellHost } from "./host.ts";
export interface ShellMachine { wakeAt: number; exited: boolean; exitCode: number; replacedBy: number | undefined; watching: boolean; command: string }
export function isShellCommand(_program: string, _base: string): boolean { return ["sh", "bash", "sleep"].includes(_program.split("/").at(-1) ?? ""); }
export function startShell(argv: readonly string[], _env: Readonly<Record<string, string>>, _cwd: string): ShellMachine { return { wakeAt: Number.POSITIVE_INFINITY, exited: false, exitCode: 0, replacedBy: undefined, watching: false, command: argv.join(" ") }; }
export function runShell(_machine: ShellMachine, _host: ShellHost): void { /* nothing yet */ }
export function signalShell(_machine: ShellMachine, _signal: string): void { /* nothing yet */ }
export function programEnded(_machine: ShellMachine, _pid: number, _code: number): void { /* nothing yet */ }
export function packetAnswered(_machine: ShellMachine, _task: number, _answer: PacketAnswer): void { /* nothing yet */ }
