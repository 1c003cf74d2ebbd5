/**
 * Where the caret stands in a manifest that is being written. Half a line rarely is YAML, so the line is first replaced
 * by a placeholder of the same indentation, and the place is read from the tree of that text.
 */
import { readYaml, type YamlDocument, type YamlPath } from "../../../base/yaml/index.ts";
import type { KubeObject } from "../api/index.ts";
import { fieldOf, type KindRegistry, lookupKind, type SchemaNode } from "../schema/index.ts";

/** What is being written: a key below `path`, or the value at `path`. */
export interface Cursor {
  readonly what: "key" | "value";
  readonly path: YamlPath;
  /** What stands there already, up to the caret. */
  readonly typed: string;
  /** Column (from 1) where it begins. */
  readonly from: number;
  readonly document: YamlDocument;
  /** Schema of the object the key goes into, or of the value. */
  readonly schema: SchemaNode | undefined;
  readonly apiVersion: string;
  readonly kind: string;
}

const PLACEHOLDER = "orrery-caret";
const KEY = /^(\s*(?:- +)*)([\w./-]*)$/;
const VALUE = /^(\s*(?:- +)*)("?[\w./-]+"?)\s*:\s+(.*)$/;
const ITEM = /^(\s*(?:- +)+)([^:\s]*)$/;

/** Reads the place of the caret. `line` and `column` count from 1. Undefined where nothing can be told. */
export function readCursor(registry: KindRegistry, text: string, line: number, column: number): Cursor | undefined {
  const lines = text.split("\n");
  const before = (lines[line - 1] ?? "").replace(/\r$/, "").slice(0, column - 1);
  const key = KEY.exec(before);
  if (key !== null) {
    const [, indent = "", typed = ""] = key;
    const found = place(registry, lines, line, `${indent}${PLACEHOLDER}: x`);
    const cursor = found === undefined ? undefined : { ...found, what: "key" as const, path: found.path.slice(0, -1), typed, from: column - typed.length };
    const schema = cursor === undefined ? undefined : schemaAt(found?.root, cursor.path);
    if (cursor !== undefined && ITEM.test(before) && schema !== undefined && schema.type !== "object") return scalarItem(registry, lines, line, indent, typed, column);
    return cursor === undefined ? undefined : { ...cursor, schema };
  }
  const value = VALUE.exec(before);
  if (value === null) return undefined;
  const [, indent = "", name = "", typed = ""] = value;
  const found = place(registry, lines, line, `${indent}${name}: ${PLACEHOLDER}`);
  return found === undefined ? undefined : { ...found, what: "value", typed, from: column - typed.length, schema: schemaAt(found.root, found.path) };
}

function scalarItem(registry: KindRegistry, lines: readonly string[], line: number, indent: string, typed: string, column: number): Cursor | undefined {
  const found = place(registry, lines, line, `${indent}${PLACEHOLDER}`);
  return found === undefined ? undefined : { ...found, what: "value", typed, from: column - typed.length, schema: schemaAt(found.root, found.path) };
}

interface Place {
  readonly path: YamlPath;
  readonly document: YamlDocument;
  readonly root: SchemaNode | undefined;
  readonly apiVersion: string;
  readonly kind: string;
}

function place(registry: KindRegistry, lines: readonly string[], line: number, replacement: string): Place | undefined {
  const changed = [...lines.slice(0, line - 1), replacement, ...lines.slice(line)].join("\n");
  const document = readYaml(changed).documents.find((candidate) => candidate.startLine <= line && line <= candidate.endLine);
  if (document === undefined || !document.ok) return undefined;
  const path = document.pathAt(line, replacement.indexOf(PLACEHOLDER) + 2);
  if (path === undefined) return undefined;
  const { apiVersion, kind } = (document.data ?? {}) as KubeObject;
  const known = { apiVersion: typeof apiVersion === "string" ? apiVersion : "", kind: typeof kind === "string" ? kind : "" };
  return { path, document, root: lookupKind(registry, known.apiVersion, known.kind)?.schema, ...known };
}

/** The schema of the value at a path. */
export function schemaAt(root: SchemaNode | undefined, path: YamlPath): SchemaNode | undefined {
  let node = root;
  for (const step of path) node = node === undefined ? undefined : typeof step === "number" ? node.items : fieldOf(node, step);
  return node;
}

/** The value at a path. */
export function valueAt(data: unknown, path: YamlPath): unknown {
  let value = data;
  for (const step of path) value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : undefined;
  return value;
}
