/** Programs inside containers: which one a command line means, how it is added, and when something happens next by itself. */
import { rfc3339 } from "../../../base/time/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import type { ContainerConfig, EnvironmentVariable } from "../cri/index.ts";
import { readFile } from "../filesystem/index.ts";
import { catalogueImage } from "../images/index.ts";
import { exhaustsMemoryAt, launchProgram, type ProgramPlan } from "../programs/index.ts";
import { isKnownCommand, isShellCommand } from "../shell/index.ts";
import { PROCESS_TIMER } from "./containers.ts";
import type { RunningProgram, RuntimeContainer } from "./state.ts";

/** The command line as the CRI builds it: command replaces the entrypoint, args the image's command. */
export function commandLine(container: RuntimeContainer): readonly string[] {
  const { config, image } = container;
  const known = catalogueImage(image.repository);
  const entrypoint = config.command ?? known?.entrypoint ?? ["/stand-in"];
  const useCmd = config.args === undefined || config.args.length === 0;
  const args = useCmd ? (config.command === undefined ? known?.cmd ?? [] : []) : config.args;
  return unwrapEntrypoint([...entrypoint, ...(args ?? [])], known?.cmd ?? []);
}

/** Entrypoint scripts of official images end in exec "$@"; flags alone go to the image's own command. */
function unwrapEntrypoint(argv: readonly string[], cmd: readonly string[]): readonly string[] {
  const first = baseName(argv[0] ?? "");
  if (!/^(docker-)?(php-)?entrypoint\.sh$|^docker-php-entrypoint$/.test(first)) return argv;
  const rest = argv.slice(1);
  if (rest.length === 0 || (rest[0] ?? "").startsWith("-")) return [...(cmd.slice(0, 1).length > 0 ? cmd.slice(0, 1) : [argv[0] ?? ""]), ...rest];
  return rest;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** True when the image has a program of that name: its own, a shell's tools, or anything in a stand-in. */
export function hasProgram(container: RuntimeContainer, program: string): boolean {
  if (container.image.standIn) return true;
  const known = catalogueImage(container.image.repository);
  const name = baseName(program);
  return known?.commands?.includes(name) === true || known?.tools?.includes(name) === true || (hasShell(container) && isShellCommand(program, known?.base ?? "debian"));
}

/** Why a command can't be run by exec, in runc's words; undefined = it can. */
export function execProblem(container: RuntimeContainer, program: string): string | undefined {
  if (hasProgram(container, program) || (hasShell(container) && isKnownCommand(program))) return undefined;
  if (program.includes("/") && readFile(container.files, program) !== undefined) return undefined;
  const why = program.startsWith("/") ? `stat ${program}: no such file or directory` : "executable file not found in $PATH";
  return `failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(program)}: ${why}: unknown`;
}

/** Images from scratch and distroless ones have no shell. */
export function hasShell(container: RuntimeContainer): boolean {
  const base = catalogueImage(container.image.repository)?.base;
  return base !== "scratch" && base !== "distroless";
}

/** True when the command is the image's own program rather than a tool. */
export function isOwnProgram(container: RuntimeContainer, argv: readonly string[]): boolean {
  const known = catalogueImage(container.image.repository);
  const name = baseName(argv[0] ?? "");
  if (known?.commands?.includes(name) === true) return true;
  return container.image.standIn && !isShellCommand(argv[0] ?? "", "debian");
}

/** The environment of a container's processes. */
export function environment(config: ContainerConfig): Record<string, string> {
  const env: Record<string, string> = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" };
  for (const { name, value } of config.serviceEnv ?? []) env[name] = value;
  for (const { name, value } of config.env) env[name] = value;
  return env;
}

/** Lists of variables are immutable, and shared by many containers. */
const tables = new WeakMap<readonly EnvironmentVariable[], Readonly<Record<string, string>>>();

function tableOf(variables: readonly EnvironmentVariable[]): Readonly<Record<string, string>> {
  const known = tables.get(variables);
  if (known !== undefined) return known;
  const table: Record<string, string> = {};
  for (const { name, value } of variables) table[name] = value;
  tables.set(variables, table);
  return table;
}

/** The environment to look variables up in while a program starts: the shared ones are behind it, not copied into it. Not to be kept. */
export function startEnvironment(config: ContainerConfig): Readonly<Record<string, string>> {
  const env = Object.create(tableOf(config.serviceEnv ?? NO_VARIABLES)) as Record<string, string>;
  for (const { name, value } of config.env) env[name] = value;
  return env;
}

const NO_VARIABLES: readonly EnvironmentVariable[] = [];

/** Runs a program of the image in the container. */
export function addProgram(context: Context, container: RuntimeContainer, argv: readonly string[], env: Readonly<Record<string, string>>, pid: number): RunningProgram {
  const plan: ProgramPlan = launchProgram({
    image: container.image, known: catalogueImage(container.image.repository), argv, env, now: context.now,
    declaredPorts: container.config.ports.map((port) => port.containerPort), cpuLimitMillis: container.config.cpuLimitMillis,
  });
  const program: RunningProgram = plan.ends === undefined ? { pid, process: plan.process } : { pid, process: plan.process, ends: plan.ends };
  container.programs.push(program);
  writeLines(container, plan.process.listeningAt, plan.startLines, plan.process.ports[0]);
  return program;
}

/** Writes a program's lines, with times, ports and names filled in. */
export function writeLines(container: RuntimeContainer, at: number, lines: readonly string[], port: number | undefined): void {
  for (const line of lines) {
    const text = line.includes("{") ? fillIn(line, at, container, port) : line;
    container.log.push({ at, stream: "stdout", text });
  }
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function fillIn(line: string, at: number, container: RuntimeContainer, port: number | undefined): string {
  const iso = rfc3339(at);
  const [year = "", month = "", day = ""] = iso.slice(0, 10).split("-");
  const time = iso.slice(11, 19);
  const name = MONTHS[Number(month) - 1] ?? "";
  return line.replace("{slashdate}", `${year}/${month}/${day} ${time}`).replace("{isodate}", iso).replace("{redisdate}", `${day} ${name} ${year} ${time}.000`)
    .replace("{apachedate}", `${name} ${day} ${time} ${year}`).replace("{port}", String(port ?? "")).replace("{image}", container.image.reference);
}

/** The main program got its stop signal: it leaves when it is done, at once, or not at all. */
export function stopMainProgram(context: Context, container: RuntimeContainer): void {
  const main = container.programs[0];
  if (main === undefined || main.pid !== 1 || main.process.stop === "ignore") return;
  main.process.stoppingAt = context.now;
  if (main.process.stop === "abrupt") container.leavesAt = context.now + Math.min(main.process.stopMs, 5);
  else container.leavesAt = Math.max(context.now + main.process.stopMs, lastAnswer(container) + 1);
  schedule(context, container);
}

function lastAnswer(container: RuntimeContainer): number {
  let at = 0;
  for (const answer of container.serving.values()) at = Math.max(at, answer.at);
  return at;
}

/** Adds a run of the program that only tells something or signals the main one ("nginx -s quit", "redis-server --version"). */
export function addOneShot(context: Context, container: RuntimeContainer, argv: readonly string[], pid: number): RunningProgram {
  const program = addProgram(context, container, argv, {}, pid);
  const oneShot: RunningProgram = { pid, process: { ...program.process, ports: [] }, ends: { at: context.now + 1, code: 0, lines: [] } };
  container.programs[container.programs.indexOf(program)] = oneShot;
  if (argv[1] === "-s" && (argv[2] === "quit" || argv[2] === "stop")) stopMainProgram(context, container);
  return oneShot;
}

/** True for command lines of servers that don't serve. */
export function isOneShot(argv: readonly string[]): boolean {
  return /^(-s|-t|-T|-v|-V|--version|--help|-h)$/.test(argv[1] ?? "");
}

/** Sets the container's timer to the next thing that will happen in it by itself. */
export function schedule(context: Context, container: RuntimeContainer): void {
  const at = nextEventAt(container);
  const name = PROCESS_TIMER + container.id;
  if (at === Number.POSITIVE_INFINITY) {
    if (context.hasTimer(name)) context.cancelTimer(name);
  } else context.setTimer(name, Math.max(0, at - context.now), container.id);
}

function nextEventAt(container: RuntimeContainer): number {
  let at = Math.min(container.leavesAt, container.crashesAt);
  for (const { process, ends } of container.programs) {
    at = Math.min(at, ends?.at ?? Number.POSITIVE_INFINITY, exhaustsMemoryAt(process, container.config.memoryLimitBytes));
  }
  if (container.shell !== undefined) at = Math.min(at, container.shell.wakeAt);
  for (const session of container.execs) at = Math.min(at, session.machine.wakeAt, session.deadline);
  for (const held of container.holds) at = Math.min(at, held.nextAt);
  for (const answer of container.serving.values()) at = Math.min(at, answer.at);
  return at;
}

/** Completed or Error, as containerd's CRI plugin says (internal/cri/server/helpers.go). */
export function exitReason(code: number): string {
  return code === 0 ? "Completed" : "Error";
}
