/**
 * A program that runs in a container, as plain data. It costs nothing while idle: whether it listens, how much memory
 * it uses and when it will fail follow from the time.
 */
import type { ProgramSpec } from "../images/index.ts";

/** A running program. Times are ms since the epoch. */
export interface ProgramProcess {
  readonly kind: "program";
  readonly serves: string;
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly startedAt: number;
  readonly listeningAt: number;
  readonly stop: ProgramSpec["stop"];
  readonly stopMs: number;
  readonly stopCode: number;
  latencyMs: number;
  readonly memoryBytes: number;
  /** May be changed by an injected fault. */
  leakBytesPerSecond: number;
  leakSince: number;
  readonly failsAfterMs?: number;
  /** Set when it got its stop signal: a graceful program no longer accepts connections. */
  stoppingAt?: number;
  /** HTTP status of every answer, when a person broke it. */
  broken?: number;
}

/** How a program's run is planned: it runs until something happens, or it ends by itself. */
export interface ProgramPlan {
  readonly process: ProgramProcess;
  readonly startLines: readonly string[];
  readonly ends?: { readonly at: number; readonly code: number; readonly lines: readonly string[] };
}

/** True when it accepts connections to a port. */
export function listensOn(process: ProgramProcess, port: number, now: number): boolean {
  return now >= process.listeningAt && process.stoppingAt === undefined && process.ports.includes(port);
}

/** Working set at a time. */
export function memoryOf(process: ProgramProcess, now: number): number {
  return process.memoryBytes + Math.max(0, now - process.leakSince) / 1000 * process.leakBytesPerSecond;
}

/** When the program will have used up its memory limit: ms since the epoch, or Infinity. */
export function exhaustsMemoryAt(process: ProgramProcess, limitBytes: number | undefined): number {
  if (limitBytes === undefined) return Number.POSITIVE_INFINITY;
  if (process.memoryBytes > limitBytes) return process.listeningAt;
  if (process.leakBytesPerSecond <= 0) return Number.POSITIVE_INFINITY;
  return process.leakSince + Math.ceil((limitBytes - process.memoryBytes) / process.leakBytesPerSecond * 1000);
}
