/** The tree of a document as written: plain data, with offsets into the text. */
import type { ScalarStyle } from "./token.ts";

/** A value in quotes, plain, or as a block of text. `isPlain` is true when its text decides what it is (YAML's "implicit"). */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly tag: string;
  readonly value: string;
  readonly isPlain: boolean;
  readonly style: ScalarStyle;
}

/** `*name`, and the node it stands for. */
export interface AliasNode {
  readonly kind: "alias";
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly name: string;
  readonly target: YamlNode;
}

/** A list (`children` are its items) or a mapping (`children` are key, value, key, value…). */
export interface CollectionNode {
  readonly kind: "sequence" | "mapping";
  readonly start: number;
  /** End of the last child, or of the closing bracket. */
  end: number;
  readonly line: number;
  readonly tag: string;
  readonly isFlow: boolean;
  readonly children: YamlNode[];
}

/** Any node. `line` counts from 0 within its chunk. */
export type YamlNode = ScalarNode | AliasNode | CollectionNode;
