/** Re-indents a text and keeps its comments and values: two spaces a level, lists not indented under their key. */
import { parseAllDocuments } from "yaml";
import type { Document } from "yaml";
import { deepEqual } from "../json/index.ts";
import type { YamlFile } from "./document.ts";
import { readYaml } from "./read-yaml.ts";

/** The new text, or why the text is left as it is. */
export type FormatResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Formatting builds the whole tree with comments at once; beyond this it would hold up the page. UTF-16 units. */
const MAX_LENGTH = 2_000_000;

/** Formats a stream of YAML documents or JSON values. The result is read again: it never changes what the text says. */
export function formatYaml(text: string): FormatResult {
  if (text.length > MAX_LENGTH) return { ok: false, reason: "The text is too large to format." };
  const before = readYaml(text);
  if (!before.ok) return { ok: false, reason: "Correct the errors first." };
  if (before.documents.some((document) => document.problems.some((problem) => problem.code === "duplicate-key" || problem.code === "ignored-content"))) {
    return { ok: false, reason: "Remove keys that are set twice, and text that is ignored, first." };
  }
  const formatted = before.isJson ? formatJson(before) : formatDocuments(text);
  if (formatted === undefined || !saysTheSame(before, readYaml(formatted))) return { ok: false, reason: "This text can't be formatted without changing it." };
  return { ok: true, text: formatted };
}

function formatJson(file: YamlFile): string {
  return file.documents.map((document) => `${JSON.stringify(document.data, null, 2)}\n`).join("");
}

function formatDocuments(text: string): string | undefined {
  // Every scalar is text to this parser, so that 0644 and no stay as they are written.
  const documents = parseAllDocuments(text, { schema: "failsafe", version: "1.1", uniqueKeys: false, logLevel: "silent" });
  if (!Array.isArray(documents)) return "";
  const parts: string[] = [];
  for (const document of documents as Document.Parsed[]) {
    if (document.errors.length > 0) return undefined;
    if (parts.length > 0 && document.directives !== undefined) document.directives.docStart = true;
    parts.push(document.toString({ lineWidth: 0, indent: 2, indentSeq: false, flowCollectionPadding: false }));
  }
  return parts.map((part) => (part.endsWith("\n") ? part : `${part}\n`)).join("");
}

function saysTheSame(before: YamlFile, after: YamlFile): boolean {
  const [left, right] = [before, after].map((file) => file.documents.filter((document) => !document.isEmpty));
  if (left === undefined || right === undefined) return false;
  return after.ok && left.length === right.length && left.every((document, i) => deepEqual(document.data, right[i]?.data));
}
