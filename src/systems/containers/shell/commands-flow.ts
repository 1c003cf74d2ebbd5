/** Commands that steer the script: exit, loops, variables, traps, other scripts, waiting. */
import { readFile, resolvePath } from "../filesystem/index.ts";
import { type CommandIo, type CommandTable, instant, type Outcome, type ShellCommand } from "./command.ts";
import { BadNumber, evaluateArguments } from "./conditions.ts";
import { evaluate } from "./arithmetic.ts";
import { save } from "./machine.ts";
import { literalScript, parseScript } from "./parse.ts";
import { exitTask, leaveLoop, popFrame, pushList, unwindTo } from "./stack.ts";

function jump(run: (io: CommandIo, argv: readonly string[]) => void): ShellCommand {
  return {
    start(io, argv) {
      run(io, argv);
      return "jumped";
    },
  };
}

function loop(keep: boolean): ShellCommand {
  return jump(({ machine, task }, argv) => {
    task.status = 0;
    leaveLoop(machine, task, Number(argv[1] ?? "1"), keep);
  });
}

function returnFrom({ machine, task }: CommandIo, argv: readonly string[]): void {
  const status = argv[1] === undefined ? task.status : Number(argv[1]);
  const found = unwindTo(machine, task, (frame) => frame.f === "restore" || frame.f === "capture");
  if (found && task.frames.at(-1)?.f === "restore") popFrame(machine, task);
  task.status = status;
}

/** Runs words as a command after this one. */
export function runWords(io: CommandIo, words: readonly string[]): Outcome {
  if (words.length === 0) return { status: 0 };
  pushList(io.task, literalScript(words));
  return "jumped";
}

function assignAll({ machine, task }: CommandIo, words: readonly string[], exporting: boolean): number {
  for (const word of words) {
    if (word.startsWith("-")) continue;
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    if (equals >= 0) task.vars.set(name, word.slice(equals + 1));
    if (exporting) machine.exported.add(name);
  }
  return 0;
}

function set({ task }: CommandIo, argv: readonly string[]): number {
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index] as string;
    if (word === "--" || !/^[-+]/.test(word)) {
      task.args = [task.args[0] ?? "sh", ...argv.slice(word === "--" ? index + 1 : index)];
      break;
    }
    const on = word.startsWith("-");
    if (word.slice(1) === "o") {
      if (argv[index + 1] === "errexit") task.errexit = on;
      if (argv[index + 1] === "nounset") task.nounset = on;
      index++;
      continue;
    }
    if (word.includes("e")) task.errexit = on;
    if (word.includes("x")) task.xtrace = on;
    if (word.includes("u")) task.nounset = on;
    if (word.includes("o")) index++;
  }
  return 0;
}

function read(io: CommandIo, argv: readonly string[]): number {
  const { input } = io.task;
  const names = argv.slice(1).filter((word) => !word.startsWith("-"));
  if (input === undefined || input.at >= input.text.length) return 1;
  const end = input.text.indexOf("\n", input.at);
  const line = input.text.slice(input.at, end < 0 ? undefined : end);
  input.at = end < 0 ? input.text.length : end + 1;
  const separators = io.task.vars.get("IFS") ?? " \t";
  let rest = separators === "" ? line : trim(line, separators);
  for (const [index, name] of (names.length === 0 ? ["REPLY"] : names).entries()) {
    const at = index === names.length - 1 || separators === "" ? -1 : [...rest].findIndex((character) => separators.includes(character));
    io.task.vars.set(name, at < 0 ? rest : rest.slice(0, at));
    rest = at < 0 ? "" : trim(rest.slice(at), separators);
  }
  return 0;
}

function trim(text: string, separators: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && separators.includes(text[from] as string)) from++;
  while (to > from && separators.includes(text[to - 1] as string)) to--;
  return text.slice(from, to);
}

function trap({ machine }: CommandIo, argv: readonly string[]): number {
  const [, action = "", ...signals] = argv;
  for (const signal of signals.length === 0 ? [] : signals) {
    const name = signalName(signal);
    if (action === "-") machine.traps.delete(name);
    else machine.traps.set(name, action);
  }
  return 0;
}

const SIGNALS: Readonly<Record<string, string>> = { 0: "EXIT", 1: "HUP", 2: "INT", 3: "QUIT", 9: "KILL", 10: "USR1", 12: "USR2", 15: "TERM" };

/** "TERM" of "SIGTERM", "15" or "TERM". */
export function signalName(text: string): string {
  return SIGNALS[text] ?? text.replace(/^SIG/, "");
}

/** sh, bash: -c script, a file, or the standard input. */
function subShell(io: CommandIo, argv: readonly string[]): Outcome {
  const { task } = io;
  let index = 1;
  let isText = false;
  const flags = { errexit: task.errexit, xtrace: task.xtrace };
  for (; (argv[index] ?? "").startsWith("-"); index++) {
    const word = argv[index] as string;
    if (!word.startsWith("--") && word.includes("c")) isText = true;
    if (word.includes("e") && !word.startsWith("--")) flags.errexit = true;
    if (word.includes("x") && !word.startsWith("--")) flags.xtrace = true;
  }
  const name = argv[index];
  const text = isText ? name ?? "" : name === undefined ? io.stdin() : readFile(io.host.files, resolvePath(task.cwd, name));
  if (text === undefined) {
    io.err(`${argv[0] ?? "sh"}: can't open '${name ?? ""}': No such file or directory\n`);
    return { status: 2 };
  }
  const script = parseScript(text);
  task.frames.push({ f: "restore", saved: save(task), all: true });
  task.args = isText ? (argv.length > index + 1 ? argv.slice(index + 1) : [argv[0] ?? "sh"]) : argv.slice(index);
  Object.assign(task, flags);
  pushList(task, script);
  return "jumped";
}

/** Runs the text of a file in this shell. */
function source(io: CommandIo, argv: readonly string[]): Outcome {
  const text = readFile(io.host.files, resolvePath(io.task.cwd, argv[1] ?? ""));
  if (text === undefined) {
    io.err(`${io.machine.name}: .: can't open '${argv[1] ?? ""}': No such file or directory\n`);
    return { status: 1 };
  }
  pushList(io.task, parseScript(text));
  return "jumped";
}

/** exec: redirections stay, or a program takes the shell's place. */
const execCommand: ShellCommand = {
  start(io, argv) {
    const { task, machine } = io;
    const words = argv.slice(1);
    if (words.length === 0) {
      const frame = task.frames.at(-1);
      task.frames.pop();
      for (const below of task.frames) if (frame?.f === "command" && below.f === "command") Object.assign(below, { out: task.out, err: task.err, input: task.input });
      return "jumped";
    }
    const pid = task.id === 0 ? io.host.launch(words, io.env()) : undefined;
    if (pid !== undefined) {
      machine.replacedBy = pid;
      return { wait: { on: "nothing" } };
    }
    task.frames = [{ f: "list", script: literalScript(words), index: 0, ran: -1 }];
    return "jumped";
  },
};

const waitCommand: ShellCommand = {
  start({ task, machine }, argv) {
    const wanted = argv.slice(1).map((word) => Number(word.replace("%", "")) - 1000);
    const ids = machine.tasks.map((other) => other.id).filter((id) => id !== task.id && id !== 0 && (wanted.length === 0 || wanted.includes(id)));
    return ids.length === 0 ? { status: 0 } : { wait: { on: "tasks", ids } };
  },
  resume: () => ({ status: 0 }),
};

function kill({ machine, host, task }: CommandIo, argv: readonly string[]): number {
  const words = argv.slice(1);
  const flag = words[0]?.startsWith("-") === true ? words.shift()?.slice(1) ?? "TERM" : "TERM";
  const signal = signalName(flag === "s" ? words.shift() ?? "TERM" : flag);
  let status = 0;
  for (const word of words) {
    const pid = Number(word);
    if (pid === 1 || word === "$$") machine.pending.push(signal);
    else if (pid > 1000 && machine.tasks.some((other) => other.id === pid - 1000)) dropTask(machine.tasks, pid - 1000, signal);
    else if (signal !== "0" && signal !== "EXIT" && !host.kill(pid, signal)) status = 1;
  }
  if (machine.pending.length > 0 && task.id !== 0) task.status = 0;
  return status;
}

function dropTask(tasks: { readonly id: number }[], id: number, signal: string): void {
  if (signal === "EXIT") return;
  tasks.splice(tasks.findIndex((task) => task.id === id), 1);
}

function test(io: CommandIo, words: readonly string[]): number {
  try {
    return evaluateArguments(io.host.files, io.task, words) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BadNumber)) throw error;
    io.err(`${io.machine.name}: ${error.message}\n`);
    return 2;
  }
}

/** timeout SECONDS command: the command runs; the limit is honoured for sleep alone (simplified). */
function timeoutCommand(io: CommandIo, argv: readonly string[]): Outcome {
  const words = argv.slice(1);
  while (words[0]?.startsWith("-") === true) words.splice(0, words[0] === "-t" || words[0] === "-s" || words[0] === "-k" ? 2 : 1);
  const seconds = Number.parseFloat(words.shift() ?? "0");
  if (words[0] === "sleep" && Number.parseFloat(words[1] ?? "0") > seconds) {
    pushList(io.task, parseScript(`sleep ${seconds}; (exit 143)`));
    return "jumped";
  }
  return runWords(io, words);
}

/** Commands that steer. */
export const FLOW_COMMANDS: CommandTable = {
  ":": instant(() => 0), true: instant(() => 0), false: instant(() => 1),
  exit: jump(({ machine, task }, argv) => exitTask(machine, task, argv[1] === undefined ? task.status : Number(argv[1]) & 255)),
  break: loop(false), continue: loop(true), return: jump(returnFrom),
  export: instant((io, argv) => assignAll(io, argv.slice(1), true)), readonly: instant((io, argv) => assignAll(io, argv.slice(1), false)),
  local: instant((io, argv) => assignAll(io, argv.slice(1), false)), declare: instant((io, argv) => assignAll(io, argv.slice(1), false)), typeset: instant((io, argv) => assignAll(io, argv.slice(1), false)),
  unset: instant(({ task, machine }, argv) => {
    for (const name of argv.slice(1)) {
      task.vars.delete(name);
      machine.exported.delete(name);
    }
    return 0;
  }),
  set: instant(set), shopt: instant(() => 0), ulimit: instant(() => 0), umask: instant(() => 0), hash: instant(() => 0),
  shift: instant(({ task }, argv) => {
    task.args = [task.args[0] ?? "sh", ...task.args.slice(1 + Number(argv[1] ?? "1"))];
    return 0;
  }),
  let: instant(({ task }, argv) => (evaluate(argv.slice(1).join(","), { get: (name) => task.vars.get(name), set: (name, value) => task.vars.set(name, value) }) === 0 ? 1 : 0)),
  read: instant(read), trap: instant(trap), kill: instant(kill), wait: waitCommand, exec: execCommand,
  test: instant((io, argv) => test(io, argv.slice(1))),
  "[": instant((io, argv) => test(io, argv.slice(1, argv.at(-1) === "]" ? -1 : undefined))),
  eval: { start: (io, argv) => { pushList(io.task, parseScript(argv.slice(1).join(" "))); return "jumped"; } },
  ".": { start: source }, source: { start: source },
  sh: { start: subShell }, bash: { start: subShell }, ash: { start: subShell }, dash: { start: subShell },
  command: { start: (io, argv) => (argv[1] === "-v" ? { status: 0 } : runWords(io, argv.slice(1))) },
  builtin: { start: (io, argv) => runWords(io, argv.slice(1)) }, nohup: { start: (io, argv) => runWords(io, argv.slice(1)) },
  time: { start: (io, argv) => runWords(io, argv.slice(1)) }, nice: { start: (io, argv) => runWords(io, argv.slice(1)) }, "dumb-init": { start: (io, argv) => runWords(io, argv.slice(1)) },
  tini: { start: (io, argv) => runWords(io, argv.slice(argv.indexOf("--") + 1)) }, timeout: { start: timeoutCommand }, sudo: { start: (io, argv) => runWords(io, argv.slice(1)) },
};
