/**
 * Tokens of YAML 1.1, and the failure that stops reading a document.
 * The reader follows go.yaml.in/yaml/v2, the library behind kubectl, in what it accepts and what it says; behaviour was
 * read from its scannerc.go and parserc.go and checked against the library itself. Numbers of lines count from 0 here.
 */

/** Kinds of tokens. Block collections have start and end tokens made from indentation. */
export const TokenType = {
  StreamEnd: 0,
  VersionDirective: 1,
  TagDirective: 2,
  DocumentStart: 3,
  DocumentEnd: 4,
  BlockSequenceStart: 5,
  BlockMappingStart: 6,
  BlockEnd: 7,
  FlowSequenceStart: 8,
  FlowSequenceEnd: 9,
  FlowMappingStart: 10,
  FlowMappingEnd: 11,
  BlockEntry: 12,
  FlowEntry: 13,
  Key: 14,
  Value: 15,
  Alias: 16,
  Anchor: 17,
  Tag: 18,
  Scalar: 19,
} as const;

/** One of {@link TokenType}. */
export type TokenType = (typeof TokenType)[keyof typeof TokenType];

/** How a scalar was written. */
export type ScalarStyle = "plain" | "single-quoted" | "double-quoted" | "literal" | "folded";

/** One token. `value` is a scalar's text, a name, a tag handle or a version; `suffix` the rest of a tag or a tag prefix. */
export interface Token {
  readonly type: TokenType;
  /** Offsets in the whole text, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Line of the start, from 0, within the chunk. */
  readonly line: number;
  readonly value?: string;
  readonly suffix?: string;
  readonly style?: ScalarStyle;
}

/** Why a document can't be read: the library's own words, the offset to show, and where in the library it comes from. */
export class YamlFailure extends Error {
  readonly offset: number;
  /** Line number in the client's message; 0 when it gives none. */
  readonly clientLine: number;
  readonly context: string;

  constructor(problem: string, offset: number, clientLine: number, context: string) {
    super(problem);
    this.offset = offset;
    this.clientLine = clientLine;
    this.context = context;
  }
}
