/** Commands about the system: time, identity, processes, environment. */
import { nextUint32 } from "../../../engine/random/index.ts";
import { type CommandIo, type CommandTable, instant, type Outcome, type ShellCommand } from "./command.ts";
import { runWords } from "./commands-flow.ts";
import { evaluateArguments } from "./conditions.ts";

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** sleep 5, 0.5, 1h, infinity: seconds, or undefined for good. */
function sleepSeconds(words: readonly string[]): number | undefined | "invalid" {
  let seconds = 0;
  for (const word of words) {
    if (word === "inf" || word === "infinity") return undefined;
    const found = /^(\d*\.?\d+)([smhd]?)$/.exec(word);
    if (found === null) return "invalid";
    seconds += Number(found[1]) * (UNITS[found[2] ?? ""] ?? 1);
  }
  return seconds;
}

const sleep: ShellCommand = {
  start(io, argv) {
    const seconds = argv.length < 2 ? "invalid" : sleepSeconds(argv.slice(1));
    if (seconds === "invalid") {
      io.err(argv.length < 2 ? "sleep: missing operand\n" : `sleep: invalid number '${argv[1] ?? ""}'\n`);
      return { status: 1 };
    }
    return { wait: seconds === undefined ? { on: "nothing" } : { on: "time", until: io.host.now + seconds * 1000 } };
  },
  resume: () => ({ status: 0 }),
};

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A time by strftime's letters, UTC. */
function formatDate(format: string, at: number): string {
  const date = new Date(at);
  const values: Readonly<Record<string, string>> = {
    Y: String(date.getUTCFullYear()), m: two(date.getUTCMonth() + 1), d: two(date.getUTCDate()), H: two(date.getUTCHours()), M: two(date.getUTCMinutes()), S: two(date.getUTCSeconds()),
    s: String(Math.floor(at / 1000)), N: String(at % 1000 * 1_000_000).padStart(9, "0"), a: DAYS[date.getUTCDay()] ?? "", b: MONTHS[date.getUTCMonth()] ?? "", e: String(date.getUTCDate()).padStart(2, " "),
    F: date.toISOString().slice(0, 10), T: date.toISOString().slice(11, 19), Z: "UTC", z: "+0000", y: two(date.getUTCFullYear() % 100), j: "001", u: String(date.getUTCDay() || 7), n: "\n", "%": "%", R: date.toISOString().slice(11, 16),
  };
  return format.replace(/%([a-zA-Z%])/g, (all, letter: string) => values[letter] ?? all);
}

function date(io: CommandIo, argv: readonly string[]): number {
  const given = argv.indexOf("-d");
  const text = given < 0 ? undefined : argv[given + 1];
  const at = text === undefined ? io.host.now : text.startsWith("@") ? Number(text.slice(1)) * 1000 : Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.trim().replace(" ", "T")}Z`);
  if (Number.isNaN(at)) {
    io.err(`date: invalid date '${text ?? ""}'\n`);
    return 1;
  }
  const iso = argv.some((word) => word === "-Iseconds" || word === "-Is");
  const format = argv.find((word) => word.startsWith("+"))?.slice(1) ?? (iso ? "%FT%T+00:00" : argv.includes("-I") ? "%F" : "%a %b %e %H:%M:%S UTC %Y");
  io.out(`${formatDate(format, at)}\n`);
  return 0;
}

function printVariables(io: CommandIo, argv: readonly string[]): number {
  const env = io.env();
  const names = argv.slice(1);
  if (names.length === 0) {
    for (const name of Object.keys(env)) io.out(`${name}=${env[name] ?? ""}\n`);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (env[name] === undefined) status = 1;
    else io.out(`${env[name]}\n`);
  }
  return status;
}

function envCommand(io: CommandIo, argv: readonly string[]): Outcome {
  let index = 1;
  for (; index < argv.length && (/^-/.test(argv[index] ?? "") || /^[A-Za-z_]\w*=/.test(argv[index] ?? "")); index++) {
    const word = argv[index] as string;
    const equals = word.indexOf("=");
    if (equals < 0) continue;
    io.task.vars.set(word.slice(0, equals), word.slice(equals + 1));
    io.machine.exported.add(word.slice(0, equals));
  }
  return index < argv.length ? runWords(io, argv.slice(index)) : { status: printVariables(io, ["env"]) };
}

function hostname(io: CommandIo, argv: readonly string[]): number {
  if (argv.includes("-i") || argv.includes("-I")) io.out(`${io.host.ip}\n`);
  else if (argv.includes("-s")) io.out(`${io.host.hostname.split(".")[0] ?? ""}\n`);
  else io.out(`${io.host.hostname}\n`);
  return 0;
}

function processList(io: CommandIo): number {
  io.out("PID   USER     TIME  COMMAND\n");
  for (const { pid, command } of io.host.processes()) io.out(`${String(pid).padStart(5)} root      0:00 ${command}\n`);
  return 0;
}

/** expr 1 + 2, expr a = b. */
function expr(io: CommandIo, argv: readonly string[]): number {
  const words = argv.slice(1);
  const [left = "", operator = "", right = ""] = words;
  const one = Number(left);
  const other = Number(right);
  const results: Readonly<Record<string, number | undefined>> = { "+": one + other, "-": one - other, "*": one * other, "/": Math.trunc(one / other), "%": one % other };
  const compared = operator === "=" || operator === "!=" ? evaluateArguments(io.host.files, io.task, words) : operator === "<" ? one < other : operator === ">" ? one > other : operator === ">=" ? one >= other : operator === "<=" ? one <= other : undefined;
  const text = words.length === 1 ? left : String(results[operator] ?? (compared === true ? 1 : 0));
  io.out(`${text}\n`);
  return text === "0" || text === "" ? 1 : 0;
}

function xargs(io: CommandIo, argv: readonly string[]): Outcome {
  const words = argv.slice(1).filter((word) => !/^-/.test(word));
  return runWords(io, [...(words.length === 0 ? ["echo"] : words), ...io.stdin().split(/\s+/).filter((word) => word !== "")]);
}

function print(text: string | ((io: CommandIo) => string)): ShellCommand {
  return instant((io) => {
    io.out(`${typeof text === "string" ? text : text(io)}\n`);
    return 0;
  });
}

/** nginx -s quit and the like, from hooks: the server hears of it as a signal to process 1. */
function killAll(io: CommandIo, argv: readonly string[]): number {
  const probing = argv.includes("-0");
  const found = io.host.processes().length > 0;
  if (!probing && found) for (const { pid } of io.host.processes()) if (pid !== 1) io.host.kill(pid, "TERM");
  return found ? 0 : 1;
}

/** Commands about the system. */
export const SYSTEM_COMMANDS: CommandTable = {
  sleep, usleep: { start: (io, argv) => ({ wait: { on: "time", until: io.host.now + Number(argv[1] ?? "0") / 1000 } }) }, pause: { start: () => ({ wait: { on: "nothing" } }) },
  date: instant(date), env: { start: envCommand }, printenv: instant(printVariables), hostname: instant(hostname), ps: instant(processList), top: instant(processList), expr: instant(expr),
  xargs: { start: xargs }, whoami: print("root"), id: print("uid=0(root) gid=0(root) groups=0(root)"), logname: print("root"), arch: print("x86_64"), nproc: print("4"), tty: print("not a tty"),
  uname: instant((io, argv) => { io.out(`${argv.includes("-a") ? `Linux ${io.host.hostname} 6.12.0-orrery #1 SMP x86_64 Linux` : argv.includes("-r") ? "6.12.0-orrery" : argv.includes("-n") ? io.host.hostname : argv.includes("-m") ? "x86_64" : "Linux"}\n`); return 0; }),
  uptime: print((io) => ` ${formatDate("%T", io.host.now)} up 1 day,  0 users,  load average: 0.00, 0.00, 0.00`),
  uuidgen: print((io) => Array.from({ length: 4 }, () => nextUint32(io.host.random).toString(16).padStart(8, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")),
  free: print("              total        used        free      shared  buff/cache   available\nMem:        8000000     1000000     6000000       10000     1000000     6900000"),
  df: print("Filesystem           1K-blocks      Used Available Use% Mounted on\noverlay              102400000  12000000  90400000  12% /"),
  dd: instant(() => 0), fallocate: instant(() => 0), stty: instant(() => 0), clear: instant(() => 0), killall: instant(killAll), pkill: instant(killAll), pgrep: instant((io) => (io.host.processes().length > 0 ? 0 : 1)),
  which: instant((io, argv) => { io.out(`/bin/${argv[1] ?? ""}\n`); return 0; }), type: instant((io, argv) => { io.out(`${argv[1] ?? ""} is /bin/${argv[1] ?? ""}\n`); return 0; }),
  apk: instant(() => 0), "apt-get": instant(() => 0), apt: instant(() => 0), yum: instant(() => 0), "update-ca-certificates": instant(() => 0), nodetool: instant(() => 0), jobs: instant(() => 0),
};
