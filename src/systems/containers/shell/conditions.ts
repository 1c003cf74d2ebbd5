/** test, [ ] and [[ ]]. */
import { type Files, isDirectory, pathExists, readFile, resolvePath } from "../filesystem/index.ts";
import type { Word } from "./ast.ts";
import { expandPattern, expandText, type Expansion } from "./expand.ts";
import type { Task } from "./machine.ts";
import { matchesPattern } from "./pattern.ts";

/** What a condition looks at. */
export interface Conditions {
  readonly files: Files;
  readonly task: Task;
  /** Given for [[ ]], whose words are not expanded before. */
  readonly expansion: Expansion | undefined;
}

interface Tokens {
  readonly list: readonly { readonly text: string; readonly pattern: string; readonly operator: boolean }[];
  at: number;
}

/** [[ … ]]. */
export function evaluateTest(conditions: Conditions, words: readonly Word[]): boolean {
  const { expansion } = conditions;
  if (expansion === undefined) return false;
  return evaluateTokens(conditions, {
    at: 0,
    list: words.map((word) => ({ text: expandText(expansion, word), pattern: expandPattern(expansion, word), operator: word.parts.length === 1 && word.parts[0]?.k === "text" && !word.parts[0].quoted })),
  });
}

/** test and [ ]: words as they are. */
export function evaluateArguments(files: Files, task: Task, words: readonly string[]): boolean {
  const list = words.map((text) => ({ text, pattern: text.replace(/[*?[\]\\]/g, "\\$&"), operator: true }));
  if (list.length === 0) return false;
  return evaluateTokens({ files, task, expansion: undefined }, { list, at: 0 });
}

function evaluateTokens(conditions: Conditions, tokens: Tokens): boolean {
  let value = and(conditions, tokens);
  while (takeOperator(tokens, "||") || takeOperator(tokens, "-o")) {
    const right = and(conditions, tokens);
    value = value || right;
  }
  return value;
}

function and(conditions: Conditions, tokens: Tokens): boolean {
  let value = term(conditions, tokens);
  while (takeOperator(tokens, "&&") || takeOperator(tokens, "-a")) {
    const right = term(conditions, tokens);
    value = value && right;
  }
  return value;
}

function takeOperator(tokens: Tokens, text: string): boolean {
  const token = tokens.list[tokens.at];
  if (token?.text !== text || !token.operator) return false;
  tokens.at++;
  return true;
}

const UNARY = /^-[abcdefghLnkprsStuvwxzGON]$/;
const BINARY = new Set(["=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);

function term(conditions: Conditions, tokens: Tokens): boolean {
  const first = tokens.list[tokens.at];
  if (first === undefined) return false;
  const second = tokens.list[tokens.at + 1];
  if (second !== undefined && BINARY.has(second.text)) {
    const third = tokens.list[tokens.at + 2];
    tokens.at += 3;
    return compare(conditions, first.text, second.text, third?.text ?? "", third?.pattern ?? "");
  }
  if (first.operator && first.text === "!") {
    tokens.at++;
    return !term(conditions, tokens);
  }
  if (first.operator && first.text === "(") {
    tokens.at++;
    const value = evaluateTokens(conditions, tokens);
    takeOperator(tokens, ")");
    return value;
  }
  if (first.operator && UNARY.test(first.text) && second !== undefined) {
    tokens.at += 2;
    return unary(conditions, first.text, second.text);
  }
  tokens.at++;
  return first.text !== "";
}

function unary({ files, task }: Conditions, operator: string, operand: string): boolean {
  const path = resolvePath(task.cwd, operand);
  switch (operator) {
    case "-z": return operand === "";
    case "-n": return operand !== "";
    case "-d": return isDirectory(files, path);
    case "-f": return readFile(files, path) !== undefined;
    case "-s": return (readFile(files, path) ?? "") !== "";
    case "-v": return task.vars.has(operand);
    case "-L": case "-h": case "-S": case "-p": case "-b": case "-c": case "-t": return false;
    default: return pathExists(files, path);
  }
}

function compare(conditions: Conditions, left: string, operator: string, right: string, pattern: string): boolean {
  switch (operator) {
    case "=": case "==": return conditions.expansion === undefined ? left === right : matchesPattern(pattern, left);
    case "!=": return conditions.expansion === undefined ? left !== right : !matchesPattern(pattern, left);
    case "=~": return matchRegex(conditions.task, left, right);
    case "<": return left < right;
    case ">": return left > right;
    case "-nt": case "-ot": case "-ef": return false;
    default: return compareNumbers(left, operator, right);
  }
}

function matchRegex(task: Task, text: string, source: string): boolean {
  let found: RegExpExecArray | null = null;
  try {
    found = new RegExp(source).exec(text);
  } catch {
    throw new Error("invalid regular expression");
  }
  if (found !== null) task.vars.set("BASH_REMATCH[]", found.join("\u0000"));
  return found !== null;
}

function compareNumbers(left: string, operator: string, right: string): boolean {
  const one = integer(left);
  const other = integer(right);
  switch (operator) {
    case "-eq": return one === other;
    case "-ne": return one !== other;
    case "-lt": return one < other;
    case "-le": return one <= other;
    case "-gt": return one > other;
    default: return one >= other;
  }
}

/** A word that isn't a number is an error: test ends with 2, which no condition takes as true. */
function integer(text: string): number {
  const trimmed = text.trim();
  if (!/^[-+]?\d+$/.test(trimmed)) throw new BadNumber(`${text}: bad number`);
  return Number(trimmed);
}

/** An operand that isn't a whole number. */
export class BadNumber extends Error {}
