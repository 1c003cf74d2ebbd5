/** Expansion of words (XCU 2.6): parameters, substitutions' results, arithmetic, field splitting, file names. */
import { type Files, listDirectory, resolvePath } from "../filesystem/index.ts";
import { evaluate } from "./arithmetic.ts";
import type { Word, WordPart } from "./ast.ts";
import type { Task } from "./machine.ts";
import { escapeRegex, matchesPattern, patternSource, removeAffix } from "./pattern.ts";

/** What expansion needs. */
export interface Expansion {
  readonly task: Task;
  readonly results: readonly string[];
  readonly files: Files;
  readonly random: () => number;
  readonly now: number;
}

/** A parameter that is required is missing (${x:?}, set -u): the script ends. */
export class ExpansionError extends Error {}

/** Expands a word to one text, without splitting: assignments, redirections, case. */
export function expandText(expansion: Expansion, word: Word): string {
  let text = "";
  for (const part of word.parts) text += partText(expansion, part);
  return tilde(word, text);
}

function tilde(word: Word, text: string): string {
  const first = word.parts[0];
  return first?.k === "text" && !first.quoted && (text === "~" || text.startsWith("~/")) ? `/root${text.slice(1)}` : text;
}

/** Expands a word for a pattern: what is quoted is literal. */
export function expandPattern(expansion: Expansion, word: Word): string {
  let text = "";
  for (const part of word.parts) text += part.quoted ? partText(expansion, part).replace(/[*?[\]\\]/g, "\\$&") : partText(expansion, part);
  return text;
}

/** Expands words to fields. */
export function expandFields(expansion: Expansion, words: readonly Word[]): string[] {
  const fields: string[] = [];
  for (const word of words) addFields(expansion, word, fields);
  return fields;
}

interface Field {
  text: string;
  pattern: string;
  /** Something quoted is in it: it counts even when empty. */
  quoted: boolean;
  globs: boolean;
}

function addFields(expansion: Expansion, word: Word, fields: string[]): void {
  const simple = word.parts.length === 1 ? word.parts[0] : undefined;
  if (simple?.k === "text" && (simple.quoted || !/[*?[{~]/.test(simple.text))) {
    fields.push(simple.text);
    return;
  }
  const open: Field[] = [];
  let current: Field | undefined;
  const start = (): Field => (current ??= { text: "", pattern: "", quoted: false, globs: false });
  const close = (): void => {
    if (current !== undefined) open.push(current);
    current = undefined;
  };
  for (const part of word.parts) {
    if (part.k === "param" && part.quoted && (part.name === "@" || part.name.endsWith("[@]")) && part.op === "") {
      for (const [index, value] of listOf(expansion, part.name).entries()) {
        if (index > 0) close();
        add(start(), value, true);
      }
    } else if (part.quoted || part.k === "text") add(start(), partText(expansion, part), part.quoted);
    else split(partText(expansion, part), expansion.task.vars.get("IFS") ?? " \t\n", start, close);
  }
  close();
  for (const field of open) pushField(expansion, word, field, fields);
}

function add(field: Field, text: string, quoted: boolean): void {
  field.text += text;
  field.quoted ||= quoted;
  field.globs ||= !quoted && /[*?[]/.test(text);
  field.pattern += quoted ? text.replace(/[*?[\]\\]/g, "\\$&") : text;
}

function split(text: string, separators: string, start: () => Field, close: () => void): void {
  let piece = "";
  for (const character of text) {
    if (!separators.includes(character)) {
      piece += character;
      continue;
    }
    if (piece !== "") add(start(), piece, false);
    piece = "";
    close();
  }
  if (piece !== "") add(start(), piece, false);
}

function pushField(expansion: Expansion, word: Word, field: Field, fields: string[]): void {
  if (field.text === "" && !field.quoted) return;
  const braces = !field.quoted && field.text.includes("{") ? expandBraces(field.text) : [tilde(word, field.text)];
  for (const text of braces) {
    const found = field.globs ? fileNames(expansion, field.pattern) : [];
    if (found.length > 0) fields.push(...found);
    else fields.push(text);
  }
}

/** {a,b} and {1..5}, as bash has them. */
function expandBraces(text: string): string[] {
  const range = /^(.*?)\{(-?\d+)\.\.(-?\d+)\}(.*)$/.exec(text);
  if (range !== null) {
    const first = Number(range[2]);
    const last = Number(range[3]);
    const count = Math.min(Math.abs(last - first) + 1, 10_000);
    const numbers = Array.from({ length: count }, (_unused, index) => first + (last < first ? -index : index));
    return expandBraces(range[1] ?? "").flatMap((prefix) => numbers.flatMap((number) => expandBraces(`${prefix}${number}${range[4] ?? ""}`)));
  }
  const list = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/.exec(text);
  return list === null ? [text] : (list[2] ?? "").split(",").flatMap((piece) => expandBraces(`${list[1] ?? ""}${piece}${list[3] ?? ""}`));
}

function fileNames(expansion: Expansion, pattern: string): string[] {
  const slash = pattern.lastIndexOf("/");
  const directory = slash < 0 ? "" : pattern.slice(0, slash);
  if (/[*?[]/.test(directory)) return [];
  const names = listDirectory(expansion.files, resolvePath(expansion.task.cwd, slash < 0 ? "." : directory === "" ? "/" : directory));
  const last = pattern.slice(slash + 1);
  return names.filter((name) => (!name.startsWith(".") || last.startsWith(".")) && matchesPattern(last, name)).map((name) => (slash < 0 ? name : `${directory}/${name}`));
}

function listOf({ task }: Expansion, name: string): readonly string[] {
  if (name === "@" || name === "*") return task.args.slice(1);
  const array = task.vars.get(`${name.slice(0, name.indexOf("["))}[]`);
  return array === undefined || array === "" ? [] : array.split("\u0000");
}

function partText(expansion: Expansion, part: WordPart): string {
  switch (part.k) {
    case "text": return part.text;
    case "subst": return expansion.results[part.slot] ?? "";
    case "arith": return String(evaluate(expandText(expansion, part.text), { get: (name) => parameter(expansion, name), set: (name, value) => expansion.task.vars.set(name, value) }));
    default: return parameterText(expansion, part);
  }
}

/** The value of a parameter; undefined = unset. */
export function parameter(expansion: Expansion, name: string): string | undefined {
  const { task } = expansion;
  switch (name) {
    case "?": return String(task.status);
    case "#": return String(task.args.length - 1);
    case "@": case "*": return task.args.slice(1).join(" ");
    case "!": return task.lastBackground === 0 ? "" : String(1000 + task.lastBackground);
    case "$": return "1";
    case "-": return task.errexit ? "e" : "";
    case "RANDOM": return String(Math.floor(expansion.random() * 32768));
    case "SECONDS": return String(Math.floor(expansion.now / 1000));
    default:
  }
  if (/^\d+$/.test(name)) return task.args[Number(name)];
  const bracket = name.indexOf("[");
  if (bracket < 0) return task.vars.get(name) ?? task.vars.get(`${name}[]`)?.split("\u0000")[0];
  const index = name.slice(bracket + 1, -1);
  const list = listOf(expansion, name);
  if (index === "@" || index === "*") return list.join(" ");
  const at = evaluate(index.replace(/[${}]/g, ""), { get: (other) => parameter(expansion, other), set: () => undefined });
  return list[at];
}

function parameterText(expansion: Expansion, part: WordPart & { k: "param" }): string {
  const value = parameter(expansion, part.name);
  const { op } = part;
  const isEmpty = value === undefined || (op.startsWith(":") && value === "");
  const argument = (): string => (part.arg === undefined ? "" : expandText(expansion, part.arg));
  switch (op) {
    case "":
      if (value === undefined && expansion.task.nounset && !"@*#".includes(part.name)) throw new ExpansionError(`${part.name}: parameter not set`);
      return value ?? "";
    case "length": return String(part.name === "@" || part.name === "*" ? expansion.task.args.length - 1 : (value ?? "").length);
    case ":-": case "-": return isEmpty ? argument() : value;
    case ":+": case "+": return isEmpty ? "" : argument();
    case ":=": case "=": {
      if (!isEmpty) return value;
      expansion.task.vars.set(part.name, argument());
      return argument();
    }
    case ":?": case "?":
      if (isEmpty) throw new ExpansionError(`${part.name}: ${argument() || "parameter not set or null"}`);
      return value;
    case "#": case "##": case "%": case "%%": return removeAffix(value ?? "", argument(), op);
    case "/": case "//": return replace(value ?? "", argument(), op === "//");
    default: return substring(value ?? "", argument());
  }
}

function replace(text: string, argument: string, all: boolean): string {
  const slash = argument.indexOf("/");
  const pattern = slash < 0 ? argument : argument.slice(0, slash);
  const by = slash < 0 ? "" : argument.slice(slash + 1);
  if (pattern === "") return text;
  return text.replace(new RegExp(/[*?[]/.test(pattern) ? patternSource(pattern) : escapeRegex(pattern), all ? "g" : ""), () => by);
}

/** ${x:offset:length}. */
function substring(text: string, argument: string): string {
  const [offset = "0", length] = argument.split(":");
  const from = Number(offset) < 0 ? Math.max(text.length + Number(offset), 0) : Number(offset);
  return length === undefined ? text.slice(from) : text.slice(from, Number(length) < 0 ? text.length + Number(length) : from + Number(length));
}
