/** Changes one value in a text and leaves everything else as it is: comments, order, quotes and spaces. */
import { deepEqual, getOwn, withKey } from "../json/index.ts";
import type { JsonValue } from "../json/index.ts";
import type { YamlDocument } from "./document.ts";
import { findNode } from "./locate.ts";
import type { YamlPath } from "./locate.ts";
import type { CollectionNode, ScalarNode, YamlNode } from "./node.ts";
import { formatFieldPath } from "./problem.ts";
import { readYaml } from "./read-yaml.ts";
import { isSimpleKey, writeNumber, writeString } from "./write-scalar.ts";

/** A value that fits on one line. */
export type EditableScalar = string | number | boolean | null;

/** The new text, or why the value can't be changed in place. */
export type EditResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/**
 * Sets the scalar at `path` of the `documentIndex`-th document. A missing member of an existing mapping is added.
 * The result is read again: when more than that one value would change (anchors, merges), the answer is a reason instead.
 */
export function editScalar(text: string, path: YamlPath, value: EditableScalar, documentIndex = 0): EditResult {
  const document = readYaml(text).documents[documentIndex];
  if (document === undefined) return refused("There is no such document.");
  if (!document.ok || document.root === undefined) return refused("The document has an error or is empty.");
  const edited = replaceOrInsert(text, document.root, path, value);
  if (edited === undefined) return refused(`${formatFieldPath(path)} isn't a single value in the text.`);
  const after = readYaml(edited).documents[documentIndex];
  return changesOnlyThat(document, after, path, value) ? { ok: true, text: edited } : refused(`${formatFieldPath(path)} shares its text with other values.`);
}

function refused(reason: string): EditResult {
  return { ok: false, reason };
}

function changesOnlyThat(before: YamlDocument, after: YamlDocument | undefined, path: YamlPath, value: JsonValue): boolean {
  return after?.ok === true && deepEqual(after.data, setAt(before.data, path, value));
}

function setAt(data: JsonValue, path: YamlPath, value: JsonValue): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(data)) return (data as readonly JsonValue[]).map((item, i) => (i === Number(step) ? setAt(item, rest, value) : item));
  if (typeof data !== "object" || data === null) return data;
  const object = data as Readonly<Record<string, JsonValue>>;
  return withKey(object, String(step), setAt(getOwn(object, String(step)) ?? null, rest, value));
}

function replaceOrInsert(text: string, root: YamlNode, path: YamlPath, value: EditableScalar): string | undefined {
  const found = findNode(root, path);
  if (found === undefined) return insertMember(text, root, path, value);
  const { node } = found;
  if (node.kind === "alias") return text.slice(0, node.start) + write(value, undefined, true) + text.slice(node.end);
  if (node.kind !== "scalar") return undefined;
  const properties = /^(?:[&!]\S*\s+)*/.exec(text.slice(node.start, node.end))?.[0] ?? "";
  const isWritten = node.end > node.start;
  const isBlock = node.style === "literal" || node.style === "folded";
  if (isBlock && properties !== "") return undefined;
  const start = node.start + properties.length;
  const gap = isWritten || /\s/.test(text.charAt(start - 1)) ? "" : " ";
  const lineEnd = isBlock && text.charAt(node.end - 1) === "\n" ? "\n" : "";
  return text.slice(0, start) + gap + write(value, node, true) + lineEnd + text.slice(node.end);
}

/** The value's text. Flow style is assumed: what may stand there may stand everywhere. Quotes are kept. */
function write(value: EditableScalar, old: ScalarNode | undefined, isFlow: boolean): string {
  if (typeof value === "number") return writeNumber(value);
  if (typeof value !== "string") return String(value);
  if (old?.style === "double-quoted") return JSON.stringify(value);
  if (old?.style === "single-quoted" && isSimpleKey(value)) return `'${value.replace(/'/g, "''")}'`;
  const plain = writeString(value, { column: 0, indent: 2, isKey: true });
  return isFlow && /^[^'"]*[,[\]{}]/.test(plain) ? JSON.stringify(value) : plain;
}

function insertMember(text: string, root: YamlNode, path: YamlPath, value: EditableScalar): string | undefined {
  const parent = findNode(root, path.slice(0, -1))?.node;
  const key = path[path.length - 1];
  if (parent?.kind !== "mapping" || typeof key !== "string" || !isSimpleKey(key)) return undefined;
  const entry = `${write(key, undefined, true)}: ${write(value, undefined, true)}`;
  return parent.isFlow ? insertInFlow(text, parent, entry) : insertInBlock(text, parent, entry);
}

function insertInFlow(text: string, parent: CollectionNode, entry: string): string | undefined {
  const bracket = text.indexOf("{", parent.start);
  if (bracket < 0) return undefined;
  return text.slice(0, bracket + 1) + entry + (parent.children.length > 0 ? ", " : "") + text.slice(bracket + 1);
}

/** The new member becomes the first: before the first key, whose column it takes. */
function insertInBlock(text: string, parent: CollectionNode, entry: string): string | undefined {
  const first = parent.children[0];
  if (first === undefined) return undefined;
  const column = first.start - (text.lastIndexOf("\n", first.start - 1) + 1);
  return `${text.slice(0, first.start)}${entry}\n${" ".repeat(column)}${text.slice(first.start)}`;
}
