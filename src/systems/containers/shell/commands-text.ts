/** Commands about text: printing and filters. */
import { base64DecodeText, base64EncodeText, sha256Hex } from "../../../base/encoding/index.ts";
import { writeFile, resolvePath } from "../filesystem/index.ts";
import { type CommandIo, type CommandTable, instant, type ShellCommand } from "./command.ts";
import { inputText, parseFlags } from "./commands-files.ts";

/** Backslash escapes of echo -e and printf. */
function unescape(text: string): string {
  return text.replace(/\\(?:([ntrabfv\\e"'])|0?([0-7]{1,3})|x([0-9a-fA-F]{1,2}))/g, (_all, letter: string | undefined, octal: string | undefined, hex: string | undefined) => {
    if (letter === undefined) return String.fromCharCode(octal === undefined ? Number.parseInt(hex ?? "0", 16) : Number.parseInt(octal, 8));
    return { n: "\n", t: "\t", r: "\r", a: "\u0007", b: "\b", f: "\f", v: "\v", e: "\u001b" }[letter] ?? letter;
  });
}

function echo(io: CommandIo, argv: readonly string[]): number {
  let index = 1;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(argv[index] ?? ""); index++) {
    const word = argv[index] as string;
    newline &&= !word.includes("n");
    escapes = word.includes("e") || (escapes && !word.includes("E"));
  }
  const text = argv.slice(index).join(" ");
  io.out(`${escapes ? unescape(text) : text}${newline ? "\n" : ""}`);
  return 0;
}

function printf(io: CommandIo, argv: readonly string[]): number {
  const [, format = "", ...values] = argv;
  let used = 0;
  do {
    const before = used;
    const text = unescape(format).replace(/%(-?0?\d*(?:\.\d+)?)([sdiuxXofcqb%])/g, (_all, width: string, kind: string) => {
      if (kind === "%") return "%";
      return pad(formatValue(values[used++] ?? "", kind, width), width);
    });
    io.out(text);
    if (used === before) break;
  } while (used < values.length);
  return 0;
}

function formatValue(value: string, kind: string, width: string): string {
  const number = Number(value === "" ? "0" : value);
  switch (kind) {
    case "d": case "i": case "u": return String(Math.trunc(Number.isNaN(number) ? 0 : number));
    case "x": return Math.trunc(number).toString(16);
    case "X": return Math.trunc(number).toString(16).toUpperCase();
    case "o": return Math.trunc(number).toString(8);
    case "f": return number.toFixed(Number(width.split(".")[1] ?? "6"));
    case "c": return value.slice(0, 1);
    case "b": return unescape(value);
    default: return value;
  }
}

function pad(text: string, width: string): string {
  const size = Number(/\d+/.exec(width.split(".")[0] ?? "")?.[0] ?? "0");
  if (width.startsWith("-")) return text.padEnd(size);
  return text.padStart(size, /^0/.test(width) ? "0" : " ");
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** A filter: it reads files or the standard input and writes lines. */
function filter(name: string, work: (lines: string[], argv: readonly string[]) => readonly string[], operandsOf: (argv: readonly string[]) => readonly string[]): ShellCommand {
  return instant((io, argv) => {
    const { text, status } = inputText(io, name, operandsOf(argv));
    const lines = work(linesOf(text), argv);
    if (lines.length > 0) io.out(`${lines.join("\n")}\n`);
    return status;
  });
}

function plainOperands(argv: readonly string[]): readonly string[] {
  return parseFlags(argv).operands;
}

/** Operands of commands whose flags take values ("-d ," or "-d,"). */
function operandsBeside(valued: string): (argv: readonly string[]) => readonly string[] {
  return (argv) => {
    const operands: string[] = [];
    for (let index = 1; index < argv.length; index++) {
      const word = argv[index] as string;
      if (word.length === 2 && word.startsWith("-") && valued.includes(word[1] as string)) index++;
      else if (!/^-./.test(word)) operands.push(word);
    }
    return operands;
  };
}

function valueOf(argv: readonly string[], flag: string): string | undefined {
  for (const [index, word] of argv.entries()) {
    if (word === `-${flag}`) return argv[index + 1];
    if (word.startsWith(`-${flag}`) && word.length > 2) return word.slice(2);
  }
  return undefined;
}

function head(lines: string[], argv: readonly string[]): readonly string[] {
  const count = Number(valueOf(argv, "n") ?? argv.find((word) => /^-\d+$/.test(word))?.slice(1) ?? "10");
  return count < 0 ? lines.slice(0, count) : lines.slice(0, count);
}

function grep(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  const pattern = valueOf(argv, "e") ?? operands[0] ?? "";
  const files = valueOf(argv, "e") === undefined ? operands.slice(1) : operands.filter((word) => word !== pattern);
  const source = flags.includes("F") ? pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : flags.includes("E") || argv[0] === "egrep" ? pattern : basicRegex(pattern);
  const expression = new RegExp(flags.includes("w") ? `\\b(?:${source})\\b` : source, flags.includes("i") ? "i" : "");
  const { text, status } = inputText(io, "grep", files);
  const found = linesOf(text).filter((line) => expression.test(line) !== flags.includes("v"));
  if (flags.includes("c")) io.out(`${found.length}\n`);
  else if (!flags.includes("q") && flags.includes("o")) io.out(found.map((line) => `${expression.exec(line)?.[0] ?? ""}\n`).join(""));
  else if (!flags.includes("q") && found.length > 0) io.out(`${found.join("\n")}\n`);
  return found.length > 0 ? 0 : status === 0 ? 1 : 2;
}

/** Basic regular expressions: \( \) \{ \} \| \+ \? are the operators, bare ones are literal. */
function basicRegex(pattern: string): string {
  return pattern.replace(/\\?[(){}|+?]/g, (token) => (token.startsWith("\\") ? token.slice(1) : `\\${token}`)).replace(/\[\[:space:\]\]/g, "\\s").replace(/\[:space:\]/g, "\\s").replace(/\[:digit:\]/g, "\\d").replace(/\[:alnum:\]/g, "A-Za-z0-9");
}

function sed(io: CommandIo, argv: readonly string[]): number {
  const { flags } = parseFlags(argv);
  const inPlace = argv.some((word) => /^-[a-zA-Z]*i/.test(word));
  const operands = operandsBeside("e")(argv);
  const script = valueOf(argv, "e") ?? operands[0] ?? "";
  const files = valueOf(argv, "e") === undefined ? operands.slice(1) : operands;
  const { text, status } = inputText(io, "sed", files);
  const extended = /[rE]/.test(flags);
  const result = linesOf(text).flatMap((line, index, all) => sedLine(script, line, index + 1, all.length, extended, flags.includes("n")));
  const written = result.length > 0 ? `${result.join("\n")}\n` : "";
  if (inPlace && files[0] !== undefined) writeFile(io.host.files, resolvePath(io.task.cwd, files[0]), written, false);
  else io.out(written);
  return status;
}

function sedLine(script: string, line: string, number: number, last: number, extended: boolean, silent: boolean): readonly string[] {
  let text = line;
  const extra: string[] = [];
  for (const part of script.split(/[;\n](?=\s*(?:[\d$/s]|$))/)) {
    const command = /^\s*(?:(\d+|\$)(?:,(\d+|\$))?|\/((?:[^/\\]|\\.)*)\/)?\s*([sdp])?(.*)$/s.exec(part);
    if (command === null || command[4] === undefined) continue;
    const [, from, to, pattern, verb, rest = ""] = command;
    const place = (mark: string): number => (mark === "$" ? last : Number(mark));
    if (from !== undefined && (number < place(from) || number > place(to ?? from))) continue;
    if (pattern !== undefined && !new RegExp(extended ? pattern : basicRegex(pattern)).test(text)) continue;
    if (verb === "d") return extra;
    if (verb === "p") extra.push(text);
    else text = substitute(text, rest, extended);
  }
  return silent ? extra : [...extra, text];
}

function substitute(text: string, rest: string, extended: boolean): string {
  const mark = rest[0] ?? "/";
  const pieces: string[] = [""];
  for (let at = 1; at < rest.length; at++) {
    if (rest[at] === "\\" && at + 1 < rest.length) pieces[pieces.length - 1] += rest[at + 1] === mark ? mark : `\\${rest[at + 1] ?? ""}`;
    else if (rest[at] === mark && pieces.length < 3) {
      pieces.push("");
      continue;
    } else pieces[pieces.length - 1] += rest[at] ?? "";
    if (rest[at] === "\\") at++;
  }
  const [pattern = "", by = "", flags = ""] = pieces;
  const replacement = by.replace(/\$/g, "$$$$").replace(/\\(\d)/g, "$$$1").replace(/(^|[^\\])&/g, "$1$$&").replace(/\\n/g, "\n").replace(/\\([^n])/g, "$1");
  return text.replace(new RegExp(extended ? pattern : basicRegex(pattern), (flags.includes("g") ? "g" : "") + (flags.includes("i") || flags.includes("I") ? "i" : "")), replacement);
}

/** awk '{print $1, $NF}' with an optional /pattern/ or NR==n and -F. */
function awk(io: CommandIo, argv: readonly string[]): number {
  const separator = valueOf(argv, "F");
  const operands = operandsBeside("Fv")(argv);
  const program = /^\s*(?:\/((?:[^/\\]|\\.)*)\/|NR\s*==\s*(\d+))?\s*(?:\{\s*print\s*(.*?)\s*;?\s*\})?\s*$/s.exec(operands[0] ?? "");
  const { text, status } = inputText(io, "awk", operands.slice(1));
  if (program === null) return 2;
  for (const [index, line] of linesOf(text).entries()) {
    if (program[1] !== undefined && !new RegExp(program[1]).test(line)) continue;
    if (program[2] !== undefined && index + 1 !== Number(program[2])) continue;
    const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(new RegExp(separator.length === 1 ? separator.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : separator));
    const printed = (program[3] ?? "") === "" ? line : (program[3] as string).split(",").map((piece) => awkValue(piece.trim(), line, fields)).join(" ");
    io.out(`${printed}\n`);
  }
  return status;
}

function awkValue(expression: string, line: string, fields: readonly string[]): string {
  return (expression.match(/"(?:[^"\\]|\\.)*"|\$NF|\$\d+|NF|NR|\S+/g) ?? []).map((token) => {
    if (token.startsWith('"')) return unescape(token.slice(1, -1));
    if (token === "$0") return line;
    if (token === "$NF") return fields.at(-1) ?? "";
    if (token === "NF") return String(fields.length);
    return token.startsWith("$") ? fields[Number(token.slice(1)) - 1] ?? "" : token;
  }).join("");
}

function cut(lines: string[], argv: readonly string[]): readonly string[] {
  const delimiter = valueOf(argv, "d") ?? "\t";
  const ranges = (valueOf(argv, "f") ?? valueOf(argv, "c") ?? "1").split(",").map((range) => {
    const [from = "1", to] = range.includes("-") ? range.split("-") : [range, range];
    return [Number(from === "" ? "1" : from), to === undefined || to === "" ? Number.POSITIVE_INFINITY : Number(to)] as const;
  });
  const chosen = (index: number): boolean => ranges.some(([from, to]) => index >= from && index <= to);
  if (valueOf(argv, "f") === undefined) return lines.map((line) => [...line].filter((_character, index) => chosen(index + 1)).join(""));
  return lines.map((line) => (line.includes(delimiter) ? line.split(delimiter).filter((_field, index) => chosen(index + 1)).join(delimiter) : line));
}

function characterSet(text: string): string {
  return unescape(text).replace("[:lower:]", "a-z").replace("[:upper:]", "A-Z").replace("[:digit:]", "0-9").replace("[:space:]", " \t\n").replace(/(.)-(.)/g, (_all, from: string, to: string) => {
    let all = "";
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) all += String.fromCharCode(code);
    return all;
  });
}

function translate(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  const from = characterSet(operands[0] ?? "");
  const to = characterSet(operands[1] ?? "");
  let result = "";
  for (const character of io.stdin()) {
    const at = from.indexOf(character);
    const matches = flags.includes("c") ? at < 0 : at >= 0;
    if (!matches) result += character;
    else if (!flags.includes("d")) result += to === "" ? character : to[Math.min(Math.max(at, 0), to.length - 1)] ?? "";
    if (flags.includes("s") && result.length > 1 && result.at(-1) === result.at(-2) && from.includes(result.at(-1) as string)) result = result.slice(0, -1);
  }
  io.out(result);
  return 0;
}

function sort(lines: string[], argv: readonly string[]): readonly string[] {
  const { flags } = parseFlags(argv);
  const compare = flags.includes("n") ? (one: string, other: string) => Number.parseFloat(one) - Number.parseFloat(other) : (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  const sorted = [...lines].sort(compare);
  if (flags.includes("r")) sorted.reverse();
  return flags.includes("u") ? [...new Set(sorted)] : sorted;
}

function unique(lines: string[], argv: readonly string[]): readonly string[] {
  const counted: { line: string; count: number }[] = [];
  for (const line of lines) {
    const last = counted.at(-1);
    if (last?.line === line) last.count++;
    else counted.push({ line, count: 1 });
  }
  return counted.map(({ line, count }) => (parseFlags(argv).flags.includes("c") ? `${String(count).padStart(7)} ${line}` : line));
}

function count(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  const { text, status } = inputText(io, "wc", operands);
  const numbers = { l: text.split("\n").length - 1, w: text.split(/\s+/).filter((word) => word !== "").length, c: text.length };
  const shown = (["l", "w", "c"] as const).filter((flag) => flags === "" || flags.includes(flag)).map((flag) => String(numbers[flag]));
  io.out(`${[...shown, ...operands].join(" ")}\n`);
  return status;
}

function tee(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  const text = io.stdin();
  for (const operand of operands) writeFile(io.host.files, resolvePath(io.task.cwd, operand), text, flags.includes("a"));
  io.out(text);
  return 0;
}

function sequence(io: CommandIo, argv: readonly string[]): number {
  const numbers = argv.slice(1).map(Number);
  const [from, step, to] = numbers.length === 1 ? [1, 1, numbers[0] ?? 0] : numbers.length === 2 ? [numbers[0] ?? 1, 1, numbers[1] ?? 0] : [numbers[0] ?? 1, numbers[1] ?? 1, numbers[2] ?? 0];
  let text = "";
  for (let value = from, printed = 0; (step > 0 ? value <= to : value >= to) && step !== 0 && printed < 100_000; value += step, printed++) text += `${value}\n`;
  io.out(text);
  return 0;
}

function base64(io: CommandIo, argv: readonly string[]): number {
  const { flags, operands } = parseFlags(argv);
  const { text, status } = inputText(io, "base64", operands);
  io.out(/[dD]/.test(flags) || argv.includes("--decode") ? base64DecodeText(text.trim()) ?? "" : `${base64EncodeText(text)}\n`);
  return status;
}

/** Filters that can work on what is there so far. */
export const LINE_FILTERS: ReadonlySet<string> = new Set(["cat", "grep", "egrep", "sed", "awk", "cut", "tr", "tee", "rev"]);

/** Commands about text. */
export const TEXT_COMMANDS: CommandTable = {
  echo: instant(echo), printf: instant(printf), head: filter("head", head, operandsBeside("nc")), grep: instant(grep), egrep: instant(grep), fgrep: instant(grep), sed: instant(sed), awk: instant(awk),
  cut: filter("cut", cut, operandsBeside("dfc")), tr: instant(translate), sort: filter("sort", sort, plainOperands), uniq: filter("uniq", unique, plainOperands), wc: instant(count), tee: instant(tee),
  rev: filter("rev", (lines) => lines.map((line) => [...line].reverse().join("")), plainOperands), tac: filter("tac", (lines) => [...lines].reverse(), plainOperands),
  nl: filter("nl", (lines) => lines.map((line, index) => `${String(index + 1).padStart(6)}\t${line}`), plainOperands), seq: instant(sequence), base64: instant(base64),
  yes: instant((io, argv) => { io.out(`${argv[1] ?? "y"}\n`.repeat(1000)); return 0; }),
  basename: instant((io, argv) => { io.out(`${((argv[1] ?? "").replace(/\/+$/, "").split("/").at(-1) ?? "").replace(new RegExp(`${(argv[2] ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`), "")}\n`); return 0; }),
  dirname: instant((io, argv) => { const path = argv[1] ?? ""; io.out(`${path.includes("/") ? path.slice(0, path.lastIndexOf("/")) || "/" : "."}\n`); return 0; }),
  sha256sum: instant((io, argv) => { const { text, status } = inputText(io, "sha256sum", plainOperands(argv)); io.out(`${sha256Hex(text)}  ${argv[1] ?? "-"}\n`); return status; }),
  md5sum: instant((io, argv) => { const { text, status } = inputText(io, "md5sum", plainOperands(argv)); io.out(`${sha256Hex(text).slice(0, 32)}  ${argv[1] ?? "-"}\n`); return status; }),
};
