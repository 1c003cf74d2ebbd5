/** For tests: runs a script to its end on virtual time and says what it printed and when. */
import { createStream } from "../../../engine/random/index.ts";
import { copyPlain } from "../../../base/plain/index.ts";
import type { Files } from "../filesystem/index.ts";
import type { PacketAnswer } from "../packets/index.ts";
import { packetAnswered, programEnded, runShell, type ShellHost, type ShellMachine, signalShell, startShell } from "./index.ts";

/** How a run went. Times are seconds since the start. */
export interface ShellRun {
  readonly out: string;
  readonly err: string;
  readonly code: number | undefined;
  readonly seconds: number;
  readonly files: Files;
  /** "seconds: text" of each write to the standard output. */
  readonly timed: readonly string[];
}

/** What a test may set. */
export interface ShellSetting {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Answers by "host:port". */
  readonly answers?: Readonly<Record<string, Partial<PacketAnswer>>>;
  /** Programs and the seconds they run. */
  readonly programs?: Readonly<Record<string, number>>;
  /** Stop after so many seconds (default 1000). */
  readonly limitSeconds?: number;
  /** Signals by second. */
  readonly signals?: Readonly<Record<number, string>>;
}

const START = Date.UTC(2026, 0, 5, 8);

/** Runs `sh -c script`. The machine is copied at every pause, so that a state that could not be restored shows. */
export function runScript(script: string, setting: ShellSetting = {}): ShellRun {
  return runArgv(["sh", "-c", script], setting);
}

/** Runs a command line. */
export function runArgv(argv: readonly string[], setting: ShellSetting = {}): ShellRun {
  const written = { stdout: "", stderr: "" };
  const timed: string[] = [];
  const files: Files = { image: { ...setting.files }, written: new Map(), mounts: [] };
  const random = createStream(1, "shell");
  let now = START;
  const later: { at: number; act: (machine: ShellMachine) => void }[] = Object.entries(setting.signals ?? {}).map(([second, signal]) => ({ at: START + Number(second) * 1000, act: (machine) => signalShell(machine, signal) }));
  const host = (): ShellHost => ({
    now, files, hostname: "web-1", ip: "10.244.1.2", namespace: "default", standIn: false, random, nameServer: "10.96.0.10",
    write(stream, text) {
      written[stream] += text;
      if (stream === "stdout") timed.push(`${(now - START) / 1000}: ${text.trimEnd()}`);
    },
    send(task, packet) {
      const answer: PacketAnswer = { type: "packet-answer", outcome: "no-such-host", status: 0, body: "", ...setting.answers?.[`${packet.host}:${packet.port}`] };
      later.push({ at: now + 10, act: (machine) => packetAnswered(machine, task, answer) });
    },
    launch(words) {
      const seconds = setting.programs?.[words[0] ?? ""];
      if (seconds === undefined) return undefined;
      later.push({ at: now + seconds * 1000, act: (machine) => programEnded(machine, 77, 3) });
      return 77;
    },
    kill: () => false,
    processes: () => [{ pid: 1, command: "sh" }],
  });
  let machine = startShell(argv, { PATH: "/bin", ...setting.env }, "/");
  const end = START + (setting.limitSeconds ?? 1000) * 1000;
  for (;;) {
    runShell(machine, host());
    if (machine.exited || machine.replacedBy !== undefined) break;
    machine = copyPlain(machine);
    later.sort((one, other) => one.at - other.at);
    const next = Math.min(machine.wakeAt, later[0]?.at ?? Number.POSITIVE_INFINITY);
    if (next > end) break;
    now = Math.max(now, next);
    while ((later[0]?.at ?? Number.POSITIVE_INFINITY) <= now) later.shift()?.act(machine);
  }
  return { out: written.stdout, err: written.stderr, code: machine.exited ? machine.exitCode : undefined, seconds: (now - START) / 1000, files, timed };
}
