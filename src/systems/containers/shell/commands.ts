/** All commands of the shell by name. */
import type { Command } from "./ast.ts";
import type { CommandTable, ShellCommand } from "./command.ts";
import { FILE_COMMANDS } from "./commands-files.ts";
import { FLOW_COMMANDS } from "./commands-flow.ts";
import { NET_COMMANDS } from "./commands-net.ts";
import { SYSTEM_COMMANDS } from "./commands-system.ts";
import { LINE_FILTERS, TEXT_COMMANDS } from "./commands-text.ts";

const TABLE: CommandTable = { ...FLOW_COMMANDS, ...FILE_COMMANDS, ...TEXT_COMMANDS, ...SYSTEM_COMMANDS, ...NET_COMMANDS };

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The command of a name or a path to it ("/bin/echo"). */
export function findCommand(name: string): ShellCommand | undefined {
  const base = baseName(name);
  return Object.hasOwn(TABLE, base) ? TABLE[base] : undefined;
}

/** Commands that only the shell itself has: they can't be started as a program. */
const BUILTIN_ONLY = new Set([":", "exit", "break", "continue", "return", "export", "readonly", "local", "declare", "typeset", "unset", "set", "shopt", "ulimit", "umask", "hash", "shift", "let", "read", "trap", "wait", "exec", "eval", ".", "source", "command", "builtin", "cd", "type", "jobs"]);
/** What Debian's images lack and BusyBox has, and the other way round. */
const NOT_IN_DEBIAN = new Set(["ash", "wget", "nslookup", "nc", "telnet", "ping", "usleep", "ps", "top", "killall", "apk", "dig", "host", "ncat", "netcat"]);
const NOT_IN_BUSYBOX = new Set(["bash", "dash", "curl", "apt-get", "apt", "yum", "dig", "host", "ncat", "netcat", "sudo", "uuidgen", "tini", "dumb-init", "nodetool", "update-ca-certificates"]);
const DATABASE_TOOLS = new Set(["redis-cli", "mysqladmin", "mysql", "mariadb", "mariadb-admin", "healthcheck.sh", "pg_isready", "psql", "mongosh", "mongo", "rabbitmq-diagnostics", "rabbitmqctl", "nodetool"]);

/** True when an image on a base has the command as a program. Database tools come with their own images, which say so. */
export function isShellCommand(program: string, base: string): boolean {
  const name = baseName(program);
  if (findCommand(name) === undefined || BUILTIN_ONLY.has(name) || DATABASE_TOOLS.has(name)) return false;
  if (base === "debian") return !NOT_IN_DEBIAN.has(name);
  return !NOT_IN_BUSYBOX.has(name);
}

/** True when the shell knows the command at all. */
export function isKnownCommand(program: string): boolean {
  return findCommand(program) !== undefined;
}

/** True for the shells themselves. */
export function isShell(program: string): boolean {
  return ["sh", "bash", "ash", "dash"].includes(baseName(program));
}

/** A filter of literal words, with its command: it can pass on text as it comes. */
export function lineFilter(command: Command): { readonly command: ShellCommand; readonly argv: readonly string[] } | undefined {
  if (command.k !== "simple" || command.redirections.length > 0 || command.substs.length > 0 || command.assignments.length > 0) return undefined;
  const argv: string[] = [];
  for (const { parts } of command.words) {
    let text = "";
    for (const part of parts) {
      if (part.k !== "text") return undefined;
      text += part.text;
    }
    argv.push(text);
  }
  const found = LINE_FILTERS.has(argv[0] ?? "") ? findCommand(argv[0] ?? "") : undefined;
  return found === undefined ? undefined : { command: found, argv };
}
