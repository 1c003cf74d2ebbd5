/**
 * From tokens to a tree, without recursion: depth costs memory, never stack. One call of {@link parseStep} reads one node
 * or one end of a collection, so a caller may stop between any two. The grammar is that of YAML 1.1 (chapter 4) as libyaml
 * reads it; like the real client it reads the first document of a chunk and stops.
 */
import type { CollectionNode, YamlNode } from "./node.ts";
import { createScanner, peekToken, takeToken } from "./scanner.ts";
import type { Scanner } from "./scanner.ts";
import { TokenType, YamlFailure } from "./token.ts";
import type { ScalarStyle, Token } from "./token.ts";

type State =
  | "block-sequence" | "indentless-sequence" | "block-key" | "block-value"
  | "flow-sequence" | "flow-key" | "flow-value" | "flow-no-value" | "pair-key" | "pair-value" | "pair-end";

interface Frame {
  readonly node: CollectionNode;
  state: State;
  isFirst: boolean;
}

/** The parser's state. `root` is set as soon as the outermost node is known, and complete when `isDone`. */
export interface Parser {
  readonly scanner: Scanner;
  readonly stack: Frame[];
  readonly anchors: Map<string, YamlNode>;
  readonly tagHandles: Map<string, string>;
  readonly customTags: Token[];
  root: YamlNode | undefined;
  isDone: boolean;
  hasStarted: boolean;
  /** Offset of content after the document's end, which the client leaves unread. */
  ignoredFrom: number | undefined;
}

const CORE_PREFIX = "tag:yaml.org,2002:";

/** A parser for one chunk of `text`. */
export function createParser(text: string, start: number, end: number): Parser {
  const tagHandles = new Map([["!", "!"], ["!!", CORE_PREFIX]]);
  return {
    scanner: createScanner(text, start, end), stack: [], anchors: new Map(), tagHandles, customTags: [],
    root: undefined, isDone: false, hasStarted: false, ignoredFrom: undefined,
  };
}

/** Reads on by one node or one end. Throws {@link YamlFailure}. */
export function parseStep(parser: Parser): void {
  if (!parser.hasStarted) return startDocument(parser);
  const frame = parser.stack[parser.stack.length - 1];
  if (frame === undefined) return endDocument(parser);
  STEPS[frame.state](parser, frame);
}

function failure(problem: string, token: Token, context: string): YamlFailure {
  return new YamlFailure(problem, token.start, token.line, context);
}

function startDocument(parser: Parser): void {
  parser.hasStarted = true;
  const hadDirectives = readDirectives(parser);
  const token = peekToken(parser.scanner);
  if (token.type === TokenType.StreamEnd && !hadDirectives) {
    parser.isDone = true;
    return;
  }
  if (token.type === TokenType.DocumentStart) takeToken(parser.scanner);
  else if (hadDirectives) throw failure("did not find expected <document start>", token, "document");
  else return readNode(parser, true, false);
  if (endsDocument(peekToken(parser.scanner))) addEmpty(parser, peekToken(parser.scanner));
  else readNode(parser, true, false);
}

function endsDocument(token: Token): boolean {
  const { type } = token;
  return type === TokenType.StreamEnd || type === TokenType.DocumentStart || type === TokenType.DocumentEnd || isDirective(token);
}

function isDirective(token: Token): boolean {
  return token.type === TokenType.VersionDirective || token.type === TokenType.TagDirective;
}

function readDirectives(parser: Parser): boolean {
  let hasVersion = false;
  const declared = new Set<string>();
  for (let token = peekToken(parser.scanner); isDirective(token); token = peekToken(parser.scanner)) {
    if (token.type === TokenType.VersionDirective) {
      if (hasVersion) throw failure("found duplicate %YAML directive", token, "directive");
      if (token.value !== "1.1") throw failure("found incompatible YAML document", token, "version");
      hasVersion = true;
    } else {
      const handle = token.value ?? "";
      if (declared.has(handle)) throw failure("found duplicate %TAG directive", token, "directive");
      declared.add(handle);
      parser.tagHandles.set(handle, token.suffix ?? "");
    }
    takeToken(parser.scanner);
  }
  return hasVersion || declared.size > 0;
}

function endDocument(parser: Parser): void {
  parser.isDone = true;
  let token = peekToken(parser.scanner);
  if (token.type === TokenType.DocumentEnd) {
    takeToken(parser.scanner);
    try {
      token = peekToken(parser.scanner);
    } catch (error) {
      if (!(error instanceof YamlFailure)) throw error;
      parser.ignoredFrom = error.offset;
      return;
    }
  }
  if (token.type !== TokenType.StreamEnd) parser.ignoredFrom = token.start;
}

function attach(parser: Parser, node: YamlNode): void {
  const frame = parser.stack[parser.stack.length - 1];
  if (frame === undefined) parser.root = node;
  else frame.node.children.push(node);
}

function addEmpty(parser: Parser, token: Token, at: number = token.start): void {
  attach(parser, { kind: "scalar", start: at, end: at, line: token.line, tag: "", value: "", isPlain: true, style: "plain" });
}

interface Properties {
  start: number;
  line: number;
  anchor: string | undefined;
  tag: string;
}

/** Reads a scalar or an alias, or begins a collection. */
function readNode(parser: Parser, isBlock: boolean, mayBeIndentless: boolean): void {
  const first = peekToken(parser.scanner);
  if (first.type === TokenType.Alias) return readAlias(parser, first);
  const properties = readProperties(parser, first);
  const token = peekToken(parser.scanner);
  if (mayBeIndentless && token.type === TokenType.BlockEntry) return begin(parser, properties, "sequence", "indentless-sequence", false);
  if (token.type === TokenType.Scalar) {
    takeToken(parser.scanner);
    return addScalar(parser, properties, token.value ?? "", token.end, token.style ?? "plain");
  }
  const opening = OPENINGS.get(token.type);
  if (opening !== undefined && (isBlock || opening.isFlow)) {
    takeToken(parser.scanner);
    return begin(parser, properties, opening.kind, opening.state, opening.isFlow);
  }
  if (properties.anchor !== undefined || properties.tag !== "") return addScalar(parser, properties, "", properties.start, "plain");
  throw failure("did not find expected node content", token, isBlock ? "block node" : "flow node");
}

const OPENINGS: ReadonlyMap<TokenType, { readonly kind: "sequence" | "mapping"; readonly state: State; readonly isFlow: boolean }> = new Map([
  [TokenType.FlowSequenceStart, { kind: "sequence", state: "flow-sequence", isFlow: true }],
  [TokenType.FlowMappingStart, { kind: "mapping", state: "flow-key", isFlow: true }],
  [TokenType.BlockSequenceStart, { kind: "sequence", state: "block-sequence", isFlow: false }],
  [TokenType.BlockMappingStart, { kind: "mapping", state: "block-key", isFlow: false }],
]);

function readAlias(parser: Parser, token: Token): void {
  const name = token.value ?? "";
  const target = parser.anchors.get(name);
  if (target === undefined) throw new YamlFailure(`unknown anchor '${name}' referenced`, token.start, 0, "alias");
  attach(parser, { kind: "alias", start: token.start, end: token.end, line: token.line, name, target });
  takeToken(parser.scanner);
}

function readProperties(parser: Parser, first: Token): Properties {
  const properties: Properties = { start: first.start, line: first.line, anchor: undefined, tag: "" };
  let hasTag = false;
  for (let token = first; ; token = peekToken(parser.scanner)) {
    if (token.type === TokenType.Anchor && properties.anchor === undefined) properties.anchor = token.value;
    else if (token.type === TokenType.Tag && !hasTag) {
      properties.tag = resolveTag(parser, token);
      hasTag = true;
    } else return properties;
    takeToken(parser.scanner);
  }
}

function resolveTag(parser: Parser, token: Token): string {
  const handle = token.value ?? "";
  const suffix = token.suffix ?? "";
  const prefix = handle === "" ? "" : parser.tagHandles.get(handle);
  if (prefix === undefined) throw failure("found undefined tag handle", token, "tag");
  const tag = prefix + suffix;
  if (!tag.startsWith(CORE_PREFIX) && tag !== "!") parser.customTags.push(token);
  return tag;
}

function addScalar(parser: Parser, properties: Properties, value: string, end: number, style: ScalarStyle): void {
  const { start, line, tag, anchor } = properties;
  const isPlain = (tag === "" && style === "plain") || tag === "!";
  const node: YamlNode = { kind: "scalar", start, end, line, tag, value, isPlain, style };
  if (anchor !== undefined) parser.anchors.set(anchor, node);
  attach(parser, node);
}

function begin(parser: Parser, properties: Properties, kind: "sequence" | "mapping", state: State, isFlow: boolean): void {
  const { start, line, tag, anchor } = properties;
  const node: CollectionNode = { kind, start, end: start, line, tag, isFlow, children: [] };
  if (anchor !== undefined) parser.anchors.set(anchor, node);
  attach(parser, node);
  parser.stack.push({ node, state, isFirst: true });
}

/** Ends the innermost collection. A block ends where its last child ends: its end token comes only with the next line. */
function end(parser: Parser, at?: number): void {
  const frame = parser.stack.pop();
  if (frame === undefined) return;
  const { node } = frame;
  node.end = at ?? node.children[node.children.length - 1]?.end ?? node.start;
}

function is(token: Token, ...types: readonly TokenType[]): boolean {
  return types.includes(token.type);
}

function stepBlockSequence(parser: Parser): void {
  const token = peekToken(parser.scanner);
  if (token.type === TokenType.BlockEnd) {
    takeToken(parser.scanner);
    return end(parser);
  }
  if (token.type !== TokenType.BlockEntry) throw failure("did not find expected '-' indicator", token, "block sequence");
  takeToken(parser.scanner);
  if (is(peekToken(parser.scanner), TokenType.BlockEntry, TokenType.BlockEnd)) return addEmpty(parser, token, token.end);
  readNode(parser, true, false);
}

function stepIndentless(parser: Parser): void {
  const token = peekToken(parser.scanner);
  if (token.type !== TokenType.BlockEntry) return end(parser);
  takeToken(parser.scanner);
  if (is(peekToken(parser.scanner), TokenType.BlockEntry, TokenType.Key, TokenType.Value, TokenType.BlockEnd)) return addEmpty(parser, token, token.end);
  readNode(parser, true, false);
}

function stepBlockKey(parser: Parser, frame: Frame): void {
  const token = peekToken(parser.scanner);
  if (token.type === TokenType.BlockEnd) {
    takeToken(parser.scanner);
    return end(parser);
  }
  if (token.type !== TokenType.Key) throw failure("did not find expected key", token, "block mapping");
  takeToken(parser.scanner);
  frame.state = "block-value";
  readBlockPart(parser, token);
}

function stepBlockValue(parser: Parser, frame: Frame): void {
  const token = peekToken(parser.scanner);
  frame.state = "block-key";
  if (token.type !== TokenType.Value) return addEmpty(parser, token);
  takeToken(parser.scanner);
  readBlockPart(parser, token);
}

/** Reads the key or value after its indicator, or notes that there is none. */
function readBlockPart(parser: Parser, indicator: Token): void {
  if (is(peekToken(parser.scanner), TokenType.Key, TokenType.Value, TokenType.BlockEnd)) return addEmpty(parser, indicator, indicator.end);
  readNode(parser, true, true);
}

/** Takes the comma between entries. False when the collection ended instead. */
function enterFlowEntry(parser: Parser, frame: Frame, closing: TokenType, problem: string): boolean {
  let token = peekToken(parser.scanner);
  if (token.type !== closing && !frame.isFirst) {
    if (token.type !== TokenType.FlowEntry) throw failure(problem, token, frame.node.kind === "sequence" ? "flow sequence" : "flow mapping");
    takeToken(parser.scanner);
    token = peekToken(parser.scanner);
  }
  frame.isFirst = false;
  if (token.type !== closing) return true;
  takeToken(parser.scanner);
  end(parser, token.end);
  return false;
}

function stepFlowSequence(parser: Parser, frame: Frame): void {
  if (!enterFlowEntry(parser, frame, TokenType.FlowSequenceEnd, "did not find expected ',' or ']'")) return;
  const token = peekToken(parser.scanner);
  if (token.type !== TokenType.Key) return readNode(parser, false, false);
  takeToken(parser.scanner);
  begin(parser, { start: token.start, line: token.line, anchor: undefined, tag: "" }, "mapping", "pair-key", true);
}

function stepPairKey(parser: Parser, frame: Frame): void {
  const token = peekToken(parser.scanner);
  frame.state = "pair-value";
  if (!is(token, TokenType.Value, TokenType.FlowEntry, TokenType.FlowSequenceEnd)) return readNode(parser, false, false);
  // The library drops this token too, whichever it is (yaml_parser_parse_flow_sequence_entry_mapping_key).
  takeToken(parser.scanner);
  addEmpty(parser, token, token.end);
}

function stepPairValue(parser: Parser, frame: Frame): void {
  frame.state = "pair-end";
  readFlowValue(parser, TokenType.FlowSequenceEnd);
}

function readFlowValue(parser: Parser, closing: TokenType): void {
  const token = peekToken(parser.scanner);
  if (token.type === TokenType.Value) {
    takeToken(parser.scanner);
    if (!is(peekToken(parser.scanner), TokenType.FlowEntry, closing)) return readNode(parser, false, false);
  }
  addEmpty(parser, token, token.type === TokenType.Value ? token.end : token.start);
}

function stepFlowKey(parser: Parser, frame: Frame): void {
  if (!enterFlowEntry(parser, frame, TokenType.FlowMappingEnd, "did not find expected ',' or '}'")) return;
  const token = peekToken(parser.scanner);
  if (token.type !== TokenType.Key) {
    frame.state = "flow-no-value";
    return readNode(parser, false, false);
  }
  takeToken(parser.scanner);
  frame.state = "flow-value";
  const next = peekToken(parser.scanner);
  if (is(next, TokenType.Value, TokenType.FlowEntry, TokenType.FlowMappingEnd)) addEmpty(parser, next);
  else readNode(parser, false, false);
}

function stepFlowValue(parser: Parser, frame: Frame): void {
  frame.state = "flow-key";
  readFlowValue(parser, TokenType.FlowMappingEnd);
}

function stepFlowNoValue(parser: Parser, frame: Frame): void {
  frame.state = "flow-key";
  addEmpty(parser, peekToken(parser.scanner));
}

const STEPS: Readonly<Record<State, (parser: Parser, frame: Frame) => void>> = {
  "block-sequence": stepBlockSequence,
  "indentless-sequence": stepIndentless,
  "block-key": stepBlockKey,
  "block-value": stepBlockValue,
  "flow-sequence": stepFlowSequence,
  "flow-key": stepFlowKey,
  "flow-value": stepFlowValue,
  "flow-no-value": stepFlowNoValue,
  "pair-key": stepPairKey,
  "pair-value": stepPairValue,
  "pair-end": (parser) => { end(parser); },
};
