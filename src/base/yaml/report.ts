/** From what the parser and the decoder found to a document with problems that have places. */
import { compareCodePoints } from "../json/index.ts";
import type { JsonValue } from "../json/index.ts";
import { escapeForOneLine, groupDigits, nameCharacter, shorten } from "../text/index.ts";
import type { HiddenCharacter } from "../text/index.ts";
import type { Decoder, RepeatedKey } from "./decode.ts";
import type { YamlDocument } from "./document.ts";
import { explain } from "./explain.ts";
import type { Explanation } from "./explain.ts";
import { lineAt, rangeOf } from "./line-index.ts";
import type { LineIndex } from "./line-index.ts";
import { locatePath, pathAtPosition } from "./locate.ts";
import type { YamlNode } from "./node.ts";
import { formatFieldPath } from "./problem.ts";
import type { DuplicateKey, YamlProblem } from "./problem.ts";
import type { Chunk } from "./split-stream.ts";
import type { Token, YamlFailure } from "./token.ts";

/** The text and its lines. */
export interface Source {
  readonly text: string;
  readonly lines: LineIndex;
}

/** A document with an error and nothing else. */
export function refusedDocument(source: Source, index: number, chunk: Chunk, problem: YamlProblem, clientMessage: string, root?: YamlNode): YamlDocument {
  return build(source, index, chunk, { data: null, ok: false, isEmpty: false, problems: [problem], duplicates: [], clientMessage, ...(root === undefined ? {} : { root }) });
}

type Content = Omit<YamlDocument, "index" | "startLine" | "endLine" | "locate" | "pathAt">;

function build(source: Source, index: number, chunk: Chunk, content: Content): YamlDocument {
  const { text, lines } = source;
  return {
    index,
    startLine: lineAt(lines, chunk.start) + 1,
    endLine: lineAt(lines, Math.max(chunk.start, chunk.end - 1)) + 1,
    ...content,
    locate: (path) => locatePath(content.root, lines, path),
    pathAt: (line, column) => pathAtPosition(content.root, lines, line, column, text.length),
  };
}

/** The problem for a hidden character, with the character shown escaped. */
export function hiddenCharacterProblem(source: Source, hidden: HiddenCharacter): YamlProblem {
  const isControl = hidden.kind === "control";
  return {
    severity: "error", code: isControl ? "control-character" : "bidirectional-character", ...rangeOf(source.lines, hidden.index, hidden.index + 1),
    message: `The text holds ${nameCharacter(hidden.code)}, ${isControl ? "a control character, which YAML doesn't allow" : "which can make text read otherwise than it is"}.`,
    fix: `Remove it, or write it as \\u${hidden.code.toString(16).padStart(4, "0")} inside double quotes.`,
  };
}

/** The problem for text after `---`. */
export function separatorProblem(source: Source, chunk: Chunk): YamlProblem {
  const found = chunk.separatorProblem ?? { text: "", offset: chunk.start };
  return {
    severity: "error", code: "separator", ...rangeOf(source.lines, found.offset, found.offset + found.text.length),
    message: `Only a comment may follow --- on its line, not ${quote(found.text)}.`, fix: "Begin the document on the next line.",
  };
}

function quote(text: string): string {
  return `"${escapeForOneLine(shorten(text, 40))}"`;
}

/** The problem for a failure in a chunk; `expanded` is how many values had been read. */
export function failureProblem(source: Source, chunk: Chunk, failure: YamlFailure, expanded: number): YamlProblem {
  const at = failure.offset >= chunk.end ? contentEnd(source.text, chunk) : failure.offset;
  const explanation: Explanation = explain(failure, source.text.slice(failure.offset, Math.min(failure.offset + 80, chunk.end)));
  const message = explanation.code === "alias-expansion" ? `The aliases make this document expand beyond ${groupDigits(expanded)} values.` : explanation.message;
  const place = rangeOf(source.lines, at, at + 1);
  return { severity: "error", code: explanation.code, ...place, message: escapeForOneLine(message), ...(explanation.fix === undefined ? {} : { fix: explanation.fix }) };
}

/** Offset of the last visible character: where something is missing at the end, that is the place to look at. */
function contentEnd(text: string, chunk: Chunk): number {
  let at = chunk.end - 1;
  while (at > chunk.start && /\s/.test(text.charAt(at))) at--;
  return Math.max(at, chunk.start);
}

/** The client's words for a YAML failure. Sources: sigs.k8s.io/yaml yaml.go; go.yaml.in/yaml/v2 decode.go (parser.fail). */
export function yamlClientMessage(failure: YamlFailure): string {
  const where = failure.clientLine === 0 ? "" : `line ${String(failure.clientLine)}: `;
  const isOutsideYaml = failure.message.startsWith("unsupported map key") || failure.message.startsWith("json:");
  return `error converting YAML to JSON: ${isOutsideYaml ? "" : `yaml: ${where}`}${failure.message}`;
}

/** The finished document. */
export interface Findings {
  readonly data: JsonValue;
  readonly root: YamlNode | undefined;
  readonly decoder: Decoder;
  readonly customTags: readonly Token[];
  readonly ignoredFrom: number | undefined;
}

/** A document that could be read, with its warnings and hints. */
export function readDocument(source: Source, index: number, chunk: Chunk, findings: Findings): YamlDocument {
  const { decoder, root } = findings;
  const duplicates = decoder.repeated.map((repeated) => toDuplicate(source, repeated));
  const problems = [...duplicateProblems(source, decoder), ...tagProblems(source, findings.customTags), ...ignoredProblems(source, findings.ignoredFrom), ...hintProblems(source, decoder)];
  const strict = strictMessage(source, chunk, decoder.repeated);
  return build(source, index, chunk, {
    data: findings.data, ok: true, isEmpty: findings.data === null, problems: problems.sort(byPlace), duplicates,
    ...(strict === undefined ? {} : { strictMessage: strict }), ...(root === undefined ? {} : { root }),
  });
}

function byPlace(a: YamlProblem, b: YamlProblem): number {
  return a.line - b.line || a.column - b.column || compareCodePoints(a.code, b.code);
}

function toDuplicate(source: Source, repeated: RepeatedKey): DuplicateKey {
  const { line, column } = rangeOf(source.lines, repeated.node.start, repeated.node.end);
  return { path: repeated.path, field: formatFieldPath(repeated.path), line, column, firstLine: lineAt(source.lines, repeated.first.start) + 1 };
}

function duplicateProblems(source: Source, decoder: Decoder): YamlProblem[] {
  return decoder.repeated.map((repeated) => ({
    severity: "warning", code: "duplicate-key", ...rangeOf(source.lines, repeated.node.start, repeated.node.end),
    message: `${quote(formatFieldPath(repeated.path))} is set twice, first on line ${String(lineAt(source.lines, repeated.first.start) + 1)}; the last one counts.`,
    fix: "Remove one of the two.",
  }));
}

function strictMessage(source: Source, chunk: Chunk, repeated: readonly RepeatedKey[]): string | undefined {
  if (repeated.length === 0) return undefined;
  const firstLine = lineAt(source.lines, chunk.start);
  const lines = repeated.map((entry) => {
    const key = entry.path[entry.path.length - 1];
    return `\n  line ${String(lineAt(source.lines, entry.value.start) - firstLine + 1)}: key ${goKey(entry.node, String(key))} already set in map`;
  });
  return `yaml: unmarshal errors:${lines.join("")}`;
}

/** Go's %#v of a key: strings quoted, numbers and booleans bare. */
function goKey(node: YamlNode, key: string): string {
  return node.kind === "scalar" && node.isPlain && node.value !== key ? key : /^-?\d+$|^true$|^false$/.test(key) && node.kind === "scalar" && node.isPlain ? key : JSON.stringify(key);
}

function tagProblems(source: Source, tags: readonly Token[]): YamlProblem[] {
  return tags.map((tag) => ({
    severity: "warning", code: "custom-tag", ...rangeOf(source.lines, tag.start, tag.end),
    message: `The tag ${quote(source.text.slice(tag.start, tag.end))} means nothing to Kubernetes and is left out; tags are never run.`, fix: "Remove the tag.",
  }));
}

function ignoredProblems(source: Source, from: number | undefined): YamlProblem[] {
  if (from === undefined) return [];
  return [{
    severity: "warning", code: "ignored-content", ...rangeOf(source.lines, from, from + 1),
    message: "The client stops reading this document here; what follows up to the next --- is ignored.", fix: "Put --- on a line of its own before it, or correct what comes before.",
  }];
}

function hintProblems(source: Source, decoder: Decoder): YamlProblem[] {
  return decoder.hints.map(({ node, hint }) => ({ severity: "hint", ...rangeOf(source.lines, node.start, node.end), ...hint }));
}
