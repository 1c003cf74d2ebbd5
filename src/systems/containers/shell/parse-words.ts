/** Words: quoting, parameters, substitutions. Works on a cursor that the command parser shares. */
import type { Script, Word, WordPart } from "./ast.ts";

/** A place in the text, and the substitutions found in the command at hand. */
export interface Cursor {
  readonly text: string;
  at: number;
  substs: Script[];
  /** Parses the script of a substitution; given in to keep the two parsers apart. */
  readonly script: (text: string) => Script;
}

/** The script has a mistake; the message is the shell's. */
export class ShellSyntaxError extends Error {}

const WORD_END = /[\s;&|<>()]/;
const NAME = /[A-Za-z0-9_]/;
const SPECIAL = "?#@*!$-0123456789";

/** Reads a word at the cursor; undefined where none begins. */
export function parseWord(cursor: Cursor): Word | undefined {
  const parts: WordPart[] = [];
  const start = cursor.at;
  while (cursor.at < cursor.text.length) {
    const character = cursor.text[cursor.at] as string;
    if (WORD_END.test(character)) break;
    if (character === "'") parts.push({ k: "text", text: takeUntil(cursor, "'"), quoted: true });
    else if (character === '"') parseQuoted(cursor, parts);
    else if (character === "\\") parseEscape(cursor, parts);
    else if (character === "$" || character === "`") parts.push(...parseDollar(cursor, false));
    else {
      parts.push({ k: "text", text: takePlain(cursor), quoted: false });
    }
  }
  return cursor.at === start ? undefined : { parts };
}

/** The rest of a text as one double-quoted word (here-documents, arithmetic). */
export function parseText(cursor: Cursor, text: string): Word {
  const inner: Cursor = { text, at: 0, substs: cursor.substs, script: cursor.script };
  const parts: WordPart[] = [];
  parseQuotedBody(inner, parts, "");
  return { parts };
}

function takeUntil(cursor: Cursor, end: string): string {
  const close = cursor.text.indexOf(end, cursor.at + 1);
  if (close < 0) throw new ShellSyntaxError("syntax error: unterminated quoted string");
  const text = cursor.text.slice(cursor.at + 1, close);
  cursor.at = close + 1;
  return text;
}

function takePlain(cursor: Cursor): string {
  const start = cursor.at;
  while (cursor.at < cursor.text.length && !/[\s;&|<>()'"\\$`]/.test(cursor.text[cursor.at] as string)) cursor.at++;
  return cursor.text.slice(start, cursor.at);
}

function parseEscape(cursor: Cursor, parts: WordPart[]): void {
  const next = cursor.text[cursor.at + 1];
  cursor.at += 2;
  if (next !== "\n" && next !== undefined) parts.push({ k: "text", text: next, quoted: true });
}

function parseQuoted(cursor: Cursor, parts: WordPart[]): void {
  cursor.at++;
  const before = parts.length;
  parseQuotedBody(cursor, parts, '"');
  if (cursor.text[cursor.at] !== '"') throw new ShellSyntaxError("syntax error: unterminated quoted string");
  cursor.at++;
  if (parts.length === before) parts.push({ k: "text", text: "", quoted: true });
}

function parseQuotedBody(cursor: Cursor, parts: WordPart[], end: string): void {
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push({ k: "text", text, quoted: true });
    text = "";
  };
  while (cursor.at < cursor.text.length) {
    const character = cursor.text[cursor.at] as string;
    if (character === end) break;
    if (character === "\\") {
      const next = cursor.text[cursor.at + 1] ?? "";
      text += next === "\n" ? "" : '$`"\\'.includes(next) ? next : `\\${next}`;
      cursor.at += 2;
    } else if (character === "$" || character === "`") {
      flush();
      parts.push(...parseDollar(cursor, true));
    } else {
      text += character;
      cursor.at++;
    }
  }
  flush();
}

function parseDollar(cursor: Cursor, quoted: boolean): WordPart[] {
  const { text } = cursor;
  if (text[cursor.at] === "`") return [substitution(cursor, takeUntil(cursor, "`"), quoted)];
  const next = text[cursor.at + 1] ?? "";
  if (next === "(" && text[cursor.at + 2] === "(") {
    const inner = takeBalanced(cursor, cursor.at + 1);
    if (inner.startsWith("(") && inner.endsWith(")")) return [{ k: "arith", text: parseText(cursor, inner.slice(1, -1)), quoted }];
    return [substitution(cursor, inner, quoted)];
  }
  if (next === "(") return [substitution(cursor, takeBalanced(cursor, cursor.at + 1), quoted)];
  if (next === "{") return [braced(cursor, quoted)];
  if (next === "'" && !quoted) {
    cursor.at++;
    return [{ k: "text", text: takeUntil(cursor, "'").replace(/\\n/g, "\n").replace(/\\t/g, "\t"), quoted: true }];
  }
  if (SPECIAL.includes(next) && next !== "") {
    cursor.at += 2;
    return [{ k: "param", name: next, op: "", arg: undefined, quoted }];
  }
  let end = cursor.at + 1;
  while (end < text.length && NAME.test(text[end] as string)) end++;
  const name = text.slice(cursor.at + 1, end);
  cursor.at = end;
  return [name === "" ? { k: "text", text: "$", quoted } : { k: "param", name, op: "", arg: undefined, quoted }];
}

function substitution(cursor: Cursor, text: string, quoted: boolean): WordPart {
  cursor.substs.push(cursor.script(text));
  return { k: "subst", slot: cursor.substs.length - 1, quoted };
}

/** The text between balanced parentheses, minding quotes; the cursor goes behind them. */
export function takeBalanced(cursor: Cursor, open: number): string {
  const { text } = cursor;
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "'") at = text.indexOf("'", at + 1);
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0) {
      cursor.at = at + 1;
      return text.slice(open + 1, at);
    }
    if (at < 0) break;
  }
  throw new ShellSyntaxError("syntax error: unexpected end of file (expecting \")\")");
}

function braced(cursor: Cursor, quoted: boolean): WordPart {
  const close = closingBrace(cursor.text, cursor.at + 1);
  const inner = cursor.text.slice(cursor.at + 2, close);
  cursor.at = close + 1;
  const length = /^#([A-Za-z_]\w*|[@*])$/.exec(inner);
  if (length !== null) return { k: "param", name: length[1] ?? "", op: "length", arg: undefined, quoted };
  const found = /^([A-Za-z_]\w*(?:\[[^\]]*\])?|[?#@*!$0-9]+)(:-|:=|:\+|:\?|##|%%|\/\/|[-=+?#%/:])?([\s\S]*)$/.exec(inner);
  if (found === null) throw new ShellSyntaxError("syntax error: bad substitution");
  const op = found[2] ?? "";
  return { k: "param", name: found[1] ?? "", op, arg: op === "" ? undefined : parseText(cursor, found[3] ?? ""), quoted };
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  throw new ShellSyntaxError("syntax error: missing '}'");
}
