/** From a path to a place in the text, and from a place to the path of what stands there. */
import { keyText } from "./decode.ts";
import { lineAt, offsetOf, rangeOf } from "./line-index.ts";
import type { LineIndex } from "./line-index.ts";
import type { CollectionNode, YamlNode } from "./node.ts";
import type { TextRange } from "./problem.ts";

/** Steps from the document's root: keys of mappings and indices of lists. */
export type YamlPath = readonly (string | number)[];

/** Where a value stands; `key` is where its key stands, for a member of a mapping. */
export interface YamlLocation extends TextRange {
  readonly key?: TextRange;
}

/** A value's node, and its key's. */
export interface Found {
  readonly node: YamlNode;
  readonly key?: YamlNode;
}

/** The node at `path`. Of repeated keys the last counts, as in the data; merged members are found where they are written. */
export function findNode(root: YamlNode | undefined, path: YamlPath): Found | undefined {
  let found: Found | undefined = root === undefined ? undefined : { node: root };
  for (const step of path) {
    if (found === undefined) return undefined;
    const node = resolveAlias(found.node);
    if (node.kind === "scalar") return undefined;
    found = node.kind === "mapping" ? findMember(node, String(step)) : findItem(node, step);
  }
  return found;
}

function resolveAlias(node: YamlNode): Exclude<YamlNode, { kind: "alias" }> {
  let current = node;
  while (current.kind === "alias") current = current.target;
  return current;
}

function findItem(node: CollectionNode, step: string | number): Found | undefined {
  const item = node.children[Number(step)];
  return item === undefined ? undefined : { node: item };
}

function findMember(node: CollectionNode, name: string, depth = 0): Found | undefined {
  for (let i = node.children.length - 2; i >= 0; i -= 2) {
    const key = node.children[i];
    const value = node.children[i + 1];
    if (key === undefined || value === undefined) continue;
    if (keyText(key) === name) return { node: value, key };
    const merged = depth < 16 && isMerge(key) ? findMerged(value, name, depth + 1) : undefined;
    if (merged !== undefined) return merged;
  }
  return undefined;
}

function isMerge(key: YamlNode): boolean {
  return key.kind === "scalar" && key.value === "<<" && key.isPlain;
}

function findMerged(value: YamlNode, name: string, depth: number): Found | undefined {
  const node = resolveAlias(value);
  if (node.kind === "mapping") return findMember(node, name, depth);
  if (node.kind === "scalar") return undefined;
  for (const item of node.children) {
    const mapping = resolveAlias(item);
    const found = mapping.kind === "mapping" ? findMember(mapping, name, depth) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The place of the value at `path`, with its key's. */
export function locatePath(root: YamlNode | undefined, lines: LineIndex, path: YamlPath): YamlLocation | undefined {
  const found = findNode(root, path);
  if (found === undefined) return undefined;
  const range = rangeOf(lines, found.node.start, found.node.end);
  return found.key === undefined ? range : { ...range, key: rangeOf(lines, found.key.start, found.key.end) };
}

/**
 * The path of what stands at a line and column (from 1): the innermost value, or the member whose key it is. Below a value,
 * the column decides: further in than its key still belongs to it. Undefined outside the document.
 */
export function pathAtPosition(root: YamlNode | undefined, lines: LineIndex, line: number, column: number, length: number): YamlPath | undefined {
  if (root === undefined) return undefined;
  const offset = offsetOf(lines, line, column, length);
  const path: (string | number)[] = [];
  let node = root;
  while (node.kind === "mapping" || node.kind === "sequence") {
    const next = stepInto(node, lines, offset);
    if (next === undefined) break;
    path.push(next.step);
    if (next.node === undefined) break;
    node = next.node;
  }
  return path;
}

interface Step {
  readonly step: string | number;
  readonly node?: YamlNode;
}

function stepInto(node: CollectionNode, lines: LineIndex, offset: number): Step | undefined {
  const width = node.kind === "mapping" ? 2 : 1;
  const index = lastStart(node.children, width, offset);
  const first = node.children[index * width];
  if (first === undefined) return undefined;
  const value = node.children[index * width + width - 1] ?? first;
  if (!reaches(first, value, lines, offset, node.isFlow)) return undefined;
  const step = node.kind === "sequence" ? index : (keyText(first) ?? "");
  return offset < value.start && node.kind === "mapping" ? { step } : { step, node: value };
}

/** Index of the last entry that starts at or before `offset`; -1 when none does. */
function lastStart(children: readonly YamlNode[], width: number, offset: number): number {
  let low = -1;
  let high = children.length / width - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((children[middle * width]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function reaches(first: YamlNode, value: YamlNode, lines: LineIndex, offset: number, isFlow: boolean): boolean {
  if (offset <= value.end) return true;
  if (isFlow) return false;
  const line = lineAt(lines, offset);
  if (line === lineAt(lines, value.end)) return true;
  const keyColumn = first.start - (lines[lineAt(lines, first.start)] ?? 0);
  return offset - (lines[line] ?? 0) > keyColumn;
}
