/** Commands: the grammar of the POSIX shell (XCU 2.10), with the parts of bash that manifests use ([[ ]], (( )), arrays, here-strings). */
import { deepFreeze } from "../../../base/plain/index.ts";
import type { Assignment, Command, Item, Pipeline, Redirection, Script, Word } from "./ast.ts";
import { type Cursor, parseText, parseWord, ShellSyntaxError, takeBalanced } from "./parse-words.ts";

export { ShellSyntaxError } from "./parse-words.ts";

interface Parser extends Cursor {
  /** Here-documents whose bodies begin after the line. */
  readonly documents: { readonly redirection: { -readonly [K in keyof Redirection]: Redirection[K] }; readonly end: string; readonly stripTabs: boolean; readonly quoted: boolean; readonly substs: Script[] }[];
}

const parsed = new Map<string, Script>();
const LARGEST_MEMORY = 500;
const RESERVED = new Set(["then", "else", "elif", "fi", "do", "done", "esac", "}", ")"]);

/** Parses a script; the same text gives the same frozen tree. Throws {@link ShellSyntaxError}. */
export function parseScript(text: string): Script {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const parser: Parser = { text, at: 0, substs: [], script: parseScript, documents: [] };
  const script = parseList(parser);
  if (parser.at < text.length) throw unexpected(parser);
  if (parsed.size > LARGEST_MEMORY) parsed.clear();
  parsed.set(text, deepFreeze(script));
  return script;
}

/** A script of one command with literal words: what a container runs when its command is not a shell. */
export function literalScript(argv: readonly string[]): Script {
  const words = argv.map((text): Word => ({ parts: [{ k: "text", text, quoted: true }] }));
  return deepFreeze({ items: [{ join: ";", background: false, pipeline: { negated: false, stages: [{ k: "simple", assignments: [], words, substs: [], redirections: [] }] } }] } as Script);
}

function unexpected(parser: Parser): ShellSyntaxError {
  const found = peekWord(parser) || (parser.text[parser.at] ?? "end of file");
  return new ShellSyntaxError(`syntax error: unexpected "${found}"`);
}

function skipBlanks(parser: Parser): void {
  for (;;) {
    const character = parser.text[parser.at];
    if (character === " " || character === "\t" || character === "\r") parser.at++;
    else if (character === "\\" && parser.text[parser.at + 1] === "\n") parser.at += 2;
    else if (character === "#" && (parser.at === 0 || /[\s;&|()]/.test(parser.text[parser.at - 1] as string))) {
      while (parser.at < parser.text.length && parser.text[parser.at] !== "\n") parser.at++;
    } else return;
  }
}

function skipLines(parser: Parser): void {
  for (skipBlanks(parser); parser.text[parser.at] === "\n"; skipBlanks(parser)) newline(parser);
}

function newline(parser: Parser): void {
  parser.at++;
  for (const document of parser.documents.splice(0)) {
    let body = "";
    for (;;) {
      const end = parser.text.indexOf("\n", parser.at);
      const raw = parser.text.slice(parser.at, end < 0 ? undefined : end);
      const line = document.stripTabs ? raw.replace(/^\t+/, "") : raw;
      const over = parser.at >= parser.text.length;
      parser.at = end < 0 ? parser.text.length : end + 1;
      if (over || line === document.end) break;
      body += `${line}\n`;
    }
    document.redirection.target = document.quoted ? { parts: [{ k: "text", text: body, quoted: true }] } : parseText({ ...parser, substs: document.substs }, body);
  }
}

function peekWord(parser: Parser): string {
  skipBlanks(parser);
  const found = /^(?:[A-Za-z_][A-Za-z0-9_]*|[{}!]|\[\[)(?=[\s;&|()<>]|$)/.exec(parser.text.slice(parser.at, parser.at + 40));
  return found?.[0] ?? (parser.text[parser.at] === ")" ? ")" : "");
}

function accept(parser: Parser, word: string): boolean {
  if (peekWord(parser) !== word) return false;
  parser.at += word.length;
  return true;
}

function expect(parser: Parser, word: string): void {
  skipLines(parser);
  if (!accept(parser, word)) throw unexpected(parser);
}

function parseList(parser: Parser): Script {
  const items: Item[] = [];
  let join: Item["join"] = ";";
  for (;;) {
    skipLines(parser);
    if (parser.at >= parser.text.length || RESERVED.has(peekWord(parser)) || parser.text.startsWith(";;", parser.at)) break;
    const pipeline = parsePipeline(parser);
    skipBlanks(parser);
    const rest = parser.text.slice(parser.at, parser.at + 2);
    const background = rest[0] === "&" && rest !== "&&";
    items.push({ join, background, pipeline });
    join = rest === "&&" || rest === "||" ? rest : ";";
    if (rest === ";;") break;
    if (join !== ";") parser.at += 2;
    else if (rest[0] === ";" || background) parser.at++;
    else if (rest[0] === "\n") newline(parser);
    else break;
  }
  return { items };
}

function parsePipeline(parser: Parser): Pipeline {
  let negated = false;
  while (accept(parser, "!")) negated = !negated;
  const stages = [parseCommand(parser)];
  for (;;) {
    skipBlanks(parser);
    if (parser.text[parser.at] !== "|" || parser.text[parser.at + 1] === "|") break;
    parser.at += parser.text[parser.at + 1] === "&" ? 2 : 1;
    skipLines(parser);
    stages.push(parseCommand(parser));
  }
  return { negated, stages };
}

type Body = Command extends infer C ? C extends Command ? Omit<C, "substs" | "redirections"> : never : never;

function parseCommand(parser: Parser): Command {
  const outer = parser.substs;
  parser.substs = [];
  const redirections: Redirection[] = [];
  const body = parseCompound(parser) ?? parseSimple(parser, redirections);
  while (parseRedirection(parser, redirections)) continue;
  const command = { ...body, substs: parser.substs, redirections } as Command;
  parser.substs = outer;
  return command;
}

function parseCompound(parser: Parser): Body | undefined {
  skipBlanks(parser);
  if (parser.text.startsWith("((", parser.at)) {
    const inner = takeBalanced(parser, parser.at);
    return { k: "arithmetic", text: parseText(parser, inner.slice(1, -1)) };
  }
  if (parser.text[parser.at] === "(") {
    parser.at++;
    const body = parseList(parser);
    expect(parser, ")");
    return { k: "subshell", body };
  }
  const word = peekWord(parser);
  switch (word) {
    case "if": return parseIf(parser);
    case "while": case "until": return parseWhile(parser, word);
    case "for": return parseFor(parser);
    case "case": return parseCase(parser);
    case "{": return parseGroup(parser);
    case "[[": return parseTest(parser);
    default: return parseFunction(parser);
  }
}

function parseIf(parser: Parser): Body {
  const clauses: { condition: Script; body: Script }[] = [];
  let otherwise: Script | undefined;
  accept(parser, "if");
  do {
    const condition = parseList(parser);
    expect(parser, "then");
    clauses.push({ condition, body: parseList(parser) });
  } while (accept(parser, "elif"));
  if (accept(parser, "else")) otherwise = parseList(parser);
  expect(parser, "fi");
  return { k: "if", clauses, otherwise };
}

function parseWhile(parser: Parser, word: string): Body {
  accept(parser, word);
  const condition = parseList(parser);
  return { k: "while", until: word === "until", condition, body: parseDo(parser) };
}

function parseDo(parser: Parser): Script {
  expect(parser, "do");
  const body = parseList(parser);
  expect(parser, "done");
  return body;
}

function parseFor(parser: Parser): Body {
  accept(parser, "for");
  skipBlanks(parser);
  const name = peekWord(parser);
  parser.at += name.length;
  skipLines(parser);
  let words: Word[] | undefined;
  if (accept(parser, "in")) words = takeWords(parser);
  skipBlanks(parser);
  if (parser.text[parser.at] === ";") parser.at++;
  return { k: "for", name, words, body: parseDo(parser) };
}

function takeWords(parser: Parser): Word[] {
  const words: Word[] = [];
  for (;;) {
    skipBlanks(parser);
    const word = parseWord(parser);
    if (word === undefined) return words;
    words.push(word);
  }
}

function parseCase(parser: Parser): Body {
  accept(parser, "case");
  skipBlanks(parser);
  const word = parseWord(parser) ?? { parts: [] };
  expect(parser, "in");
  const arms: { patterns: Word[]; body: Script }[] = [];
  for (skipLines(parser); !accept(parser, "esac"); skipLines(parser)) {
    if (parser.text[parser.at] === "(") parser.at++;
    const patterns: Word[] = [];
    do {
      if (parser.text[parser.at] === "|") parser.at++;
      skipBlanks(parser);
      const pattern = parseWord(parser);
      if (pattern === undefined) throw unexpected(parser);
      patterns.push(pattern);
      skipBlanks(parser);
    } while (parser.text[parser.at] === "|");
    expect(parser, ")");
    arms.push({ patterns, body: parseList(parser) });
    skipLines(parser);
    if (parser.text.startsWith(";;", parser.at)) parser.at += 2;
  }
  return { k: "case", word, arms };
}

function parseGroup(parser: Parser): Body {
  accept(parser, "{");
  const body = parseList(parser);
  expect(parser, "}");
  return { k: "group", body };
}

/** [[ … ]]: words up to ]], with && || ( ) < > as words. */
function parseTest(parser: Parser): Body {
  accept(parser, "[[");
  const words: Word[] = [];
  for (;;) {
    skipLines(parser);
    if (parser.text.startsWith("]]", parser.at)) break;
    const symbol = /^(?:&&|\|\||[()<>])/.exec(parser.text.slice(parser.at, parser.at + 2))?.[0];
    if (symbol !== undefined) {
      parser.at += symbol.length;
      words.push({ parts: [{ k: "text", text: symbol, quoted: false }] });
      continue;
    }
    const last = words.at(-1)?.parts[0];
    const word = last?.k === "text" && last.text === "=~" ? takeRegex(parser) : parseWord(parser);
    if (word === undefined) throw unexpected(parser);
    words.push(word);
  }
  parser.at += 2;
  return { k: "test", words };
}

function takeRegex(parser: Parser): Word {
  const found = /^\S+/.exec(parser.text.slice(parser.at))?.[0] ?? "";
  parser.at += found.length;
  return { parts: [{ k: "text", text: found, quoted: true }] };
}

function parseFunction(parser: Parser): Body | undefined {
  const found = /^(?:function\s+([\w-]+)\s*(?:\(\s*\))?|([A-Za-z_][\w-]*)\s*\(\s*\))/.exec(parser.text.slice(parser.at, parser.at + 120));
  if (found === null) return undefined;
  parser.at += found[0].length;
  skipLines(parser);
  return { k: "function", name: found[1] ?? found[2] ?? "", body: parseCommand(parser) };
}

function parseSimple(parser: Parser, redirections: Redirection[]): Body {
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  for (;;) {
    skipBlanks(parser);
    if (parseRedirection(parser, redirections)) continue;
    if (words.length === 0 && parseAssignment(parser, assignments)) continue;
    const word = parseWord(parser);
    if (word === undefined) break;
    words.push(word);
  }
  if (words.length + assignments.length + redirections.length === 0) throw unexpected(parser);
  return { k: "simple", assignments, words };
}

function parseAssignment(parser: Parser, assignments: Assignment[]): boolean {
  const found = /^([A-Za-z_]\w*)(\+?)=/.exec(parser.text.slice(parser.at, parser.at + 200));
  if (found === null) return false;
  parser.at += found[0].length;
  const append = found[2] === "+";
  const name = found[1] ?? "";
  if (parser.text[parser.at] === "(") {
    parser.at++;
    skipLines(parser);
    const array: Word[] = [];
    for (let word = parseWord(parser); word !== undefined; word = parseWord(parser)) {
      array.push(word);
      skipLines(parser);
    }
    expect(parser, ")");
    assignments.push({ name, value: { parts: [] }, append, array });
  } else assignments.push({ name, value: parseWord(parser) ?? { parts: [] }, append, array: undefined });
  return true;
}

function parseRedirection(parser: Parser, redirections: Redirection[]): boolean {
  skipBlanks(parser);
  const found = /^(\d*)(&>>?|<<<|<<-?|>>|>&|<&|>\||<|>)/.exec(parser.text.slice(parser.at, parser.at + 8));
  if (found === null) return false;
  const sign = found[2] ?? ">";
  parser.at += found[0].length;
  skipBlanks(parser);
  const target = parseWord(parser);
  if (target === undefined) throw unexpected(parser);
  const fd = found[1] === "" ? (sign.startsWith("<") ? 0 : 1) : Number(found[1]);
  if (sign === "<<" || sign === "<<-") {
    const redirection = { op: "<<" as const, fd: 0, target };
    const quoted = target.parts.some((part) => part.k === "text" && part.quoted);
    parser.documents.push({ redirection, end: target.parts.map((part) => (part.k === "text" ? part.text : "")).join(""), stripTabs: sign === "<<-", quoted, substs: parser.substs });
    redirections.push(redirection);
  } else if (sign.startsWith("&>")) redirections.push({ op: sign === "&>" ? ">" : ">>", fd: -1, target });
  else redirections.push({ op: sign === ">|" ? ">" : sign === "<&" ? "<" : sign as Redirection["op"], fd, target });
  return true;
}
