/** Commands about files. */
import { type Files, isDirectory, listDirectory, makeDirectory, pathExists, readFile, removePath, resolvePath, writeFile } from "../filesystem/index.ts";
import { rfc3339 } from "../../../base/time/index.ts";
import { type CommandIo, type CommandTable, instant, type ShellCommand } from "./command.ts";

interface Parsed {
  readonly flags: string;
  readonly operands: readonly string[];
}

/** Flags (all letters after single dashes) and operands. */
export function parseFlags(argv: readonly string[]): Parsed {
  const operands: string[] = [];
  let flags = "";
  let open = true;
  for (const word of argv.slice(1)) {
    if (open && word === "--") open = false;
    else if (open && /^-[A-Za-z0-9]/.test(word)) flags += word.slice(1);
    else if (!(open && word.startsWith("--"))) operands.push(word);
  }
  return { flags, operands };
}

function at(io: CommandIo, path: string): string {
  return resolvePath(io.task.cwd, path);
}

/** The text of the operands' files one after another, or of the standard input; problems go to the standard error. */
export function inputText(io: CommandIo, name: string, operands: readonly string[]): { readonly text: string; readonly status: number } {
  if (operands.length === 0) return { text: io.stdin(), status: 0 };
  let text = "";
  let status = 0;
  for (const operand of operands) {
    const content = operand === "-" ? io.stdin() : operand === "/dev/null" ? "" : readFile(io.host.files, at(io, operand));
    if (content !== undefined) text += content;
    else {
      status = 1;
      io.err(isDirectory(io.host.files, at(io, operand)) ? `${name}: ${operand}: Is a directory\n` : `${name}: can't open '${operand}': No such file or directory\n`);
    }
  }
  return { text, status };
}

function cat(io: CommandIo, argv: readonly string[]): number {
  const { operands } = parseFlags(argv);
  if (operands.length === 0) {
    io.out(io.stdin());
    return 0;
  }
  let status = 0;
  for (const operand of operands) {
    const found = inputText(io, "cat", [operand]);
    io.out(found.text);
    status ||= found.status;
  }
  return status;
}

function touch(io: CommandIo, argv: readonly string[]): number {
  let status = 0;
  for (const operand of parseFlags(argv).operands) {
    if (pathExists(io.host.files, at(io, operand))) continue;
    status ||= report(io, "touch", operand, writeFile(io.host.files, at(io, operand), "", true));
  }
  return status;
}

function report(io: CommandIo, name: string, operand: string, problem: string | undefined): number {
  if (problem === undefined) return 0;
  io.err(`${name}: ${operand}: ${problem}\n`);
  return 1;
}

function remove(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  const force = flags.includes("f");
  const recursive = /[rR]/.test(flags);
  let status = 0;
  for (const operand of operands) {
    const path = at(io, operand);
    if (!pathExists(io.host.files, path)) {
      if (!force) status = report(io, "rm", `can't remove '${operand}'`, "No such file or directory");
    } else if (!recursive && readFile(io.host.files, path) === undefined) status = report(io, "rm", `'${operand}'`, "is a directory");
    else status ||= report(io, "rm", `can't remove '${operand}'`, removePath(io.host.files, path));
  }
  return status;
}

function makeDirectories(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  let status = 0;
  for (const operand of operands) {
    if (!flags.includes("p") && pathExists(io.host.files, at(io, operand))) status = report(io, "mkdir", `can't create directory '${operand}'`, "File exists");
    else status ||= report(io, "mkdir", `can't create directory '${operand}'`, makeDirectory(io.host.files, at(io, operand)));
  }
  return status;
}

function list(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  const { files } = io.host;
  let status = 0;
  const targets = operands.length === 0 ? ["."] : operands;
  for (const operand of targets) {
    const path = at(io, operand);
    if (readFile(files, path) !== undefined && !isDirectory(files, path)) io.out(`${longName(io, path, operand, flags)}\n`);
    else if (!isDirectory(files, path)) {
      io.err(`ls: ${operand}: No such file or directory\n`);
      status = 1;
    } else {
      if (targets.length > 1) io.out(`${operand}:\n`);
      if (flags.includes("l")) io.out("total 0\n");
      for (const name of listDirectory(files, path)) if (!name.startsWith(".") || /[aA]/.test(flags)) io.out(`${longName(io, path === "/" ? `/${name}` : `${path}/${name}`, name, flags)}\n`);
    }
  }
  return status;
}

function longName(io: CommandIo, path: string, name: string, flags: string): string {
  if (!flags.includes("l")) return name;
  const directory = isDirectory(io.host.files, path);
  const size = readFile(io.host.files, path)?.length ?? 4096;
  return `${directory ? "drwxr-xr-x" : "-rw-r--r--"}    1 root     root     ${String(size).padStart(9)} ${rfc3339(io.host.now).slice(0, 16).replace("T", " ")} ${name}`;
}

/** Files below a path, by path relative to it ("" = the file itself). */
function filesBelow(files: Files, path: string): [string, string][] {
  const own = readFile(files, path);
  if (own !== undefined) return [["", own]];
  return listDirectory(files, path).flatMap((name) => filesBelow(files, path === "/" ? `/${name}` : `${path}/${name}`).map(([below, text]): [string, string] => [below === "" ? name : `${name}/${below}`, text]));
}

function copy(name: "cp" | "mv"): ShellCommand {
  return instant((io, argv) => {
    const { operands } = parseFlags(argv);
    const target = operands.at(-1) ?? "";
    const { files } = io.host;
    let status = 0;
    for (const operand of operands.slice(0, -1)) {
      const from = at(io, operand);
      if (!pathExists(files, from)) {
        if (!io.host.standIn) status = report(io, name, `can't ${name === "cp" ? "stat" : "rename"} '${operand}'`, "No such file or directory");
        continue;
      }
      const into = isDirectory(files, at(io, target)) ? `${at(io, target)}/${operand.split("/").at(-1) ?? ""}` : at(io, target);
      for (const [below, text] of filesBelow(files, from)) status ||= report(io, name, `can't create '${target}'`, writeFile(files, below === "" ? into : `${into}/${below}`, text, false));
      if (name === "mv" && status === 0) removePath(files, from);
    }
    return status;
  });
}

function find(io: CommandIo, argv: readonly string[]): number {
  const start = argv[1]?.startsWith("-") === false ? argv[1] : ".";
  const name = argv[argv.indexOf("-name") + 1];
  const pattern = argv.includes("-name") ? new RegExp(`^${(name ?? "").replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`) : undefined;
  for (const [below] of filesBelow(io.host.files, at(io, start))) {
    const path = below === "" ? start : `${start.replace(/\/$/, "")}/${below}`;
    if (pattern === undefined || pattern.test(path.split("/").at(-1) ?? "")) io.out(`${path}\n`);
  }
  return 0;
}

const tail: ShellCommand = {
  start(io, argv) {
    const { follow, lines, from, operands } = tailOptions(argv);
    const path = operands[0];
    const content = path === undefined ? io.stdin() : readFile(io.host.files, at(io, path)) ?? "";
    if (path !== undefined && !follow && !pathExists(io.host.files, at(io, path))) {
      io.err(`tail: can't open '${path}': No such file or directory\n`);
      return { status: 1 };
    }
    const all = content.split("\n");
    const ended = content.endsWith("\n") || content === "";
    if (ended) all.pop();
    const shown = from === undefined ? all.slice(Math.max(all.length - lines, 0)) : all.slice(Math.max(from - 1, 0));
    if (shown.length > 0) io.out(`${shown.join("\n")}${ended ? "\n" : ""}`);
    if (!follow || path === undefined) return { status: 0 };
    if (path === "/dev/null") return { wait: { on: "nothing" } };
    return { wait: { on: "file", path: at(io, path), length: content.length } };
  },
  resume(io, argv) {
    const path = at(io, tailOptions(argv).operands[0] ?? "");
    const content = readFile(io.host.files, path) ?? "";
    const before = io.task.seenLength;
    io.out(content.length >= before ? content.slice(before) : content);
    return { wait: { on: "file", path, length: content.length } };
  },
};

function tailOptions(argv: readonly string[]): { readonly follow: boolean; readonly lines: number; readonly from: number | undefined; readonly operands: readonly string[] } {
  let lines = 10;
  let from: number | undefined;
  let follow = false;
  const operands: string[] = [];
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index] as string;
    const count = /^-(?:n=?)?([+-]?\d+)$/.exec(word)?.[1] ?? (word === "-n" || word === "-c" ? argv[++index] : undefined);
    if (count !== undefined) {
      if (count.startsWith("+")) from = Number(count.slice(1));
      else lines = Math.abs(Number(count));
    } else if (/^-[fFq]+$|^--follow/.test(word)) follow ||= /[fF]/.test(word);
    else if (!word.startsWith("-")) operands.push(word);
  }
  return { follow, lines, from, operands };
}

function quiet(): number {
  return 0;
}

/** Commands about files. */
export const FILE_COMMANDS: CommandTable = {
  cat: instant(cat), touch: instant(touch), rm: instant(remove), rmdir: instant(remove), mkdir: instant(makeDirectories), ls: instant(list), cp: copy("cp"), mv: copy("mv"), find: instant(find), tail,
  cd: instant((io, argv) => {
    const path = at(io, argv[1] ?? "/root");
    if (!isDirectory(io.host.files, path)) return report(io, `${io.machine.name}: cd`, `can't cd to ${argv[1] ?? ""}`, "No such file or directory");
    io.task.cwd = path;
    io.task.vars.set("PWD", path);
    return 0;
  }),
  pwd: instant((io) => { io.out(`${io.task.cwd}\n`); return 0; }),
  stat: instant((io, argv) => {
    const operand = parseFlags(argv).operands.at(-1) ?? "";
    if (!pathExists(io.host.files, at(io, operand))) return report(io, "stat", `can't stat '${operand}'`, "No such file or directory");
    io.out(`  File: ${operand}\n  Size: ${readFile(io.host.files, at(io, operand))?.length ?? 4096}\nModify: ${rfc3339(io.host.now).replace("T", " ").replace("Z", "")}\n`);
    return 0;
  }),
  mktemp: instant((io) => {
    const path = `/tmp/tmp.${Math.floor(io.host.now % 1_000_000).toString(36)}`;
    writeFile(io.host.files, path, "", false);
    io.out(`${path}\n`);
    return 0;
  }),
  chmod: instant(quiet), chown: instant(quiet), chgrp: instant(quiet), ln: instant(quiet), sync: instant(quiet), mount: instant(quiet), mkfifo: instant(quiet), truncate: instant(quiet),
};
