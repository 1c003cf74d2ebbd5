/** What a read text is: its documents, each with data, problems and places. */
import type { JsonValue } from "../json/index.ts";
import type { YamlLocation, YamlPath } from "./locate.ts";
import type { YamlNode } from "./node.ts";
import type { DuplicateKey, YamlProblem } from "./problem.ts";

/** One document of a stream. */
export interface YamlDocument {
  /** Number in the stream, from 0. */
  readonly index: number;
  /** Plain JSON data; null when it is empty or can't be read. Keys such as `__proto__` are plain data. */
  readonly data: JsonValue;
  /** False when an error kept it from being read. */
  readonly ok: boolean;
  /** True without content, or with `null` alone: the client passes over it. */
  readonly isEmpty: boolean;
  /** First and last line, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** Errors first, then by place. */
  readonly problems: readonly YamlProblem[];
  readonly duplicates: readonly DuplicateKey[];
  /** What the real client says of a document it can't read, without "error parsing FILE: ". */
  readonly clientMessage?: string;
  /** What strict YAML decoding says of repeated keys (server-side apply with fieldValidation=Strict). */
  readonly strictMessage?: string;
  /** The tree as written, for editors. */
  readonly root?: YamlNode;
  /** Where the value at a path stands, and its key; undefined when there is none. */
  locate(path: YamlPath): YamlLocation | undefined;
  /** The path of what stands at a line and column, from 1. */
  pathAt(line: number, column: number): YamlPath | undefined;
}

/** A read text. */
export interface YamlFile {
  readonly documents: readonly YamlDocument[];
  /** The problems of all documents, in order. */
  readonly problems: readonly YamlProblem[];
  /** True when no document has an error. */
  readonly ok: boolean;
  /** True for a stream of JSON values. */
  readonly isJson: boolean;
}

/** How far a reading has come, in UTF-16 units. */
export interface YamlProgress {
  readonly offset: number;
  readonly length: number;
  readonly documents: number;
}

/** Options of reading. */
export interface ReadOptions {
  /** Nodes read between two yields of `readYamlSteps`; the default takes about a millisecond or two. */
  readonly stepSize?: number;
}
