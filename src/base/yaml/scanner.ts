/**
 * From characters to tokens, by the YAML 1.1 method: a key without `?` is noticed only at its `:`, so tokens that may be
 * one are held back, and changes of indentation become start and end tokens of blocks.
 */
import { atDocumentIndicator, columnOf, isBlank, isBlankOrEnd, isBreak, peek, scannerFailure, skipToBreak, takeBreak } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { scanBlock } from "./scan-block.ts";
import { scanPlain } from "./scan-plain.ts";
import { scanAnchor, scanDirective, scanTag } from "./scan-properties.ts";
import { scanQuoted } from "./scan-quoted.ts";
import { TokenType } from "./token.ts";
import type { Token } from "./token.ts";

/**
 * Levels a document may nest. The real client stops at 10,000 (max_flow_level and max_indents in scannerc.go); nothing that
 * means anything comes near 1,000, and the smaller bound keeps every later walk over the data within the smallest stacks.
 */
export const MAX_DEPTH = 1000;

interface SimpleKey {
  isPossible: boolean;
  readonly isRequired: boolean;
  readonly tokenNumber: number;
  readonly at: number;
  readonly line: number;
  readonly column: number;
}

/** The scanner's state. Tokens from `head` on are waiting; `taken` counts those already given out. */
export interface Scanner {
  readonly cursor: Cursor;
  readonly tokens: Token[];
  head: number;
  taken: number;
  indent: number;
  readonly indents: number[];
  flowLevel: number;
  keyAllowed: boolean;
  readonly keys: SimpleKey[];
  readonly keyLevelByToken: Map<number, number>;
}

/** A scanner over `text` from `start` to `end`. */
export function createScanner(text: string, start: number, end: number): Scanner {
  const cursor: Cursor = { text, end, at: start, line: 0, lineStart: start };
  const noKey: SimpleKey = { isPossible: false, isRequired: false, tokenNumber: 0, at: start, line: 0, column: 0 };
  return { cursor, tokens: [], head: 0, taken: 0, indent: -1, indents: [], flowLevel: 0, keyAllowed: true, keys: [noKey], keyLevelByToken: new Map() };
}

/** The next token, without taking it. */
export function peekToken(scanner: Scanner): Token {
  for (;;) {
    const token = scanner.tokens[scanner.head];
    if (token !== undefined && !mayBecomeKey(scanner)) return token;
    fetchToken(scanner);
  }
}

/** Takes the token that {@link peekToken} gave. */
export function takeToken(scanner: Scanner): void {
  scanner.head++;
  scanner.taken++;
  if (scanner.head < scanner.tokens.length && scanner.head < 1024) return;
  scanner.tokens.splice(0, scanner.head);
  scanner.head = 0;
}

function mayBecomeKey(scanner: Scanner): boolean {
  const level = scanner.keyLevelByToken.get(scanner.taken);
  if (level === undefined) return false;
  const key = scanner.keys[level];
  return key?.tokenNumber === scanner.taken && isKeyValid(scanner, key);
}

/** A key must end on its line and within 1,024 characters. One that was required to be a key is then an error. */
function isKeyValid(scanner: Scanner, key: SimpleKey | undefined): boolean {
  if (key === undefined || !key.isPossible) return false;
  if (key.line >= scanner.cursor.line && key.at + 1024 >= scanner.cursor.at) return true;
  if (key.isRequired) throw missingColon(scanner, key);
  key.isPossible = false;
  scanner.keyLevelByToken.delete(key.tokenNumber);
  return false;
}

function missingColon(scanner: Scanner, key: SimpleKey): Error {
  return scannerFailure(scanner.cursor, "could not find expected ':'", "simple key", key.at);
}

function saveKey(scanner: Scanner): void {
  if (!scanner.keyAllowed) return;
  const { cursor } = scanner;
  const column = columnOf(cursor);
  const tokenNumber = scanner.taken + scanner.tokens.length - scanner.head;
  removeKey(scanner);
  const isRequired = scanner.flowLevel === 0 && scanner.indent === column;
  scanner.keys[scanner.keys.length - 1] = { isPossible: true, isRequired, tokenNumber, at: cursor.at, line: cursor.line, column };
  scanner.keyLevelByToken.set(tokenNumber, scanner.keys.length - 1);
}

function removeKey(scanner: Scanner): void {
  const key = scanner.keys[scanner.keys.length - 1];
  if (key?.isPossible !== true) return;
  if (key.isRequired) throw missingColon(scanner, key);
  key.isPossible = false;
  scanner.keyLevelByToken.delete(key.tokenNumber);
}

function push(scanner: Scanner, token: Token): void {
  scanner.tokens.push(token);
}

function insertAt(scanner: Scanner, tokenNumber: number, token: Token): void {
  scanner.tokens.splice(scanner.head + tokenNumber - scanner.taken, 0, token);
}

/** Begins a block when `column` is further in. `tokenNumber` says before which token; the end when undefined. */
function rollIndent(scanner: Scanner, column: number, type: TokenType, place: { readonly at: number; readonly line: number }, tokenNumber?: number): void {
  if (scanner.flowLevel > 0 || scanner.indent >= column) return;
  scanner.indents.push(scanner.indent);
  scanner.indent = column;
  if (scanner.indents.length > MAX_DEPTH) throw tooDeep(scanner);
  const token: Token = { type, start: place.at, end: place.at, line: place.line };
  if (tokenNumber === undefined) push(scanner, token);
  else insertAt(scanner, tokenNumber, token);
}

/** The client's wording, with its own limit: a document as deep as the tests of this makes it say the same. */
function tooDeep(scanner: Scanner): Error {
  return scannerFailure(scanner.cursor, "exceeded max depth of 10000", "depth");
}

function unrollIndent(scanner: Scanner, column: number): void {
  if (scanner.flowLevel > 0) return;
  while (scanner.indent > column) {
    push(scanner, { type: TokenType.BlockEnd, start: scanner.cursor.at, end: scanner.cursor.at, line: scanner.cursor.line });
    scanner.indent = scanner.indents.pop() ?? -1;
  }
}

/** Moves over white space and comments. A tab may not indent where a key could begin. */
function skipToToken(scanner: Scanner): void {
  const { cursor } = scanner;
  for (;;) {
    while (peek(cursor) === 32 || (peek(cursor) === 9 && (scanner.flowLevel > 0 || !scanner.keyAllowed))) cursor.at++;
    if (peek(cursor) === 35) skipToBreak(cursor);
    if (!isBreak(peek(cursor))) return;
    takeBreak(cursor);
    if (scanner.flowLevel === 0) scanner.keyAllowed = true;
  }
}

function fetchToken(scanner: Scanner): void {
  const { cursor } = scanner;
  skipToToken(scanner);
  unrollIndent(scanner, columnOf(cursor));
  if (cursor.at >= cursor.end) return fetchStreamEnd(scanner);
  if (cursor.at === cursor.lineStart && peek(cursor) === 37) {
    endBlocks(scanner);
    return push(scanner, scanDirective(cursor));
  }
  if (atDocumentIndicator(cursor)) return fetchDocumentIndicator(scanner);
  const fetch = FETCHERS.get(peek(cursor));
  if (fetch?.(scanner) === true) return;
  if (canStartPlain(scanner)) return fetchPlain(scanner);
  throw scannerFailure(cursor, "found character that cannot start any token", "token");
}

function endBlocks(scanner: Scanner): void {
  unrollIndent(scanner, -1);
  removeKey(scanner);
  scanner.keyAllowed = false;
}

function fetchStreamEnd(scanner: Scanner): void {
  const { cursor } = scanner;
  if (columnOf(cursor) !== 0) {
    cursor.line++;
    cursor.lineStart = cursor.at;
  }
  endBlocks(scanner);
  push(scanner, { type: TokenType.StreamEnd, start: cursor.at, end: cursor.at, line: cursor.line });
}

function fetchDocumentIndicator(scanner: Scanner): void {
  const type = peek(scanner.cursor) === 45 ? TokenType.DocumentStart : TokenType.DocumentEnd;
  endBlocks(scanner);
  pushIndicator(scanner, type, 3);
}

function pushIndicator(scanner: Scanner, type: TokenType, length = 1): true {
  const { cursor } = scanner;
  push(scanner, { type, start: cursor.at, end: cursor.at + length, line: cursor.line });
  cursor.at += length;
  return true;
}

function fetchFlowStart(scanner: Scanner, type: TokenType): true {
  saveKey(scanner);
  const { cursor } = scanner;
  scanner.keys.push({ isPossible: false, isRequired: false, tokenNumber: 0, at: cursor.at, line: cursor.line, column: 0 });
  if (++scanner.flowLevel > MAX_DEPTH) throw tooDeep(scanner);
  scanner.keyAllowed = true;
  return pushIndicator(scanner, type);
}

function fetchFlowEnd(scanner: Scanner, type: TokenType): true {
  removeKey(scanner);
  if (scanner.flowLevel > 0) {
    scanner.flowLevel--;
    scanner.keys.pop();
  }
  scanner.keyAllowed = false;
  return pushIndicator(scanner, type);
}

function fetchFlowEntry(scanner: Scanner): true {
  removeKey(scanner);
  scanner.keyAllowed = true;
  return pushIndicator(scanner, TokenType.FlowEntry);
}

function fetchBlockEntry(scanner: Scanner): boolean {
  const { cursor } = scanner;
  if (!isBlankOrEnd(peek(cursor, 1))) return false;
  if (scanner.flowLevel === 0) {
    if (!scanner.keyAllowed) throw scannerFailure(cursor, "block sequence entries are not allowed in this context", "block entry");
    rollIndent(scanner, columnOf(cursor), TokenType.BlockSequenceStart, cursor);
  }
  removeKey(scanner);
  scanner.keyAllowed = true;
  return pushIndicator(scanner, TokenType.BlockEntry);
}

function fetchKey(scanner: Scanner): boolean {
  const { cursor } = scanner;
  if (scanner.flowLevel === 0 && !isBlankOrEnd(peek(cursor, 1))) return false;
  if (scanner.flowLevel === 0) {
    if (!scanner.keyAllowed) throw scannerFailure(cursor, "mapping keys are not allowed in this context", "key");
    rollIndent(scanner, columnOf(cursor), TokenType.BlockMappingStart, cursor);
  }
  removeKey(scanner);
  scanner.keyAllowed = scanner.flowLevel === 0;
  return pushIndicator(scanner, TokenType.Key);
}

function fetchValue(scanner: Scanner): boolean {
  const { cursor } = scanner;
  if (scanner.flowLevel === 0 && !isBlankOrEnd(peek(cursor, 1))) return false;
  const key = scanner.keys[scanner.keys.length - 1];
  if (key !== undefined && isKeyValid(scanner, key)) {
    insertAt(scanner, key.tokenNumber, { type: TokenType.Key, start: key.at, end: key.at, line: key.line });
    rollIndent(scanner, key.column, TokenType.BlockMappingStart, key, key.tokenNumber);
    key.isPossible = false;
    scanner.keyLevelByToken.delete(key.tokenNumber);
    scanner.keyAllowed = false;
  } else {
    if (scanner.flowLevel === 0) {
      if (!scanner.keyAllowed) throw scannerFailure(cursor, "mapping values are not allowed in this context", "value");
      rollIndent(scanner, columnOf(cursor), TokenType.BlockMappingStart, cursor);
    }
    scanner.keyAllowed = scanner.flowLevel === 0;
  }
  return pushIndicator(scanner, TokenType.Value);
}

function fetchProperty(scanner: Scanner, scan: (cursor: Cursor) => Token): true {
  saveKey(scanner);
  scanner.keyAllowed = false;
  push(scanner, scan(scanner.cursor));
  return true;
}

function fetchBlockScalar(scanner: Scanner): boolean {
  if (scanner.flowLevel > 0) return false;
  removeKey(scanner);
  scanner.keyAllowed = true;
  push(scanner, scanBlock(scanner.cursor, scanner.indent));
  return true;
}

function fetchPlain(scanner: Scanner): void {
  saveKey(scanner);
  scanner.keyAllowed = false;
  const scan = scanPlain(scanner.cursor, scanner.indent, scanner.flowLevel > 0);
  push(scanner, scan.token);
  if (scan.crossedLine) scanner.keyAllowed = true;
}

/** What a plain scalar may start with: not an indicator, but `-`, and outside flow `?` and `:`, when something follows. */
function canStartPlain(scanner: Scanner): boolean {
  const unit = peek(scanner.cursor);
  const next = peek(scanner.cursor, 1);
  if (unit === 45) return !isBlank(next);
  if (unit === 63 || unit === 58) return scanner.flowLevel === 0 && !isBlankOrEnd(next);
  return !isBlankOrEnd(unit) && !",[]{}#&*!|>'\"%@`".includes(String.fromCharCode(unit));
}

const FETCHERS: ReadonlyMap<number, (scanner: Scanner) => boolean> = new Map([
  [91, (scanner) => fetchFlowStart(scanner, TokenType.FlowSequenceStart)],
  [123, (scanner) => fetchFlowStart(scanner, TokenType.FlowMappingStart)],
  [93, (scanner) => fetchFlowEnd(scanner, TokenType.FlowSequenceEnd)],
  [125, (scanner) => fetchFlowEnd(scanner, TokenType.FlowMappingEnd)],
  [44, fetchFlowEntry],
  [45, fetchBlockEntry],
  [63, fetchKey],
  [58, fetchValue],
  [42, (scanner) => fetchProperty(scanner, (cursor) => scanAnchor(cursor, TokenType.Alias))],
  [38, (scanner) => fetchProperty(scanner, (cursor) => scanAnchor(cursor, TokenType.Anchor))],
  [33, (scanner) => fetchProperty(scanner, scanTag)],
  [124, fetchBlockScalar],
  [62, fetchBlockScalar],
  [39, (scanner) => fetchProperty(scanner, scanQuoted)],
  [34, (scanner) => fetchProperty(scanner, scanQuoted)],
] as [number, (scanner: Scanner) => boolean][]);
