/** The library's problems in plain words, with the way out. */
import { groupDigits, nameCharacter } from "../text/index.ts";
import type { ProblemCode } from "./problem.ts";
import { MAX_DEPTH } from "./scanner.ts";
import type { YamlFailure } from "./token.ts";

/** A problem before it has a place. */
export interface Explanation {
  readonly code: ProblemCode;
  readonly message: string;
  readonly fix?: string;
}

/** Explains a failure. `next` is the text from the failure's offset on. */
export function explain(failure: YamlFailure, next: string): Explanation {
  const fixed = BY_PROBLEM.get(failure.message);
  if (failure.message.includes("tab character") || (failure.context === "token" && next.startsWith("\t"))) return TAB;
  if (fixed !== undefined) return fixed;
  if (failure.context === "token") return unstartable(next);
  if (failure.context === "value") return { code: "syntax", message: "A second \": \" on this line starts another key where only a value fits.", fix: "Put the value in quotes if the colon belongs to it, or put the new key on a line of its own." };
  if (failure.context === "depth") return { code: "too-deep", message: `The document nests deeper than ${groupDigits(MAX_DEPTH)} levels.`, fix: "Flatten it: no Kubernetes object needs that many." };
  if (failure.message === "did not find expected node content") return missingValue(next);
  if (failure.context === "tag" || failure.context === "directive" || failure.context === "version") return { code: "syntax", message: `This ${failure.context === "tag" ? "tag" : "directive"} isn't valid: ${failure.message}.`, fix: "Remove it: Kubernetes objects need none." };
  return { code: CODE_BY_CONTEXT[failure.context] ?? "syntax", message: sentence(failure.message), ...fixFor(failure.context) };
}

const TAB: Explanation = { code: "tab-indent", message: "A tab can't indent: YAML allows only spaces for that.", fix: "Replace the tab with spaces (two a level)." };

const BY_PROBLEM: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  ["did not find expected key", { code: "indentation", message: "This line isn't indented like the keys around it, or it isn't a key.", fix: "Indent it exactly like the keys it belongs to, and write it as key: value." }],
  ["did not find expected '-' indicator", { code: "indentation", message: "This line isn't indented like the list items above it.", fix: "Begin it with \"- \" at the same indentation, or indent it into the item above." }],
  ["could not find expected ':'", { code: "syntax", message: "This looks like a key, but no \":\" follows it on the line.", fix: "Write key: value, with a space after the colon." }],
  ["found unexpected end of stream", { code: "unclosed", message: "The quote that opens here is never closed.", fix: "Close it with the same kind of quote." }],
  ["found unexpected document indicator", { code: "unclosed", message: "The quote that opens here isn't closed before the document ends.", fix: "Close it with the same kind of quote." }],
  ["did not find expected ',' or ']'", { code: "unclosed", message: "The list in [ ] isn't closed, or a comma is missing before this.", fix: "Add the comma, or close the list with ]." }],
  ["did not find expected ',' or '}'", { code: "unclosed", message: "The mapping in { } isn't closed, or a comma is missing before this.", fix: "Add the comma, or close the mapping with }." }],
  ["block sequence entries are not allowed in this context", { code: "syntax", message: "A list can't begin on the line of its key.", fix: "Put the first \"- \" on a line of its own." }],
  ["mapping keys are not allowed in this context", { code: "syntax", message: "A \"? \" key can't begin here.", fix: "Put it on a line of its own, or quote the text." }],
  ["found unknown escape character", { code: "syntax", message: "This isn't an escape that text in double quotes knows.", fix: "Write \\\\ for a backslash, or use single quotes." }],
  ["found invalid Unicode character escape code", { code: "syntax", message: "This escape isn't a character: YAML can't say half a pair.", fix: "Write the character itself." }],
  ["did not find expected hexdecimal number", { code: "syntax", message: "This escape needs hexadecimal digits.", fix: "Write \\\\ for a backslash, or use single quotes." }],
  ["did not find expected comment or line break", { code: "syntax", message: "Nothing may follow here on this line but a comment.", fix: "Begin the text on the next line, indented." }],
  ["document contains excessive aliasing", { code: "alias-expansion", message: "", fix: "Write the values out, or use fewer aliases." }],
  ["map merge requires map or sequence of maps as the value", { code: "bad-merge", message: "\"<<\" merges mappings, and this isn't one.", fix: "Give it a mapping, an alias of one, or a list of those." }],
]);

const CODE_BY_CONTEXT: Readonly<Record<string, ProblemCode>> = { alias: "unknown-anchor", "tag value": "bad-tag-value", key: "bad-key" };

function fixFor(context: string): { readonly fix?: string } {
  if (context === "alias") return { fix: "Define the anchor with & above its first use; an alias never reaches into another document." };
  if (context === "key") return { fix: "Keys must be text, numbers or booleans." };
  return context === "tag value" ? { fix: "Remove the tag, or quote the value." } : {};
}

function sentence(problem: string): string {
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
}

function unstartable(next: string): Explanation {
  const code = next.codePointAt(0) ?? 0;
  const character = code > 32 && code < 127 ? next.charAt(0) : nameCharacter(code);
  return { code: "syntax", message: `A value can't begin with ${character}.`, fix: "Put it in quotes." };
}

function missingValue(next: string): Explanation {
  const found = next.trimStart().charAt(0);
  if (found === "") return { code: "unclosed", message: "The document ends where a value is expected.", fix: "Write the value, or close the bracket that is still open." };
  return { code: "syntax", message: `A value is expected here, not "${found}".`, fix: "Write the value, or remove what is too much." };
}
