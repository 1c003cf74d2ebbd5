/**
 * Writes plain data as `kubectl -o yaml` does (sigs.k8s.io/yaml Marshal): keys sorted, lists not indented under their key,
 * strings quoted where YAML 1.1 would read something else, texts of several lines as literal blocks, lines folded after column 80.
 * Source: go.yaml.in/yaml/v2 emitterc.go.
 */
import { compareKeys } from "./key-order.ts";
import { isSimpleKey, writeNumber, writeString } from "./write-scalar.ts";

/** One YAML document with a line feed at its end. Properties that are undefined are left out. */
export function writeYaml(value: unknown): string {
  const text = collectionOf(value);
  if (text === "mapping") return `${writeMapping(value as Readonly<Record<string, unknown>>, 0)}\n`;
  if (text === "sequence") return `${writeSequence(value as readonly unknown[], 0)}\n`;
  return `${writeScalar(value, -1, 0)}\n`;
}

function collectionOf(value: unknown): "mapping" | "sequence" | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return value.length > 0 ? "sequence" : undefined;
  return definedKeys(value as Readonly<Record<string, unknown>>).length > 0 ? "mapping" : undefined;
}

function definedKeys(object: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(object).filter((key) => object[key] !== undefined);
}

/** A scalar or an empty collection, without a space before it. `parentIndent` is that of the block it stands in. */
function writeScalar(value: unknown, parentIndent: number, column: number): string {
  if (typeof value === "string") return writeString(value, { column, indent: Math.max(parentIndent, 0) + 2, isKey: false });
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (Array.isArray(value)) return "[]";
  return typeof value === "object" && value !== null ? "{}" : "null";
}

/** The entries of a mapping; the first begins where the writer stands, the others on lines of their own. */
function writeMapping(object: Readonly<Record<string, unknown>>, indent: number): string {
  const entries: string[] = [];
  for (const key of definedKeys(object).sort(compareKeys)) entries.push(isSimpleKey(key) ? writeEntry(key, object[key], indent) : writeLongEntry(key, object[key], indent));
  return entries.join(`\n${" ".repeat(indent)}`);
}

function writeEntry(key: string, value: unknown, indent: number): string {
  const text = `${writeString(key, { column: indent, indent: indent + 2, isKey: true })}:`;
  const collection = collectionOf(value);
  if (collection === "mapping") return `${text}\n${" ".repeat(indent + 2)}${writeMapping(value as Readonly<Record<string, unknown>>, indent + 2)}`;
  if (collection === "sequence") return `${text}\n${" ".repeat(indent)}${writeSequence(value as readonly unknown[], indent)}`;
  return `${text} ${writeScalar(value, indent, indent + [...text].length + 1)}`;
}

/** A key over several lines or over 128 bytes is written after `? `, its value after `: `. */
function writeLongEntry(key: string, value: unknown, indent: number): string {
  const text = `? ${writeString(key, { column: indent + 2, indent: indent + 2, isKey: false })}`;
  return `${text}\n${" ".repeat(indent)}: ${writeInline(value, indent)}`;
}

/** What follows `- ` or `: ` on the same line. */
function writeInline(value: unknown, indent: number): string {
  const collection = collectionOf(value);
  if (collection === "mapping") return writeMapping(value as Readonly<Record<string, unknown>>, indent + 2);
  if (collection === "sequence") return writeSequence(value as readonly unknown[], indent + 2);
  return writeScalar(value, indent, indent + 2);
}

function writeSequence(items: readonly unknown[], indent: number): string {
  return items.map((item) => `- ${writeInline(item, indent)}`).join(`\n${" ".repeat(indent)}`);
}
