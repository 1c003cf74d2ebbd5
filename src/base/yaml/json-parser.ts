/**
 * JSON into the same tree as YAML, with positions and with Go's wording of errors (encoding/json scanner.go).
 * One call of {@link jsonStep} reads one token; depth costs memory, never stack.
 */
import { utf8Bytes } from "../encoding/index.ts";
import type { CollectionNode, YamlNode } from "./node.ts";
import { MAX_DEPTH } from "./scanner.ts";
import { YamlFailure } from "./token.ts";

type Expects = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing";

/** The parser's state. `at` is where it stands; `root` is complete when `isDone`. */
export interface JsonParser {
  readonly text: string;
  readonly end: number;
  at: number;
  expects: Expects;
  readonly stack: CollectionNode[];
  root: YamlNode | undefined;
  isDone: boolean;
}

/** A parser of the one JSON value that begins at `start`. */
export function createJsonParser(text: string, start: number, end: number): JsonParser {
  return { text, end, at: start, expects: "value", stack: [], root: undefined, isDone: false };
}

/** Offset of the first character after JSON white space. */
export function skipJsonSpace(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && " \t\r\n".includes(text.charAt(next))) next++;
  return next;
}

/** Reads on by one token. Throws {@link YamlFailure}. */
export function jsonStep(parser: JsonParser): void {
  parser.at = skipJsonSpace(parser.text, parser.at, parser.end);
  if (parser.at >= parser.end) throw new YamlFailure("unexpected EOF", parser.at, 0, "json");
  const character = parser.text.charAt(parser.at);
  switch (parser.expects) {
    case "colon":
      return takeIf(parser, character === ":", "value", "after object key");
    case "comma-or-end":
      return stepAfterValue(parser, character);
    case "key":
    case "key-or-end":
      return stepKey(parser, character);
    default:
      return stepValue(parser, character);
  }
}

function invalid(parser: JsonParser, where: string, at: number = parser.at): YamlFailure {
  if (at >= parser.end) return new YamlFailure("unexpected EOF", at, 0, "json");
  return new YamlFailure(`invalid character ${quoteCharacter(parser.text, at)} ${where}`, at, 0, "json");
}

/** Go quotes the offending byte, not the character. */
function quoteCharacter(text: string, at: number): string {
  const byte = utf8Bytes(text.slice(at, at + 2))[0] ?? 0;
  const character = String.fromCharCode(byte);
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  if (byte >= 0x20 && byte < 0x7f) return character === "\\" ? "'\\\\'" : `'${character}'`;
  const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  if (byte >= 0xa1) return `'${character}'`;
  return `'${short[character] ?? (byte < 0x80 ? `\\x${byte.toString(16).padStart(2, "0")}` : `\\u00${byte.toString(16)}`)}'`;
}

function takeIf(parser: JsonParser, matches: boolean, next: Expects, where: string): void {
  if (!matches) throw invalid(parser, where);
  parser.at++;
  parser.expects = next;
}

function stepAfterValue(parser: JsonParser, character: string): void {
  const top = parser.stack[parser.stack.length - 1];
  const isMapping = top?.kind === "mapping";
  if (character === (isMapping ? "}" : "]")) return close(parser);
  takeIf(parser, character === ",", isMapping ? "key" : "value", isMapping ? "after object key:value pair" : "after array element");
}

function stepKey(parser: JsonParser, character: string): void {
  if (character === "}" && parser.expects === "key-or-end") return close(parser);
  if (character !== '"') throw invalid(parser, "looking for beginning of object key string");
  add(parser, readString(parser));
  parser.expects = "colon";
}

function stepValue(parser: JsonParser, character: string): void {
  if (character === "]" && parser.expects === "value-or-end") return close(parser);
  if (character === "{" || character === "[") return open(parser, character === "{");
  add(parser, character === '"' ? readString(parser) : readLiteral(parser, character));
  finishValue(parser);
}

function open(parser: JsonParser, isMapping: boolean): void {
  const node: CollectionNode = { kind: isMapping ? "mapping" : "sequence", start: parser.at, end: parser.at, line: 0, tag: "", isFlow: true, children: [] };
  add(parser, node);
  parser.stack.push(node);
  if (parser.stack.length > MAX_DEPTH) throw new YamlFailure("exceeded max depth", parser.at, 0, "depth");
  parser.at++;
  parser.expects = isMapping ? "key-or-end" : "value-or-end";
}

function close(parser: JsonParser): void {
  parser.at++;
  const node = parser.stack.pop();
  if (node !== undefined) node.end = parser.at;
  finishValue(parser);
}

function finishValue(parser: JsonParser): void {
  parser.isDone = parser.stack.length === 0;
  parser.expects = parser.isDone ? "nothing" : "comma-or-end";
}

function add(parser: JsonParser, node: YamlNode): void {
  const top = parser.stack[parser.stack.length - 1];
  if (top === undefined) parser.root = node;
  else top.children.push(node);
}

const ESCAPES = '"\\/bfnrtu';

function readString(parser: JsonParser): YamlNode {
  const start = parser.at;
  let at = start + 1;
  for (;;) {
    const character = at < parser.end ? parser.text.charAt(at) : "";
    if (character === '"') break;
    if (character === "" || character < " ") throw invalid(parser, "in string literal", at);
    if (character === "\\") at = checkEscape(parser, at);
    else at++;
  }
  parser.at = at + 1;
  const value = JSON.parse(parser.text.slice(start, parser.at)) as string;
  return { kind: "scalar", start, end: parser.at, line: 0, tag: "", value, isPlain: false, style: "double-quoted" };
}

function checkEscape(parser: JsonParser, at: number): number {
  const letter = at + 1 < parser.end ? parser.text.charAt(at + 1) : "";
  if (letter === "" || !ESCAPES.includes(letter)) throw invalid(parser, "in string escape code", at + 1);
  if (letter !== "u") return at + 2;
  for (let i = at + 2; i < at + 6; i++) if (i >= parser.end || !/[0-9a-fA-F]/.test(parser.text.charAt(i))) throw invalid(parser, "in \\u hexadecimal character escape", i);
  return at + 6;
}

function readLiteral(parser: JsonParser, character: string): YamlNode {
  const word = character === "t" ? "true" : character === "f" ? "false" : character === "n" ? "null" : undefined;
  if (word !== undefined) return readWord(parser, word);
  if (character !== "-" && !/[0-9]/.test(character)) throw invalid(parser, "looking for beginning of value");
  return readNumber(parser);
}

function readWord(parser: JsonParser, word: string): YamlNode {
  for (let i = 1; i < word.length; i++) {
    if (parser.text.charAt(parser.at + i) !== word.charAt(i) || parser.at + i >= parser.end) throw invalid(parser, `in literal ${word} (expecting '${word.charAt(i)}')`, parser.at + i);
  }
  return plain(parser, word.length);
}

function plain(parser: JsonParser, length: number): YamlNode {
  const start = parser.at;
  parser.at += length;
  return { kind: "scalar", start, end: parser.at, line: 0, tag: "", value: parser.text.slice(start, parser.at), isPlain: true, style: "plain" };
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;

function readNumber(parser: JsonParser): YamlNode {
  NUMBER.lastIndex = parser.at;
  const match = NUMBER.exec(parser.text);
  if (match === null) throw invalid(parser, "in numeric literal", parser.at + 1);
  const after = parser.at + match[0].length;
  const next = parser.text.charAt(after);
  if (next === "." && match[1] === undefined && match[2] === undefined) throw invalid(parser, "after decimal point in numeric literal", after + 1);
  if ((next === "e" || next === "E") && match[2] === undefined) {
    const signed = /[-+]/.test(parser.text.charAt(after + 1)) ? 2 : 1;
    throw invalid(parser, "in exponent of numeric literal", after + signed);
  }
  return plain(parser, match[0].length);
}
