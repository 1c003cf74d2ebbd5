/**
 * Checks a manifest before it is sent, with the server's own decoder, defaults and rules: the markers say what the API
 * server would say, at the place it means.
 */
import { readYaml, type YamlDocument } from "../../../base/yaml/index.ts";
import { parseQuantity } from "../../../base/quantity/index.ts";
import type { KubeObject } from "../api/index.ts";
import { applyDefaults, decodeObject, fieldOf, type KindEntry, type KindRegistry, lookupKind, type ResourceInfo, type SchemaNode, suggestKinds } from "../schema/index.ts";
import { fieldErrorText, validateCreate } from "../validation/index.ts";

/** A problem at its place; lines and columns from 1, the end exclusive. */
export interface ManifestProblem {
  readonly severity: "error" | "warning" | "hint";
  readonly source: "yaml" | "schema";
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The path it is about, for quick fixes; empty when it is about the document. */
  readonly path: readonly (string | number)[];
}

/** A document and the object it describes. */
export interface ManifestPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** False when the document names no object yet. */
  readonly known: boolean;
  readonly line: number;
  readonly endLine: number;
}

/** Everything there is to say about a text. */
export interface ManifestCheck {
  readonly problems: readonly ManifestProblem[];
  readonly places: readonly ManifestPlace[];
}

/** Checks all documents of a text. */
export function checkManifest(registry: KindRegistry, text: string): ManifestCheck {
  const problems: ManifestProblem[] = [];
  const places: ManifestPlace[] = [];
  for (const document of readYaml(text).documents) {
    for (const found of document.problems) problems.push({ severity: found.severity, source: "yaml", message: found.fix === undefined ? found.message : `${found.message} ${found.fix}`, line: found.line, column: found.column, endLine: found.endLine, endColumn: found.endColumn, path: [] });
    if (document.isEmpty) continue;
    places.push(placeOf(registry, document));
    if (document.ok) problems.push(...checkDocument(registry, document));
  }
  return { problems, places };
}

function placeOf(registry: KindRegistry, document: YamlDocument): ManifestPlace {
  const { apiVersion, kind, metadata } = (document.data ?? {}) as KubeObject;
  const entry = lookupKind(registry, String(apiVersion ?? ""), String(kind ?? ""));
  const name = typeof metadata?.name === "string" ? metadata.name : "";
  return {
    apiVersion: String(apiVersion ?? ""), kind: String(kind ?? ""), name, namespace: entry?.info?.namespaced === true ? (metadata?.namespace ?? "default") : "",
    known: entry !== undefined && name !== "", line: document.startLine, endLine: document.endLine,
  };
}

function checkDocument(registry: KindRegistry, document: YamlDocument): ManifestProblem[] {
  const { data } = document;
  if (typeof data !== "object" || data === null || Array.isArray(data)) return [at(document, [], "error", "An object is expected here: apiVersion, kind, metadata, …")];
  const { apiVersion, kind } = data as KubeObject;
  if (typeof apiVersion !== "string") return [at(document, ["apiVersion"], "error", "apiVersion not set")];
  if (typeof kind !== "string") return [at(document, ["kind"], "error", "kind not set")];
  if (kind.endsWith("List")) return [];
  const entry = lookupKind(registry, apiVersion, kind);
  if (entry?.info === undefined) return [unknownKind(registry, document, apiVersion, kind)];
  return checkObject(document, entry, entry.info);
}

function unknownKind(registry: KindRegistry, document: YamlDocument, apiVersion: string, kind: string): ManifestProblem {
  const near = suggestKinds(registry, kind).find((candidate) => candidate.kind !== kind || candidate.apiVersion !== apiVersion);
  const hint = near === undefined ? "" : `. Did you mean kind ${near.kind} in version ${near.apiVersion}?`;
  return at(document, ["kind"], "error", `no matches for kind "${kind}" in version "${apiVersion}"${hint}`);
}

function checkObject(document: YamlDocument, entry: KindEntry, info: ResourceInfo): ManifestProblem[] {
  const decoded = decodeObject(document.data, entry, { fieldValidation: "Warn", duplicates: document.duplicates.map((duplicate) => duplicate.field) });
  if (!decoded.ok) return [at(document, placeOfMismatch(decoded.error, entry, document), "error", decoded.error)];
  const unknown = decoded.warnings.map((warning) => at(document, fieldPath(/field "([^"]+)"/.exec(warning)?.[1] ?? ""), "error", warning));
  if (unknown.length > 0) return unknown;
  const named = withNames(decoded.object, info);
  const errors = validateCreate(applyDefaults(named, entry), info);
  return errors.map((error) => at(document, fieldPath(error.field), "error", fieldErrorText(error)));
}

/** What the server fills in before it validates, as far as rules look at it. */
function withNames(object: KubeObject, info: ResourceInfo): KubeObject {
  const metadata = object.metadata ?? {};
  const namespace = info.namespaced ? { namespace: metadata.namespace ?? "default" } : {};
  return { ...object, metadata: { ...metadata, ...namespace, ...(metadata.name === undefined && metadata.generateName !== undefined ? { name: `${metadata.generateName}xxxxx` } : {}) } };
}

/** "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32" → spec.replicas */
function fieldOfMismatch(error: string): (string | number)[] {
  const field = /Go struct field \w+\.([\w.[\]]+) of type/.exec(error)?.[1];
  return field === undefined ? [] : fieldPath(field);
}

/** The decoder's words about a quantity name no field: the first value that is none is looked for. */
function placeOfMismatch(error: string, entry: KindEntry, document: YamlDocument): readonly (string | number)[] {
  return /^quantities must match|^unable to parse quantity/.test(error) ? (badQuantity(entry.schema, document.data, []) ?? []) : fieldOfMismatch(error);
}

function badQuantity(schema: SchemaNode | undefined, value: unknown, path: readonly (string | number)[]): readonly (string | number)[] | undefined {
  if (schema === undefined) return undefined;
  if (schema.format === "quantity") return parseQuantity(String(value)) === undefined ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  for (const [key, inner] of entries) {
    const found = badQuantity(typeof key === "number" ? schema.items : fieldOf(schema, key), inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** "spec.containers[0].image" → ["spec", "containers", 0, "image"]; keys in brackets may hold dots. */
function fieldPath(field: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (const match of field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)) {
    const inner = match[1];
    path.push(inner === undefined ? match[0] : /^\d+$/.test(inner) ? Number(inner) : inner);
  }
  return path;
}

/** The problem at the innermost part of the path that stands in the text. */
function at(document: YamlDocument, path: readonly (string | number)[], severity: ManifestProblem["severity"], message: string): ManifestProblem {
  for (let length = path.length; length > 0; length--) {
    const place = document.locate(path.slice(0, length));
    if (place === undefined) continue;
    const range = length === path.length ? place : (place.key ?? place);
    return { severity, source: "schema", message, line: range.line, column: range.column, endLine: range.endLine, endColumn: range.endColumn, path };
  }
  return { severity, source: "schema", message, line: document.startLine, column: 1, endLine: document.startLine, endColumn: 200, path };
}
