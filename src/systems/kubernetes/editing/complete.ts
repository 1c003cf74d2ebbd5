/** What may be written at the caret. */
import { allResources, type KindRegistry, type SchemaNode } from "../schema/index.ts";
import { type Cursor, readCursor, valueAt } from "./cursor.ts";
import { typeText } from "./type-text.ts";
import { explainField } from "./explanations.ts";

/** One suggestion. `insert` may hold line breaks; they are indented by the editor. */
export interface ManifestCompletion {
  readonly label: string;
  readonly kind: "field" | "value" | "kind";
  readonly detail: string;
  readonly documentation: string;
  readonly insert: string;
  readonly required: boolean;
}

/** Suggestions and the column (from 1) of what they replace. */
export interface ManifestCompletions {
  readonly items: readonly ManifestCompletion[];
  readonly replaceFrom: number;
}

/** Suggestions at a place of a text. Lines and columns count from 1. */
export function completeManifest(registry: KindRegistry, text: string, line: number, column: number): ManifestCompletions {
  const cursor = readCursor(registry, text, line, column);
  if (cursor === undefined) return { items: [], replaceFrom: column };
  return { items: cursor.what === "key" ? keys(cursor) : values(registry, cursor), replaceFrom: cursor.from };
}

const TOP: readonly string[] = ["apiVersion", "kind", "metadata"];
/** Written by the server or the cluster, not by people. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(["status", "managedFields", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"]);

function keys(cursor: Cursor): ManifestCompletion[] {
  const present = new Set(Object.keys((valueAt(cursor.document.data, cursor.path) ?? {}) as object));
  const { properties, required } = cursor.schema ?? {};
  if (properties === undefined) return cursor.path.length === 0 ? TOP.filter((name) => !present.has(name)).map((name) => field(name, undefined, true)) : [];
  const names = Object.keys(properties).filter((name) => !present.has(name) && !(NOT_WRITTEN.has(name) && cursor.path.length <= 1));
  const fields = names.map((name) => field(name, properties[name], required?.includes(name) === true || (cursor.path.length === 0 && TOP.includes(name)), cursor));
  return fields.sort((a, b) => Number(b.required) - Number(a.required) || (a.label < b.label ? -1 : 1));
}

function field(name: string, schema: SchemaNode | undefined, required: boolean, cursor?: Cursor): ManifestCompletion {
  return {
    label: name, kind: "field", required, detail: schema === undefined ? "" : typeText(schema),
    documentation: explainField(cursor?.kind ?? "", [...(cursor?.path ?? []), name]), insert: name + opening(schema),
  };
}

/** What follows a key: a space for a scalar, an indented line for an object, a first item for a list. */
function opening(schema: SchemaNode | undefined): string {
  if (schema?.type === "object" || schema?.type === "map") return ":\n  ";
  return schema?.type === "array" ? ":\n  - " : ": ";
}

function values(registry: KindRegistry, cursor: Cursor): ManifestCompletion[] {
  const last = cursor.path.at(-1);
  if (cursor.path.length === 1 && last === "kind") return kinds(registry, cursor.apiVersion);
  if (cursor.path.length === 1 && last === "apiVersion") return versions(registry, cursor.kind);
  const schema = cursor.schema;
  if (schema === undefined) return [];
  const options = schema.type === "boolean" ? [true, false] : (schema.enum ?? []);
  const listed = options.map((option) => value(String(option), option === schema.default ? "default" : "", "value"));
  return listed.length > 0 || schema.default === undefined ? listed : [value(String(schema.default), "default", "value")];
}

function kinds(registry: KindRegistry, apiVersion: string): ManifestCompletion[] {
  const known = allResources(registry).filter((info) => info.verbs.includes("create") && !info.kind.endsWith("Review"));
  const fitting = known.filter((info) => info.apiVersion === apiVersion);
  return (fitting.length > 0 ? fitting : known.filter((info) => info.preferred)).map((info) => value(info.kind, info.apiVersion, "kind"));
}

function versions(registry: KindRegistry, kind: string): ManifestCompletion[] {
  const known = allResources(registry);
  const fitting = known.filter((info) => info.kind === kind);
  return [...new Set((fitting.length > 0 ? fitting : known).map((info) => info.apiVersion))].map((apiVersion) => value(apiVersion, "", "value"));
}

function value(label: string, detail: string, kind: "value" | "kind"): ManifestCompletion {
  return { label, kind, detail, documentation: "", insert: label, required: false };
}
