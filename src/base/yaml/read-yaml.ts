/**
 * Reads a text as the real client does: a stream of YAML documents or of JSON values, whichever its beginning shows.
 * Source: k8s.io/apimachinery/pkg/util/yaml/decoder.go (YAMLOrJSONDecoder, which looks at the first 4,096 bytes).
 * One bad document doesn't keep the others from being read.
 */
import { utf8Length } from "../encoding/index.ts";
import { findHiddenCharacter } from "../text/index.ts";
import type { HiddenCharacter } from "../text/index.ts";
import { createDecoder, decodeStep } from "./decode.ts";
import type { Decoder } from "./decode.ts";
import type { ReadOptions, YamlDocument, YamlFile, YamlProgress } from "./document.ts";
import { createJsonParser, jsonStep, skipJsonSpace } from "./json-parser.ts";
import type { JsonParser } from "./json-parser.ts";
import { indexLines } from "./line-index.ts";
import type { YamlNode } from "./node.ts";
import { createParser, parseStep } from "./parser.ts";
import type { Parser } from "./parser.ts";
import { failureProblem, hiddenCharacterProblem, readDocument, refusedDocument, separatorProblem, yamlClientMessage } from "./report.ts";
import type { Source } from "./report.ts";
import { splitStream } from "./split-stream.ts";
import type { Chunk } from "./split-stream.ts";
import { YamlFailure } from "./token.ts";

const STEP_SIZE = 2000;
const GUESS_LENGTH = 4096;
const PIECE_LENGTH = 1 << 20;

interface Reading extends Source {
  readonly documents: YamlDocument[];
  readonly stepSize: number;
  budget: number;
  /** What the JSON decoder said before YAML was tried: the client repeats it if YAML fails too. */
  jsonMessage: string | undefined;
  /** End of the text without the line feed added to it: JSON is read as it is. */
  readonly jsonEnd: number;
  isJson: boolean;
}

type Steps<T> = Generator<YamlProgress, T>;

/** Reads the whole text at once. */
export function readYaml(text: string, options: ReadOptions = {}): YamlFile {
  const steps = readYamlSteps(text, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Reads in small steps: the caller may stop between any two, by no longer asking for the next. Returns the file. */
export function* readYamlSteps(text: string, options: ReadOptions = {}): Steps<YamlFile> {
  const stepSize = options.stepSize ?? STEP_SIZE;
  const start = text.startsWith("\ufeff") ? 1 : 0;
  // The client's line reader ends the last line with a line feed when it has none, which block scalars keep.
  const complete = text.length === start || text.endsWith("\n") ? text : `${text}\n`;
  const reading: Reading = { text: complete, lines: indexLines(text), documents: [], stepSize, budget: stepSize, jsonMessage: undefined, jsonEnd: text.length, isJson: false };
  if (text.length > PIECE_LENGTH) yield progress(reading, start);
  const yamlFrom = looksLikeJson(complete, start) ? yield* readJsonStream(reading, start) : start;
  if (yamlFrom !== undefined) for (const chunk of splitStream(complete, yamlFrom)) reading.documents.push(yield* readChunk(reading, chunk));
  const { documents } = reading;
  return { documents, problems: documents.flatMap((document) => document.problems), ok: documents.every((document) => document.ok), isJson: reading.isJson };
}

function looksLikeJson(text: string, start: number): boolean {
  return /^\s*\{/.test(text.slice(start, start + GUESS_LENGTH));
}

/** Counts one node of work; true when it is time to yield. */
function spend(reading: Reading): boolean {
  if (--reading.budget > 0) return false;
  reading.budget = reading.stepSize;
  return true;
}

function progress(reading: Reading, offset: number): YamlProgress {
  return { offset, length: reading.text.length, documents: reading.documents.length };
}

function* readChunk(reading: Reading, chunk: Chunk): Steps<YamlDocument> {
  const index = reading.documents.length;
  if (chunk.separatorProblem !== undefined) {
    const message = reading.jsonMessage ?? `invalid Yaml document separator: ${chunk.separatorProblem.text}`;
    reading.jsonMessage = undefined;
    return refusedDocument(reading, index, chunk, separatorProblem(reading, chunk), message);
  }
  const hidden = yield* findHidden(reading, chunk);
  if (hidden !== undefined) {
    return refusedDocument(reading, index, chunk, hiddenCharacterProblem(reading, hidden), "error converting YAML to JSON: yaml: control characters are not allowed");
  }
  return yield* readContent(reading, index, chunk);
}

/** Looks for hidden characters a piece at a time; a piece never ends between the halves of a surrogate pair. */
function* findHidden(reading: Reading, chunk: Chunk): Steps<HiddenCharacter | undefined> {
  for (let start = chunk.start; start < chunk.end; ) {
    const cut = Math.min(start + PIECE_LENGTH, chunk.end);
    const last = reading.text.charCodeAt(cut - 1);
    const end = cut < chunk.end && last >= 0xd800 && last <= 0xdbff ? cut + 1 : cut;
    const hidden = findHiddenCharacter(reading.text.slice(start, end));
    if (hidden !== undefined) return { ...hidden, index: hidden.index + start };
    start = end;
    if (start < chunk.end) yield progress(reading, chunk.start);
  }
  return undefined;
}

function* readContent(reading: Reading, index: number, chunk: Chunk): Steps<YamlDocument> {
  const parser = createParser(reading.text, chunk.start, chunk.end);
  let decoder: Decoder | undefined;
  try {
    yield* runParser(reading, parser);
    decoder = createDecoder(parser.root, false);
    yield* runDecoder(reading, decoder, chunk.end);
    return readDocument(reading, index, chunk, { data: decoder.value, root: parser.root, decoder, customTags: parser.customTags, ignoredFrom: parser.ignoredFrom });
  } catch (error) {
    if (!(error instanceof YamlFailure)) throw error;
    const message = reading.jsonMessage ?? yamlClientMessage(error);
    return refusedDocument(reading, index, chunk, failureProblem(reading, chunk, error, decoder?.decoded ?? 0), message, parser.root);
  } finally {
    reading.jsonMessage = undefined;
  }
}

function* runParser(reading: Reading, parser: Parser): Steps<void> {
  while (!parser.isDone) {
    parseStep(parser);
    if (spend(reading)) yield progress(reading, parser.scanner.cursor.at);
  }
}

function* runDecoder(reading: Reading, decoder: Decoder, offset: number): Steps<void> {
  while (!decoder.isDone) {
    decodeStep(decoder);
    if (spend(reading)) yield progress(reading, offset);
  }
  const { unsupported } = decoder;
  if (unsupported !== undefined) throw new YamlFailure(`json: unsupported value: ${unsupported.value}`, unsupported.node.start, 0, "tag value");
}

/** Reads JSON values; returns where YAML must go on, or undefined when the stream is done. */
function* readJsonStream(reading: Reading, start: number): Steps<number | undefined> {
  const { text, jsonEnd } = reading;
  let consumed = start;
  for (;;) {
    const at = skipJsonSpace(text, consumed, jsonEnd);
    if (at >= jsonEnd) {
      reading.isJson = true;
      return undefined;
    }
    const parser = createJsonParser(text, at, jsonEnd);
    const failure = yield* runJson(reading, parser);
    if (failure !== undefined) return afterJsonFailure(reading, consumed, failure);
    consumed = parser.at;
    reading.documents.push(yield* readJsonDocument(reading, { start: at, end: consumed }, parser.root));
  }
}

function* runJson(reading: Reading, parser: JsonParser): Steps<YamlFailure | undefined> {
  try {
    while (!parser.isDone) {
      jsonStep(parser);
      if (spend(reading)) yield progress(reading, parser.at);
    }
    return undefined;
  } catch (error) {
    if (error instanceof YamlFailure) return error;
    throw error;
  }
}

function* readJsonDocument(reading: Reading, chunk: Chunk, root: YamlNode | undefined): Steps<YamlDocument> {
  const index = reading.documents.length;
  const hidden = yield* findHidden(reading, chunk);
  if (hidden !== undefined) {
    return refusedDocument(reading, index, chunk, hiddenCharacterProblem(reading, hidden), "error converting YAML to JSON: yaml: control characters are not allowed", root);
  }
  const decoder = createDecoder(root, true);
  yield* runDecoder(reading, decoder, chunk.end);
  return readDocument(reading, index, chunk, { data: decoder.value, root, decoder, customTags: [], ignoredFrom: undefined });
}

/** After at most one value the client tries YAML; after more it is sure that the stream is JSON, and stops. */
function afterJsonFailure(reading: Reading, consumed: number, failure: YamlFailure): number | undefined {
  const { text, documents } = reading;
  const yamlFrom = documents.length > 1 ? undefined : skipFirstBreak(text, consumed, reading.jsonEnd);
  const offset = utf8Length(text.slice(0, failure.offset)) + 1;
  const message = failure.message === "unexpected EOF" || documents.length > 1 ? failure.message : `json: offset ${String(offset)}: ${failure.message}`;
  reading.jsonMessage = message;
  if (yamlFrom !== undefined) return yamlFrom;
  reading.isJson = true;
  const chunk = { start: consumed, end: reading.jsonEnd };
  documents.push(refusedDocument(reading, documents.length, chunk, jsonProblem(reading, chunk, failure), message));
  return undefined;
}

function jsonProblem(reading: Reading, chunk: Chunk, failure: YamlFailure): YamlDocument["problems"][number] {
  const problem = failureProblem(reading, chunk, failure, 0);
  return { ...problem, code: "json-syntax", fix: "Correct the JSON here, or put the values into separate files." };
}

/**
 * The client eats white space up to and with the first line feed before it hands over to YAML. It looks four bytes ahead, and
 * with fewer left it doesn't hand over (consumeWhitespace in decoder.go): then undefined.
 */
function skipFirstBreak(text: string, from: number, end: number): number | undefined {
  for (let at = from; ; at++) {
    if (utf8Length(text.slice(at, Math.min(at + 4, end))) < 4) return undefined;
    const character = text.charAt(at);
    if (character === "\n") return at + 1;
    if (!/\s/.test(character)) return at;
  }
}
